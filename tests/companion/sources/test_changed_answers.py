"""However X changes its answers, less may be understood of them, but nothing is claimed that they did not say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from companion.domain.sightings import Relation, Understanding
from companion.errors import SourceError
from companion.sources.page import understand
from companion.store.ledger.ledger import Ledger
from tests.companion.sources.builders import ADA, AT, GENERATIONS, NOBODY
from tests.companion.sources.changed_answers import every_key_changed, one_key_changed
from tests.companion.sources.saved_answers import INVENTED, PEOPLE
from tests.shared_data import SHARED
from tests.x_json import Generation, Json, user_json
from tests.x_timeline import cursor_entry, timeline_json, user_entry

FLAGS = [name for name in Relation.__struct_fields__ if name not in {"id", "handle"}]
LISTS = {"Followers": "follows_me", "Following": "i_follow"}
SKIPPED = ("Favoriters", "BlueVerifiedFollowers")
"""Of the same form as other lists."""


def op_of(name: str) -> str:
    return name.removesuffix(".json").split("_")[1]


def see(text: str, op: str) -> Understanding:
    asked = NOBODY.id if op.startswith("User") else ADA.id
    request = json.dumps({"variables": {"userId": asked}})
    return understand(text, op=op, request=request, viewer_id=ADA.id, viewer_handle=ADA.handle, at=AT)


def changes(answer: Json) -> Iterator[tuple[str, str]]:
    yield from one_key_changed(answer)
    yield from every_key_changed(answer)


def claims(whole: Understanding, changed: Understanding) -> list[str]:
    """Return what the changed answer is said to say and the whole one does not."""
    return [*relation_claims(whole, changed), *people_claims(whole, changed), *act_claims(whole, changed)]


def relation_claims(whole: Understanding, changed: Understanding) -> Iterator[str]:
    known = {one.id: one for one in whole.relations}
    listed = {(number, LISTS[whole.op]) for page in whole.lists for number in page.ids}
    for one in changed.relations:
        before = known.get(one.id, Relation())
        for flag in FLAGS:
            value = getattr(one, flag)
            on_own_list = value is True and (one.id, flag) in listed
            if value is not None and value != getattr(before, flag) and not on_own_list:
                yield f"{flag} of {one.id} is {value}"


def people_claims(whole: Understanding, changed: Understanding) -> Iterator[str]:
    gone = {one.id for one in whole.people if one.gone}
    yield from (f"{one.id} is gone" for one in changed.people if one.gone and one.id not in gone)
    pages = {page.kind: page for page in whole.lists}
    for page in changed.lists:
        before = pages[page.kind]
        if set(page.ids) != set(before.ids) or page.end != before.end:
            yield f"the {page.kind} are {page.ids}, end {page.end}"


def act_claims(whole: Understanding, changed: Understanding) -> Iterator[str]:
    known = {(act.direction, act.kind, act.id or act.handle, act.ref): act for act in whole.interactions}
    handles = {one.handle: one.id for one in whole.people}
    for act in changed.interactions:
        before = known.get((act.direction, act.kind, act.id or handles.get(act.handle) or act.handle, act.ref))
        if before is None or act.removed or (before.automatic and not act.automatic):
            yield f"{act.direction} {act.kind} with {act.id or act.handle} {act.ref}"


def wrong(name: str, answer: Json) -> tuple[int, list[str]]:
    """Return how many changed answers were read, and the claims made of them."""
    whole = see(json.dumps(answer), op_of(name))
    read, told = 0, []
    for what, text in changes(answer):
        read += 1
        try:
            told += [f"{name}: {what}: {claim}" for claim in claims(whole, see(text, op_of(name)))]
        except SourceError:
            continue
    return read, told


def test_no_changed_answer_claims_what_the_whole_one_does_not_say() -> None:
    read, told = 0, list[str]()
    for name, answer in sorted(INVENTED.items()):
        if op_of(name) not in SKIPPED:
            count, claimed = wrong(name, answer)
            read, told = read + count, told + claimed
    assert told == []
    assert read >= 5_000


@pytest.mark.parametrize("generation", GENERATIONS)
def test_nobody_is_said_to_have_unfollowed_after_any_changed_page_of_the_followers(
    tmp_path: Path, generation: Generation
) -> None:
    ledger = Ledger.open(tmp_path / "ledger.db")
    people = [user_entry(user_json(replace(person, follows_me=None), generation)) for person in PEOPLE]
    cursors = [cursor_entry("Top", "-1|1"), cursor_entry("Bottom", "0|2")]
    answer = timeline_json("Followers", [*people, *cursors], generation)
    ledger.record(ADA.id, see(json.dumps(answer), "Followers"), AT)
    for at, (what, text) in enumerate(changes(answer), AT + 1):
        told = ledger.record(ADA.id, see(text, "Followers"), at)
        gone = [pid for pid in told.changed if ledger.relation(ADA.id, pid).get("follows_me", (True,))[0] is False]
        assert gone == [], what
    ledger.close()


if SHARED is not None:
    SAVED = {path.name: path for path in sorted((SHARED / "data" / "x").glob("[abc]_*.json"))}

    @pytest.mark.parametrize("name", sorted(SAVED))
    def test_no_saved_answer_claims_more_once_changed(name: str) -> None:
        answer = json.loads(SAVED[name].read_text(encoding="utf-8"))
        whole = see(json.dumps(answer), op_of(name))
        for what, text in islice(every_key_changed(answer), None, None, 25):
            assert claims(whole, see(text, op_of(name))) == [], what
