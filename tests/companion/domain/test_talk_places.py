"""Where two people talk: each talk has one place, and together they are all of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.kinds import KINDS, LIGHT_KINDS, NO_WEIGHT_KINDS, OFF_X_KINDS
from companion.domain.page_kinds import BOTH_TABS, HOME, LIST, NOTIFICATIONS, STATUS
from companion.domain.sightings import Interaction
from companion.domain.talk_places import PLACES, talk_places
from tests.companion_process import ROOT

MESSAGES = json.loads((ROOT / "extension/_locales/en/messages.json").read_text("utf-8"))


def act(kind: str = "reply", ref: str = "1", way: str = "in", **more: object) -> Interaction:
    made = Interaction(way, kind, 5, ref, id="7", post=ref)
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("pages", "place"),
    [(HOME, "home"), (LIST | HOME, "lists"), (NOTIFICATIONS | STATUS, "notifications"), (STATUS | BOTH_TABS, "posts"),
     (BOTH_TABS, "profiles"), (0, "other")],
)  # fmt: skip
def test_a_talk_counts_where_it_was_seen_and_a_list_before_the_home_feed(pages: int, place: str) -> None:
    assert talk_places([act()], {"1": pages}) == [(place, 1)]


def test_a_chat_a_call_and_the_archive_are_places_too() -> None:
    acts = [
        act(ref="1", chat="#bookchat"), act(ref="2", chat="#bookchat"), act("call", "touch:x"),
        act("call", "touch:x", "out"), act(ref="3", source="archive"), act(ref="4", source="archive"),
    ]  # fmt: skip
    assert talk_places(acts, {"1": HOME, "4": HOME}) == [("chats", 2), ("home", 1), ("off_x", 1), ("archive", 1)]


KIND = st.sampled_from(sorted(KINDS))
POST = st.sampled_from("123456")
CHAT = st.sampled_from(["", "#bookchat"])
ACTS = st.lists(st.builds(act, KIND, POST, automatic=st.booleans(), chat=CHAT))


@given(ACTS, st.dictionaries(POST, st.integers(0, 8191)))
def test_the_sum_of_all_places_is_all_talk(acts: list[Interaction], pages: dict[str, int]) -> None:
    talk = {(one.kind, one.ref) for one in acts
            if not one.automatic and one.kind not in LIGHT_KINDS | NO_WEIGHT_KINDS}  # fmt: skip
    found = talk_places(acts, pages)
    assert sum(count for _, count in found) == len(talk)
    assert {name for name, _ in found} <= PLACES.keys()
    assert not {name for name, _ in found if name == "off_x"} or any(kind in OFF_X_KINDS for kind, _ in talk)


def test_the_extension_has_words_for_each_place() -> None:
    assert {name for name in PLACES if f"place_{name}" not in MESSAGES} == set()
