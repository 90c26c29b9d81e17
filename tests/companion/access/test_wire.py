"""The sealed wire and the exchange of pairing against fixed values, which the extension's tests hold to as well."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.access import cpace, wire
from companion.access.replays import KEPT_MS, WINDOW_MS, Replays
from companion.errors import BodyError

VECTORS: dict[str, dict[str, str]] = json.loads((Path(__file__).parents[2] / "wire_vectors.json").read_text("utf-8"))
DRAFT, WIRE = VECTORS["cpace"], VECTORS["wire"]
NOW = 1_790_000_000_000


def bytes_of(name: str) -> bytes:
    return bytes.fromhex(DRAFT[name])


def test_the_exchange_gives_the_values_of_the_draft() -> None:
    point = cpace.generator(bytes_of("code"), bytes_of("channel"), bytes_of("session"))
    assert point == bytes_of("generator")
    for side in "ab":
        assert cpace.multiply(bytes_of(f"scalar_{side}"), point) == bytes_of(f"share_{side}")
    shared = cpace.multiply(bytes_of("scalar_a"), bytes_of("share_b"))
    assert shared == cpace.multiply(bytes_of("scalar_b"), bytes_of("share_a")) == bytes_of("shared")
    ads = (bytes_of("ad_a"), bytes_of("ad_b"))
    key = cpace.session_key(shared, bytes_of("share_a"), bytes_of("share_b"), bytes_of("session"), *ads)
    assert key == bytes_of("key")


@pytest.mark.parametrize("point", [*DRAFT["weak"], "00", ""])
def test_a_point_of_small_order_gives_no_key(point: str) -> None:
    with pytest.raises(cpace.WeakPointError):
        cpace.multiply(bytes_of("scalar_a"), bytes.fromhex(point))


@given(st.lists(st.binary(max_size=300), max_size=4), st.lists(st.binary(max_size=300), max_size=4))
def test_two_lists_never_give_the_same_bytes(one: list[bytes], other: list[bytes]) -> None:
    assert (cpace.lv_cat(*one) == cpace.lv_cat(*other)) == (one == other)


def test_a_request_and_its_answer_are_sealed_as_the_extension_does_it() -> None:
    keys = wire.Keys.of(bytes.fromhex(WIRE["secret"]))
    assert [keys.client, *(key.hex() for key in keys[1:])] == [WIRE[name] for name in ("client", "head", "up", "down")]
    listed = wire.Claims(*WIRE["listed"].split("\n")).listed()
    assert listed.decode() == WIRE["listed"]
    assert wire.proof_fits(keys.head, listed, WIRE["proof"])
    exchange = wire.Exchange(keys, listed, WIRE["nonce"])
    assert exchange.open(bytes.fromhex(WIRE["sealed"])).decode() == WIRE["body"]
    answer = wire.unseal(keys.down, bytes.fromhex(WIRE["sealed_answer"]), f"{WIRE['nonce']}\n200".encode())
    assert answer.decode() == WIRE["answer"]


def test_the_secret_of_an_older_pairing_is_the_one_that_the_extension_forms() -> None:
    token = VECTORS["token"]
    assert wire.secret_of_token(sha256(token["token"].encode()).digest()).hex() == token["secret"]


@given(st.binary(max_size=200), st.data())
def test_not_one_bit_of_a_sealed_body_can_be_changed(plain: bytes, data: st.DataObject) -> None:
    sealed = wire.seal(bytes(32), plain, b"list")
    assert wire.unseal(bytes(32), sealed, b"list") == plain
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    for body, bound_to in ((bytes(changed), b"list"), (sealed, b"lists"), (sealed[:-1], b"list")):
        with pytest.raises(BodyError):
            wire.unseal(bytes(32), body, bound_to)


@pytest.mark.parametrize("size", range(0, 29, 4))
def test_a_body_too_short_to_be_sealed_does_not_open(size: int) -> None:
    with pytest.raises(BodyError):
        wire.unseal(bytes(32), bytes(size), b"")


@given(st.tuples(*[st.text(st.characters(exclude_characters="\\"), max_size=8)] * 8), st.data())
def test_no_other_claims_have_the_same_list(values: tuple[str, ...], data: st.DataObject) -> None:
    other = data.draw(st.permutations(values))
    one, two = wire.Claims(*values), wire.Claims(*other)
    assert (one.listed() == two.listed()) == (one == two)


def test_a_nonce_counts_once_and_for_one_client() -> None:
    replays = Replays(NOW)
    assert replays.use("a", "n1", NOW, NOW)
    assert not replays.use("a", "n1", NOW + 5, NOW + 5)
    assert not replays.fresh("a", "n1", NOW, NOW)
    assert replays.use("b", "n1", NOW, NOW)
    assert replays.use("a", "n2", NOW, NOW)


def test_asking_uses_nothing_up() -> None:
    replays = Replays(NOW)
    assert all(replays.fresh("a", "n1", NOW, NOW) for _ in range(3))
    assert replays.use("a", "n1", NOW, NOW)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-70_000, 70_000), st.integers(0, 40_000)), max_size=200))
def test_nothing_is_ever_taken_twice_however_little_is_remembered(steps: list[tuple[int, int, int]]) -> None:
    """Ten nonces are remembered; requests come late, early, again, and after long pauses."""
    replays, taken, now = Replays(NOW, most=10), set[tuple[int, int]](), NOW
    sent: dict[int, int] = {}
    for number, offset, pause in steps:
        now += pause
        time = sent.setdefault(number, now + offset)
        if replays.use("a", f"n{number}", time, now):
            assert (number, time) not in taken
            taken.add((number, time))


def test_the_clock_may_be_set_back() -> None:
    """Somebody puts an hour too much right: the extension is not shut out for that hour."""
    replays = Replays(NOW)
    earlier = NOW - 3_600_000
    assert replays.use("a", "n1", earlier, earlier)


def test_what_is_remembered_is_bounded_in_number_and_time() -> None:
    replays = Replays(NOW, most=100)
    for number in range(1000):
        assert replays.use("a", f"n{number}", NOW + number, NOW + number)
    seen = replays._clients["a"]
    assert len(seen.nonces) == len(seen.order) == 100
    later = NOW + 1000 + KEPT_MS
    assert replays.use("a", "late", later, later)
    assert seen.nonces == {"late"}
    assert not replays.fresh("a", "n999", NOW + 999, later)
    assert WINDOW_MS * 2 == KEPT_MS
