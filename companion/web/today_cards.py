"""Collects whom the first page suggests, from every reason that there is, and draws a card for each with its draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY, local_day
from companion.domain.facts import FAIR, NOISE
from companion.domain.handles import profile_address
from companion.domain.kinds import QUESTION_KINDS
from companion.domain.sightings import INBOUND
from companion.machine_zone import MACHINE, machine_day
from companion.practice import drafts, new_followers, reminders, today
from companion.practice.draft_facts import drafts_for
from companion.practice.drafts import Draft
from companion.practice.today import Faded, Suggestion, Unanswered
from companion.reciprocity.judgement import judge
from companion.store.ledger.queries import directory, statistics, talks
from companion.store.ledger.rows import BadgeRow
from companion.vetting.topics import known_topics
from companion.vetting.word_lists import found_words
from companion.web import svg, wording
from companion.web.context import PageContext
from companion.web.person_rows import shown_name

LATER = "later"
"""Notebook table of people left out of the suggestions: pid, owner, until."""
WAITING = 12
"""Latest writers that are checked for an unanswered question."""
LOOKED = 400
"""People never talked with whose bios are read."""
QUEUED = 12
"""New followers whose bios are read."""
ARCHIVED_DAYS = 5
"""Days of writing to somebody from which an archive alone suggests them."""


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One suggestion as the page shows it.

    Attributes:
        one: the suggestion.
        name: what the person is called.
        address: of their profile on X.
        state: of the relationship, in words.
        ring: the score as a picture.
        draft: what to say; None where no handle is known.
    """

    one: Suggestion
    name: str
    address: str
    state: str
    ring: svg.Ring
    draft: Draft | None


def suggested(page: PageContext, faded: Sequence[Faded], wanted: int) -> list[Suggestion]:
    """Return whom to talk with: who waits, what is due, who fell silent, who is relevant or new, the archive's."""
    if wanted <= 0:
        return []
    away = put_off(page) | with_role(page, NOISE)
    rows = statistics.unanswered(page.account.ledger, page.owner, page.now, today.ASK_DAYS, WAITING + len(away))
    messages = {row.pid: words for row in rows if (words := _last_message(page, row))}
    groups = (
        today.answers(rows, messages, with_role(page, FAIR), page.now),
        _due(page),
        today.silences(faded, page.now),
        [*relevant(page), *_followers(page)],
        _archived(page),
    )
    return today.choose(groups, away, wanted)


def cards(page: PageContext, suggestions: Sequence[Suggestion]) -> list[TodayCard]:
    """Return the cards of some suggestions."""
    return [_card(page, one) for one in suggestions]


def put_off(page: PageContext) -> set[str]:
    """Return whom the user said "later" about."""
    rows = page.account.notebook.table(LATER)
    return {str(row["pid"]) for row in rows if isinstance(until := row.get("until"), int) and until > page.now}


def with_role(page: PageContext, role: str) -> set[str]:
    """Return the people to whom the user gave a role."""
    found = set[str]()
    for pid, document in page.account.notebook.of_kind("roles", page.owner):
        roles = document.get("roles")
        if isinstance(roles, list) and role in (str(one).casefold() for one in roles):
            found.add(pid)
    return found


def relevant(page: PageContext) -> list[Suggestion]:
    """Return those who share a topic in their bio, with whom the user never talked, and whom it is time to name."""
    return page.figure("relevant", lambda: _relevant(page))


def _relevant(page: PageContext) -> list[Suggestion]:
    topics = known_topics(page.account.notebook, page.context.settings.data)
    if not topics:
        return []
    since = page.now - max(end for _, end in today.NUDGES) * DAY
    people = talks.never_talked(page.account.ledger, page.owner, page.account.notebook.people(), since, LOOKED)
    shared = [(row, found_words(bio, topics)) for row, bio in people if today.nudged(row.first_seen, page.now)]
    known = [(row, words) for row, words in shared if words and not _said_no(page, row.pid)]
    return [today.suggest_relevant(row, words, page.now) for row, words in known]


def _said_no(page: PageContext, pid: str) -> bool:
    return page.account.notebook.summary(pid, page.owner).marks.get("decision") == "no"


def _due(page: PageContext) -> list[Suggestion]:
    """Return those with whom contact is due by a rhythm, or a step today or before, the oldest first."""
    day = local_day(page.now, MACHINE)
    found = {one.pid: one for one in reversed(reminders.due(reminders.everybody(page.account, MACHINE), day))}
    rows = directory.by_pids(page.account.ledger, page.owner, list(found))
    listed = sorted((one for one in found.values() if one.pid in rows), key=lambda one: (one.day, one.pid))
    return [Suggestion(rows[one.pid], _due_words(one), kind=today.DUE) for one in listed]


def _due_words(one: reminders.Reminder) -> str:
    since = wording.day(one.day.isoformat())
    if one.words:
        return f"Your next step, for {since}: {one.words}"
    return f"You wanted to be in touch {one.every.words if one.every else ''}: due since {since}."


def _followers(page: PageContext) -> list[Suggestion]:
    topics = known_topics(page.account.notebook, page.context.settings.data)
    if not topics:
        return []
    queue = new_followers.queue_of(page.account, page.now, QUEUED)
    found = []
    for one in queue.next:
        known = page.account.ledger.person(page.owner, one.row.pid)
        words = found_words(known.profile.bio or "", topics) if known else ()
        if words and one.row.tally.last_out is None:
            found.append(today.suggest_follower(one.row, words, one.since, page.now))
    return found


def _archived(page: PageContext) -> list[Suggestion]:
    """Return old friends from an archive, as long as nothing that others send could ever be seen."""
    if page.account.ledger.coverage(page.owner) is not None:
        return []
    rows = page.figure("archived", lambda: talks.written_to(page.account.ledger, page.owner, ARCHIVED_DAYS, WAITING))
    return [today.suggest_archived(row) for row in rows]


def _last_message(page: PageContext, row: BadgeRow) -> Unanswered | None:
    """Return the latest message of a person to the viewer, None if their latest acts had no words."""
    ledger = page.account.ledger
    acts = ledger.interactions(page.owner, row.pid, 10)
    act = next(
        (row for row in acts if row.direction == INBOUND and row.kind in QUESTION_KINDS and not row.automatic), None
    )
    if act is None:
        return None
    posts = ledger.posts_of(page.owner, row.pid, 50) if act.post else []
    text = next((post.text for post in posts if post.id == act.post and post.text), "")
    return Unanswered(act.post, act.at, "?" in text, text)


def _card(page: PageContext, one: Suggestion) -> TodayCard:
    judged = judge(one.row.sums, one.row.tally, page.now, day_of=machine_day)
    address = profile_address(one.row.pid, one.row.handle) or "https://x.com/home"
    ring = svg.ring(judged.value, judged.confidence)
    return TodayCard(one, shown_name(page, one.row), address, wording.state(judged), ring, _draft(page, one))


def _draft(page: PageContext, one: Suggestion) -> Draft | None:
    if one.post and one.post.isdigit():
        return drafts.answer(one.row.handle or "", one.post)
    made = drafts_for(page.account, one.row.pid, page.context.settings.data, page.now)
    return next((draft for draft in made if draft.name == "hello"), None)
