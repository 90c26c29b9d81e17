"""Joins the checks into one report: all findings, a score, and a verdict with its two or three reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from companion.domain.sightings import Person
from companion.vetting.checks.about import check_about
from companion.vetting.checks.bio import check_bio
from companion.vetting.checks.link import check_link
from companion.vetting.checks.photo import check_photo
from companion.vetting.checks.posts import ENOUGH, check_posts
from companion.vetting.checks.profile import check_profile, follows_in_bulk
from companion.vetting.checks.relation import check_relation
from companion.vetting.checks.relevance import check_relevance
from companion.vetting.facts import Facts
from companion.vetting.findings import CAUTION, FACT, SERIOUS, Finding
from companion.vetting.weights import Weights, supplied_weights

CHECKS = (check_relation, check_bio, check_photo, check_profile, check_about, check_posts, check_link, check_relevance)
"""In the order in which they are shown; each takes facts and returns findings."""

WELCOME, LOOK_CLOSER, BETTER_NOT, CANT_TELL = "welcome", "look_closer", "better_not", "cant_tell"
VERDICTS = (WELCOME, LOOK_CLOSER, BETTER_NOT, CANT_TELL)

KINDS = {"bio_automated": "automated", "bio_feed": "announces", "profile_public_figure": "public_figure"}
"""Findings that say what kind of account it is; being of that kind is not held against it."""
ONLY_TIME_GIVES = frozenset({"profile_few_followers", "profile_few_posts", "profile_follows_many", "profile_unlisted"})
"""What a newcomer cannot have yet: it counts half in the verdict on one."""
EMPTY_PROFILE = frozenset(
    {
        "bio_empty", "bio_only_symbols", "profile_no_place", "profile_no_link", "profile_few_followers",
        "profile_few_posts", "profile_unlisted", "photo_default", "photo_missing",
    }
)  # fmt: skip
"""Findings that say that there is little on the profile; shy people have that too, so they never suffice."""
BY_PROPORTION = "profile_follows_many"
"""Counts as something the account does only where it follows in bulk: 12 followed by 2 is a shy person as well."""
DOES_FROM = 0.5
"""Doubt from what the account does (sells, repeats, follows in bulk …) without which nothing is "better not"."""
LEFT_FROM = 2.0
"""Doubt that must remain for "better not" if its strongest part is taken away: no single finding decides."""
SEVERAL = 2
NEVER_A_REASON = frozenset({"profile_name_pictures"})
"""Findings that count a little, but that nobody would decide by."""
REASONS = 3
TELLING = 0.25
"""The smallest part in the doubt that makes a finding a reason."""


class Report(msgspec.Struct, frozen=True):
    """One account's report. ``score``, 0 to 1, says how unlikely a person behind it is: for sorting, not deciding."""

    verdict: str
    reasons: tuple[Finding, ...]
    """Two or three, strongest first; fewer where there are no more."""
    findings: tuple[Finding, ...]
    """All findings, in the order of the checks."""
    score: float
    kind: str | None
    """automated, announces, public_figure, newcomer or None."""
    missing: tuple[str, ...]
    """What was not seen but could be: profile, posts, link, photo."""


def vet(facts: Facts, weights: Weights | None = None) -> Report:
    """Return the report on one account, which may be the user's own ("how you look to a vetter")."""
    weights = weights or supplied_weights()
    findings = [finding for check in CHECKS for finding in check(facts)]
    kind = _kind(findings)
    parts = _parts(findings, weights, newcomer=kind == "newcomer")
    verdict = _verdict(facts, findings, kind, parts, weights)
    return Report(
        verdict=verdict,
        reasons=_reasons(verdict, findings, parts),
        findings=tuple(findings),
        score=_score(findings, weights),
        kind=kind,
        missing=missing_of(facts),
    )


def _score(findings: Sequence[Finding], weights: Weights) -> float:
    total = math.fsum(weights.of(finding.code) * finding.degree for finding in findings)
    return 1.0 / (1.0 + math.exp(weights.midpoint - total))


def _kind(findings: Sequence[Finding]) -> str | None:
    codes = {finding.code for finding in findings}
    kinds = (kind for code, kind in KINDS.items() if code in codes)
    return next(kinds, "newcomer" if "profile_new" in codes else None)


