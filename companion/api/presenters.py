"""Looks up people for the views and gathers what badges and cards are assembled from."""

from __future__ import annotations

import msgspec

from companion.api import card
from companion.api.card_schemas import Badge, Card, Recycled
from companion.api.context import ApiContext
from companion.api.schemas import PersonRef, Viewer, check_named, key_of
from companion.domain.dates import DAY, local_day
from companion.domain.handles import fold, is_id, stub, without_at
from companion.domain.sightings import INBOUND, OUTBOUND, Person, Understanding
from companion.i18n.catalogue import Catalogue
from companion.i18n.languages import ENGLISH
from companion.machine_zone import MACHINE, machine_day
from companion.practice import chats, reminders
from companion.practice.new_followers import latest_decision
from companion.reciprocity.counters import WEEKS, Tally, trend
from companion.reciprocity.judgement import glance, judge
from companion.reciprocity.states import Glance, Judgement
from companion.reciprocity.sums import Sums
from companion.store import ingest
from companion.store.account import Account
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.statistics import talk_days
from companion.store.ledger.rows import BadgeRow, InteractionRow, PersonRow

NOTHING_SEEN = glance(Sums(), Tally(), 0)
CONTACTS = 50
"""Interactions of one moment, or of a chat that runs, that are looked through."""


def owner_of(context: ApiContext, viewer: Viewer) -> str:
    """Return the viewer's key in the ledger; sightings of the user's several accounts are never mixed."""
    check_named(viewer, "viewer")
    return context.stores.ledger.owner_for(viewer.id, viewer.handle, context.clock())


def find(context: ApiContext, owner: str, person: PersonRef) -> str:
    """Return a person's key for reading; for somebody never seen, the key they would get."""
    return context.stores.ledger.find(owner, person.id, person.handle) or key_of(person)


def meet(context: ApiContext, owner: str, person: PersonRef) -> str:
    """Return a person's key for writing; an unknown id is recorded, so that its handle's stub merges into it."""
    if person.id and person.handle:
        both = Person(person.id, without_at(person.handle), rich=False)
        if context.stores.ledger.find(owner, person.id) is None:
            ingest.take(
                context.stores.ledger, context.stores.notebook, owner, Understanding(people=[both]), context.clock()
            )
        join_notes(context, owner, [both])
    return find(context, owner, person)


def join_notes(context: ApiContext, owner: str, people: list[Person]) -> None:
    """Move notes stored under a handle's stub to the id that has this handle.

    The ledger reports merges of stubs that it knew; a note may be older than any sighting, or of another account.
    """
    notebook, ledger = context.stores.notebook, context.stores.ledger
    for person in people:
        if person.id and person.handle and notebook.knows(stub(person.handle)):
            holder = ledger.find(owner, None, person.handle)
            if holder == person.id:
                notebook.merge(stub(person.handle), person.id)


def badges_of(context: ApiContext, owner: str, handles: list[str]) -> dict[str, Badge | None]:
    """Return a badge for each handle, None for strangers."""
    rows = context.stores.ledger.badges(owner, handles)
    summary, now = context.stores.notebook.summary, context.clock()
    badges: dict[str, Badge | None] = {}
    for handle in handles:
        key = fold(handle)
        row = rows.get(key)
        if row is None:
            pid, score = f"@{key}", NOTHING_SEEN
        else:
            pid, score = row.pid, glance(row.sums, row.tally, now)
        written = summary(pid, owner)
        badges[key] = card.badge_of(pid, handle, row, score, written) if card.is_known(row, written) else None
    return badges


def badge_of_row(context: ApiContext, owner: str, row: BadgeRow) -> Badge:
    """Return the badge of a ledger row, known or not."""
    written = context.stores.notebook.summary(row.pid, owner)
    return card.badge_of(row.pid, row.handle or "", row, glanced(row, context.clock()), written)


def badge_of_pid(context: ApiContext, owner: str, pid: str, handle: str | None = None) -> Badge:
    """Return the badge of a person by key; it is nearly empty for somebody only written about."""
    row = context.stores.ledger.badge(owner, pid)
    shown = handle or pid.removeprefix("@")
    return card.badge_of(pid, shown, row, glanced(row, context.clock()), context.stores.notebook.summary(pid, owner))


def judged(row: BadgeRow | None, now: int, *, answers: bool = True) -> Judgement:
    """Return score and state with the reasons and the sentence; ``answers``: a person may answer there."""
    sums, tally = (row.sums, row.tally) if row else (Sums(), Tally())
    return judge(sums, tally, now, answers=answers, day_of=machine_day)


