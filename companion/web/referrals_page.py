"""The page of referrals: who sent people and answers, by score, and the trees of who sent whom."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from companion.domain.referral_tree import Branch, generations, roots, tree
from companion.practice import ties
from companion.reciprocity.judgement import judge
from companion.reciprocity.relationship import Rate, relationship_of
from companion.store.ledger.queries import directory
from companion.store.ledger.rows import BadgeRow
from companion.web import people_query
from companion.web.context import PageContext, page_context
from companion.web.person_rows import known_as

blueprint = Blueprint("referrals", __name__, url_prefix="/referrals")
MOST = 100
"""Referrers whose answers are counted; whoever sent the most comes first."""
ACTS = 300
"""Latest interactions that the answers of one referrer are counted from."""
ROLES = ("referrer", "advocate")
ANSWERS = 0.5
"""Who answers at least this share of what the user writes is responsive."""


@dataclass(frozen=True, slots=True)
class Referrer:
    """Somebody who sends people.

    Attributes:
        pid: their key.
        name: what they are called.
        score: None where there is none.
        answer: how often they answer.
        sent: how many they sent.
        below: how many those sent, and so on down.
    """

    pid: str
    name: str
    score: int | None
    answer: Rate
    sent: int
    below: int

    @property
    def answers(self) -> bool:
        """Whether they answer the user, as far as that can be said."""
        return self.answer.share is not None and self.answer.share >= ANSWERS


@blueprint.get("")
def referrals() -> str:
    """Render the page."""
    page = page_context()
    sent = ties.who_sent_whom(page.account)
    named = {pid for role in ROLES for pid in people_query.with_fact("role", page, role)}
    pids = sorted({*sent, *named}, key=lambda pid: (-len(sent.get(pid, [])), pid))[:MOST]
    rows = directory.by_pids(page.account.ledger, page.owner, pids)
    referrers = [_referrer(page, pid, sent, rows.get(pid)) for pid in pids]
    listed = sorted(referrers, key=lambda one: (not one.answers, -(one.score or 0), one.name.casefold()))
    return render_template(
        "referrals.html",
        page=page,
        referrers=listed,
        trees=[(_named(page, tree(sent, root)), _levels(sent, root)) for root in roots(sent)[:MOST]],
    )


def _referrer(page: PageContext, pid: str, sent: dict[str, list[str]], row: BadgeRow | None) -> Referrer:
    acts = page.account.ledger.interactions(page.owner, pid, ACTS) if row else []
    since = row.tally.inbound_seen_since if row else None
    levels = [len(level) for level in generations(sent, pid)]
    return Referrer(
        pid=pid,
        name=known_as(page, pid),
        score=judge(row.sums, row.tally, page.now).value if row else None,
        answer=relationship_of(acts, page.now, inbound_since=since).they_answer,
        sent=len(sent.get(pid, [])),
        below=sum(levels[1:]),
    )


def _levels(sent: dict[str, list[str]], root: str) -> list[int]:
    return [len(level) for level in generations(sent, root)]


def _named(page: PageContext, branch: Branch) -> tuple[str, str, list[object], int]:
    """Return (key, name, branches below, how many are not drawn)."""
    below: list[object] = [_named(page, one) for one in branch.sent]
    return branch.pid, known_as(page, branch.pid), below, branch.deeper
