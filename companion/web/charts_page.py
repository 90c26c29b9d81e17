"""GET /web/pictures: the charts over everybody, drawn on the server, each with its table."""

from __future__ import annotations

from flask import Blueprint, render_template

from companion.domain.dates import DAY
from companion.store.ledger.queries import statistics
from companion.web import charts as figures
from companion.web.context import PageContext, page_context
from companion.web.people_query import noted
from companion.web.person_rows import shown_name, weeks_of

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")
STEADY = 18
"""People whose weeks are shown."""


@blueprint.get("")
def pictures() -> str:
    """Show the charts."""
    now = page_context()
    charts = now.figure("charts", lambda: _charts(now))
    return render_template(
        "pictures.html",
        page=now,
        charts=[chart for chart in charts if chart.rows],
        known=now.figure("followers", lambda: statistics.followers(now.account.ledger, now.owner, noted(now))),
        seen_since=now.account.ledger.coverage(now.owner),
    )


def _charts(now: PageContext) -> list[figures.Chart]:
    ledger, owner = now.account.ledger, now.owner
    steady = statistics.steady(ledger, owner, now.now, 3 * STEADY)
    weeks = weeks_of(now, [row.pid for row in steady])
    people = [(row.pid, shown_name(now, row), weeks[row.pid]) for row in steady]
    people.sort(key=lambda person: (-sum(1 for they, you in person[2] if they and you), person[1]))
    recent = statistics.acts_counted(ledger, owner, now.now - statistics.WEEKS * 7 * DAY)
    acts = recent or statistics.acts_counted(ledger, owner, 0)
    about = figures.RECENTLY if recent else "of all years"
    spread = statistics.score_steps(ledger, owner, now.now)
    return [
        *([figures.weeks(people[:STEADY], now.now)] if people else []),
        figures.places(acts, about),
        figures.sources(acts, about),
        *([figures.spread(spread)] if spread else []),
    ]
