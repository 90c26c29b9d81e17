"""The card and the dashboard call the same thing by the same words."""

from __future__ import annotations

import json
import re
from itertools import count
from pathlib import Path

import pytest

from companion.domain import wording
from companion.domain.decisions import REASONS as DECISION_REASONS
from companion.reciprocity.relationship import STAGES
from companion.reciprocity.states import STATES

FILE = Path(__file__).parents[3] / "extension" / "_locales" / "en" / "messages.json"
MESSAGES = {key: entry["message"] for key, entry in json.loads(FILE.read_text("utf-8")).items()}


def numbered(sentence: str) -> str:
    """Return a sentence with its parameters as the extension writes them: $1, $2 in the order of the sentence."""
    numbers = count(1)
    return re.sub(r"\{\w+\}", lambda _: f"${next(numbers)}", sentence)


def named(prefix: str) -> set[str]:
    """Return what the extension has words for under a prefix."""
    return {key.removeprefix(prefix) for key in MESSAGES if key.startswith(prefix)}


def test_every_state_and_stage_has_words() -> None:
    assert set(wording.STATES) == set(STATES)
    assert set(wording.STAGES) == set(STAGES)


@pytest.mark.parametrize("state", [state for state in STATES if state != "unknown"])
def test_a_state_is_called_the_same_on_a_mark(state: str) -> None:
    assert MESSAGES[f"markState_{state}"] == wording.STATES[state].lower()


@pytest.mark.parametrize("code", wording.REASONS)
def test_a_reason_is_told_by_the_same_sentence(code: str) -> None:
    assert MESSAGES[f"reason_{code}"] == numbered(wording.REASONS[code])


def test_the_extension_has_no_other_reasons_stages_and_sources() -> None:
    assert named("reason_") == set(wording.REASONS)
    assert named("stage_") == set(wording.STAGES)
    assert named("source_") == {source.replace("-", "_") for source in wording.SOURCES}


def test_stages_sources_and_marks_are_called_the_same() -> None:
    assert {stage: MESSAGES[f"stage_{stage}"] for stage in wording.STAGES} == wording.STAGES
    for source, words in wording.SOURCES.items():
        assert MESSAGES[f"source_{source.replace('-', '_')}"] == words
    for mark, words in wording.MARKS.items():
        assert MESSAGES[f"relationMark_{mark}"] == f"{words}."


def test_what_an_account_plainly_does_is_called_the_same() -> None:
    assert named("habit_") == set(wording.HABITS)
    for habit, words in wording.HABITS.items():
        assert MESSAGES[f"habit_{habit}"] == numbered(words)


@pytest.mark.parametrize("code", [code for code, words in DECISION_REASONS.items() if words])
def test_a_reason_to_say_no_is_called_the_same(code: str) -> None:
    assert MESSAGES[f"vetReason_{code}"] == DECISION_REASONS[code]
