"""A data folder that comes back from an old copy, or is used twice: what must hold whatever carries the lines."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.companion.share.devices import INES, Laptop

Settle = Callable[..., None]
"""Lets the laptops it is given meet until nothing is new."""


def comes_back(desk: Laptop, lap: Laptop, place: Path, settle: Settle) -> None:
    """Assert that a folder put back from an old copy gets what it had written since, and keeps what it writes then."""
    desk.note("before the copy")
    settle(desk, lap)
    desk.stop()
    shutil.copytree(desk.home / "data", place / "old")
    desk.start()
    desk.note("after the copy", at=1)
    desk.note("about Ines", INES)
    settle(desk, lap)
    desk.stop()
    shutil.rmtree(desk.home / "data")
    shutil.copytree(place / "old", desk.home / "data")
    desk.start()
    desk.ops += 10
    desk.note("written on the old copy", at=2)
    settle(desk, lap, desk)
    assert desk.view() == lap.view()
    assert desk.text(INES) == "about Ines"
    assert desk.text() == "written on the old copy\n\nafter the copy"


def is_used_twice(desk: Laptop, twin_of: Callable[[], Laptop], place: Path, settle: Settle) -> None:
    """Assert that a folder that was copied and used in two places loses nothing; ``twin_of`` starts the copy."""
    desk.note("before")
    desk.meet()
    desk.stop()
    shutil.copytree(desk.home / "data", place / "twin" / "data")
    desk.start()
    twin = twin_of()
    desk.note("on the first", at=1)
    twin.note("on the second", at=2)
    settle(desk, twin, desk)
    assert desk.view() == twin.view()
    assert desk.text() == "on the second\n\non the first"
