"""What is seen in a chat's hour is marked with it, and the recap has exactly those who talked with the user."""

from __future__ import annotations

from datetime import date, time

import pytest

from companion.domain.chat_times import Chat, next_sessions
from companion.domain.sightings import Interaction, Post, Understanding
from companion.errors import BodyError
from companion.practice import chats
from companion.practice.chats import Met, next_step, recap
from companion.store.ledger.queries.own_practice import ChatRow

BOOKCHAT = Chat("#bookchat", date(2026, 10, 7), time(20), "UTC")
SESSION = next_sessions(BOOKCHAT, 1_790_000_000, 1)[0]
START = SESSION.start


def seen(*posts: tuple[str, int, str], answers: dict[str, str] | None = None) -> Understanding:
    """A page with replies of person 7: (id, when, text)."""
    told = [Post(id, "7", "fern", text, at, reply_to_post=(answers or {}).get(id)) for id, at, text in posts]
    acts = [Interaction("in", "reply", at, id, id="7", post=id) for id, at, _ in posts]
    return Understanding("TweetDetail", [], told, [], acts)


def marked(understanding: Understanding) -> list[str | None]:
    chats.mark(understanding, [BOOKCHAT])
    return [act.chat for act in understanding.interactions]


def test_what_has_the_tag_in_the_hour_is_marked_and_nothing_else() -> None:
    page = seen(("1", START + 60, "Yes! #BookChat"), ("2", START + 90, "Off topic"), ("3", START + 86_400, "#bookchat"))
    assert marked(page) == ["#bookchat", None, None]


def test_an_answer_to_a_post_under_the_tag_belongs_to_it() -> None:
    page = seen(("1", START, "Q1 #bookchat"), ("2", START + 90, "The second stanza"), answers={"2": "1"})
    assert marked(page) == ["#bookchat", "#bookchat"]


def test_a_like_is_not_marked() -> None:
    page = seen(("1", START, "#bookchat"))
    page.interactions[0].kind = "like"
    assert marked(page) == [None]


def row(pid: str, direction: str, at: int, text: str = "", chat: str | None = "#bookchat") -> ChatRow:
    return ChatRow(pid, direction, "reply", f"{pid}{at}", at, None, "page", 0, 0, chat, text)


def test_the_recap_lists_exactly_those_who_talked_with_the_user_in_it() -> None:
    rows = [
        row("a", "in", START + 60), row("a", "out", START + 90), row("b", "in", START + 70, "Which one?"),
        row("c", "in", START + 80, chat=None), row("d", "in", START + 9_000),
    ]  # fmt: skip
    told = recap(rows, SESSION)
    assert [one.pid for one in told] == ["a", "b"]
    assert (told[0].they, told[0].you, told[0].post) == ((START + 60,), (START + 90,), "")
    assert (told[1].text, told[1].post, told[1].asks) == ("Which one?", f"b{START + 70}", True)


@pytest.mark.parametrize(
    ("asks", "new", "since", "only", "step"),
    [
        (True, True, False, True, "answer"),
        (False, True, True, False, "profile"),
        (False, False, False, False, "greet"),
        (False, False, False, True, "outside"),
        (False, False, True, True, "remind"),
    ],
)
def test_each_person_has_one_next_step(asks: bool, new: bool, since: bool, only: bool, step: str) -> None:
    met = Met("a", (1,), (), "", "9", asks)
    assert next_step(met, new=new, talked_since=since, chat_only=only) == step


FIELDS = {"tag": "bookchat", "day": "2026-10-07", "time": "20:00", "zone": "America/New_York", "rule": "week"}


def test_a_chat_of_a_form_has_an_hour_of_its_own_zone() -> None:
    assert chats.checked(FIELDS) == Chat("#bookchat", date(2026, 10, 7), time(20), "America/New_York")


@pytest.mark.parametrize(
    "wrong", [{"tag": "#1"}, {"day": "soon"}, {"time": "eight"}, {"zone": "Mars/North"}, {"zone": "../etc"},
              {"rule": "often"}, {"minutes": "5"}, {"minutes": "x"}]
)  # fmt: skip
def test_a_chat_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(BodyError):
        chats.checked({**FIELDS, **wrong})
