"""`mutuals pair`: opens the pairing window, prints its code, and opens the page that pairs with one click."""

from __future__ import annotations

from pathlib import Path

import click

from companion.access.links import link
from companion.access.pairing import code_secret, fingerprint
from companion.cli.options import clock, data_option, holder, settings_of
from companion.cli.speech import echo
from companion.settings import Settings
from companion.stores import pairing_window, sessions

PAGE = "/web/pair"


@click.command()
@data_option
@click.option("--no-open", is_flag=True, help="Print the link of the page instead of opening a browser.")
def command(data: Path | None, no_open: bool) -> None:
    """Pair a browser (while the companion runs): with one click on the page that opens, or by the code that is printed.

    The page opens in your usual browser. For another one take the code, or the link that --no-open prints: it works
    once, within a minute.
    """
    pair(settings_of(data), no_open=no_open)


def pair(settings: Settings, *, no_open: bool) -> bool:
    """Open a window, print its code and fingerprint, open its page; return whether the companion runs."""
    code = pairing_window(settings).open(clock())
    echo(f"Pairing code: {code}")
    echo(f"Type it in the extension's options within {settings.pairing_seconds // 60} minutes.")
    running, name = holder(settings), sessions(settings).published_name()
    if running is None or running.port is None or name is None:
        echo("The companion does not run on this data folder: start it with `mutuals start`.", err=True)
        return False
    echo(f"Or press the one button on the page that opens. It must show {fingerprint(code_secret(code))}.")
    url = link(name, running.port, sessions(settings).issue(clock()), PAGE)
    if no_open or click.launch(url) != 0:
        echo(url)
    return True
