"""A data folder that vanished while the companion runs is told as that; nobody is told that they are not paired."""

from __future__ import annotations

import shutil

from tests.companion.conftest import House


def test_a_vanished_data_folder_is_told_as_that_and_a_note_is_not_acknowledged(house: House) -> None:
    house.write("note", {"text": "kept"})
    shutil.rmtree(house.settings.data)
    status = house.ask("status", {})
    assert "is gone, so nothing can be saved" in str(status["warnings"])
    refused = house.write("note", {"text": "not kept"}, base=1, expect=500)
    assert (refused["error"], "gone from the disk" in str(refused["message"])) == ("store", True)
    house.settings.data.mkdir(mode=0o700)
