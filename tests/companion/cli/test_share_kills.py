"""Companions that are killed while they save and share: what was acknowledged is on every machine in the end."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path

import pytest

from companion.share.postgres import admin
from tests.browser.devtools import until
from tests.companion.cli.runs import run
from tests.companion.cli.test_share import SECONDS, VIEWER
from tests.companion_process import CompanionProcess
from tests.postgres_server import Server

pytestmark = pytest.mark.kill

MOST_SAVES = 25
"""Saves between two kills at most; a random one of them is under way, or its sharing is."""


class Writer(threading.Thread):
    """Saves notes about one person after another until the companion is gone, and remembers what was acknowledged."""

    def __init__(self, companion: CompanionProcess, round_: int, kept: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.companion, self.round, self.kept, self.saved = companion, round_, kept, 0

    def has_saved(self, wanted: int) -> bool:
        """Whether so many saves were acknowledged."""
        return self.saved >= wanted

    def run(self) -> None:
        """Save until a save fails."""
        with suppress(OSError, HTTPException, AssertionError):
            instance = self.companion.post("status", {})["instance"]
            while True:
                person, text = f"3{self.round:03}{self.saved:04}", f"note {self.saved} of round {self.round}"
                ask = {"instance": instance, "viewer": VIEWER, "op": f"op-{person}", "kind": "note", "base": None}
                self.companion.post("writes", {**ask, "person": {"id": person}, "body": {"text": text}, "at": 100})
                self.kept[person] = text
                self.saved += 1


def shown(companion: CompanionProcess, person: str) -> object:
    """The note on the card of somebody."""
    note = companion.post("person", {"viewer": VIEWER, "person": {"id": person}})["note"]
    return note["text"] if isinstance(note, dict) else None


def test_what_was_acknowledged_before_any_of_many_kills_is_on_the_other_machine(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "four plain words here")
    rounds, rng, kept = 100 if request.config.getoption("--long") else 3, random.Random(5), dict[str, str]()
    ines = server.login()
    database = server.database(ines)
    with server.admin(database) as session:
        admin.create(session, [(ines, "owner")], portable=False)
    with CompanionProcess(tmp_path / "desk") as desk, CompanionProcess(tmp_path / "lap") as lap:
        for companion in (desk, lap):
            done = run(companion.data, "share", "join", server.place(ines, database, socket=True))
            assert done.code == 0, done
            companion.pair()
        for round_ in range(rounds):
            killed = rng.choice((desk, lap))
            writer, wanted = Writer(desk, round_, kept), rng.randrange(1, MOST_SAVES)
            writer.start()
            until(partial(writer.has_saved, wanted), "some saves", SECONDS)
            killed.kill()
            if killed is lap:
                desk.kill()  # the writer ends with its companion
            writer.join(SECONDS)
            for companion in {id(one): one for one in (killed, desk)}.values():
                companion.start()
        missing = dict(kept)

        def all_there() -> bool:
            for person in [person for person, text in missing.items() if shown(lap, person) == text]:
                del missing[person]
            return not missing

        until(all_there, "every acknowledged note on the other machine", SECONDS)
    assert len(kept) >= rounds
