"""`mutuals start`: runs the companion until a signal ends it."""

from __future__ import annotations

import gc
import logging
from pathlib import Path

import click

from companion import __version__
from companion.backup.history import mark_forgotten
from companion.backup.work import sweep
from companion.cli.handed import carry_out
from companion.cli.options import clock, data_option, milliseconds, settings_of
from companion.cli.speech import echo, echo_as
from companion.errors import MutualsError
from companion.install.log_file import end_log, log, log_to
from companion.server.application import application
from companion.server.serve import listen, run
from companion.server.signals import end_on_signals
from companion.server.updated import UpdatedError
from companion.settings import DEFAULT_PORT, Settings
from companion.share.worker import Sharing
from companion.store.lock import acquire_lock
from companion.stores import Stores


@click.command()
@data_option
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="The port on 127.0.0.1; the extension's options must name the same.",
)
@click.option("-v", "--verbose", is_flag=True, help="Log what is of use only when something is wrong.")
def command(data: Path | None, port: int, verbose: bool) -> None:
    """Start the companion and keep it running (Ctrl+C ends it).

    The first time, it also opens pairing and prints the code to type in the extension's options. What happens is
    written to log/companion.log in the data folder as well; there are no handles, names or notes in it.
    """
    console = logging.StreamHandler()
    console.setLevel(logging.DEBUG if verbose else logging.WARNING)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s", handlers=[console])
    settings = settings_of(data, port)
    end_on_signals()
    handler = log_to(settings.log_path, verbose=verbose)
    gc.disable()  # what is loaded until it is ready stays, so there is nothing to collect
    try:
        _serve(settings)
    except MutualsError as error:
        log.error("ended: %s", error.message)
        raise
    finally:
        gc.enable()
        end_log(handler)
    echo("Mutuals has ended; everything is on the disk.")


def _serve(settings: Settings) -> None:
    with acquire_lock(settings.lock_path, settings.port):
        sweep(settings)
        stores = Stores.open(settings)
        stores.runs.append(lambda words: carry_out(settings, stores, words))
        sharing = Sharing(settings, stores, lambda: mark_forgotten(settings, clock()), clock)
        stores.before_closing.append(sharing.end)
        try:
            app = application(settings, stores, clock, milliseconds)
            server = listen(app, settings)
            run(server, ready=lambda: _greet(settings, stores, sharing))
            if app.flask.installed.replaced():
                raise UpdatedError(
                    "Mutuals was updated and has ended; its service starts it anew, else `mutuals start`."
                )
        finally:
            stores.close()
    log.info("ended in good order")


def _greet(settings: Settings, stores: Stores, sharing: Sharing) -> None:
    """Print the stores' warnings, the first pairing code, and that the companion is ready."""
    gc.freeze()  # what is loaded now stays: collecting over it would delay a response now and then
    gc.enable()
    for warning in stores.warnings:
        log.warning("%s", warning)
        echo_as("Note", warning, err=True)
    if not stores.clients.all():
        echo(f"Pairing code: {stores.pairing.open(clock())}")
        echo(f"Type it in the extension's options within {settings.pairing_seconds // 60} minutes.")
    log.info("version %s is ready on port %d", __version__, settings.port)
    sharing.start()
    echo(f"Mutuals is ready on http://127.0.0.1:{settings.port} (data: {settings.data})")
