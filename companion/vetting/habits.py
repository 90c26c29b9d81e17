"""Finds what an account plainly does, from what was seen anyway, for a word on the card without vetting (pure)."""

from __future__ import annotations

from collections.abc import Iterable

from companion.domain.wording import HABITS
from companion.vetting.checks.bio import what_it_calls_itself
from companion.vetting.checks.posts import MOSTLY, check_posts
from companion.vetting.checks.relation import check_relation
from companion.vetting.facts import Facts
from companion.vetting.findings import CAUTION, Finding, Habit

CODES = {
    "posts_automatic_thanks": "thanks_automatically",
    "relation_only_automatic": "writes_automatically",
    "relation_some_automatic": "writes_automatically",
    "posts_broadcast": "only_sends",
    "posts_mostly_sales": "mostly_sells",
    "posts_catalogue": "mostly_sells",
}
"""Finding -> the habit it shows, the most telling first."""
BY_SOFTWARE = frozenset({"thanks_automatically", "writes_automatically", "only_sends"})
"""Habits of accounts that nobody writes from by hand."""
MESSAGES = 3
"""Automatic messages to the viewer from which it is a habit."""


def habits_of(facts: Facts) -> tuple[Habit, ...]:
    """Return the habits that what was seen shows, each once; none where too little was seen."""
    findings = {finding.code: finding for finding in (*check_posts(facts), *check_relation(facts))}
    habits: dict[str, Habit] = {}
    for code, name in CODES.items():
        finding = findings.get(code)
        if finding is not None and _is_habit(finding):
            habits.setdefault(name, _habit(name, finding.count or 0, finding.of or 0))
    return tuple(habits.values())


def _is_habit(finding: Finding) -> bool:
    count, of = finding.count or 0, finding.of or 0
    if finding.check == "relation":
        return count >= MESSAGES and count > MOSTLY * of
    return finding.level == CAUTION or count > MOSTLY * of


def _habit(code: str, count: int, of: int) -> Habit:
    return Habit(code, count, of, HABITS[code].format(count=count, of=of))


def is_software(facts: Facts, habits: Iterable[Habit]) -> bool:
    """Return whether nobody there would answer: it says that it is automated or announces, or its habits show it."""
    return any(habit.code in BY_SOFTWARE for habit in habits) or bool(what_it_calls_itself(facts.person, facts.lists))
