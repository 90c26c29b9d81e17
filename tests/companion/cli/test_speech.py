"""The command line speaks the language that the environment names; JSON and exit codes are the same in all."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.cli import speech
from companion.cli.exit_codes import NOT_RUNNING
from companion.errors import MutualsError
from companion.i18n.catalogue import catalogue
from companion.i18n.languages import LANGUAGES
from tests.companion.cli.runs import run
from tests.companion.export.folders import fill
from tests.companion_process import ROOT, CompanionProcess

ENGLISH_STILL: set[str] = set()
"""Commands whose own lines are not translated yet, as docs/dashboard.md says: for experts, or rarely used."""


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names no language."""
    for name in (*speech.VARIABLES, "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("named", "spoken"),
    [
        ({}, "en"), ({"LANG": "C.UTF-8"}, "en"), ({"LANG": "de_AT.UTF-8"}, "de"), ({"LANG": "pt_PT"}, "pt_BR"),
        ({"LANG": "de_DE", "LC_ALL": "C"}, "en"), ({"LANG": "de_DE", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "de_DE", "LC_ALL": "ko_KR", "MUTUALS_LANGUAGE": "ar"}, "ar"), ({"LANG": "xx_XX"}, "en"),
        ({"LANG": "fr_FR@euro", "LC_ALL": ""}, "fr"),
    ],
)  # fmt: skip
def test_the_language_is_the_settings_else_the_locales(
    environment: pytest.MonkeyPatch, named: dict[str, str], spoken: str
) -> None:
    for name, value in named.items():
        environment.setenv(name, value)
    assert speech.language() == spoken


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_first_hour_in_the_terminal_is_in_its_language(
    environment: pytest.MonkeyPatch, tmp_path: Path, code: str
) -> None:
    environment.setenv("MUTUALS_LANGUAGE", code)
    for words in (("pair", "--no-open"), ("sample",), ("sample", "--wipe"), ("clients",), ("doctor",), ("open",)):
        done = run(tmp_path / "data", *words)
        for line in (done.out + done.err).splitlines():
            bare = line.removeprefix("ok ").removeprefix("!! ").strip()
            assert not any(word in bare.split() for word in ("the", "is", "are", "not", "with")), (words, line)
    assert done.code == NOT_RUNNING


def test_json_and_exit_codes_are_the_same_in_every_language(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fill(tmp_path)
    told = run(tmp_path, "vet", "@wrenwrites", "--json")
    environment.setenv("MUTUALS_LANGUAGE", "ja")
    assert run(tmp_path, "vet", "@wrenwrites", "--json") == told
    assert json.loads(told.out)["handle"] == "wrenwrites"


def test_a_report_in_the_terminal_is_in_its_language(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fill(tmp_path)
    environment.setenv("MUTUALS_LANGUAGE", "de")
    lines = run(tmp_path, "vet", "@wrenwrites").out.splitlines()
    assert [line for line in lines if line.startswith("Biografie")]
    assert [line for line in lines if "seen" in line or "not " in line] == []


def test_what_the_running_companion_prints_is_said_by_the_command_that_handed_it_over(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with CompanionProcess(tmp_path / "data") as companion:
        environment.setenv("MUTUALS_LANGUAGE", "es")
        assert "Once personas inventadas" in run(companion.data, "sample").out
        environment.setenv("MUTUALS_LANGUAGE", "en")
        assert "are gone" in run(companion.data, "sample", "--wipe").out


def test_indents_and_lines_stay_and_what_is_unknown_stays_english(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MUTUALS_LANGUAGE", "de")
    assert speech.say("  Runs: no\nZq zr zs.\n") == "  Läuft: nein\nZq zr zs.\n"


def printed(path: Path) -> Iterator[str]:
    """The sentences that a command's file prints, with a value in each place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name in {"echo", "say"} and node.args:
            part = node.args[0]
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def test_every_fixed_sentence_of_a_translated_command_is_in_the_catalogue() -> None:
    japanese, files = catalogue("ja"), sorted((ROOT / "companion/cli").glob("*.py"))
    sentences = {text for path in files if path.stem not in ENGLISH_STILL for text in printed(path)}
    assert len(sentences) > 15
    assert [text for text in sentences if japanese.say(text.strip()) == text.strip() and "://" not in text] == []


def test_an_error_is_said_with_its_word(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("MUTUALS_LANGUAGE", "fr")
    done = run(tmp_path, "forget", "--yes", "@nobodyhere")
    assert (done.code, done.err) == (1, "Erreur: On ne sait rien de @nobodyhere.\n")
    assert MutualsError.code == "error"
