"""`mutuals sync`: fetches the viewer's new mentions, posts and likes through X's official API."""

from __future__ import annotations

from pathlib import Path

import click

from companion.cli.clients import printable
from companion.cli.exit_codes import PROBLEM
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo, echo_as
from companion.cli.stores import opened, viewer_of
from companion.errors import SettingError
from companion.sources.x_api import keys
from companion.sources.x_api.client import LEAST, XApi, stand_in
from companion.sources.x_api.fetching import SYNC_POSTS, Fetched, Fetcher
from companion.sources.x_api.prices import dollars
from companion.sources.x_api.spending import Spending


@click.command()
@data_option
@click.option("--viewer", help="The account of yours (@handle). Default: the one last active.")
@click.option("--most", type=click.IntRange(5, 3200), default=SYNC_POSTS, show_default=True, help="Posts of each kind.")
@click.option("--wait", is_flag=True, help="Wait where X's limits end instead of stopping.")
@click.pass_context
def command(ctx: click.Context, data: Path | None, viewer: str | None, most: int, wait: bool) -> None:
    """Read your mentions, posts and likes since the last time from X's official API, within the cap you set."""
    settings = settings_of(data)
    stored = keys.load()
    if stored is None:
        raise SettingError("There are no keys to X's API. Run `mutuals x-api login` first.")
    with opened(settings) as stores:
        spending = Spending(settings.data)
        echo(_money(spending))
        api = XApi(stored, spending, clock, base=stand_in(), wait=wait, notify=echo)
        fetcher = Fetcher(api, stores.ledger, stores.notebook, settings.data, clock)
        fetched = fetcher.sync(fetcher.viewer(viewer_of(stores, viewer)), most)
        _print(fetched, spending)
    if fetched.stopped:
        ctx.exit(PROBLEM)


def _money(spending: Spending) -> str:
    spent, left = spending.today(clock()).total, spending.left(clock())
    quiet = dollars(spending.prices().of(LEAST, 0, owned=True))
    return (
        f"Spent today: {dollars(spent)} of {dollars(spending.cap())}; this can cost up to {dollars(left)}, "
        f"and {quiet} if nothing is new."
    )


def _print(fetched: Fetched, spending: Spending) -> None:
    for problem in fetched.problems:
        echo_as("Note", printable(problem), err=True)
    echo(f"{fetched.posts} new posts, {fetched.interactions} new interactions, {fetched.people} people changed.")
    today = spending.today(clock()).total
    echo(f"This cost {dollars(fetched.cost)}; spent today: {dollars(today)} of {dollars(spending.cap())}.")
    if fetched.stopped:
        echo_as("Stopped", printable(f"{fetched.stopped} The next sync goes on from here."), err=True)
