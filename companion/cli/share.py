"""`mutuals share join|status|acts|leave`: one notebook on several machines, through a folder or PostgreSQL."""

from __future__ import annotations

import platform
import time
from pathlib import Path

import click
from msgspec.structs import replace

from companion.backup.history import mark_forgotten
from companion.cli.clients import printable
from companion.cli.exit_codes import PROBLEM
from companion.cli.options import ask_passphrase, clock, data_option, holder, settings_of
from companion.cli.share_server import enter_database
from companion.cli.speech import echo, echo_as, say
from companion.cli.stores import opened
from companion.errors import LockedError, SettingError
from companion.settings import Settings
from companion.share.membership import SCHEME, Meeting, Membership, join, last_meeting, leave, membership_of
from companion.share.postgres.address import EXAMPLE, SCHEMES, read
from companion.share.postgres.password import drop
from companion.share.sealing import Seal
from companion.share.space import enter
from companion.share.worker import Sharing


@click.command("join")
@data_option
@click.argument("place")
@click.option("--name", default=None, help="What this device is called to the others. Default: the computer's name.")
def join_command(data: Path | None, place: str, name: str | None) -> None:
    """Share the notebook through PLACE.

    PLACE is `folder:` and the path of a folder that Syncthing or a cloud drive carries, or a database such as
    postgresql://ines@db.example/notes. The first device chooses the passphrase; the others need the same. Notes kept
    apart for an account stay here. After the passphrase was changed, join the same PLACE again with the new one.
    """
    settings = settings_of(data)
    known = membership_of(settings)
    if place.startswith(SCHEME):
        place = f"{SCHEME}{Path(place.removeprefix(SCHEME)).expanduser().resolve()}"
    if known is not None and known.place != place:
        raise SettingError(f"This data folder shares through {known.place} already. Run `mutuals share leave` first.")
    called = " ".join((name or platform.node() or "a device").split())[:60]
    if place.startswith(SCHEME):
        seal = _enter_folder(settings, Path(place.removeprefix(SCHEME)))
    elif place.startswith(SCHEMES):
        seal = enter_database(place)
    else:
        raise SettingError(f"Say where: `folder:` and the path of a folder, or a database such as {EXAMPLE}.")
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    membership = _again(known, seal) if known is not None else Membership(place, seal.space, seal.key, called)
    join(settings, replace(membership, older=seal.older))
    called = membership.name
    echo(printable(f"This device shares as “{called}” through {place.removeprefix(SCHEME)}."))
    _meet(settings)


def _again(known: Membership, seal: Seal) -> Membership:
    """Return the membership of a machine that joins again because the passphrase was changed."""
    if seal.space != known.space or seal.key == known.key:
        raise SettingError(f"This data folder shares through {known.place} already. Run `mutuals share leave` first.")
    return replace(known, key=seal.key)


def _enter_folder(settings: Settings, folder: Path) -> Seal:
    """Return the seal of a carried folder."""
    if folder == settings.data or settings.data in folder.parents or folder in settings.data.parents:
        raise SettingError("The carried folder must not be, hold or lie in the data folder.")
    return enter(folder, ask_passphrase(twice=True))


@click.command("status")
@data_option
@click.pass_context
def status_command(ctx: click.Context, data: Path | None) -> None:
    """Say with whom the notebook is shared, what waits, and what deserves a look."""
    settings = settings_of(data)
    membership = membership_of(settings)
    if membership is None:
        echo("The notebook is not shared.")
        return
    echo(printable(f"Shared as “{membership.name}” through {membership.place.removeprefix(SCHEME)}."))
    echo(f"What is seen on this machine is {'shared too' if membership.acts else 'not shared'}.")
    meeting = _meet(settings)
    if meeting.problem:
        ctx.exit(PROBLEM)


@click.command("leave")
@data_option
@click.option("--yes", is_flag=True, help="Do not ask, even if something was not handed over yet.")
def leave_command(data: Path | None, yes: bool) -> None:
    """Share no longer; every note that is here stays here, and what others have stays with them.

    From a server this device's contact days are deleted, if it can be reached.
    """
    settings = settings_of(data)
    if not settings.share_path.exists():
        echo("The notebook is not shared.")
        return
    waiting = last_meeting(settings).waiting
    if waiting and not yes:
        question = f"{waiting} change(s) were not handed over yet; the others will not see them. Leave?"
        click.confirm(say(question), abort=True)
    try:
        known = membership_of(settings)
    except SettingError:  # the file is damaged, and leaving is the way out
        known = None
    if holder(settings) is None:
        with opened(settings) as stores:
            if known is not None:
                Sharing(settings, stores, lambda: None, clock).part()
            stores.notebook.shared.end()
    leave(settings)
    if known is not None and not known.place.startswith(SCHEME):
        drop(read(known.place))
    echo("The notebook is shared no longer. What this device told stays where it is; the others may need it.")


@click.command("acts")
@data_option
@click.argument("how", type=click.Choice(("on", "off")))
def acts_command(data: Path | None, how: str) -> None:
    """Share what was seen on this machine, so that an account of yours has one score on all of them (off at first).

    Say `on` on each machine. Who wrote to whom and when, replies, likes and follows, goes sealed to everybody who has
    the passphrase, private conversations included; no text does. It is right for your own machines, and for a team
    that looks after one account.
    """
    settings = settings_of(data)
    membership = membership_of(settings)
    if membership is None:
        raise SettingError("The notebook is not shared. Run `mutuals share join` first.")
    join(settings, replace(membership, acts=how == "on"))
    if how == "off":
        echo("What is seen from now on stays here. What was told is with the others already.")
        return
    echo("What was seen here is shared. Say the same on your other machines.")
    _meet(settings)


def _meet(settings: Settings) -> Meeting:
    """Meet the others, unless the companion does so, and say how it went."""
    try:
        with opened(settings) as stores:
            sharing = Sharing(settings, stores, lambda: mark_forgotten(settings, clock()), clock)
            meeting = sharing.meet()
            sharing.end()
    except LockedError:
        meeting = last_meeting(settings)
        echo("The companion runs and keeps this up.")
    told = meeting or Meeting()
    _say(told)
    return told


def _say(meeting: Meeting) -> None:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(meeting.at)) if meeting.at else "not yet"
    echo(f"Last meeting: {when}. Waiting to be handed over: {meeting.waiting:,}.")
    if meeting.role:
        news = "at once" if meeting.listening else "every two seconds: the server tells of none"
        echo(f"Your role: {meeting.role}. News comes {news}.")
    for name, lines in sorted(meeting.devices.items()):
        echo(printable(f"  {name}: {lines} line(s) taken in"))
    for notice in meeting.notices:
        echo_as("Look", printable(notice))
    if meeting.problem:
        echo_as("Problem", printable(meeting.problem), err=True)
