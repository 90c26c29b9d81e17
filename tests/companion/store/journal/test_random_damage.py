"""A notebook's files flipped, cut and exchanged at random: what is shown is true, and what was wrong is said."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from companion.errors import StoreError
from companion.store.journal.database import open_journal
from tests.companion.store.damage_help import damaged
from tests.companion.store.files_help import as_after_a_kill

HARMLESS = ("t.json.journal.copy", "t.json.previous", "t.json.journal.previous")
"""Copies: damage to them never reaches what is shown."""


def written(folder: Path) -> Path:
    """Write three generations with some sixty documents; the journal holds the last ones."""
    rng, path = random.Random(1), folder / "t.json"
    db = open_journal(path)
    for number in range(60):
        words = " ".join(f"w{rng.randrange(1000)}" for _ in range(rng.randrange(30)))
        db.table(rng.choice(["note", "tags"])).insert({"n": number, "text": words})
        if number in (20, 45):
            db.compact()
    copy = as_after_a_kill(path)
    db.close()
    return copy


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["t.json", "t.json.journal", *HARMLESS])
def test_no_damage_is_silent(tmp_path: Path, name: str, rounds: int) -> None:
    path = written(tmp_path)
    with open_journal(as_after_a_kill(path, "whole")) as db:
        truth = db.storage.read()
    data, rng, told, mended = path.with_name(name).read_bytes(), random.Random(f"{name} 2026"), 0, 0
    for number in range(rounds):
        folder = tmp_path / "round"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(path.parent, folder)
        kind, changed = damaged(data, rng)
        (folder / name).write_bytes(changed)
        try:
            with open_journal(folder / path.name) as db:
                db.inspect()
                found, warnings = db.storage.read(), db.warnings
        except StoreError:
            told += 1
            continue
        assert found == truth or warnings, f"silent: {kind} in round {number}"
        assert name in HARMLESS or warnings or _kept_all(changed, data), f"unsaid: {kind} in round {number}"
        told += bool(warnings)
        mended += found == truth
    print(f"{name}: {rounds} damaged, {told} told, {mended} mended, 0 silent")
    assert mended >= rounds * 0.99


def _kept_all(changed: bytes, data: bytes) -> bool:
    """Tell whether a journal still begins with all its lines."""
    return changed.startswith(data)
