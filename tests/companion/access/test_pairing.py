"""Pairing: one short code, a short time, and a key that only two sides with the same code agree on."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.access.clients import Clients
from companion.access.cpace import generator, multiply, session_key
from companion.access.pairing import (
    ALPHABET,
    CODE_LENGTH,
    Agreed,
    Pairing,
    channel,
    code_secret,
    confirmation,
    fingerprint,
    grouped,
    normalised,
)
from companion.access.wire import secret_of_token
from companion.errors import TornDataError
from tests import sealed_client
from tests.companion.conftest import HOST, NOW, ORIGIN, House
from tests.sealed_client import SealedClient

FOX = "moz-extension://0f0f0f0f-1111-2222-3333-444444444444"
HERE = channel(HOST, FOX)
MINUTES = 60


def window(folder: Path) -> Pairing:
    return Pairing(folder / "pairing.json", 15 * MINUTES)


def exchange(
    pairing: Pairing, code: str, now: int = NOW, said_to: bytes = HERE, confirmed_to: bytes = HERE
) -> Agreed | None:
    """Take the extension's part with a code; None where the companion does not accept it."""
    scalar = os.urandom(32)
    share = multiply(scalar, generator(code_secret(code), said_to))
    offer = pairing.offer(share, said_to, now)
    key = session_key(multiply(scalar, offer.share), share, offer.share)
    return pairing.confirm(offer.ticket, confirmation(key, "extension"), confirmed_to, now)


def test_a_windows_name_is_the_same_in_terminal_page_and_extension(tmp_path: Path) -> None:
    assert fingerprint(code_secret("K7QX2-MNP45")) == "2PFX-EBTR", "as wire.test.mjs has it"
    pairing = window(tmp_path)
    assert pairing.secret(NOW) is None
    code = pairing.open(NOW)
    assert pairing.secret(NOW) == code_secret(code)
    assert pairing.secret(NOW + 15 * MINUTES) is None


def test_the_code_is_short_readable_and_never_the_same(tmp_path: Path) -> None:
    codes = {window(tmp_path).open(NOW) for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}", code) for code in codes)
    assert CODE_LENGTH == 10
    assert not set("01IO") & set(ALPHABET)


