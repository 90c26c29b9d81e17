"""Output that is redirected on Windows: a code page without the letters that are printed, and line ends of its own."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from companion.cli.main import main
from tests.companion.cli.runs import run
from tests.companion.export.folders import fill

POT = "\U0001fab4"


def printed(monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, bytes]:
    """Run a command whose output Windows redirects; return its exit code and the bytes that were written."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n", write_through=True)
    monkeypatch.setattr(sys, "stdout", out)
    try:
        main(list(words))
    except SystemExit as end:
        return int(end.code or 0), raw.getvalue()
    return 0, raw.getvalue()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.csv"
    path.write_text(f"handle,note\nferngate,met {POT}\n", "utf-8")
    return path


def test_a_path_that_the_code_page_lacks_is_escaped_and_the_command_succeeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "Ольга 木"
    fill(home)
    code, out = printed(monkeypatch, "backup", "--data", str(home))
    assert code == 0
    assert rb"\u041e\u043b\u044c\u0433\u0430" in out


def test_json_stays_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: Path) -> None:
    data = str(tmp_path / "data")
    code, out = printed(monkeypatch, "import", "notes", "--dry-run", "--json", "--data", data, str(notes))
    assert code == 0
    assert json.loads(out.decode("cp1252"))["people"][0]["note"] == f"met {POT}"


@pytest.mark.parametrize("form", ["csv", "vcard", "markdown", "json"])
def test_an_export_to_the_screen_is_written_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, notes: Path, form: str
) -> None:
    data, file = tmp_path / "data", tmp_path / "all"
    assert run(data, "import", "notes", str(notes)).code == 0
    assert run(data, "export", str(file), "--format", form).code == 0
    code, out = printed(monkeypatch, "export", "--data", str(data), "-", "--format", form)
    assert code == 0
    assert POT.encode() in out or form == "json"
    assert b"\r\r" not in out
    if form != "json":
        assert out == file.read_bytes()
        return
    as_shells_write_it = out.replace(b"\r\n", b"\n").decode().replace("\n", "\r\n")
    for number, data_in in enumerate((out, *(as_shells_write_it.encode(name) for name in ("utf-16", "utf-8-sig")))):
        file.write_bytes(data_in)
        assert run(tmp_path / f"other-{number}", "import", "mutuals", str(file)).code == 0
    file.write_bytes(as_shells_write_it.replace("ferngate", "kilnhouse").encode("utf-16"))
    assert "was changed or cut off" in run(tmp_path / "changed", "import", "mutuals", str(file)).err


@pytest.mark.parametrize("command", [("doctor",), ("pair", "--no-open"), ("forget", "--yes", "@nobodyhere")])
def test_without_any_stream_as_under_pythonw_a_command_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    said = run(tmp_path, *command)
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    with pytest.raises(SystemExit) as end:
        main([*command, "--data", str(tmp_path)])
    assert int(end.value.code or 0) == said.code
