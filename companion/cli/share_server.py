"""`mutuals share create|members|admit|…|repair`: a shared notebook in PostgreSQL, and who may use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from msgspec.structs import replace

from companion.cli.clients import printable
from companion.cli.exit_codes import PROBLEM
from companion.cli.options import ask_passphrase, data_option, settings_of
from companion.cli.speech import echo, echo_as, say
from companion.errors import CarrierError, SettingError
from companion.settings import Settings
from companion.share.membership import SCHEME, join, membership_of
from companion.share.postgres import admin
from companion.share.postgres.address import Address, read
from companion.share.postgres.check import findings
from companion.share.postgres.driver import Session, connect
from companion.share.postgres.password import keep, kept
from companion.share.postgres.space import Space, enter, look, repair
from companion.share.sealing import Seal
from companion.store.notebook.lines import MEMBER

NO_STORE = (
    "This system has no key store for the password. Put one line into your passfile, readable by you alone, and join "
    "again: {host}:{port}:{database}:{user}:PASSWORD (Linux and macOS: ~/.pgpass; Windows: "
    "%APPDATA%\\postgresql\\pgpass.conf)."
)


@click.command("create")
@click.argument("address")
@click.option(
    "--member", "members", multiple=True, required=True, metavar="LOGIN:ROLE", help="Who may use it at first."
)
@click.option("--portable", is_flag=True, help="For distributed servers: without triggers and row policies.")
def create_command(address: str, members: tuple[str, ...], portable: bool) -> None:
    """Make a shared notebook in an empty database, as its administrator: postgresql://postgres@db.example/notes.

    The administrator's login owns the tables and is no member; each member needs a login of their own. A role is owner
    (also admits, dismisses, forgets), member, or reader.
    """
    named = [(name, role or MEMBER) for name, _, role in (one.partition(":") for one in members)]
    with _session(read(address)) as session:
        admin.create(session, named, portable=portable)
    echo(printable(f"Made. Members: {', '.join(f'{name} ({role})' for name, role in named)}."))
    echo("Each joins with `mutuals share join`; an owner goes first and chooses the passphrase.")


@click.command("members")
@data_option
def members_command(data: Path | None) -> None:
    """List who may use the shared notebook, their roles and how many devices each has."""
    with joined(settings_of(data)) as (session, space):
        for one in admin.members(session, space):
            echo(printable(f"{one.name}: {one.role}, {one.devices} device(s)"))


@click.command("admit")
@data_option
@click.argument("login")
@click.option("--role", type=click.Choice(admin.ROLES), default=MEMBER, show_default=True, help="What they may do.")
def admit_command(data: Path | None, login: str, role: str) -> None:
    """Let a login of the server use the shared notebook, or give it another role (owners only)."""
    with joined(settings_of(data)) as (session, space):
        admin.admit(session, space, login, role)
    echo(printable(f"{login} is {role}. They join with `mutuals share join` and the passphrase."))


@click.command("dismiss")
@data_option
@click.argument("login")
def dismiss_command(data: Path | None, login: str) -> None:
    """Shut a login out at once (owners only); what they copied before stays with them."""
    with joined(settings_of(data)) as (session, space):
        admin.dismiss(session, space, login)
    echo(printable(f"{login} reads and writes nothing more. What is on their machine stays there."))
    echo(printable(f"The administrator ends the login itself: alter role {login} nologin"))


@click.command("contacts")
@data_option
@click.argument("how", type=click.Choice(("on", "off")))
def contacts_command(data: Path | None, how: str) -> None:
    """Tell teammates, or not, on which days your accounts last were in contact with people (on unless you say off).

    Only days go over, and only of people about whom something shared is written. With `off` what was told is deleted.
    """
    settings = settings_of(data)
    membership = membership_of(settings)
    if membership is None or membership.place.startswith(SCHEME):
        raise SettingError("This data folder shares through no server. Run `mutuals share join postgresql://…` first.")
    join(settings, replace(membership, contacts=how == "on"))
    echo(f"Contacts are {how}. The next meeting with the server tells that.")


@click.command("check")
@data_option
@click.pass_context
def check_command(ctx: click.Context, data: Path | None) -> None:
    """Say how the server is reached, who has deleted the forgotten, and what the server still holds of them."""
    with joined(settings_of(data)) as (session, space):
        told = findings(session, space)
    for line in told.lines:
        echo(printable(line))
    for line in told.problems:
        echo_as("Problem", printable(line), err=True)
    if told.problems:
        ctx.exit(PROBLEM)


@click.command("repair")
@data_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def repair_command(data: Path | None, yes: bool) -> None:
    """Have every machine tell everything that it holds once more (owners only).

    For when the server, a machine, or both came back from old copies, and `mutuals share status` says that a device
    does not go on from what is here. What others have already changes nothing there; the forgotten stay forgotten.
    """
    with joined(settings_of(data)) as (session, space):
        if not yes:
            click.confirm(say("Have every machine tell everything once more?"), abort=True)
        repair(session, space)
    echo("Every machine does so at its next meeting with the server.")


def enter_database(place: str) -> Seal:
    """Return the seal of the space in a database, asking for what is not known: password and passphrase."""
    address = read(place)
    with _session(address, keeps=True) as session:
        space = look(session)
        return enter(session, space, ask_passphrase(twice=space.cost is None))


@contextmanager
def joined(settings: Settings) -> Iterator[tuple[Session, Space]]:
    """The connection and space of a data folder that shares through a server."""
    membership = membership_of(settings)
    if membership is None or membership.place.startswith(SCHEME):
        raise SettingError("This data folder shares through no server. Run `mutuals share join postgresql://…` first.")
    with _session(read(membership.place)) as session:
        yield session, look(session)


@contextmanager
def _session(address: Address, *, keeps: bool = False) -> Iterator[Session]:
    """A connection; a password that nothing knows is asked for, and kept in the system's key store if ``keeps``."""
    try:
        session = connect(address, kept(address))
    except CarrierError as error:
        if "password" not in error.message:
            raise
        password = click.prompt(say(f"Password of {address.user} at {address.host}"), hide_input=True, err=True)
        session = connect(address, password)
        if keeps and not keep(address, password):
            session.close()
            raise SettingError(NO_STORE.format(**_parts(address))) from None
    try:
        yield session
    finally:
        session.close()


def _parts(address: Address) -> dict[str, object]:
    return {"host": address.host, "port": address.port, "database": address.database, "user": address.user}
