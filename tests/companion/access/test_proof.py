"""Row 9 of the gate's table: a request is proved, about now, and counts once; every fault has the same words."""

from __future__ import annotations

import json

import pytest

from companion.server.app import create_app
from tests.companion.access.test_gate import refused
from tests.companion.conftest import NOW, PORT, VIEWER, House


def test_row_9_every_wrong_proof_gets_the_same_words(house: House) -> None:
    right, _ = house.request("/v1/status", b"{}")
    proof, told = right["X-Mutuals-Proof"], set()
    for given in (None, "", "x", "\u00ff", proof[:-1], proof.upper(), "0" * 64, f"Bearer {proof}"):
        answer = house.raw("/v1/status", X_Mutuals_Proof=given)
        refused(answer, 401, "proof")
        told.add(answer.get_data())
    assert len(told) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"X_Mutuals_Time": str(NOW * 1000 + 1)},
        {"X_Mutuals_Time": None},
        {"X_Mutuals_Nonce": "ab" * 16},
        {"X_Mutuals_Nonce": None},
        {"X_Mutuals_Client": "0" * 16},
        {"X_Mutuals_Client": None},
        {"Host": f"localhost:{PORT}"},
    ],
)
def test_row_9_whatever_the_proof_covers_cannot_be_changed(house: House, changed: dict[str, str | None]) -> None:
    refused(house.raw("/v1/status", None, "POST", **changed), 401, "proof")


def test_row_9_a_proof_for_one_path_or_method_fits_no_other(house: House) -> None:
    headers, data = house.request("/v1/status", b"{}")
    for path in ("/v1/forget", "/v1/badges", "/v1/status/", "/v1/status%0A"):
        refused(house.client.post(path, headers=headers, data=data), 401, "proof")


def test_row_9_a_proof_for_one_length_fits_no_other(house: House) -> None:
    headers, data = house.request("/v1/status", b"{}")
    del headers["Content-Length"]
    refused(house.client.post("/v1/status", headers=headers, data=data + b"x"), 401, "proof")


def test_row_9_a_request_counts_once(house: House) -> None:
    for path in ("/v1/status", "/v1/badges"):
        headers, data = house.request(path, json.dumps({"viewer": VIEWER, "handles": []}).encode())
        assert house.client.post(path, headers=headers, data=data).status_code == 200
        refused(house.client.post(path, headers=headers, data=data), 401, "proof")


@pytest.mark.parametrize("seconds", [-61, 61, -86400, 10**9])
def test_row_9_a_request_of_another_time_is_refused(house: House, seconds: int) -> None:
    headers, data = house.request("/v1/status", b"{}", time=str((NOW + seconds) * 1000))
    refused(house.client.post("/v1/status", headers=headers, data=data), 401, "proof")


@pytest.mark.parametrize(
    "fixed",
    [{"time": "1e9"}, {"time": ""}, {"time": "9" * 30}, {"time": "-1"}, {"nonce": "short"}, {"nonce": "AB" * 16}],
)
def test_row_9_a_proof_over_nonsense_is_no_proof(house: House, fixed: dict[str, str]) -> None:
    headers, data = house.request("/v1/status", b"{}", **fixed)
    refused(house.client.post("/v1/status", headers=headers, data=data), 401, "proof")


def test_row_9_what_was_sent_before_this_run_is_refused_by_it(house: House) -> None:
    """Whoever recorded a request cannot send it to the companion that was started since, which knows no nonces."""
    house.time[0] += 30
    recorded = house.request("/v1/status", b"{}")
    house.time[0] += 20
    settings, stores = house.settings, house.stores
    restarted = create_app(settings, stores, lambda: house.time[0]).test_client()
    refused(restarted.post("/v1/status", headers=recorded[0], data=recorded[1]), 401, "proof")
    fresh = house.request("/v1/status", b"{}")
    assert restarted.post("/v1/status", headers=fresh[0], data=fresh[1]).status_code == 200
