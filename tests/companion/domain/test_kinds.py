"""Kinds of interaction stand in one table: every part knows each of them, and the extension's copy is the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.domain.kinds import KINDS, LIGHT, NO_WEIGHT, OFF_X_KINDS, PLACES, InteractionKind, act_words
from companion.reciprocity.sums import day_weight
from companion.store.ledger.tables.interactions import weighs
from companion.web import charts
from scripts.docs import extension_tables

ROOT = Path(__file__).parents[3]
MESSAGES = json.loads((ROOT / "extension" / "_locales" / "en" / "messages.json").read_text("utf-8"))
KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


def test_the_extensions_tables_are_the_companions() -> None:
    assert extension_tables.FILE.read_text("utf-8") == extension_tables.script(), extension_tables.AGAIN


def test_a_script_that_both_sides_have_is_the_same() -> None:
    for copy, original in extension_tables.COPIES.items():
        assert copy.read_bytes() == original.read_bytes(), extension_tables.AGAIN


@KIND
def test_the_extension_says_the_same_of_an_act(kind: InteractionKind) -> None:
    for direction in ("in", "out", *(["both"] if kind.off_x else [])):
        assert MESSAGES[f"act_{kind.name}_{direction}"]["message"] == act_words(kind.name, direction)


def test_the_extension_has_words_for_no_other_kind() -> None:
    named = {key.split("_")[1] for key in MESSAGES if key.startswith("act_")}
    assert named == set(KINDS)


@KIND
def test_a_kind_weighs_in_the_score_and_in_the_ledger_what_its_class_says(kind: InteractionKind) -> None:
    day = day_weight([kind.name])
    talk, light = weighs(kind.name)
    assert (day.talk > 0, day.light > 0) == (talk == 1, light == 1)
    assert (talk, light) == {LIGHT: (0, 1), NO_WEIGHT: (0, 0)}.get(kind.weight, (1, 0))


@pytest.mark.parametrize("name", [kind.name for kind in KINDS.values() if kind.key])
def test_what_the_card_logs_happens_off_x(name: str) -> None:
    assert name in OFF_X_KINDS


def test_every_place_of_a_kind_is_a_part_of_the_chart() -> None:
    drawn = {name for name, _ in charts.GROUPS}
    assert {place for place in PLACES if place != "Replies"} <= drawn


@pytest.mark.parametrize("name", ["meal", "meeting"])
def test_a_kind_off_x_is_named_in_the_table_alone(name: str) -> None:
    code = [*(ROOT / "companion").rglob("*.py"), *(ROOT / "extension").rglob("*.js")]
    named = [path for path in code if f'"{name}"' in path.read_text("utf-8")]
    assert named == [ROOT / "companion" / "domain" / "kinds.py", extension_tables.FILE]
