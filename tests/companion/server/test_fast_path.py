"""Look-ups and saves are answered without the framework, and nobody can tell but by the speed."""

from __future__ import annotations

import json
import sqlite3

import pytest
from flask_cors.core import DEFAULT_OPTIONS, get_cors_headers, serialize_options
from werkzeug.datastructures import Headers

from companion.access.headers import headers_for
from companion.server.application import everyday_resources
from companion.server.lazy_app import LazyApp
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from scripts.benchmarks.grow_requests import asks
from tests.companion.conftest import NOW, ORIGIN, VIEWER, WREN, House

BADGES = {"viewer": VIEWER, "handles": ["wrenwrites"]}
OWN_TO_ONE_ANSWER = {"Content-Length"}


def a_note(house: House, op: str = "op-fast-1") -> dict[str, object]:
    """The body of a save."""
    return {
        "instance": house.stores.notebook.instance, "viewer": VIEWER, "op": op, "kind": "note",
        "person": WREN, "body": {"text": f"Writes back, says {op}."}, "at": NOW,
    }  # fmt: skip


def test_the_answer_has_the_headers_of_every_other_answer(house: House) -> None:
    answers = [house.raw("/v1/badges", BADGES), house.raw("/v1/writes", a_note(house)), house.raw("/v1/tags")]
    seen = []
    for answer in answers:
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, ORIGIN)
        seen.append({name: value for name, value in answer.headers if name not in OWN_TO_ONE_ANSWER})
    assert seen[0] == seen[1] == seen[2]


def test_a_note_just_written_is_on_the_next_badge(house: House) -> None:
    assert house.ask("badges", BADGES) == {"badges": {"wrenwrites": None}}
    house.write("note", {"text": "Writes back."})
    assert house.ask("badges", BADGES)["badges"] != {"wrenwrites": None}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no JSON", 400),
        ({"viewer": VIEWER}, 422),
        ({"viewer": {}, "handles": []}, 422),
        ({"viewer": VIEWER, "handles": ["wren"] * 41}, 422),
    ],
)
def test_what_cannot_be_asked_is_refused_in_the_usual_words(house: House, body: object, status: int) -> None:
    answer = house.raw("/v1/badges", body)
    told = json.loads(answer.get_data())
    assert (answer.status_code, told["error"]) == (status, "body")
    assert {"field", "message"} <= told.keys()
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unpaired_extension_is_refused_once_and_logged_once(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.stores.clients.remove(ORIGIN)
    assert house.raw("/v1/badges", BADGES).status_code == 401
    assert [record.message for record in caplog.records] == [f"refused: unpaired from '{ORIGIN}'"]


FAILURES = (sqlite3.OperationalError("disk I/O error"), OSError("disk I/O error"), KeyError("a fault of ours"))


@pytest.mark.parametrize("error", FAILURES)
@pytest.mark.parametrize(("path", "of", "act"), [("badges", Ledger, "badges_by_key"), ("writes", Notebook, "write")])
def test_a_failing_disk_is_answered_as_everywhere(
    house: House, monkeypatch: pytest.MonkeyPatch, path: str, of: type, act: str, error: Exception
) -> None:
    tried: list[object] = []

    def fail(*asked: object, **_named: object) -> None:
        tried.append(asked)
        raise error

    monkeypatch.setattr(of, act, fail)
    answer = house.raw(f"/v1/{path}", {"badges": BADGES, "writes": a_note(house)}[path])
    assert answer.status_code == 500
    assert json.loads(answer.get_data())["error"] == "error"
    assert len(tried) == 1


def test_a_refused_save_is_tried_once_and_told_in_the_language_asked_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []
    write = Notebook.write

    def counted(notebook: Notebook, *asked: object, **named: object) -> object:
        tried.append(asked)
        return write(notebook, *asked, **named)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Notebook, "write", counted)
    assert house.raw("/v1/writes", a_note(house)).status_code == 200
    words = [
        json.loads(house.raw("/v1/writes", a_note(house, f"op-fast-{language}"), Accept_Language=language).get_data())
        for language in ("en", "de")
    ]
    assert [told["error"] for told in words] == ["conflict", "conflict"]
    assert words[0]["message"] != words[1]["message"]
    assert len(tried) == 3


def test_what_a_page_asks_never_loads_the_framework(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_apps: LazyApp) -> None:
        raise AssertionError("Flask was asked")

    monkeypatch.setattr(LazyApp, "first", fail)
    monkeypatch.setattr(LazyApp, "second", fail)
    everyday = {resource.path for resource in everyday_resources()}
    asked = [ask for ask in asks(house.stores.notebook.instance) if f"/v1/{ask.resource}" in everyday]
    assert {f"/v1/{ask.resource}" for ask in asked} == everyday
    for ask in asked:
        house.ask(ask.resource, ask.body(1))


def test_the_answers_headers_are_those_that_flask_cors_would_give() -> None:
    origin = "chrome-extension://" + "a" * 32
    options = serialize_options({**DEFAULT_OPTIONS, "origins": [origin], "always_send": False})
    wanted = get_cors_headers(options, Headers({"Origin": origin}), "POST")
    assert [(name, str(value)) for name, value in wanted.items(multi=True)] == list(headers_for(origin)[-1:])