def test_a_right_code_works_once(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    code = pairing.open(NOW)
    assert exchange(pairing, code, NOW + 60) is not None
    assert exchange(pairing, code, NOW + 61) is None


def test_the_window_shuts_after_a_quarter_of_an_hour(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    code = pairing.open(NOW)
    assert exchange(pairing, code, NOW + 15 * MINUTES) is None
    assert exchange(pairing, code, NOW + 15 * MINUTES - 1) is not None


def test_a_stranger_cannot_use_up_the_tries_of_the_user(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    code = pairing.open(NOW)
    for _ in range(50):
        assert exchange(pairing, "AAAAA-AAAAA") is None
        assert pairing.confirm(os.urandom(96), bytes(32), HERE, NOW) is None
    assert exchange(pairing, code) is not None


def test_an_exchange_begun_before_a_new_window_does_not_count_in_it(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    old = pairing.open(NOW)
    scalar = os.urandom(32)
    share = multiply(scalar, generator(code_secret(old), HERE))
    offer = pairing.offer(share, HERE, NOW)
    key = session_key(multiply(scalar, offer.share), share, offer.share)
    new = pairing.open(NOW)
    assert pairing.confirm(offer.ticket, confirmation(key, "extension"), HERE, NOW) is None
    assert exchange(pairing, new) is not None


def test_an_exchange_cannot_be_passed_on_for_another_extension_or_address(tmp_path: Path) -> None:
    pairing = window(tmp_path)
    code = pairing.open(NOW)
    for other in (channel(HOST, ORIGIN), channel("127.0.0.1:1", FOX)):
        assert exchange(pairing, code, said_to=other) is None
        assert exchange(pairing, code, confirmed_to=other) is None


def test_the_companions_proof_is_not_the_extensions(tmp_path: Path) -> None:
    """Whoever sends the companion's own proof back is not let in by it."""
    pairing = window(tmp_path)
    pairing.open(NOW)
    offer = pairing.offer(multiply(os.urandom(32), (9).to_bytes(32, "little")), HERE, NOW)
    assert pairing.confirm(offer.ticket, offer.proof, HERE, NOW) is None


def test_a_window_opened_by_another_process_is_seen_by_the_running_one(tmp_path: Path) -> None:
    running, command = window(tmp_path), window(tmp_path)
    assert exchange(running, "AAAAA-AAAAA") is None
    assert exchange(running, command.open(NOW), NOW + 5) is not None


def test_the_code_itself_is_never_on_the_disk(tmp_path: Path) -> None:
    code = window(tmp_path).open(NOW)
    kept = (tmp_path / "pairing.json").read_text()
    assert code not in kept
    assert normalised(code) not in kept
    assert stat.S_IMODE((tmp_path / "pairing.json").stat().st_mode) == 0o600


@given(st.text(alphabet=ALPHABET, min_size=10, max_size=10))
def test_a_code_is_the_same_however_it_is_typed(code: str) -> None:
    assert normalised(f" {grouped(code).lower()} ") == normalised(f"{code[:3]} {code[3:]}") == code


@pytest.mark.parametrize("point", ["00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f"])
def test_a_point_that_gives_no_key_is_refused_like_a_wrong_code(house: House, point: str) -> None:
    house.stores.pairing.open(NOW)
    assert house.plain("/v1/pair", {"share": point}, FOX).status_code == 403


def paired_over_the_wire(house: House, code: str) -> SealedClient:
    def post(path: str, body: Mapping[str, object]) -> dict[str, str]:
        answer = house.plain(path, body, FOX)
        assert answer.status_code == 200, answer.get_data()
        told: dict[str, str] = json.loads(answer.get_data())
        assert normalised(code) not in json.dumps([body, told])
        return told

    secret, told = sealed_client.pair(code, HOST, FOX, post)
    assert told == {"instance": house.stores.notebook.instance, "api": 2}
    return SealedClient(secret, FOX, HOST)


def test_pairing_over_the_wire_gives_a_key_that_works_and_never_travels(house: House) -> None:
    client = paired_over_the_wire(house, house.stores.pairing.open(NOW))
    kept = house.settings.clients_path
    assert client.secret.hex() in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    headers, data = client.request("/v1/status", b"{}", time=str(NOW * 1000))
    answer = house.client.post("/v1/status", headers=headers, data=data)
    status = json.loads(client.open(headers["X-Mutuals-Nonce"], answer.status_code, answer.get_data()))
    assert status["instance"] == house.stores.notebook.instance


def test_the_extension_finds_out_first_that_a_code_is_wrong(house: House) -> None:
    house.stores.pairing.open(NOW)
    with pytest.raises(AssertionError, match="does not know the code"):
        paired_over_the_wire(house, "AAAAA-AAAAA")


def test_nobody_can_tell_whether_a_window_is_open(house: House) -> None:
    """Open or shut, the replies have the same status, headers and shape, and nothing in them repeats."""

    def seen() -> tuple[object, ...]:
        share = multiply(os.urandom(32), (9).to_bytes(32, "little")).hex()
        first = house.plain("/v1/pair", {"share": share}, FOX)
        told = json.loads(first.get_data())
        values.extend(told.values())
        last = house.plain("/v1/pair/confirm", {"ticket": told["ticket"], "proof": "00" * 32}, FOX)
        shape = {name: len(value) for name, value in told.items()}
        return first.status_code, sorted(first.headers), shape, last.status_code, last.get_data(), sorted(last.headers)

    values: list[str] = []
    shut = [seen() for _ in range(5)]
    house.stores.pairing.open(NOW)
    open_ = [seen() for _ in range(5)]
    assert all(one == shut[0] for one in [*shut, *open_])
    assert len(set(values)) == len(values)


def test_pairing_again_ends_the_older_key_of_that_origin(house: House) -> None:
    old = house.secret
    house.stores.clients.add(ORIGIN, "again", bytes(32), NOW)
    assert house.raw("/v1/status").status_code == 401
    house.secret = bytes(32)
    assert house.raw("/v1/status").status_code == 200
    assert old != house.secret


def test_unpairing_by_another_process_shuts_out_at_once(house: House) -> None:
    assert house.raw("/v1/status").status_code == 200
    Clients(house.settings.clients_path).remove(ORIGIN)
    assert house.raw("/v1/status").status_code == 401


def test_an_extension_paired_by_an_earlier_version_needs_no_new_pairing(house: House) -> None:
    """Both sides form the key from the SHA-256 of the token, which the companion kept; the token is sent no more."""
    hashed = "8a5edab282632443219e051e4ade2d1d5bbc671c781051bf1437897cbdfea0f1"
    old = {"schema": 1, "clients": [{"origin": ORIGIN, "token_sha256": hashed, "client": "old", "created": 1}]}
    house.settings.clients_path.write_text(json.dumps(old))
    house.secret = secret_of_token(bytes.fromhex(hashed))
    assert house.raw("/v1/status").status_code == 200
    house.stores.clients.add(FOX, "new", bytes(32), NOW)
    assert house.raw("/v1/status").status_code == 200
    assert json.loads(house.settings.clients_path.read_text())["schema"] == 2


@pytest.mark.parametrize("secret", ["", "00", "no hex", "00" * 33])
def test_a_client_without_a_proper_secret_is_a_damaged_file(tmp_path: Path, secret: str) -> None:
    """An empty secret would be a key that everybody knows."""
    path = tmp_path / "clients.json"
    path.write_text(
        json.dumps({"schema": 2, "clients": [{"origin": ORIGIN, "client": "", "created": 1, "secret": secret}]})
    )
    with pytest.raises(TornDataError, match="mutuals pair"):
        Clients(path).keys(ORIGIN)
