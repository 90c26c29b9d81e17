"""Creates and caches an invented ledger of any size for the benchmarks, by fixed rules."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import tempfile
from pathlib import Path

from msgspec.structs import astuple

from companion.domain.dates import DAY
from companion.reciprocity.sums import mass_of
from companion.store.ledger import schema
from companion.store.ledger.ledger import Ledger
from companion.store.ledger.page_sums import sums_of
from companion.store.ledger.tables.contact_days import contact_history
from scripts.benchmarks import crowd_tables

OWNER = "1000001"
VIEWER = {"id": OWNER, "handle": "adaquill"}
NOW = 1_760_000_000
FIRST_ID = 1_400_000_000_000_000_000
SAMPLE = 200
"""How many people are recounted to check the filled tables."""
SYLLABLES = ("ka", "lo", "mi", "ren", "tu", "va", "shi", "bo", "den", "ula", "fer", "ox", "pim", "za", "wil", "no")


def handle_of(number: int) -> str:
    """Return the handle of person ``number``: spread over the alphabet, as real ones are."""
    digest = hashlib.blake2s(number.to_bytes(8, "big"), digest_size=4).digest()
    return "".join(SYLLABLES[byte & 15] for byte in digest) + str(number)


def pid_of(number: int) -> str:
    """Return the id of person ``number``."""
    return str(FIRST_ID + number * 7919)


def acts_of(number: int, people: int, acts: int) -> int:
    """Return how many interactions person ``number`` has: 46 % of all belong to 10 % of the people."""
    until, before = ((number + 1) / people) ** (1 / 3), (number / people) ** (1 / 3)
    return round(acts * float(until)) - round(acts * float(before))


def skewed(chance: random.Random, people: int) -> int:
    """Draw a person with a probability proportional to their interactions."""
    return int(people * chance.random() ** 3)


def data_folder(people: int, acts: int) -> Path:
    """Return a data folder with the invented ledger; created once, in the system's temporary folder.

    Its name carries everything that it depends on, so that a changed schema makes a new one.
    """
    made_by = repr((schema.MIGRATIONS, Path(__file__).read_bytes(), Path(crowd_tables.__file__).read_bytes()))
    mark = hashlib.blake2s(made_by.encode(), digest_size=4).hexdigest()
    folder = Path(tempfile.gettempdir()) / "mutuals-bench" / f"crowd-{people}-{acts}-{mark}"
    if not folder.exists():
        print(f"Making an invented ledger of {people:,} people and {acts:,} interactions (kept in {folder}) ...")
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        _make(unfinished / "ledger.db", people, acts)
        unfinished.rename(folder)
    return folder


def _make(path: Path, people: int, acts: int) -> None:
    ledger = Ledger.open(path)
    ledger.owner_for(OWNER, VIEWER["handle"], NOW)
    ledger.close()
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("synchronous = off", "journal_mode = off", "cache_size = -262144", "temp_store = memory"):
        connection.execute(f"pragma {setting}").fetchall()
    connection.execute("update viewer set inbound_since = ?", (NOW - crowd_tables.HISTORY_DAYS * DAY,))
    everybody = ((n, pid_of(n), handle_of(n), acts_of(n, people, acts)) for n in range(people))
    crowd_tables.fill(connection, everybody, NOW, FIRST_ID)
    connection.close()
    sums_of(path).unlink(missing_ok=True)
    ledger = Ledger.open(path)
    ledger.rebuild()
    for number in range(0, people, max(1, people // SAMPLE)):
        _check(ledger, pid_of(number))
    ledger.close()


def _check(ledger: Ledger, pid: str) -> None:
    """Recount one person with the ledger's own code and compare with the filled tables."""
    number = 1
    connection = ledger.connections.reading()
    again, stored = contact_history(connection, number, pid), ledger.badge(OWNER, pid)
    assert stored is not None
    days = connection.execute(
        "select day, direction, talk, light from contact_day where owner = ? and pid = ?", (number, pid)
    ).fetchall()
    recounted = sorted((*key, day.talk, day.light) for key, day in again.days.items())
    tally = (stored.acts, stored.contact_at, *astuple(stored.tally)[:-1])
    if sorted(days) != recounted or tally != (again.acts, again.contact_at, *again.counters.row()):
        raise SystemExit(f"The invented ledger is not what the ledger itself would have written, for {pid}.")
    sums, now = again.sums(), max(NOW, stored.sums.at)
    if abs(mass_of(sums, now) - mass_of(stored.sums, now)) > 1e-9:
        raise SystemExit(f"The invented ledger's sums are wrong for {pid}.")
