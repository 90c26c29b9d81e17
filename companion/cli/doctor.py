"""`mutuals doctor`: checks data folder, pairing, port and stores, and prints what is wrong."""

from __future__ import annotations

import http.client
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import click

from companion import __version__
from companion.backup.history import backup_words
from companion.cli.exit_codes import PROBLEM
from companion.cli.options import clock, data_option, holder, settings_of
from companion.cli.speech import echo, say
from companion.domain.dates import date_words
from companion.errors import MutualsError
from companion.install.extension_folder import default_folder, laid_version
from companion.install.synchronised import synchronised_by
from companion.machine_zone import MACHINE
from companion.settings import DEFAULT_PORT, Settings
from companion.store import left_out
from companion.store.lock import acquire_lock
from companion.store.page_health import read_page_health
from companion.stores import Stores, paired_clients

Finding = tuple[bool, str]
"""Whether the check passed, and its sentence."""


@click.command()
@data_option
@click.option("--port", type=click.IntRange(1024, 65535), default=None, help="The port to look at.")
@click.option("--recount", is_flag=True, help="Count scores and notes again from their records, and mend what differs.")
@click.pass_context
def command(ctx: click.Context, data: Path | None, port: int | None, recount: bool) -> None:
    """Look at the data folder, the port and the stores, and say what is well and what is not."""
    if not report(settings_of(data, port), port, recount=recount):
        ctx.exit(PROBLEM)


def report(settings: Settings, port: int | None, *, recount: bool) -> bool:
    """Print every check; return whether all passed.

    Args:
        settings: the data folder to look at.
        port: the port to look at; None for the running companion's.
        recount: count every score again.
    """
    echo(f"Mutuals {__version__}, data folder {settings.data}")
    findings = [
        *_folder(settings),
        *_extension(settings),
        *_pairing(settings),
        *_handed_over(settings),
        *_process(settings, port),
        *_page(settings),
        *_stores(settings, recount),
    ]
    for passed, words in findings:
        echo(f"{'ok ' if passed else '!! '} {say(words)}")
    return all(passed for passed, _ in findings)


def _folder(settings: Settings) -> Iterator[Finding]:
    if not settings.data.is_dir():
        yield True, "There is no data yet; `mutuals start` makes the folder."
    elif os.name != "nt" and stat.S_IMODE(settings.data.stat().st_mode) & 0o077:
        yield False, f"Others on this machine can look into the data folder. Run: chmod 700 {settings.data}"
    else:
        yield True, "The data folder is private."

    service = synchronised_by(settings.data)
    if service:
        yield (
            False,
            (
                f"{service} carries the data folder elsewhere, file by file, which breaks it. Take another one: end "
                "the companion, move the folder, and use --data or MUTUALS_DATA."
            ),
        )


def _extension(settings: Settings) -> Iterator[Finding]:
    folder = default_folder(settings.data, Path.home())
    laid = laid_version(folder)
    if laid is not None and laid != __version__:
        yield (
            False,
            (f"The extension in {folder} is of version {laid}. Run `mutuals extension`, then reload it."),
        )


def _pairing(settings: Settings) -> Iterator[Finding]:
    try:
        count = len(paired_clients(settings).all())
    except MutualsError as error:
        yield False, error.message
        return
    yield (
        True,
        f"{count} paired extension(s)." if count else "No extension is paired yet; `mutuals pair` prints a code.",
    )


def _handed_over(settings: Settings) -> Iterator[Finding]:
    """Say what X's page may hand over, and whether more came today."""
    if settings.data.is_dir():
        yield left_out.words(settings.data, clock())


def _process(settings: Settings, port: int | None) -> Iterator[Finding]:
    """Send a request without credentials: the companion refuses it in a way of its own, which proves nothing."""
    running = holder(settings)
    checked_port = port or (running.port if running and running.port else DEFAULT_PORT)
    who = _server_on(checked_port)
    if running is not None:
        yield (
            who == "mutuals",
            f"The companion runs (process {running.pid}); port {checked_port}: {_server_words(who)}.",
        )
    elif who == "":
        yield True, f"The companion does not run; port {checked_port} is free."
    else:
        yield who == "mutuals", f"No companion runs on this data folder; port {checked_port}: {_server_words(who)}."


def _server_words(who: str) -> str:
    return {"mutuals": "a companion answers", "": "nobody answers"}.get(who, f"another program answers ({who})")


def _server_on(port: int) -> str:
    """Return which server answers on a port: "" for none, "mutuals", or the name another program gives."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("POST", "/v1/status", body=b"", headers={"Origin": "null"})
        response = connection.getresponse()
    except ConnectionRefusedError:
        return ""
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    own = response.status == 403 and response.headers.get("Cross-Origin-Resource-Policy") == "same-origin"
    return "mutuals" if own else response.headers.get("Server") or "unnamed"


CLIENTS = {
    "classic": (True, "its usual client"),
    "x-web": (False, "its new client (x-web), of which Mutuals reads less: what cannot be read is left unknown"),
    None: (True, "a client that does not say which it is"),
}


def _page(settings: Settings) -> Iterator[Finding]:
    """Say which client drew X's page when it was last checked, and what the extension missed on it."""
    health = read_page_health(settings.data)
    if health is None:
        return
    known, name = CLIENTS.get(health.client, CLIENTS[None])
    yield known, f"X's page, last checked on {_day(health.at)}, was drawn by {name}."
    for one in health.missing:
        yield (
            False,
            f"X changed: {one.place} has been missing on its {one.page} page since {_day(one.since)}. "
            "The extension's options have a report to copy.",
        )


def _day(at: int) -> str:
    return date_words(at, clock(), MACHINE)


def _stores(settings: Settings, recount: bool) -> Iterator[Finding]:
    """Check the stores; only one process can open them, so a running companion prevents it."""
    if not settings.data.is_dir():
        return
    if holder(settings) is not None:
        yield not recount, "The companion has the stores open; end it to have them checked."
        return
    try:
        with acquire_lock(settings.lock_path):
            yield from _check_stores(settings, recount)
    except MutualsError as error:
        yield False, error.message


def _check_stores(settings: Settings, recount: bool) -> Iterator[Finding]:
    stores = Stores.open(settings)
    try:
        stores.notebook.inspect()
        stores.ledger.inspect()
        for warning in stores.warnings:
            yield False, warning
        for words in backup_words(settings, clock()):
            yield False, words
        faults = stores.ledger.check()
        yield not faults, f"The ledger is damaged: {faults[0]}" if faults else "The ledger is sound."
        yield True, f"The notebook is sound: {len(stores.notebook.people())} people written about."
        if recount:
            mended = stores.ledger.recount()
            yield not mended, f"{len(mended)} score(s) differed from the interactions and were mended."
            wrong = stores.notebook.shared.recount()
            yield not wrong, f"{wrong} note(s), tag list(s) or names differed from what was written and were mended."
    finally:
        stores.close()