def glanced(row: BadgeRow | None, now: int) -> Glance:
    """Return score and state alone, which is cheaper: a request asks for forty."""
    return glance(row.sums, row.tally, now) if row else NOTHING_SEEN


def spoken_card(card: Card, catalogue: Catalogue) -> Card:
    """Return a card whose sentences are in the catalogue's language: on the score, and on the latest decision."""
    if catalogue.language == ENGLISH:
        return card
    from companion.vetting.spoken import spoken_decision

    judgement = msgspec.structs.replace(card.judgement, sentence=catalogue.say(card.judgement.sentence))
    return msgspec.structs.replace(card, judgement=judgement, decision=spoken_decision(card.decision, catalogue))


def card_of(context: ApiContext, viewer: Viewer, person: PersonRef) -> Card:
    """Return the card of one person."""
    owner, now = owner_of(context, viewer), context.clock()
    pid = find(context, owner, person)
    ledger, notebook = context.stores.ledger, context.stores.notebook
    # Vetting is a third of the start; only a card needs it.
    from companion.vetting.service import habits_seen

    row, known = ledger.badge(owner, pid), ledger.person(owner, pid)
    handle = (person.handle or pid).removeprefix("@")
    account = Account(notebook, ledger, owner)
    habits, software = habits_seen(account, pid, now, context.settings.data)
    judgement = judged(row, now, answers=not software)
    return card.card_of(
        card.Facts(
            badge=card.badge_of(pid, handle, row, judgement, notebook.summary(pid, owner)),
            judged=judgement,
            about=notebook.about(pid, owner),
            colours={tag["name"]: tag["colour"] for tag in notebook.tags()},
            person=known,
            relation=ledger.relation(owner, pid),
            recycled=_recycled(context, owner, known),
            trend=_trend(context, owner, pid, now),
            last_in=_last_talk(ledger, owner, row, INBOUND),
            last_out=_last_talk(ledger, owner, row, OUTBOUND),
            inbound_since=ledger.coverage(owner),
            decision=latest_decision(account, pid, now),
            habits=habits,
            authors=notebook.shared.lines.authors(),
            step=reminders.next_step(account, pid, local_day(now, MACHINE)),
            contact_due=_contact_due(account, pid, now),
            chat_now=_chat_now(account, pid, now),
            live=notebook.shared.device is not None,
        )
    )


def _last_talk(ledger: Ledger, owner: str, row: BadgeRow | None, way: str) -> InteractionRow | None:
    """Return the latest talk of one side, which a like or a follow after it does not hide; None if there was none."""
    at = (row.tally.last_in if way == INBOUND else row.tally.last_out) if row else None
    if row is None or at is None:
        return None
    acts = ledger.interactions(owner, row.pid, CONTACTS, before=at + 1)
    return next((act for act in acts if act.at == at and act.direction == way and not act.automatic), None)


def _chat_now(account: Account, pid: str, now: int) -> chats.ChatTalk | None:
    """Return the talk with a person in a chat that runs now."""
    running = chats.running(account.notebook, now)
    return chats.talk_in(running, account.ledger.interactions(account.owner, pid, CONTACTS)) if running else None


def _contact_due(account: Account, pid: str, now: int) -> str | None:
    """Return since which day contact is due by a rhythm, None while it is not."""
    contact = reminders.for_person(account, pid, MACHINE)[1]
    return contact.day.isoformat() if contact and contact.day <= local_day(now, MACHINE) else None


def _trend(context: ApiContext, owner: str, pid: str, now: int) -> list[tuple[int, int]]:
    """Return for each of 26 weeks the days on which they wrote and you wrote."""
    since = now - (WEEKS * 7 + 1) * DAY
    days = talk_days(context.stores.ledger, owner, [pid], since, machine_day)[pid]
    inbound = [day for day, direction in days if direction == "in"]
    return trend(inbound, [day for day, direction in days if direction == "out"], machine_day(now))


def _recycled(context: ApiContext, owner: str, person: PersonRow | None) -> Recycled | None:
    """Return the account that had this person's handle before, if any; none of its data is shown."""
    if person is None or not person.recycled_from:
        return None
    earlier = person.recycled_from[0]
    known = context.stores.ledger.person(owner, earlier)
    name = known.profile.name if known else None
    return Recycled(person.profile.handle or "", earlier if is_id(earlier) else None, name)
