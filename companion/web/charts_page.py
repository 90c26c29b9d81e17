"""The pictures page, and Plotly's own script, served from its package: no other host is asked for anything."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, render_template, send_file

from companion.errors import UnknownError
from companion.store.ledger.queries import statistics
from companion.web import charts as figures
from companion.web.context import PageContext, page_context
from companion.web.person_rows import shown_name, weeks_of

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")
STEADY = 18
"""People in the heat map."""


@blueprint.get("")
def pictures() -> str:
    """Show the charts."""
    now = page_context()
    charts = now.figure("charts", lambda: _charts(now))
    return render_template("pictures.html", page=now, charts=[chart for chart in charts if chart.rows])


@blueprint.get("/plotly.min.js")
def plotly() -> Response:
    """Serve Plotly's script."""
    return send_file(plotly_script(), mimetype="text/javascript", conditional=False)


def plotly_script() -> Path:
    """Return where the installed package keeps its script; found without importing it, which takes a while."""
    spec = find_spec("plotly")
    script = Path(spec.origin).parent / "package_data" / "plotly.min.js" if spec and spec.origin else None
    if script is None or not script.exists():
        raise UnknownError("Plotly is not installed as it should be. Install Mutuals again.")
    return script


def _charts(now: PageContext) -> list[figures.Chart]:
    ledger, owner = now.account.ledger, now.owner
    steady = statistics.steady(ledger, owner, now.now, 3 * STEADY)
    weeks = weeks_of(now, [row.pid for row in steady])
    rows = [(shown_name(now, row), weeks[row.pid]) for row in steady]
    rows.sort(key=lambda row: (-sum(1 for they, you in row[1] if they and you), row[0]))
    acts = statistics.acts_counted(ledger, owner, now.now)
    spread = statistics.score_steps(ledger, owner, now.now)
    return [
        *([figures.heat(_told_apart(rows[:STEADY]), now.now)] if rows else []),
        figures.places(acts),
        figures.sources(acts),
        *([figures.spread(spread)] if spread else []),
    ]


Weeks = list[tuple[int, int]]


def _told_apart(rows: list[tuple[str, Weeks]]) -> list[tuple[str, Weeks]]:
    """Give equal names a number, for a chart would draw them as one row."""
    seen: dict[str, int] = {}
    found = []
    for name, weeks in rows:
        seen[name] = seen.get(name, 0) + 1
        found.append((name if seen[name] == 1 else f"{name} ({seen[name]})", weeks))
    return found
