"""Vets one person: collects what was seen and written, runs the checks, and returns the report in rows and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from companion.domain.decisions import WAIT_DAYS
from companion.domain.handles import is_id
from companion.domain.sightings import Interaction, Person, Relation
from companion.domain.typed_json import converted
from companion.machine_zone import MACHINE
from companion.store.account import Account
from companion.store.notebook.kinds.decision import KIND
from companion.vetting.checks.posts import check_posts
from companion.vetting.decisions import Decision, decisions_of, fingerprint
from companion.vetting.facts import EarlierDecision, Facts
from companion.vetting.findings import Finding, Habit
from companion.vetting.habits import habits_of, is_software
from companion.vetting.look import (
    Inspection,
    Inspectors,
    has_unlooked,
    inspect_person,
    store_inspection,
    stored_inspection,
)
from companion.vetting.presentation.main_button import main_button
from companion.vetting.presentation.phrases import sentence
from companion.vetting.presentation.rows import Row, rows_of
from companion.vetting.report import BETTER_NOT, CANT_TELL, LOOK_CLOSER, WELCOME, Report, vet
from companion.vetting.topics import with_goals
from companion.vetting.user_lists import lists_of, topics_of, weights_of

POSTS = 100
LINK_POSTS = 40
"""Latest posts by which an account that only posts links is told; a hundred people are looked at in one request."""
INTERACTIONS = 200
PLAIN_LINES = {
    WELCOME: "Nothing speaks against it.",
    LOOK_CLOSER: "Some of this is yours to judge.",
    BETTER_NOT: "Several things speak against it.",
    CANT_TELL: "Too little was seen to say.",
}
"""The report's line where no finding stands out."""
OWN_LINES = {
    WELCOME: "Nothing speaks against you.",
    LOOK_CLOSER: "Some of this is for them to judge.",
    BETTER_NOT: "Several things would speak against you.",
    CANT_TELL: "Too little was seen to say.",
}
"""The same for the user's own account."""


class Vetted(msgspec.Struct, frozen=True):
    """The report as it is shown: the verdict and its line, then the rows; then what was decided before."""

    id: str | None
    handle: str
    name: str | None
    verdict: str
    """welcome, look_closer, better_not or cant_tell."""
    line: str
    """The verdict's two or three reasons, as sentences."""
    kind: str | None
    """automated, announces, public_figure, newcomer, or null."""
    score: float
    """0..1: signs that there is no person behind it. It fills the ring, which says so; it decides nothing."""
    rows: list[Row]
    missing: list[str]
    """What was not seen and could be: profile, posts, link, photo."""
    looked_at: int | None
    """When link and photo were last looked at, on the user's click."""
    fingerprint: str
    """What bio, name and photo are like now; goes into the decision."""
    decision: Decision | None
    """The latest."""
    history: list[Decision]
    """All of them, earliest first."""
    findings: list[Finding]
    wait_days: int = WAIT_DAYS
    own: bool = False
    """It is the user's own account: how they look to a vetter, with nothing to decide."""
    look_due: bool = False
    """A link or photo is known that was not looked at since it is what it is."""
    main: str | None = None
    """The button to draw filled: follow_back, wait or no; null where none is to stand out."""


