"""A data folder that vanished while the companion runs is told as that; nobody is told that they are not paired."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from companion.errors import StoreError
from companion.store.ledger.connections import Connections
from tests.companion.conftest import House


def test_a_vanished_data_folder_is_told_as_that_and_a_note_is_not_acknowledged(house: House) -> None:
    house.write("note", {"text": "kept"})
    shutil.rmtree(house.settings.data)
    status = house.ask("status", {})
    assert "is gone, so nothing can be saved" in str(status["warnings"])
    refused = house.write("note", {"text": "not kept"}, base=1, expect=500)
    assert (refused["error"], "gone from the disk" in str(refused["message"])) == ("store", True)
    house.settings.data.mkdir(mode=0o700)


def test_a_folder_that_vanishes_right_after_the_opening_ends_no_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine the thread that empties the log began later, found no file, and ended with an error."""
    start = threading.Thread.start

    def late(thread: threading.Thread) -> None:
        if thread.name == "ledger-checkpoints":
            shutil.rmtree(tmp_path / "data")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", late)
    connections = Connections(tmp_path / "data" / "ledger.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        connections.reading()
    (upkeep,) = [thread for thread in threading.enumerate() if thread.name == "ledger-checkpoints"]
    connections.close()
    assert not upkeep.is_alive()
