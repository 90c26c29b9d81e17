"""The log file: private, bounded, in UTF-8, with the last word at hand."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

import pytest

from companion.install import log_file
from companion.install.log_file import end_log, last_line, log, log_to


def test_what_is_logged_stands_in_the_file_and_the_last_line_is_found(tmp_path: Path) -> None:
    path = tmp_path / "log/companion.log"
    assert last_line(path) is None
    handler = log_to(path, verbose=False)
    log.info("ready")
    log.debug("only when asked for")
    log.warning("Ольга 木 \udc80")
    end_log(handler)
    assert "ready" in path.read_text(encoding="utf-8")
    assert "only when asked for" not in path.read_text(encoding="utf-8")
    assert (last_line(path) or "").endswith("WARNING mutuals: Ольга 木 \\udc80")
    log.warning("after the end")
    assert "after the end" not in path.read_text(encoding="utf-8")


def test_a_verbose_log_says_more(tmp_path: Path) -> None:
    handler = log_to(tmp_path / "companion.log", verbose=True)
    log.debug("detail")
    end_log(handler)
    assert "detail" in (last_line(tmp_path / "companion.log") or "")
    log.setLevel(logging.NOTSET)


@pytest.mark.posix
def test_only_its_owner_can_read_it_and_its_predecessors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "BYTES", 200)
    handler = log_to(tmp_path / "log/companion.log", verbose=False)
    for number in range(30):
        log.info("line %d", number)
    end_log(handler)
    files = sorted(path.name for path in (tmp_path / "log").iterdir())
    assert files == ["companion.log", "companion.log.1", "companion.log.2", "companion.log.3"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "log").iterdir()} == {0o600}
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700
