"""States what X's page about an account says, and that an account is gone; facts without weight.

X changes place and certainty by itself, and a shop's name tells where an app was bought, so neither decides anything.
"""

from __future__ import annotations

from companion.vetting.facts import Facts
from companion.vetting.findings import FACT, SERIOUS, Finding, Param

SUSPENDED = "Suspended"


def check_about(facts: Facts) -> list[Finding]:
    """Return facts from X's page about the account; none about what it left out."""
    person = facts.person
    findings = []
    if person.gone is not None:
        suspended = person.gone == SUSPENDED
        findings.append(Finding("about_suspended", SERIOUS) if suspended else Finding("about_gone", FACT))
    if person.based_in:
        code = "about_place_unsure" if person.based_in_sure is False else "about_place"
        findings.append(Finding(code, params={"place": person.based_in}))
    if person.connected_via:
        findings.append(Finding("about_connected", params={"app": person.connected_via}))
    if person.renames:
        last: dict[str, Param] = {} if person.renamed_at is None else {"last": person.renamed_at}
        code = "about_renamed" if last else "about_renamed_undated"
        findings.append(Finding(code, count=person.renames, params=last))
    return findings
