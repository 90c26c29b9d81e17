"""The rows of a report: what stands in each, in which order, and what is left out."""

from __future__ import annotations

import pytest

from companion.domain.page_kinds import ORIGINALS_TAB, STATUS
from companion.domain.sightings import Post
from companion.vetting.facts import Facts
from companion.vetting.presentation.rows import Row, rows_of
from companion.vetting.report import vet
from tests.companion.vetting.people import facts, posts, somebody


def row(given: Facts, name: str) -> Row:
    return next(row for row in rows_of(given, vet(given)) if row.name == name)


def words(given: Facts, name: str) -> list[str]:
    return [piece.text for piece in row(given, name).pieces]


def talk(*, plain: int = 0, reposts: int = 0, quotes: int = 0, replies: int = 0) -> Facts:
    """Return posts of these kinds, each with words of its own."""
    kinds = ["plain"] * plain + ["repost"] * reposts + ["quote"] * quotes + ["reply"] * replies
    made = [made_of(kind, post) for kind, post in zip(kinds, posts([word(n) for n in range(len(kinds))]), strict=True)]
    return facts(somebody(), posts=made)


def word(number: int) -> str:
    """Return an everyday post unlike every other."""
    return f"Today we walked along the {chr(97 + number % 26) * 3}{chr(97 + number // 26)} and talked"


def made_of(kind: str, post: Post) -> Post:
    post.repost_of = "7" if kind == "repost" else None
    post.quote_of = "8" if kind == "quote" else None
    post.reply_to_handle = "inesmakes" if kind == "reply" else None
    return post


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (talk(plain=8, reposts=3, quotes=2), ["3 reposts", "2 quotes"]),
        (talk(plain=12, quotes=1), ["1 quote"]),
        (talk(plain=12), ["No replies"]),
        (talk(plain=10, replies=2), ["2 replies to others"]),
    ],
    ids=["reposts and quotes", "a quote", "neither", "replies"],
)
def test_the_posts_row_says_what_they_are_where_no_habit_stands_out(given: Facts, said: list[str]) -> None:
    assert words(given, "posts")[: len(said)] == said


def test_what_the_pages_could_not_show_is_said_with_a_link_to_the_tab_and_the_rest_by_its_own_number() -> None:
    tab = posts([word(n) for n in range(21)], pages=ORIGINALS_TAB)
    said = row(facts(posts=tab), "posts")
    counted, *unseen = said.pieces
    assert (counted.text[: len("21 seen, last ")], said.end) == ("21 seen, last ", ""), "no reply is one of the 21"
    assert [piece.text for piece in unseen] == ["replies not looked at", "reposts not looked at"]
    assert unseen[0].examples[0].url == "https://x.com/wrenwrites/with_replies"
    talks = [made_of("reply", post) for post in posts([word(n) for n in range(12)], pages=STATUS)]
    for number, post in enumerate(talks):
        post.id = str(number)
    assert "12 replies to others among 12" in words(facts(posts=[*tab, *talks]), "posts")[0]


def test_few_posts_are_said_to_be_too_few_and_none_not_seen() -> None:
    assert row(talk(plain=9), "posts").end.startswith("of 9 seen: too few to say, last ")
    assert row(talk(plain=10), "posts").end.startswith("of 10 seen, last ")
    assert words(facts(), "posts") == ["None seen yet"]


def test_what_was_not_seen_is_said_to_be_that_and_never_empty() -> None:
    unseen = facts(somebody(bio=None, link=None, avatar=None, followers=None))
    assert words(unseen, "bio") == words(unseen, "link") == words(unseen, "photo") == ["Not seen yet"]
    assert words(facts(somebody(link="")), "link") == ["None"]


def test_follower_counts_are_said_once() -> None:
    assert any("follows 410, followed by 640" in text.casefold() for text in words(facts(), "account"))
    crowded = facts(somebody(followers=10, following=4_000))
    assert sum("followed by" in text.casefold() for text in words(crowded, "account")) == 1
