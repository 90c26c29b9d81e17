"""A seeded storm of requests: no combination ever writes, fails with a 500, or shares a reply with a stranger."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import TypeVar

from tests.companion.conftest import NOW, ORIGIN, PORT, VIEWER, WREN, House

ROUNDS = 600
T = TypeVar("T")
HOSTS = [f"127.0.0.1:{PORT}", f"localhost:{PORT}", "evil.example", "", f"127.0.0.1:{PORT}.evil", "127.0.0.1", None]
ORIGINS = [
    ORIGIN,
    "chrome-extension://" + "b" * 32,
    "moz-extension://0f0f0f0f-1111-2222-3333-444444444444",
    "https://x.com",
    "null",
    "",
    None,
    ORIGIN + ".evil.example",
    "*",
]
METHODS = ["POST", "GET", "OPTIONS", "PUT", "HEAD", "DELETE", "BREW"]
PATHS = [
    "/v1/writes",
    "/v1/forget",
    "/v1/status",
    "/v1/pair",
    "/v1//writes",
    "/%76%31/writes",
    "/V1/writes",
    "/v1/writes/",
    "/web",
    "/web/enter/x",
    "/web/../v1/writes",
    "/",
    "/v1/sightings",
    "/v1/%77rites",
]
TYPES = [
    "application/json",
    "text/plain",
    "",
    None,
    "application/json; charset=utf-8",
    "multipart/form-data; boundary=x",
]
APIS = ["1", "2", "", None, "1.9"]


def bodies(house: House) -> list[bytes]:
    write = {
        "instance": house.stores.notebook.instance,
        "viewer": VIEWER,
        "op": "fuzz-0001",
        "kind": "note",
        "person": WREN,
        "body": {"text": "hacked"},
        "base": None,
        "at": NOW,
    }
    return [
        json.dumps(write).encode(),
        b"{}",
        b"",
        b"\x00" * 50,
        b"[" * 5000,
        json.dumps({"code": "AAAAAAAA", "client": "x"}).encode(),
    ]


def pick(chance: random.Random, values: Sequence[T]) -> T:
    """The first value, the proper one, more often than not: else no request would ever come far."""
    return values[0] if chance.random() < 0.7 else chance.choice(values)


def test_no_combination_writes_fails_or_leaks(house: House) -> None:
    chance = random.Random(20261122)
    tokens = [house.token, "wrong", "", None, house.token[:-1], house.token + "x"]
    sent, written = bodies(house), 0
    for number in range(ROUNDS):
        origin, host, token = pick(chance, ORIGINS), pick(chance, HOSTS), pick(chance, tokens)
        method, path, kind, api = pick(chance, METHODS), pick(chance, PATHS), pick(chance, TYPES), pick(chance, APIS)
        changed = {
            "Host": host, "Origin": origin, "Authorization": None if token is None else f"Bearer {token}",
            "Content_Type": kind, "X_Mutuals_Api": api,
        }  # fmt: skip
        answer = house.raw(path, pick(chance, sent).replace(b"fuzz-0001", b"fuzz-%04d" % number), method, **changed)
        what = (method, path, host, origin, token == house.token, kind, api, answer.status_code)
        assert answer.status_code < 500, what
        if origin != ORIGIN or host not in HOSTS[:2]:
            assert "Access-Control-Allow-Origin" not in answer.headers, what
            assert answer.status_code >= 400, what
        proper = method == "POST" and token == house.token and origin == ORIGIN and host in HOSTS[:2]
        proper = proper and api in {"1", "1.9"} and kind in {TYPES[0], TYPES[4]}
        assert proper or house.stores.notebook.people() == [], what
        written += house.stores.notebook.forget("2000001")
    assert written > 3, "the storm never once hit the right combination, so it would prove little"
