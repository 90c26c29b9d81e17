"""The command line speaks the language that the environment names; JSON and exit codes are the same in all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.cli import speech
from companion.cli.exit_codes import NOT_RUNNING
from companion.errors import MutualsError
from companion.i18n.languages import LANGUAGES
from tests.companion.cli.runs import run
from tests.companion.export.folders import fill
from tests.companion_process import CompanionProcess


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


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", "Hinweis: Nichts wurde gelesen.\n"),
        ("fr", "Remarque\u202f: Rien n'a été lu.\n"),
        ("ja", "注意: 何も読み込んでいません。\n"),
    ],
)
def test_a_warning_of_the_running_companion_is_said_with_its_label_which_is_no_written_note(
    environment: pytest.MonkeyPatch, code: str, said: str
) -> None:
    with speech.unspoken():
        printed = speech.say("Note: Nothing was read.\n")
    environment.setenv("MUTUALS_LANGUAGE", code)
    assert (printed, speech.say(printed)) == ("Note: Nothing was read.\n", said)


def test_an_error_is_said_with_its_word(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("MUTUALS_LANGUAGE", "fr")
    done = run(tmp_path, "forget", "--yes", "@nobodyhere")
    assert (done.code, done.err) == (1, "Erreur\u202f: On ne sait rien de @nobodyhere.\n")
    assert MutualsError.code == "error"
