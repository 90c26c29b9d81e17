"""The companion that the browser tests share: a fresh one for each test, started while the test before still runs."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

from tests.companion_process import ORIGIN, CompanionProcess

Json = dict[str, object]
Facts = Mapping[str, object]


class House:
    """A real companion with a paired client of the tests' own, besides the browser's.

    Args:
        folder: an empty folder for the data of all its companions.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._first: Path | None = None
        self._serial = 0
        self._spare: CompanionProcess | None = None
        self.process = CompanionProcess(folder / "data").start()
        self.process.pair(ORIGIN)

    @property
    def port(self) -> int:
        """Where it answers on 127.0.0.1; the same after every restart within one test."""
        return self.process.port

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()

    def start(self) -> None:
        """Start it again on its data."""
        self.process.start()

    def keep_first(self) -> None:
        """Remember the data as they are now: paired, nothing known."""
        self.process.stop()
        self._first = self._folder / "first"
        shutil.copytree(self.process.data, self._first)
        self._spare = self._fresh()

    def reset(self) -> None:
        """Put a fresh companion in place of the one that the last test used, and prepare the next."""
        assert self._spare is not None, "nothing was kept to go back to"
        self.close(spare=False)
        self.process = self._spare.wait_ready()
        self._spare = self._fresh()

    def close(self, *, spare: bool = True) -> None:
        """End it for good and remove its data."""
        self.process.kill()
        shutil.rmtree(self.process.data, ignore_errors=True)
        if spare and self._spare:
            self._spare.kill()

    def ask(self, resource: str, **body: object) -> Json:
        """Ask the companion as the tests' own client."""
        return self.process.post(resource, body)

    def write(self, viewer: Facts, person: Facts, kind: str, body: Facts) -> Json:
        """Write a note, tags or an alias the way the extension does."""
        instance = self.ask("status")["instance"]
        one = {"instance": instance, "op": str(uuid.uuid4()), "viewer": viewer, "kind": kind, "person": person}
        return self.ask("writes", **one, body=body, base=None, at=int(time.time()))

    def _fresh(self) -> CompanionProcess:
        assert self._first is not None
        self._serial += 1
        data = self._folder / f"data-{self._serial}"
        shutil.copytree(self._first, data)
        spare = CompanionProcess(data)
        spare.secret, spare.origin = self.process.secret, self.process.origin
        return spare.spawn()
