"""The header of an encrypted backup: parameters that this version does not know are refused before any key is made."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path

import pytest

from companion.backup import encryption
from companion.backup.encryption import MAX_COST, decrypt, encrypt
from companion.errors import SourceError

PASSPHRASE = "four words make one"


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """An encrypted file with a low cost."""
    (tmp_path / "plain").write_bytes(b"Paper and ink")
    path = tmp_path / "mutuals.sealed"
    with path.open("wb") as file:
        encrypt(tmp_path / "plain", file, PASSPHRASE, cost=16)
    return path


def rewrite_header(path: Path, change: dict[str, object]) -> None:
    line, _, chunks = path.read_bytes().partition(b"\n")
    path.write_bytes(json.dumps(json.loads(line) | change).encode() + b"\n" + chunks)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": 0},
        {"n": 0},
        {"n": 1},
        {"n": 17},
        {"n": MAX_COST * 2},
        {"start": base64.b64encode(b"six6+7").decode()},
        {"start": base64.b64encode(b"8 bytes!").decode()},
    ],
    ids=str,
)
def test_unknown_parameters_are_refused_before_a_key_is_made(
    sealed: Path, change: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_key(*_parameters: object) -> None:
        raise AssertionError("a key was made")

    rewrite_header(sealed, change)
    monkeypatch.setattr(encryption, "_cipher", no_key)
    with pytest.raises(SourceError, match="was sealed in a way that this Mutuals does not know"):
        decrypt(sealed, io.BytesIO(), PASSPHRASE)


def test_the_highest_cost_is_still_known(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class KeyMade(Exception):  # noqa: N818 - ends the test before a key of that cost is made
        pass

    def stop(*_parameters: object) -> None:
        raise KeyMade

    rewrite_header(sealed, {"n": MAX_COST})
    monkeypatch.setattr(encryption, "_cipher", stop)
    with pytest.raises(KeyMade):
        decrypt(sealed, io.BytesIO(), PASSPHRASE)


def test_a_header_that_cannot_be_read_is_no_encrypted_backup(tmp_path: Path) -> None:
    (tmp_path / "cut").write_bytes(b'{"format":"mutuals-sealed","version":1')
    with pytest.raises(SourceError, match="cut is no sealed backup"):
        decrypt(tmp_path / "cut", io.BytesIO(), PASSPHRASE)
