"""Checks the link: whether there is one, and what opening it showed (no network here)."""

from __future__ import annotations

from companion.vetting.facts import Facts
from companion.vetting.findings import CAUTION, FACT, SERIOUS, Example, Finding
from companion.vetting.hosts import SHORTENERS, host_of
from companion.vetting.network.results import Opened

_LEVELS = {
    "private": SERIOUS,
    "bomb": SERIOUS,
    "certificate": CAUTION,
    "hops": CAUTION,
    "loop": CAUTION,
    "scheme": CAUTION,
}


def check_link(facts: Facts) -> list[Finding]:
    """Return findings about the link; before the click, only that there is one and whether it is shortened."""
    link = (facts.person.link or "").strip()
    if facts.opened is None:
        if not link:
            return []
        code = "link_shortened" if host_of(link) in SHORTENERS else "link_not_opened"
        return [Finding(code, examples=(Example(link, url=link),), params={"host": host_of(link)})]
    return findings_of(facts.opened)


def findings_of(opened: Opened) -> list[Finding]:
    """Return findings about an opened link: its end, its hops, and what prevented opening it."""
    findings = []
    if len(opened.hops) > 1:
        addresses = tuple(Example(hop.url) for hop in opened.hops)
        findings.append(
            Finding("link_hops", FACT, len(opened.hops) - 1, examples=addresses, params={"host": opened.host})
        )
    if opened.problem is not None:
        return [*findings, _problem(opened)]
    end = opened.hops[-1].url if opened.hops else opened.url
    facts: dict[str, int | float | str] = {"host": opened.host, "title": opened.title}
    findings.append(Finding("link_end", FACT, examples=(Example(opened.title or end, url=end),), params=facts))
    if opened.status is not None and opened.status >= 400:
        findings.append(Finding("link_broken", FACT, params={"status": opened.status, "host": opened.host}))
    if opened.parked:
        findings.append(Finding("link_parked", CAUTION, params={"host": opened.host}))
    if opened.kind and "html" not in opened.kind:
        findings.append(Finding("link_not_a_page", FACT, params={"kind": opened.kind}))
    if end.startswith("http:"):
        findings.append(Finding("link_not_encrypted", FACT, params={"host": opened.host}))
    return findings


def _problem(opened: Opened) -> Finding:
    """Return the finding that says why the link could not be opened."""
    problem = opened.problem or "answer"
    last = opened.hops[-1].url if opened.hops else opened.url
    params: dict[str, int | float | str] = {"problem": problem, "detail": opened.detail, "host": opened.host}
    return Finding("link_problem", _LEVELS.get(problem, FACT), examples=(Example(last),), params=params)
