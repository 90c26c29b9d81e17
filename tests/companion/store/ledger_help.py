"""Invented people and sightings for the ledger's tests."""

from __future__ import annotations

from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from companion.store.ledger.ledger import Ledger

ADA, WORKS = "1000001", "1000002"
WREN, INES, TOMO = "2000001", "2000002", "2000003"
NOW = 1_760_000_000


def wren(**fields: object) -> Person:
    """Return a full profile of Wren."""
    told: dict[str, object] = {
        "id": WREN,
        "handle": "wrenwrites",
        "name": "Wren Okafor",
        "bio": "Ink and rain.",
        **fields,
    }
    return Person(**told)  # type: ignore[arg-type]


def reply(ref: str, at: int = NOW, direction: str = "in", **fields: object) -> Interaction:
    """Return a reply between the viewer and Wren."""
    return act("reply", ref, at, direction, **fields)


def act(kind: str, ref: str, at: int = NOW, direction: str = "in", **fields: object) -> Interaction:
    """Return an act between the viewer and Wren."""
    told: dict[str, object] = {"id": WREN, "handle": "wrenwrites", **fields}
    return Interaction(direction=direction, kind=kind, at=at, ref=ref, **told)  # type: ignore[arg-type]


def page(
    people: list[Person] | None = None,
    acts: list[Interaction] | None = None,
    relations: list[Relation] | None = None,
    posts: list[Post] | None = None,
    op: str = "TweetDetail",
) -> Understanding:
    """Return what a page told."""
    return Understanding(
        op=op, people=people or [], interactions=acts or [], relations=relations or [], posts=posts or []
    )


def days(ledger: Ledger, owner: str, pid: str) -> list[tuple[int, str]]:
    """Return (unix day, "in" or "out") of the days with talk that the score is made of, earliest first."""
    sql = "select day, direction from contact_day join viewer using (owner) where name = ? and pid = ? and talk > 0"
    return [tuple(row) for row in ledger.connections.reading().execute(f"{sql} order by 1, 2", (owner, pid))]


def everything(ledger: Ledger, owner: str, pid: str) -> object:
    """Return all that the ledger says of a person, for comparing."""
    return (
        ledger.person(owner, pid), ledger.badge(owner, pid), ledger.relation(owner, pid),
        ledger.interactions(owner, pid), ledger.posts_of(owner, pid), days(ledger, owner, pid),
        ledger.snapshots(owner, pid),
    )  # fmt: skip
