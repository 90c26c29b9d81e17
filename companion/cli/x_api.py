"""`mutuals x-api`: stores the user's keys to X's official API and sets the daily spending cap."""

from __future__ import annotations

from pathlib import Path

import click

from companion.cli.exit_codes import PROBLEM
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo, say
from companion.errors import SettingError
from companion.sources.x_api import keys
from companion.sources.x_api.keys import Keys
from companion.sources.x_api.prices import dollars, micro
from companion.sources.x_api.spending import Spending
from companion.store.files import private_folder


@click.group("x-api")
def command() -> None:
    """Use X's official API with keys of your own (off until you log in and set a cap)."""


@command.command()
@data_option
@click.option("--user-keys", is_flag=True, help="Ask for the four keys of a user instead of a bearer token.")
def login(data: Path | None, user_keys: bool) -> None:
    """Ask for your keys and keep them in the system's key store, never in a file (nor in the data folder)."""
    if user_keys:
        names = ("API key", "API key secret", "Access token", "Access token secret")
        values = [click.prompt(say(name), hide_input=True).strip() for name in names]
        keys.store(Keys(None, *values))
    else:
        keys.store(Keys(click.prompt(say("Bearer token"), hide_input=True).strip()))
    echo("The keys are in the system's key store. Nothing is spent until a cap is set: `mutuals x-api cap 1.00`.")


@command.command()
@data_option
@click.pass_context
def status(ctx: click.Context, data: Path | None) -> None:
    """Say whether there are keys, what a read costs, and what was spent today."""
    spending, now = Spending(settings_of(data).data), clock()
    prices, spent = spending.prices(), spending.today(now)
    try:
        stored = keys.load()
        echo(f"Keys: {stored.kind} in the system's key store." if stored else "Keys: none. Run `mutuals x-api login`.")
    except SettingError as error:
        click.echo(f"{say('Keys')}: {say(error.message)}")
        ctx.exit(PROBLEM)
    owned = f"{dollars(prices.owned)} a post of your own, a mention or a like"
    echo(f"Prices: {dollars(prices.post)} a post, {owned}, {dollars(prices.user)} a user.")
    cap = spending.cap()
    echo(f"Cap: {dollars(cap)} a day." if cap else "Cap: $0, so the API is off. Set one: `mutuals x-api cap 1.00`.")
    echo(f"Spent today (UTC): {dollars(spent.cost)} for {len(spent.posts)} posts and {len(spent.users)} users.")
    if spent.aside:
        echo(f"Set aside for requests whose end nobody saw: {dollars(spent.aside)}.")


@command.command()
@data_option
def forget(data: Path | None) -> None:
    """Delete the keys from the system's key store, where they are one for all data folders."""
    echo("The keys are deleted." if keys.forget() else "There were no keys.")


@command.command()
@data_option
@click.argument("amount")
def cap(data: Path | None, amount: str) -> None:
    """Let at most AMOUNT dollars be spent in a day (UTC); 0 turns the API off. Works while the companion runs."""
    folder = settings_of(data).data
    private_folder(folder)
    allowed = micro(amount)
    Spending(folder).set_cap(allowed)
    echo(f"At most {dollars(allowed)} a day." if allowed else "X's API is off.")
