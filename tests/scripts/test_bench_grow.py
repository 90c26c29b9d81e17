"""The benchmark of growth leaves out no resource and no page."""

from __future__ import annotations

from flask import Flask

from companion.server.app import whole_of
from scripts.benchmarks.grow_requests import LEFT_OUT, PAGES, asks
from tests.companion.conftest import House


def rules(app: Flask, method: str, start: str) -> set[str]:
    flask = whole_of(app).flask
    both = [*flask.first().url_map.iter_rules(), *flask.second().url_map.iter_rules()]
    return {rule.rule for rule in both if method in (rule.methods or ()) and rule.rule.startswith(start)}


def test_every_resource_is_measured(house: House) -> None:
    measured = {f"/v1/{ask.resource}" for ask in asks("instance")}
    assert measured | {rule for rule in LEFT_OUT if rule.startswith("/v1")} == rules(house.app, "POST", "/v1")


def test_every_page_is_measured(house: House) -> None:
    measured = {page.rule for page in PAGES}
    assert measured | {rule for rule in LEFT_OUT if rule.startswith("/web")} == rules(house.app, "GET", "/web")


def test_the_requests_are_ones_that_the_companion_takes(house: House) -> None:
    for ask in asks(house.stores.notebook.instance):
        house.ask(ask.resource, ask.body(1))
