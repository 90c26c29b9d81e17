"""Measures sharing through a PostgreSQL server of its own, beside a plain INSERT with NOTIFY; fsync is on."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from companion.settings import Settings
from companion.share.membership import Membership, join
from companion.share.postgres import address, admin, space
from companion.share.postgres.driver import Session, connect
from companion.share.worker import Sharing
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST
from companion.stores import Stores
from scripts.benchmarks.notes import fill, pid, words
from scripts.benchmarks.table import print_table, quantiles
from tests.postgres_server import SETTINGS, Server, running

SEED, VIEWER = 7, "1000001"
PER_SECOND = 20
"""Saves per second; ten are a busy team."""
LOGIN = "ines"
DURABLE = {**SETTINGS, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
IDLE_SECONDS = 20


class Machine:
    """One data folder whose thread shares, as a companion's does."""

    def __init__(self, home: Path, name: str, membership: Membership) -> None:
        self.settings = Settings(data=home / name)
        self.stores = Stores.open(self.settings)
        join(self.settings, membership)
        self.sharing = Sharing(self.settings, self.stores, lambda: None, lambda: int(time.time()))

    @property
    def notebook(self) -> Notebook:
        """Its notebook."""
        return self.stores.notebook

    def close(self) -> None:
        """End the thread and close the stores."""
        self.sharing.end()
        self.stores.close()


def measure(notes: int, saves: int, machines: int) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as name, running(DURABLE) as server:
        home, database = Path(name), server.database(LOGIN)
        fill(home / "m0", notes)
        with server.admin(database) as session:
            admin.create(session, [(LOGIN, "owner")], portable=False)
        place = server.place(LOGIN, database, socket=True)
        membership = _membership(place)
        with ExitStack() as stack:
            rows, looks, team = _joined(stack, home, membership, notes, machines)
            print_table(f"Join a server ({notes:,} notes)", ["what", "figure", "floor"], rows)
            steady = [looks, _floor(server, saves), _steady(team, saves), _idle(team)]
        print_table(f"While it goes on ({machines} machines)", ["what", "ms p50 / p99", "n"], steady)


def _membership(place: str) -> Membership:
    session = connect(address.read(place))
    seal = space.enter(session, space.look(session), "an invented passphrase", cost=2)
    session.close()
    return Membership(place, seal.space, seal.key, "bench")


def _joined(
    stack: ExitStack, home: Path, membership: Membership, notes: int, machines: int
) -> tuple[list[list[str]], list[str], list[Machine]]:
    """Return the rows about joining, that about look-ups meanwhile, and the machines."""
    team, seconds, samples = list[Machine](), list[float](), list[float]()
    for number in range(machines):
        machine = Machine(home, f"m{number}", membership)
        stack.callback(machine.close)
        team.append(machine)
        with _looking(machine.notebook, notes, samples if number == 1 else []):
            start = time.perf_counter()
            machine.sharing.meet()
            seconds.append(time.perf_counter() - start)
    lines = max(team[1].notebook.shared.lines.have().values())
    rows = [
        [f"hand over {lines:,} lines", f"{seconds[0]:.2f} s", ""],
        ["take them in, with look-ups meanwhile", f"{seconds[1]:.2f} s", _fetching(membership)],
    ]
    return rows, ["everything about one person, while lines arrive", str(quantiles(samples)), f"{len(samples):,}"], team


def _fetching(membership: Membership) -> str:
    """Return how long the server needs to give all lines, the floor of taking them in."""
    session = connect(address.read(membership.place))
    start = time.perf_counter()
    session.rows("select device, n, op, line from mutuals.line order by device, n")
    session.close()
    return f"{time.perf_counter() - start:.2f} s to fetch them"


@contextmanager
def _looking(notebook: Notebook, notes: int, samples: list[float]) -> Iterator[None]:
    end, rng = threading.Event(), random.Random(SEED)

    def look() -> None:
        while not end.wait(0.002):
            start = time.perf_counter()
            notebook.about(pid(rng.randrange(notes)))
            samples.append((time.perf_counter() - start) * 1000)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


def _floor(server: Server, saves: int) -> list[str]:
    """Return the row of the floor: a plain INSERT with NOTIFY, until one listener has read the line."""
    database, samples = server.database(), list[float]()
    with server.admin(database) as writer, server.admin(database) as listener:
        writer.rows("create table line (n bigserial primary key, data bytea)")
        listener.listen("news")
        for number in range(saves):
            start = time.perf_counter()
            with writer.transaction():
                writer.rows("insert into line (data) values (%(data)s)", {"data": b"x" * 300})
                writer.rows("select pg_notify('news', '')")
            _until_read(listener, number)
            samples.append((time.perf_counter() - start) * 1000)
    return ["floor: INSERT and NOTIFY, until a listener has read it", str(quantiles(samples)), f"{saves:,}"]


def _until_read(listener: Session, after: int) -> None:
    while not listener.heard():
        listener.wait(1.0)
    while not listener.rows("select data from line where n > %(after)s", {"after": after}):
        continue


def _steady(team: Sequence[Machine], saves: int) -> list[str]:
    """Return the row about saves on one machine until every other one shows them."""
    for machine in team:
        machine.sharing.start()
    rng, samples = random.Random(SEED), list[float]()
    for number in range(saves):
        text = words(rng)
        start = time.perf_counter()
        team[0].notebook.write(f"steady-{number}", "note", pid(number), {"text": text}, LATEST, number, VIEWER)
        for other in team[1:]:
            while (note := other.notebook.about(pid(number)).note) is None or note.text != text:
                time.sleep(0.001)
        took = time.perf_counter() - start
        samples.append(took * 1000)
        time.sleep(max(0.0, 1 / PER_SECOND - took))
    return [f"saved on one, until all others show it, {PER_SECOND} a second", str(quantiles(samples)), f"{saves:,}"]


def _idle(team: Sequence[Machine]) -> list[str]:
    """Return the row about machines that share and where nothing happens."""
    clocks = [
        time.pthread_getcpuclockid(one.ident) for one in threading.enumerate() if one.name == "sharing" and one.ident
    ]
    time.sleep(1.0)
    start = sum(map(time.clock_gettime, clocks))
    time.sleep(IDLE_SECONDS)
    spent = (sum(map(time.clock_gettime, clocks)) - start) * 1000 / len(team) * 60 / IDLE_SECONDS
    return ["CPU of sharing in a quiet minute, each machine", f"{spent:.2f}", f"{IDLE_SECONDS} s"]
