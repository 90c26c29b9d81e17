"""Sync, import and forget while the companion runs: it carries them out, and its pages show it at once."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from companion.cli.exit_codes import PROBLEM, exit_code
from companion.cli.running import Running
from companion.errors import UnknownError
from companion.settings import Settings
from tests.companion.cli.runs import run
from tests.companion.export.folders import fill, stores
from tests.companion.sources.archive.archives import OWNER, mention, script, tweet, write_archive
from tests.companion.sources.x_api.test_keys import MemoryKeyring
from tests.companion_process import CompanionProcess


@pytest.fixture
def data(tmp_path: Path) -> Path:
    fill(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def companion(data: Path) -> Iterator[CompanionProcess]:
    with CompanionProcess(data) as running:
        yield running


def test_notes_and_exports_are_taken_in_and_taken_back(
    companion: CompanionProcess, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.csv").write_text("id,note\n2000003,Met at the fair\n", "utf-8")
    monkeypatch.chdir(tmp_path)  # the companion has another working folder
    done = run(data, "import", "notes", "notes.csv")
    assert (done.code, "New: 1" in done.out) == (0, True), done
    assert run(data, "import", "undo").code == 0
    fill(tmp_path / "other")
    with stores(tmp_path / "other") as (notebook, _):
        notebook.write("op-9", "note", "2000003", {"text": "From the other"}, None, 1, "1000001")
    run(tmp_path / "other", "export", str(tmp_path / "other.json"))
    done = run(data, "import", "mutuals", str(tmp_path / "other.json"))
    assert "New notes: 1" in done.out, done
    companion.stop()
    with stores(data) as (notebook, _):
        note = notebook.about("2000003").note
        assert note is not None
        assert note.text == "From the other"


def test_a_person_is_forgotten_after_the_question_and_what_is_unknown_is_told(
    companion: CompanionProcess, data: Path
) -> None:
    assert run(data, "forget", "@wrenwrites", typed="n\n").code == 1
    done = run(data, "forget", "@wrenwrites", typed="y\n")
    assert (done.code, "is deleted" in done.out) == (0, True), done
    again = run(data, "forget", "--yes", "@wrenwrites")
    assert (again.code, "Nothing is known" in again.err) == (exit_code(UnknownError("")), True)
    companion.stop()
    with stores(data) as (notebook, ledger):
        assert notebook.about("2000001").note is None
        assert ledger.person("1000001", "2000001") is None


def test_an_archive_is_taken_in_and_taken_back(
    companion: CompanionProcess, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entities = {"user_mentions": [mention("50", "tomoturns", 3)], "urls": []}
    posts = [tweet("1900000000000000001", "hi @tomoturns", entities=entities)]
    write_archive(tmp_path / "twitter.zip", {"tweets.js": script("tweets", posts)})
    monkeypatch.chdir(tmp_path)  # the companion has another working folder
    done = run(data, "import", "archive", "twitter.zip")
    assert (done.code, "New in the ledger: 1 interactions" in done.out) == (0, True), done
    assert "Took back twitter.zip: 1 interactions" in run(data, "import", "undo", "twitter.zip").out
    assert "New in the ledger: 1 interactions" in run(data, "import", "archive", "twitter.zip").out
    companion.stop()
    with stores(data) as (_, ledger):
        assert ledger.find(OWNER, handle="tomoturns") == "50"


def test_a_sync_is_the_companions_with_its_keys_and_its_refusals(
    companion: CompanionProcess, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keyring.get_keyring()
    monkeypatch.setattr("click.termui.hidden_prompt_func", input)
    keyring.set_keyring(MemoryKeyring())
    try:
        run(None, "x-api", "login", typed="token\n")
        done = run(data, "sync", "--viewer", "@adaquill")
    finally:
        keyring.set_keyring(before)
    assert (done.code, "x-api login" in done.err) == (PROBLEM, True), done  # the key is in this process alone


def test_only_the_three_commands_are_carried_out_and_only_with_a_session(
    companion: CompanionProcess, data: Path
) -> None:
    with Running(Settings(data=data), companion.port) as running:
        token = json.loads(running.get("/web/handed")[1])["form_token"]
        for words in (["export", "x.json"], [], ["pair"]):
            assert running.post("/web/handed", json.dumps(words).encode(), token)[0] == 422
        assert running.post("/web/handed", b'["forget", "--yes", "@wrenwrites"]', "other")[0] == 403
    connection = http.client.HTTPConnection("127.0.0.1", companion.port, timeout=10)
    connection.request("POST", "/web/handed", b'["forget", "--yes", "@wrenwrites"]')
    assert connection.getresponse().status in (403, 421)
    connection.close()
