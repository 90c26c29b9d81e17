"""What a person's page shows of the facts that the user wrote: how they met, roles, channels, manner, suitability."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.domain.facts import CHANNELS, CONTEXTS, FITNESS, HOW_MET, ROLES
from companion.practice.how_met import Guess, guess_how_met
from companion.store import touches
from companion.store.documents import Document
from companion.store.ledger.rows import InteractionRow
from companion.store.notebook.kinds.roles import names
from companion.store.notebook.results import About
from companion.web import wording


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts about one person, ready to show.

    Attributes:
        origin: how they met, None if it was not written.
        guess: how they probably met, where it was not written.
        roles: their roles.
        offered: roles to choose from, theirs included.
        context: in words, empty if it was not said.
        channels: (document, words of the channel, link or empty).
        met: the day of the first contact in person, such as "2026-03-09"; empty if none is written down.
        manner: the two texts.
        suited: (document, words).
    """

    origin: Document | None
    guess: Guess | None
    roles: list[str]
    offered: list[str]
    context: str
    channels: list[tuple[Document, str, str]]
    met: str
    manner: Document
    suited: list[tuple[Document, str]]

    @property
    def how(self) -> str:
        """Return how they met, in words."""
        if self.origin is None:
            return ""
        words, day = str(self.origin.get("words") or ""), str(self.origin.get("day") or "")
        told = words if self.origin["how"] == "other" else HOW_MET[str(self.origin["how"])]
        parts = [told, words if told != words else "", wording.day(day) if day else ""]
        return ", ".join(part for part in parts if part)


def facts_of(about: About, acts: Iterable[InteractionRow]) -> Facts:
    """Return the facts of one person from what is written and the interactions that were seen."""
    written = {kind: documents[0] for kind, documents in about.others.items() if documents}
    origin, roles = written.get("origin"), names(written.get("roles", {}))
    mine, met = {role.casefold() for role in roles}, touches.first_met(about.others.get(touches.KIND, []))
    return Facts(
        origin=origin,
        guess=None if origin else guess_how_met(acts),
        roles=roles,
        offered=[*roles, *(role for role in ROLES if role not in mine)],
        context=CONTEXTS.get(str(written.get("context", {}).get("context")), ""),
        channels=[(one, CHANNELS[str(one["what"])], _link(one)) for one in about.others.get("channel", [])],
        met=met.isoformat() if met else "",
        manner=written.get("manner", {}),
        suited=[(one, FITNESS[str(one["fits"])]) for one in about.others.get("suited", [])],
    )


def _link(channel: Document) -> str:
    """Return the address of a channel as a link; empty where it is none."""
    what, address = channel["what"], str(channel["address"])
    if what == "mail":
        return f"mailto:{address}"
    if what == "phone":
        return f"tel:{''.join(character for character in address if character in '+0123456789')}"
    return address if address.startswith(("https://", "http://")) else ""
