"""An understanding in words: who, how many more, and what was between them; never a post's text."""

from __future__ import annotations

import pytest

from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from companion.sources.printable import NAMES_SHOWN, PROBLEMS_SHOWN, as_printable, in_words


def people(count: int) -> list[Person]:
    return [Person(str(number), f"person{number}") for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("count", "more"),
    [(NAMES_SHOWN - 1, ""), (NAMES_SHOWN, ""), (NAMES_SHOWN + 1, " and 1 more"), (40, " and 32 more")],
)
def test_the_first_names_are_shown_and_how_many_there_are_more(count: int, more: str) -> None:
    line = in_words(Understanding(op="Followers", people=people(count))).splitlines()[1]
    shown = ", ".join(f"@person{number}" for number in range(1, min(count, NAMES_SHOWN) + 1))
    assert line == f"  people: {shown}{more}"


def test_nobody_is_said_in_a_word_and_who_is_gone_by_the_id() -> None:
    assert "  people: nobody" in in_words(Understanding())
    assert "  people: 7 (gone)" in in_words(Understanding(people=[Person("7", gone="Suspended")]))


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 people, 0 posts"), (1, "1 person, 1 post"), (2, "2 people, 2 posts")]
)
def test_one_is_told_as_one(count: int, words: str) -> None:
    posts = [Post(id=str(number), text="a secret") for number in range(count)]
    said = in_words(Understanding(people=people(count), posts=posts))
    assert said.startswith(f"unnamed answer: {words}, 0 interactions with the viewer")
    assert "a secret" not in said


def test_relations_kinds_and_problems_are_counted() -> None:
    understanding = Understanding(
        op="Followers", viewer_handle="adaquill", problems=[f"trouble {number}" for number in range(30)],
        relations=[Relation("1", follows_me=True, i_follow=False), Relation("2", i_follow=True), Relation("3")],
        interactions=[Interaction("in", "like", 1, "like:1"), Interaction("in", "like", 1, "like:2"),
                      Interaction("out", "reply", 1, "3")],
    )  # fmt: skip
    lines = in_words(understanding).splitlines()
    assert "  relations told: 3 (1 follow the viewer, 1 followed by them)" in lines
    assert lines.index("  like from others: 2") < lines.index("  reply from the viewer: 1")
    assert "  logged in: @adaquill" in lines
    assert sum(line.startswith("  problem: ") for line in lines) == PROBLEMS_SHOWN


def test_values_leave_out_what_is_not_known_and_set_the_gone_apart() -> None:
    printed = as_printable(Understanding(people=[Person("1", "wren", bio=""), Person("7", gone="Suspended")]))
    assert printed["people"] == [{"id": "1", "handle": "wren", "bio": ""}]
    assert [gone["id"] for gone in printed["gone"]] == ["7"]  # type: ignore[attr-defined]
