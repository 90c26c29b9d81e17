"""Badges are answered without the framework, and nobody can tell but by the speed."""

from __future__ import annotations

import json
import sqlite3

import pytest

from companion.store.ledger.ledger import Ledger
from tests.companion.conftest import ORIGIN, VIEWER, House

BADGES = {"viewer": VIEWER, "handles": ["wrenwrites"]}
OWN_TO_ONE_ANSWER = {"Content-Length"}


def test_the_answer_has_the_headers_of_every_other_answer(house: House) -> None:
    fast, usual = house.raw("/v1/badges", BADGES), house.raw("/v1/tags")
    assert fast.status_code == usual.status_code == 200
    for answer in (fast, usual):
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    seen = [
        {name: value for name, value in answer.headers if name not in OWN_TO_ONE_ANSWER} for answer in (fast, usual)
    ]
    assert seen[0] == seen[1]


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


def test_a_failing_disk_is_answered_as_everywhere(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_asked: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(Ledger, "badges_by_key", fail)
    answer = house.raw("/v1/badges", BADGES)
    assert answer.status_code == 500
    assert json.loads(answer.get_data())["error"] == "error"
