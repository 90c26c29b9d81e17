"""`mutuals import archive`: imports the zip that X gives its users, with progress; Ctrl+C stops it safely."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from types import FrameType

import click

from companion.cli.clients import echo_json, printable
from companion.cli.exit_codes import PROBLEM
from companion.cli.options import clock, data_option, settings_of
from companion.cli.speech import echo, echo_as
from companion.cli.stores import opened
from companion.settings import Settings
from companion.sources.archive.importing import ArchiveImport, Imported, Progress, preview
from companion.sources.archive.summary import Summary
from companion.store.import_runs import Imports


@click.command("archive")
@data_option
@click.option("--dry-run", is_flag=True, help="Only count what is in it; store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON object.")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def command(ctx: click.Context, data: Path | None, dry_run: bool, as_json: bool, file: Path) -> None:
    """Take in the X archive FILE (a zip of any year, or the folder it was unpacked to): whom you wrote to and when.

    Messages count as who and when only. The zip is read as it lies. Running it again changes nothing twice; a newer
    archive adds the difference.
    """
    if dry_run:
        summary, imported = preview(file), None
    else:
        imported = _run(settings_of(data), file, quiet=as_json)
        summary = imported.summary
    for problem in summary.problems:
        echo_as("Note", printable(f"{problem} It was passed over."), err=True)
    if as_json:
        echo_json(summary.printable())
    else:
        echo(_words(summary, imported))
    if imported is not None and not imported.finished:
        echo("Stopped. Run the same command again and it goes on from here.", err=True)
        ctx.exit(PROBLEM)


def _run(settings: Settings, file: Path, *, quiet: bool) -> Imported:
    """Import with a progress bar on the error stream, so that the output can be piped."""
    with opened(settings) as stores, _stop_on_interrupt() as stopped:
        job = ArchiveImport(stores.ledger, stores.notebook, Imports(settings.imports_path), clock(), stopped=stopped)
        if quiet or not sys.stderr.isatty():
            return job.run(file)
        with click.progressbar(
            length=1000, label=file.name, file=sys.stderr, show_eta=True, item_show_func=_count
        ) as bar:
            job.report = lambda progress: bar.update(int(1000 * progress.done) - bar.pos, progress)
            return job.run(file)


def _count(progress: Progress | None) -> str | None:
    return None if progress is None else f"{progress.interactions:,} interactions"


@contextmanager
def _stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Turn the first Ctrl+C into a request to stop; a second one interrupts at once, without loss."""
    signals: list[int] = []

    def on_interrupt(number: int, _frame: FrameType | None) -> None:
        signals.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if current_thread() is not main_thread():  # in the companion, whose signals are its own
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield lambda: bool(signals)
    finally:
        signal.signal(signal.SIGINT, before)


def _words(summary: Summary, imported: Imported | None) -> str:
    """Return in a few lines what the archive held and what was new."""
    dm = summary.dm["messageCreate"] + summary.group_dm["messageCreate"]
    held = (
        f"{summary.archive}: @{summary.username or '?'}, {summary.tweets['tweets']:,} posts, "
        f"{summary.likes:,} likes, {dm:,} messages, {len(summary.followers):,} followers, "
        f"{len(summary.following):,} followed."
    )
    if imported is None:
        return f"{held}\nNothing was stored (--dry-run)."
    again = " (went on from an earlier run)" if imported.resumed else ""
    new = f"{imported.interactions:,} interactions{again}"
    return (
        f"{held}\nNew in the ledger: {new}. What others wrote to you is not in an "
        "archive, so where only this is known their side shows as unseen, never as none."
    )
