"""Gathers what the card of one person is assembled from, and says its sentences in the reader's language.

Loading what it needs is a third of a start: import it where a card is made, not at the top of a resource.
"""

from __future__ import annotations

import msgspec

from companion.api.badge import badge_of
from companion.api.card import Facts
from companion.api.card import card_of as assemble
from companion.api.card_schemas import Card, Recycled
from companion.api.context import ApiContext
from companion.api.presenters import find, owner_of
from companion.api.schemas import PersonRef, Viewer
from companion.domain.dates import DAY, local_day
from companion.domain.handles import is_id
from companion.domain.sightings import INBOUND, OUTBOUND
from companion.i18n.catalogue import Catalogue
from companion.i18n.languages import ENGLISH
from companion.machine_zone import MACHINE, machine_day
from companion.practice import chats, reminders
from companion.practice.new_followers import latest_decision
from companion.reciprocity.counters import WEEKS, Tally, trend
from companion.reciprocity.judgement import judge
from companion.reciprocity.states import Judgement
from companion.reciprocity.sums import Sums
from companion.store.account import Account
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.queries.statistics import talk_days
from companion.store.ledger.rows import BadgeRow, InteractionRow, PersonRow
from companion.vetting.service import habits_seen
from companion.vetting.spoken import spoken_decision

CONTACTS = 50
"""Interactions of one moment, or of a chat that runs, that are looked through."""


def judged(row: BadgeRow | None, now: int, *, answers: bool = True) -> Judgement:
    """Return score and state with the reasons and the sentence; ``answers``: a person may answer there."""
    sums, tally = (row.sums, row.tally) if row else (Sums(), Tally())
    return judge(sums, tally, now, answers=answers, day_of=machine_day)


def spoken_card(card: Card, catalogue: Catalogue) -> Card:
    """Return a card whose sentences are in the catalogue's language: on the score, and on the latest decision."""
    if catalogue.language == ENGLISH:
        return card
    judgement = msgspec.structs.replace(card.judgement, sentence=catalogue.say(card.judgement.sentence))
    return msgspec.structs.replace(card, judgement=judgement, decision=spoken_decision(card.decision, catalogue))


def card_of(context: ApiContext, viewer: Viewer, person: PersonRef) -> Card:
    """Return the card of one person."""
    owner, now = owner_of(context, viewer), context.clock()
    pid = find(context, owner, person)
    ledger, notebook = context.stores.ledger, context.stores.notebook
    row, known = ledger.badge(owner, pid), ledger.person(owner, pid)
    handle = (person.handle or pid).removeprefix("@")
    account = Account(notebook, ledger, owner)
    habits, software = habits_seen(account, pid, now, context.settings.data)
    judgement = judged(row, now, answers=not software)
    return assemble(
        Facts(
            badge=badge_of(pid, handle, row, judgement, notebook.summary(pid, owner)),
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
