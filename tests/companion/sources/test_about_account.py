"""X's page about an account: place and how sure, app, renames; what is absent stays unknown."""

from __future__ import annotations

import json

import pytest

from companion.domain.sightings import Person
from companion.sources.page import understand
from tests.companion.sources.builders import AT, WREN, see
from tests.shared_data import SHARED
from tests.x_json import Json, user_json


def about(name: str = "about_profile", **told: object) -> Person:
    user: Json = {**user_json(WREN), name: told}
    answer = {"data": {"user_result_by_screen_name": {"result": user}}}
    understood = see(answer, "AboutAccountQuery", request=json.dumps({"variables": {"screenName": WREN.handle}}))
    assert understood.problems == []
    return understood.people[0]


@pytest.mark.parametrize("name", ["about_profile", "about"])
def test_place_app_and_renames_are_read_under_both_names(name: str) -> None:
    changes = {"count": "2", "last_changed_at_msec": "1741687200000"}
    told = about(name, account_based_in="Portugal", location_accurate=False, source="Web", username_changes=changes)
    assert (told.based_in, told.based_in_sure, told.connected_via) == ("Portugal", False, "Web")
    assert (told.renames, told.renamed_at) == (2, 1_741_687_200)


def test_what_is_absent_or_null_stays_unknown() -> None:
    told = about(account_based_in=None, location_accurate=None, username_changes={"count": "0"})
    assert (told.based_in, told.based_in_sure, told.connected_via) == (None, None, None)
    assert (told.renames, told.renamed_at) == (0, None)
    assert about(location_accurate=False).based_in_sure is None


def test_a_refusal_changes_nothing() -> None:
    understood = see({"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, "AboutAccountQuery")
    assert understood.people == []


if SHARED is not None:
    SAVED = {path.stem: path for path in sorted((SHARED / "data" / "x-2026").glob("about_*.json"))}

    @pytest.mark.parametrize("name", sorted(SAVED))
    def test_a_saved_answer_is_understood(name: str) -> None:
        text = SAVED[name].read_text(encoding="utf-8")
        told = understand(text, op="AboutAccountQuery", viewer_id=None, at=AT)
        assert len(told.people) == ("about_profile" in text)
