"""Checks the relation of viewer and account: follows, interactions, earlier decisions and handles."""

from __future__ import annotations

from companion.domain.kinds import LIGHT_KINDS, NO_WEIGHT_KINDS
from companion.vetting.facts import Facts
from companion.vetting.findings import FACT, Finding


def check_relation(facts: Facts) -> list[Finding]:
    """Return facts about the relation; connections in common are shown but have no weight."""
    findings: list[Finding] = []
    relation = facts.relation
    if relation is not None:
        if relation.follows_me is not None:
            findings.append(Finding("relation_follows_you" if relation.follows_me else "relation_does_not_follow_you"))
        if relation.i_follow:
            findings.append(Finding("relation_you_follow"))
        if relation.mutuals_shown:
            findings.append(Finding("relation_in_common", count=relation.mutuals_shown))
    return [*findings, *_between(facts), *_earlier(facts)]


def _between(facts: Facts) -> list[Finding]:
    """Return findings about their messages and likes to the viewer, and how many were automatic."""
    inbound = [act for act in facts.interactions if act.direction == "in" and not act.removed]
    written = [act for act in inbound if act.kind not in LIGHT_KINDS | NO_WEIGHT_KINDS]
    talk = [act for act in written if not act.automatic]
    light = [act for act in inbound if act.kind in LIGHT_KINDS]
    automatic = len(written) - len(talk)
    findings = []
    if talk:
        findings.append(Finding("relation_they_wrote", FACT, len(talk), params={"last": max(act.at for act in talk)}))
    if light:
        findings.append(Finding("relation_they_liked", FACT, len(light)))
    if automatic:
        code = "relation_only_automatic" if not talk else "relation_some_automatic"
        findings.append(Finding(code, FACT, automatic, len(written)))
    return findings


def _earlier(facts: Facts) -> list[Finding]:
    findings = []
    if facts.decided:
        last = facts.decided[-1]
        findings.append(
            Finding("relation_decided", params={"decision": last.decision, "reason": last.reason, "at": last.at})
        )
    if facts.former_handles:
        handles = ", ".join(f"@{handle}" for handle in facts.former_handles)
        findings.append(Finding("relation_renamed", count=len(facts.former_handles), params={"handles": handles}))
    if facts.auto_dm:
        findings.append(Finding("relation_auto_message"))
    return findings