def vet_person(
    account: Account, pid: str, handle: str | None, now: int, data: Path, inspectors: Inspectors | None = None
) -> Vetted:
    """Vet one person, or the user's own account; ``inspectors`` adds link and photo.

    Args:
        account: whose ledger, and the notebook.
        pid: the person's key.
        handle: the requested handle, for somebody never seen.
        now: epoch seconds UTC.
        data: the data folder, for the user's own lists.
        inspectors: on the user's click, the functions that open the link and inspect the photo.

    Raises:
        SettingError: One of the user's lists cannot be read; the message names the file.
    """
    if inspectors:
        pid = _look(account, pid, handle, now, inspectors)
    person = _person(account, pid, handle)  # read after the look, during which the page may have shown more
    notebook = account.notebook
    seen = stored_inspection(notebook, pid, person, now)
    print_now = fingerprint(person)
    history = decisions_of(notebook.about(pid, account.owner).others.get(KIND.name, []), now, print_now)
    facts = _facts(account, pid, person, now, data, seen, history)
    report = vet(facts, weights_of(data))
    own = pid == account.owner
    return Vetted(
        id=pid if is_id(pid) else None,
        handle=person.handle or pid.removeprefix("@"),
        name=person.name,
        verdict=report.verdict,
        line=_line(report, now, OWN_LINES if own else PLAIN_LINES),
        kind=report.kind,
        score=report.score,
        rows=[row for row in rows_of(facts, report) if not (own and row.name == "relation")],
        missing=list(report.missing),
        looked_at=seen.at,
        fingerprint=print_now,
        decision=history[-1] if history else None,
        history=history,
        findings=list(report.findings),
        own=own,
        look_due=has_unlooked(person, seen),
        main=main_button(report.verdict, facts.relation, own=own),
    )


def habits_seen(account: Account, pid: str, now: int, data: Path) -> tuple[tuple[Habit, ...], bool]:
    """Return what a person plainly does, from what was seen anyway, and whether it is software; nothing is looked at.

    Raises:
        SettingError: The user's word list cannot be read; the message names the file.
    """
    facts = _facts(account, pid, _person(account, pid, None), now, data, Inspection(), ())
    habits = habits_of(facts)
    return habits, is_software(facts, habits)


def posts_links_alone(account: Account, pid: str, now: int, data: Path) -> bool:
    """Return whether nearly all that a person posts are links elsewhere; no where too few posts were seen."""
    posts = [post for post in account.ledger.posts_of(account.owner, pid, LINK_POSTS) if not post.promoted]
    facts = Facts(_person(account, pid, None), now, MACHINE, posts=posts, lists=lists_of(data))
    return any(finding.code == "posts_mostly_links" for finding in check_posts(facts))


def _look(account: Account, pid: str, handle: str | None, now: int, inspectors: Inspectors) -> str:
    """Look at link and photo, store the results, and return the person's key: the page may have shown their id."""
    person = _person(account, pid, handle)
    inspection = inspect_person(account.notebook, pid, person, now, inspectors)
    if not is_id(pid):
        pid = account.ledger.find(account.owner, None, person.handle) or pid
    store_inspection(account.notebook, pid, person, inspection)
    return pid


def _person(account: Account, pid: str, handle: str | None) -> Person:
    known = account.ledger.person(account.owner, pid)
    shown = (handle or pid).removeprefix("@")
    return known.profile if known else Person(pid if is_id(pid) else None, None if is_id(shown) else shown)


def _facts(
    account: Account, pid: str, person: Person, now: int, data: Path, seen: Inspection, history: Sequence[Decision]
) -> Facts:
    ledger, owner = account.ledger, account.owner
    known = ledger.person(owner, pid)
    return Facts(
        person,
        now,
        MACHINE,
        posts=[post for post in ledger.posts_of(owner, pid, POSTS) if not post.promoted],
        relation=_relation(ledger.relation(owner, pid)),
        interactions=[
            Interaction(act.direction, act.kind, act.at, act.ref, automatic=act.automatic)
            for act in ledger.interactions(owner, pid, INTERACTIONS)
        ],
        topics=with_goals(topics_of(data), account.notebook),
        decided=[
            EarlierDecision(decision.decision, decision.text or (decision.reasons or [""])[0], decision.at)
            for decision in history
        ],
        former_handles=[former for former, _ in known.former] if known else (),
        picture=seen.picture,
        opened=seen.opened,
        lists=lists_of(data),
    )


def _relation(stored: Mapping[str, tuple[bool | int, str, int]]) -> Relation:
    values = {name: value for name, (value, _, _) in stored.items()}
    return converted(values, Relation)


def _line(report: Report, now: int, plain: Mapping[str, str]) -> str:
    sentences = [words for reason in report.reasons if (words := sentence(reason, now, MACHINE))]
    return " ".join(sentences) or plain[report.verdict]