def _parts(findings: Sequence[Finding], weights: Weights, *, newcomer: bool) -> dict[str, float]:
    """Return finding code -> its part in the doubt that decides the verdict."""
    parts: dict[str, float] = {}
    for finding in findings:
        if finding.code not in ("bio_automated", "bio_feed"):
            allowance = 0.5 if newcomer and finding.code in ONLY_TIME_GIVES else 1.0
            parts[finding.code] = weights.of(finding.code) * finding.degree * allowance
    return parts


def _verdict(
    facts: Facts, findings: Sequence[Finding], kind: str | None, parts: dict[str, float], weights: Weights
) -> str:
    """Return the verdict; no single finding decides, and what was not seen is not guessed."""
    doubt = math.fsum(parts.values())
    unseen = facts.person.bio is None or facts.person.followers is None
    marked = any(finding.level in (CAUTION, SERIOUS) for finding in findings)
    if unseen:
        return LOOK_CLOSER if marked else CANT_TELL
    if kind in ("automated", "announces"):
        return LOOK_CLOSER
    left = doubt - max(parts.values(), default=0.0)
    acts = kind != "public_figure" and _does(facts, parts) and left >= LEFT_FROM
    if doubt >= weights.better_not_from and acts:
        return BETTER_NOT
    if doubt < weights.welcome_below and _several_marked(findings):
        return LOOK_CLOSER
    if doubt < (weights.welcome_below if _enough_seen(facts, parts) else weights.welcome_unseen_below):
        return WELCOME if _whole_profile(facts.person) else CANT_TELL
    return LOOK_CLOSER if marked or len(facts.posts) >= ENOUGH else CANT_TELL


def _does(facts: Facts, parts: Mapping[str, float]) -> bool:
    """Return whether there is doubt from what the account does, rather than from what its profile lacks."""
    acts = math.fsum(max(0.0, part) for code, part in parts.items() if code not in EMPTY_PROFILE | {BY_PROPORTION})
    return acts >= DOES_FROM or follows_in_bulk(facts.person)


def _enough_seen(facts: Facts, parts: Mapping[str, float]) -> bool:
    """Return whether habits were seen: enough posts, or what they wrote to the viewer."""
    return len(facts.posts) >= ENOUGH or "relation_they_wrote" in parts


def _whole_profile(person: Person) -> bool:
    """Return whether bio and all three counts were seen; with less than that nobody is called welcome."""
    return None not in (person.bio, person.followers, person.following, person.posts)


def _several_marked(findings: Sequence[Finding]) -> bool:
    """Return whether there is a serious finding or at least two cautions, however little doubt there is."""
    levels = [finding.level for finding in findings]
    return SERIOUS in levels or levels.count(CAUTION) >= SEVERAL


def _reasons(verdict: str, findings: Sequence[Finding], parts: dict[str, float]) -> tuple[Finding, ...]:
    """Return the findings that decided the verdict most: signs of doubt, or for a welcome the good signs."""
    sign = -1.0 if verdict == WELCOME else 1.0
    telling = [finding for finding in findings if finding.code not in NEVER_A_REASON]
    strongest = [finding for finding in telling if sign * parts.get(finding.code, 0.0) >= TELLING]
    strongest.sort(key=lambda finding: -sign * parts[finding.code])
    named = [finding for finding in findings if finding.code in KINDS or finding.level == SERIOUS]
    thin = [finding for finding in findings if finding.code == "posts_too_few"] if verdict == CANT_TELL else []
    kinds = [finding for finding in named if finding not in strongest]
    return tuple([*kinds, *strongest, *thin][:REASONS]) or _plain(findings)


def _plain(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return plain facts about posts and relation, the reasons where no finding stands out."""
    telling = ("posts_seen", "relation_follows_you", "profile_joined", "posts_too_few")
    return tuple(finding for finding in findings if finding.code in telling and finding.level == FACT)[:REASONS]


def missing_of(facts: Facts) -> tuple[str, ...]:
    """Return the parts that opening the profile, or a click on "look", would add."""
    absent = {
        "profile": facts.person.bio is None or facts.person.followers is None,
        "posts": len(facts.posts) < ENOUGH,
        "link": bool(facts.person.link) and facts.opened is None,
        "photo": facts.picture is None and not facts.person.default_avatar,
    }
    return tuple(name for name, gone in absent.items() if gone)
