"""Gathers the history on a person's page: what was seen and what the user wrote, one page of it, filtered by kind."""

from __future__ import annotations

from flask import request

from companion.domain.dates import local_day
from companion.machine_zone import MACHINE
from companion.practice import timeline
from companion.store.ledger.queries import talks
from companion.store.notebook.results import About, Version
from companion.web.context import PageContext
from companion.web.history import SHOWN, HistoryRow, history_rows
from companion.web.history_days import months_of
from companion.web.history_written import KINDS, written_rows

PAGE = 40
"""Lines seen on one page of the history."""
FILTERED = 400
"""Lines that one page of a filtered history is taken from."""
FILTERS = (
    ("", "All"), ("words", "Words"), ("off-x", "Off X"), ("outcomes", "Outcomes"), ("decisions", "Decisions"),
    ("notes", "Notes"), ("steps", "Steps"), ("light", "Likes"),
)  # fmt: skip
"""What the address says -> the words of the filter, in their order on the page."""


def history_of(page: PageContext, pid: str, about: About, versions: list[Version]) -> dict[str, object]:
    """Return the variables of the template: months, filters, the one that is on, and where an older page begins."""
    asked = request.args.get("show", "")
    show = asked if asked in {name for name, _ in FILTERS} else ""
    before = request.args.get("before", None, type=int)
    written = written_rows(versions, about.others)
    if show in KINDS:
        rows, older = written.get(show, []), None
    else:
        rows, older = _seen(page, pid, show, before)
        if not show:
            rows += [row for found in written.values() for row in found if _on_page(row.at, older, before)]
    months = months_of(rows, local_day(page.now, MACHINE), all_open=bool(show or before))
    filters = [(name, told) for name, told in FILTERS if name not in KINDS or name in written]
    return {"months": months, "filters": filters, "show": show, "older": older}


def _seen(page: PageContext, pid: str, show: str, before: int | None) -> tuple[list[HistoryRow], int | None]:
    """Return the rows of what was seen or logged, and where the next page begins."""
    lines, older = timeline.page_of(page.account, pid, FILTERED if show in SHOWN else PAGE, before)
    texts = talks.words_of(page.account.ledger, page.owner, [line.post for line in lines if line.post])
    return history_rows(lines, texts, show), older


def _on_page(at: int, older: int | None, before: int | None) -> bool:
    """Return whether a moment lies on the page whose next one begins before ``older``."""
    return (older is None or at >= older) and (before is None or at < before)
