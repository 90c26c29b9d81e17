"""An invented ledger of any size for the benchmarks: made once by fixed rules, in the order of its keys, and kept."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from companion.people import Name, Names
from companion.store import ledger_badges, ledger_contact, ledger_events, ledger_people, schema
from companion.store.ledger import Ledger
from companion.store.ledger_badges import BadgeState
from companion.store.ledger_contact import Counted
from companion.store.ledger_people import PersonState

OWNER = "1000001"
VIEWER = {"id": OWNER, "handle": "adaquill"}
NOW = 1_760_000_000
DAY = 86_400
FIRST_ID = 1_400_000_000_000_000_000
CHUNK = 20_000
KINDS = ("reply", "reply", "reply", "mention", "like", "like", "like", "repost", "quote", "dm")
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
    """Draw a person as often as they have interactions."""
    return int(people * chance.random() ** 3)


def data_folder(people: int, acts: int) -> Path:
    """Return a data folder whose ledger holds the crowd; made at the first call, kept in the system's temporary folder.

    Its name carries everything that it depends on, so that a changed schema makes a new one.
    """
    made_by = repr((schema.MIGRATIONS, Path(__file__).read_bytes()))
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
    connection.execute("pragma synchronous = off")
    connection.execute("pragma journal_mode = off")
    connection.execute("pragma cache_size = -262144")
    connection.execute("update viewer set inbound_since = ?", (NOW - 700 * DAY,))
    badges = []
    for start in range(0, people, CHUNK):
        connection.execute("begin")
        badges += list(_write(connection, range(start, min(people, start + CHUNK)), people, acts))
        connection.execute("commit")
    connection.execute("begin")
    badges.sort(key=lambda row: row[1] or "")
    ledger_badges.save(connection, 1, badges)
    connection.execute("commit")
    connection.close()
    ledger = Ledger.open(path)
    ledger.rebuild()
    ledger.close()


BadgeToSave = tuple[BadgeState, str | None, int, int]


def _write(connection: sqlite3.Connection, numbers: range, people: int, acts: int) -> Iterator[BadgeToSave]:
    """Write a chunk of people with their acts and days, and give their badges."""
    states, names, days, events = [], Names(), [], []
    for number in numbers:
        pid, handle = pid_of(number), handle_of(number)
        state = PersonState(pid, {"name": f"Person {number}", "followers": number % 5000}, NOW, first_seen=NOW - DAY)
        state.values.update({"bio": "An invented bio of usual length, about nothing.", "following": number % 900})
        state.last_seen = NOW
        states.append(state)
        names.known([Name(pid, handle, NOW - DAY, NOW)])
        counted, rows = _history(number, pid, acts_of(number, people, acts))
        events += rows
        days += [(1, pid, day, way, kept.talk, kept.light) for (day, way), kept in sorted(counted.days.items())]
        badge = BadgeState(pid, None, f"Person {number}", None, number % 3 == 0, number % 2 == 0)
        badge.counters, badge.acts, badge.contact_at = counted.counters, counted.acts, counted.contact_at
        yield badge, handle, NOW - DAY, NOW
    ledger_people.save(connection, 1, states, names)
    connection.executemany(
        f"insert into event ({', '.join((*ledger_events.KEYS, *ledger_events.COLUMNS))}) "
        "values (?, ?, ?, ?, ?, ?, null, null, 0, 0, null, 'page', null)",
        events,
    )
    columns = (*ledger_contact.KEYS, *ledger_contact.COLUMNS)
    connection.executemany(f"insert into contact_day ({', '.join(columns)}) values (?, ?, ?, ?, ?, ?)", days)


EventRow = tuple[int, str, str, str, str, int]


def _history(number: int, pid: str, count: int) -> tuple[Counted, list[EventRow]]:
    chance = random.Random(number)
    counted, rows = Counted(), []
    for turn in range(count):
        at = NOW - int(chance.random() * 700 * DAY)
        direction, kind = ("in", "out")[int(chance.random() * 2)], KINDS[int(chance.random() * 10)]
        ref = str(FIRST_ID + at * 1000 + turn)
        counted.add(direction, kind, at, automatic=False)
        rows.append((1, pid, direction, kind, f"like:{ref}" if kind == "like" else ref, at))
    rows.sort()
    return counted.finished(), rows
