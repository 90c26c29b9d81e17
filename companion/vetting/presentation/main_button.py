"""Chooses which of a report's buttons to decide is drawn filled, from the verdict and the relation."""

from __future__ import annotations

from companion.domain.sightings import Relation
from companion.vetting.report import BETTER_NOT, CANT_TELL, WELCOME

FOLLOW_BACK, WAIT, NO = "follow_back", "wait", "no"


def main_button(verdict: str, relation: Relation | None, *, own: bool) -> str | None:
    """Return follow_back, wait or no, or None where no button is to stand out.

    Nothing is suggested about oneself, about somebody already followed, asked or blocked, or where the verdict leaves
    it to the viewer (look closer).

    Args:
        verdict: the report's.
        relation: of viewer and person; None where nothing was seen.
        own: the report is about the viewer.
    """
    known = relation or Relation()
    if own or known.i_follow or known.requested or known.blocking:
        return None
    if verdict == WELCOME and known.blocked_by:
        return None
    return {WELCOME: FOLLOW_BACK, CANT_TELL: WAIT, BETTER_NOT: NO}.get(verdict)
