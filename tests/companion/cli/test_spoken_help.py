"""`--help` and Click's own refusals speak the terminal's language, whole, and cost English nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from inspect import cleandoc, getsource

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.cli import speech
from companion.cli.exit_codes import USAGE
from companion.cli.main import mutuals
from companion.cli.spoken_help import MODULES, columns, lines
from companion.i18n.catalogue import HELP, TRANSLATED, text_of
from companion.i18n.po_file import parse
from tests.companion.cli.runs import Done, run

OF_DECORATORS = {"Show this message and exit.", "Show the version and exit."}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names no language, and a terminal of 80 columns."""
    for name in (*speech.VARIABLES, "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return monkeypatch


def helped(*words: str) -> Done:
    return run(None, *words, "--help")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif command is not None:
            yield (*path, name), command


def said_by(command: click.Command) -> Iterator[str]:
    """The paragraphs of a command's help, and the help of its options."""
    yield from (" ".join(part.split()) for part in cleandoc(command.help or "").split("\n\n"))
    for option in command.get_params(click.Context(command)):
        if isinstance(option, click.Option) and option.help:
            yield option.help


def everything() -> set[str]:
    return {text for _, command in commands(mutuals) for text in said_by(command)}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_paragraph_and_option_of_every_command_is_translated(code: str) -> None:
    entries = parse(text_of(code, HELP)).entries
    assert len(everything()) > 90
    assert everything() - set(entries) == set()
    same = {key for key, entry in entries.items() if entry.forms[0] == key and not key.startswith("Error: {")}
    assert same <= {"Options", "Usage:"}


def test_nothing_is_translated_that_neither_a_command_nor_click_says() -> None:
    words = "".join(getsource(module) for module in MODULES)
    click_says = {
        key
        for key in parse(text_of("de", HELP)).entries
        if f'"{key}"' in words or key in OF_DECORATORS or key == "required"
    }
    assert set(parse(text_of("de", HELP)).entries) - everything() - click_says == set()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("de", ("Aufruf: mutuals export [OPTIONS] FILE", "Schreibt alles, was du hast, in FILE", "Zeigt diese Hilfe")),
        ("ja", ("使い方: mutuals export [OPTIONS] FILE", "オプション:", "このヘルプを表示して終わります。")),
        ("ar", ("الاستعمال: mutuals export [OPTIONS] FILE", "الخيارات:", "كتابة كل ما لديك في FILE")),
    ],
)
def test_the_help_of_a_command_is_in_the_language(
    environment: pytest.MonkeyPatch, code: str, words: tuple[str, ...]
) -> None:
    environment.setenv("MUTUALS_LANGUAGE", code)
    done = helped("export")
    assert (done.code, [word for word in words if word not in done.out]) == (0, [])
    assert "Write everything" not in done.out


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_command_is_listed_in_the_language_within_the_terminal(
    environment: pytest.MonkeyPatch, code: str
) -> None:
    environment.setenv("MUTUALS_LANGUAGE", code)
    for path, command in commands(mutuals):
        told = helped(*path).out
        english = [word for word in ("the", "this", "with", "your") if f" {word} " in told]
        assert (english, [line for line in told.splitlines() if columns(line) > 80]) == ([], []), (path, told)
        assert command.params == [] or "--help" in told


def test_english_help_is_clicks_own_also_after_another_language_was_spoken(environment: pytest.MonkeyPatch) -> None:
    before = helped("share", "join")
    environment.setenv("MUTUALS_LANGUAGE", "ko")
    assert helped("share", "join") != before
    environment.setenv("MUTUALS_LANGUAGE", "en")
    assert helped("share", "join") == before
    assert "Share the notebook through PLACE." in before.out


@pytest.mark.parametrize(
    ("code", "arguments", "refusal"),
    [
        ("de", ("export",), "Fehler: Es fehlt das Argument 'FILE'.\n"),
        ("ja", ("exprt",), "エラー: コマンド'exprt'はありません。\n"),
        ("ar", ("start", "--port", "5"), "خطأ: قيمة غير صالحة لـ '--port': 5 خارج النطاق 1024<=x<=65535.\n"),
        ("fr", ("unpair",), "Erreur\u202f: Nommez une origine, ou donnez --all.\n"),
        ("es", ("restore", "/nowhere"), "Error: Valor no válido para 'FILE': '/nowhere' no existe.\n"),
    ],
)
def test_a_wrong_command_line_is_refused_in_the_language_with_the_same_exit_code(
    environment: pytest.MonkeyPatch, code: str, arguments: tuple[str, ...], refusal: str
) -> None:
    environment.setenv("MUTUALS_LANGUAGE", code)
    done = run(None, *arguments)
    assert done.code == USAGE
    assert done.err.endswith(refusal)


def test_english_loads_no_catalogue_and_no_formatter_for_its_help() -> None:
    program = (
        "import sys; from companion.cli.main import main\ntry: main(['doctor', '--help'])\nexcept SystemExit: pass\n"
        "sys.exit(any(name in sys.modules for name in ('companion.cli.spoken_help', 'companion.i18n.catalogue')))"
    )
    environment = {**os.environ, "MUTUALS_LANGUAGE": "en"}
    assert (
        subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False).returncode
        == 0
    )


def test_a_command_in_another_language_reads_no_catalogue_before_it_says_something() -> None:
    program = (
        "import sys; from companion.cli.spoken_help import install; install(); "
        "sys.exit('companion.i18n.catalogue' in sys.modules)"
    )
    environment = {**os.environ, "MUTUALS_LANGUAGE": "ja"}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0


@given(text=st.text("ab あ漢。、 한", max_size=60), width=st.integers(10, 30))
def test_lines_keep_every_letter_and_are_full_only_where_nothing_can_be_broken(text: str, width: int) -> None:
    broken = lines(text, width)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert [line for line in broken if columns(line) > width and (" " in line or set(line) <= set("あ漢"))] == []


def test_no_line_of_japanese_begins_with_a_sign_that_ends_a_sentence() -> None:
    assert lines("見たものを消します。", 18) == ["見たものを消しま", "す。"]
    assert lines("mutualsを見ます、", 10) == ["mutualsを", "見ます、"]
