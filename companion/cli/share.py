"""`mutuals share join|status|leave`: keeps one notebook on several machines through a folder that something carries."""

from __future__ import annotations

import platform
import time
from pathlib import Path

import click

from companion.backup.history import mark_forgotten
from companion.cli.clients import printable
from companion.cli.exit_codes import PROBLEM
from companion.cli.options import ask_passphrase, clock, data_option, holder, settings_of
from companion.cli.stores import opened
from companion.errors import LockedError, SettingError
from companion.settings import Settings
from companion.share.membership import SCHEME, Meeting, Membership, join, last_meeting, leave, membership_of
from companion.share.space import enter
from companion.share.worker import Sharing


@click.command("join")
@data_option
@click.argument("place")
@click.option("--name", default=None, help="What this device is called to the others. Default: the computer's name.")
def join_command(data: Path | None, place: str, name: str | None) -> None:
    """Share the notebook through PLACE: `folder:` and the path of a folder that Syncthing or a cloud drive carries.

    The first device chooses the passphrase; the others need the same. Notes kept apart for an account stay here.
    """
    settings = settings_of(data)
    known = membership_of(settings)
    if known is not None:
        raise SettingError(f"This data folder shares through {known.place} already. Run `mutuals share leave` first.")
    if not place.startswith(SCHEME):
        raise SettingError("Say where: `folder:` and the path of a folder, such as folder:~/Sync/mutuals.")
    folder = Path(place.removeprefix(SCHEME)).expanduser().resolve()
    if folder == settings.data or settings.data in folder.parents or folder in settings.data.parents:
        raise SettingError("The carried folder must not be, hold or lie in the data folder.")
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    seal = enter(folder, ask_passphrase(twice=True))
    called = " ".join((name or platform.node() or "a device").split())[:60]
    join(settings, Membership(f"{SCHEME}{folder}", seal.space, seal.key, called))
    click.echo(printable(f"This device shares as “{called}” through {folder}."))
    _meet(settings)


@click.command("status")
@data_option
@click.pass_context
def status_command(ctx: click.Context, data: Path | None) -> None:
    """Say with whom the notebook is shared, what waits, and what deserves a look."""
    settings = settings_of(data)
    membership = membership_of(settings)
    if membership is None:
        click.echo("The notebook is not shared.")
        return
    click.echo(printable(f"Shared as “{membership.name}” through {membership.place.removeprefix(SCHEME)}."))
    meeting = _meet(settings)
    if meeting.problem:
        ctx.exit(PROBLEM)


@click.command("leave")
@data_option
@click.option("--yes", is_flag=True, help="Do not ask, even if something was not handed over yet.")
def leave_command(data: Path | None, yes: bool) -> None:
    """Share no longer; every note that is here stays here, and what others have stays with them."""
    settings = settings_of(data)
    if not settings.share_path.exists():
        click.echo("The notebook is not shared.")
        return
    waiting = last_meeting(settings).waiting
    if waiting and not yes:
        click.confirm(f"{waiting} change(s) were not handed over yet; the others will not see them. Leave?", abort=True)
    leave(settings)
    if holder(settings) is None:
        with opened(settings) as stores:
            stores.notebook.shared.end()
    click.echo("The notebook is shared no longer. This device's file stays in the folder; the others may need it.")


def _meet(settings: Settings) -> Meeting:
    """Meet the others, unless the companion does so, and say how it went."""
    try:
        with opened(settings) as stores:
            meeting = Sharing(settings, stores, lambda: mark_forgotten(settings, clock()), clock).meet()
    except LockedError:
        meeting = last_meeting(settings)
        click.echo("The companion runs and keeps this up.")
    told = meeting or Meeting()
    _say(told)
    return told


def _say(meeting: Meeting) -> None:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(meeting.at)) if meeting.at else "not yet"
    click.echo(f"Last meeting: {when}. Waiting to be handed over: {meeting.waiting}.")
    for name, lines in sorted(meeting.devices.items()):
        click.echo(printable(f"  {name}: {lines} line(s) taken in"))
    for notice in meeting.notices:
        click.echo(printable(f"Look: {notice}"))
    if meeting.problem:
        click.echo(printable(f"Problem: {meeting.problem}"), err=True)
