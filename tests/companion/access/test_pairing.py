"""Pairing: one short code, a short time, few tries, and a token that is told once and bound to its origin."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from companion.access.clients import Clients
from companion.access.pairing import ALPHABET, CODE_LENGTH, Pairing, normalised
from tests.companion.conftest import NOW, House

FOX = "moz-extension://0f0f0f0f-1111-2222-3333-444444444444"


def window(folder: Path) -> Pairing:
    return Pairing(folder / "pairing.json", 120, 5)


def test_the_code_is_short_readable_and_never_the_same(tmp_path: Path) -> None:
    codes = {window(tmp_path).open(NOW) for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(f"[{ALPHABET}]{{{CODE_LENGTH}}}", code) for code in codes)
    assert not set("01IO") & set(ALPHABET)


def test_a_right_code_works_once(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    code = pairing.open(NOW)
    assert pairing.take(code, NOW + 60)
    assert not pairing.take(code, NOW + 61)


def test_the_window_shuts_after_two_minutes(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    code = pairing.open(NOW)
    assert not pairing.take(code, NOW + 121)


def test_the_fifth_wrong_try_shuts_the_window(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    code = pairing.open(NOW)
    for _ in range(5):
        assert not pairing.take("AAAAAAAA", NOW)
    assert not pairing.take(code, NOW)


def test_a_window_opened_by_another_process_is_seen_by_the_running_one(tmp_path: Path) -> None:
    running, command = window(tmp_path), window(tmp_path)
    assert not running.is_open(NOW)
    assert running.take(command.open(NOW), NOW + 5)


def test_the_code_itself_is_never_on_the_disk(tmp_path: Path) -> None:
    code = window(tmp_path).open(NOW)
    assert code not in (tmp_path / "pairing.json").read_text()


@given(st.text(alphabet=ALPHABET, min_size=8, max_size=8))
def test_a_code_is_the_same_however_it_is_typed(code: str) -> None:
    assert normalised(f" {code[:4].lower()}-{code[4:]} ") == code


def test_pairing_over_the_wire_tells_the_token_once_and_keeps_only_its_hash(house: House) -> None:
    code = house.stores.pairing.open(NOW)
    answer = house.raw("/v1/pair", {"code": code, "client": "Firefox"}, Origin=FOX, Authorization=None).get_json()
    kept = house.settings.clients_path
    assert answer["token"] not in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert house.raw("/v1/status", Origin=FOX, Authorization=f"Bearer {answer['token']}").status_code == 200


def test_pairing_again_ends_the_older_token_of_that_origin(house: House) -> None:
    old = house.token
    house.token = house.stores.clients.add("chrome-extension://abcdefghijklmnopabcdefghijklmnop", "again", NOW)
    assert house.raw("/v1/status").status_code == 200
    assert house.raw("/v1/status", Authorization=f"Bearer {old}").status_code == 401


def test_unpairing_by_another_process_shuts_out_at_once(house: House) -> None:
    assert house.raw("/v1/status").status_code == 200
    Clients(house.settings.clients_path).remove("chrome-extension://abcdefghijklmnopabcdefghijklmnop")
    assert house.raw("/v1/status").status_code == 401
