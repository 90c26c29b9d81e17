"""Everything that a running companion keeps is its owner's alone, whatever the umask of the shell that started it."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from companion.access.calendar_feed import CalendarFeed
from companion.store import left_out, page_health
from tests.companion_process import CompanionProcess

ADA = {"id": "1000001", "handle": "adaquill"}


def open_to_others(data: Path) -> list[str]:
    """Return the files and folders that anybody but their owner may do anything with."""
    return [str(path) for path in (data, *data.rglob("*")) if stat.S_IMODE(path.lstat().st_mode) & 0o077]


@pytest.mark.posix
@pytest.mark.kill
def test_every_file_of_a_running_companion_is_private_under_a_umask_of_nothing(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with CompanionProcess(tmp_path / "data") as companion:
            companion.pair()
            write = {
                "instance": companion.post("status", {})["instance"], "viewer": ADA, "op": "private-1", "kind": "note",
                "person": {"id": "2000001"}, "body": {"text": "ink"}, "base": None, "at": int(time.time()),
            }  # fmt: skip
            companion.post("writes", write)
            companion.post("sightings", {"viewer": ADA, "left_out": 5})
            companion.post("page-health", {"client": "classic", "missing": []})
            companion.post("dashboard", {})
            companion.open_pairing()
            CalendarFeed(companion.data / "calendar-feed").make()
            found = {path.name for path in companion.data.iterdir()}
            assert open_to_others(companion.data) == []
            companion.stop()
        assert open_to_others(tmp_path / "data") == []
    finally:
        os.umask(before)
    expected = {
        "notes.json.journal",
        "ledger.db",
        "clients.json",
        "pairing.json",
        "links",
        "dashboard-name",
        "companion.lock",
    }
    assert expected | {left_out.FILE, page_health.FILE, "calendar-feed"} <= found
