"""Response schemas of a person: the badge beside a name and the card under a profile."""

from __future__ import annotations

import msgspec

from companion.vetting.decisions import Decision
from companion.vetting.findings import Habit


class PersonFields(msgspec.Struct):
    """Fields that badge and card share."""

    id: str | None
    """X's numeric id, or null for somebody known only by handle."""
    handle: str
    name: str | None
    score: int | None
    """0-100, or null where the state stands instead of a number."""
    state: str
    band: str | None
    alias: str | None
    follows_me: bool | None
    """Null is unknown, never no."""
    i_follow: bool | None
    you: int
    """Days you wrote to them."""
    they: int | None
    """Days they wrote to you; null where what they send could not be seen."""
    last_in: int | None
    last_out: int | None
    was: str | None
    """The most recent former handle."""
    at: int | None
    """When they were last seen."""


class Badge(PersonFields, gc=False):
    """What the badge beside a name shows."""

    note: bool
    """Whether there is one."""
    tags: list[str]
    """The first three."""
    decision: str | None = None
    """The latest after vetting: follow_back, wait or no."""


class NoteView(msgspec.Struct):
    """The note; ``rev`` is the ``base`` of the next write, ``by`` the other device that wrote it, if one did."""

    text: str
    rev: int
    at: int
    viewer: str | None
    post: str | None
    versions: int
    by: str | None = None


class TagView(msgspec.Struct):
    """A tag on a person, with its colour."""

    name: str
    colour: str | None


class Former(msgspec.Struct):
    """A former handle of this person, and when it was last seen."""

    handle: str
    until: int


class Recycled(msgspec.Struct):
    """Somebody else who had this handle before; nothing of theirs is shown here."""

    handle: str
    id: str | None
    name: str | None


class RelationField(msgspec.Struct):
    """One field of the relation, with its source and when it was seen."""

    value: bool | int | None
    source: str
    at: int


class ReasonView(msgspec.Struct):
    """One reason of the score: a message code and its parameters."""

    code: str
    params: dict[str, int | float | str]


class Balance(msgspec.Struct):
    """Days on which each of the two wrote."""

    you: int
    they: int


class JudgementView(msgspec.Struct):
    """The score with its state, reasons and confidence (0 to 1)."""

    value: int | None
    state: str
    band: str | None
    was: int | None
    confidence: float
    balance: Balance
    reasons: list[ReasonView]
    sentence: str


class Contact(msgspec.Struct):
    """The latest talk one way: words, a call or a meeting, no like and no follow."""

    at: int
    kind: str
    post: str | None


class LastContacts(msgspec.Struct, rename={"inbound": "in", "outbound": "out"}):
    """The latest interaction each way, if any."""

    inbound: Contact | None
    outbound: Contact | None


class Span(msgspec.Struct):
    """First and last time this person was seen."""

    first: int | None
    last: int | None


class Coverage(msgspec.Struct):
    """Since when interactions from this person could be seen; null for never."""

    inbound_since: int | None


class AboutAccount(msgspec.Struct):
    """What X's page about an account said when the user opened it; null is what it left out."""

    place: str | None
    sure: bool | None
    """Whether X is sure of the place."""
    via: str | None
    renames: int | None
    renamed_at: int | None


class NextStepView(msgspec.Struct):
    """The step to do next; ``done`` and ``undo`` are the bodies of the kind "step" to write for either."""

    item: str
    rev: int
    """The revision that a change is based on."""
    words: str
    day: str | None
    """Such as 2026-12-04; null if on no day."""
    over: bool
    done: dict[str, str]
    undo: dict[str, str]


class ChatNowView(msgspec.Struct):
    """The user's chat that runs now, and how often each of the two wrote in it so far."""

    tag: str
    until: int
    they: int
    you: int


class Card(PersonFields):
    """What the card under a profile shows."""

    note: NoteView | None
    note_rev: int
    """Stays after the note was cleared; 0 if there never was one."""
    tags: list[TagView]
    tags_rev: int
    alias_rev: int
    former: list[Former]
    recycled: Recycled | None
    relation: dict[str, RelationField]
    judgement: JudgementView
    trend: list[tuple[int, int]]
    """26 weeks, oldest first: days they wrote, days you wrote."""
    last: LastContacts
    seen: Span
    coverage: Coverage
    decision: Decision | None = None
    """The latest after vetting, with its reason."""
    habits: list[Habit] = []
    """What the account plainly does, from what was seen anyway, for a word beside the state."""
    about: AboutAccount | None = None
    """Null while X's page about the account was never seen."""
    next_step: NextStepView | None = None
    """What the user means to do next with them."""
    contact_due: str | None = None
    """The day since when contact is due by a rhythm; null while it is not."""
    chat_now: ChatNowView | None = None
    """Null unless one of the user's chats runs and the two talked in it."""
    live: bool = False
    """Whether the notebook is shared, so that another machine may change this while it is shown."""
