"""What a person's page shows of ties: who sent them, whom they sent, vouches, questions about them, help given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.domain.give_take import between
from companion.domain.handles import without_at
from companion.domain.outcomes import ASKING, FAVOURS, WAYS
from companion.domain.referral_tree import generations
from companion.practice import ties
from companion.store.documents import Document
from companion.store.notebook.results import About
from companion.web.context import PageContext
from companion.web.person_rows import known_as


@dataclass(frozen=True, slots=True)
class TiesView:
    """The ties of one person.

    Attributes:
        sent_by: (document, key, name) of who sent them.
        sent: (key, name) of those whom they sent.
        generations: how many they sent, how many those sent, and so on.
        way: names from somebody down to them, by who sent whom; a path, which is no vouch.
        vouches: (document, key, name of who vouches).
        askings: (document, key, name of who is asked, words of the status).
        favours: (document, who helped, with what).
        balance: help either way, as one sentence.
        draft: words to ask somebody about them.
    """

    sent_by: list[tuple[Document, str, str]]
    sent: list[tuple[str, str]]
    generations: list[int]
    way: list[str]
    vouches: list[tuple[Document, str, str]]
    askings: list[tuple[Document, str, str, str]]
    favours: list[tuple[Document, str, str]]
    balance: str
    draft: str


def ties_of(page: PageContext, pid: str, name: str, handle: str | None, about: About) -> TiesView:
    """Return the ties of one person, called ``name`` on this page."""
    sent = ties.who_sent_whom(page.account)
    called = f"{name} (@{without_at(handle)})" if handle and handle != name else name
    favours = about.others.get(ties.FAVOUR, [])
    return TiesView(
        sent_by=_named(page, about.others.get(ties.REFERRAL, [])),
        sent=[(one, known_as(page, one)) for one in sent.get(pid, [])],
        generations=[len(level) for level in generations(sent, pid)],
        way=[known_as(page, one) for one in _way_down(sent, pid)],
        vouches=_named(page, about.others.get(ties.VOUCH, [])),
        askings=[
            (one, key, who, ASKING[str(one["status"])])
            for one, key, who in _named(page, about.others.get(ties.ASKING, []))
        ],
        favours=[(one, WAYS[str(one["way"])], FAVOURS[str(one["what"])]) for one in favours],
        balance=between(name, _helped(favours, "they"), _helped(favours, "you")),
        draft=f"How do you know {called}? Would you recommend them, and for what?",
    )


def _named(page: PageContext, documents: Iterable[Document]) -> list[tuple[Document, str, str]]:
    found = [(one, ties.now_called(page.account, one)) for one in documents]
    return [(one, key, known_as(page, key)) for one, key in found]


def _helped(favours: Iterable[Document], way: str) -> list[str]:
    return [str(one["what"]) for one in favours if one["way"] == way]


def _way_down(sent: dict[str, list[str]], pid: str) -> list[str]:
    """Return the people above somebody by who sent whom, the highest first, and the person; empty for nobody above."""
    above = {whom: who for who, listed in sent.items() for whom in listed}
    way = [pid]
    while (who := above.get(way[-1])) and who not in way:
        way.append(who)
    return way[::-1] if len(way) > 1 else []
