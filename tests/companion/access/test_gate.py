"""Every row of the gate's table, and the incidents of other local servers, each as a test with its name."""

from __future__ import annotations

import json
import re

import pytest
from werkzeug.test import TestResponse

from companion.access.headers import PROOF_HEADERS
from companion.errors import SettingError
from companion.server.app import whole_of
from companion.server.serve import listen
from tests.companion.conftest import HOST, NOW, ORIGIN, PORT, VIEWER, WREN, House

OTHER = "chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba"


def refused(answer: TestResponse, status: int, code: str) -> None:
    """The refusal has its status and code, its headers, and nothing for a stranger's browser."""
    assert (answer.status_code, json.loads(answer.get_data())["error"]) == (status, code)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "X-Mutuals-Api" not in answer.headers, "no refusal tells a version"


def shut_to_strangers(answer: TestResponse) -> None:
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        f"127.0.0.1:{PORT + 1}",
        f"127.0.0.1.evil.example:{PORT}",
        f"[::1]:{PORT}",
        f"127.1:{PORT}",
    ],
)
def test_row_1_host(house: House, host: str) -> None:
    refused(house.raw("/v1/status", Host=host), 421, "host")


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://x.com",
        "http://127.0.0.1:17653",
        "file://",
        ORIGIN + "/",
        ORIGIN + ".evil.example",
        "chrome-extension://" + "a" * 65,
        "x" + ORIGIN,
        ORIGIN.upper(),
    ],
)
def test_row_2_origin(house: House, origin: str | None) -> None:
    answer = house.raw("/v1/status", Origin=origin)
    refused(answer, 403, "origin")
    shut_to_strangers(answer)


def test_row_3_options_from_an_unpaired_origin(house: House) -> None:
    answer = house.raw("/v1/status", method="OPTIONS", Origin=OTHER)
    refused(answer, 403, "origin")
    shut_to_strangers(answer)


def test_row_3_options_from_the_paired_origin_names_exactly_it(house: House) -> None:
    asked: dict[str, str | None] = {
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": ",".join(["content-type", *PROOF_HEADERS]),
    }
    answer = house.raw("/v1/status", method="OPTIONS", **asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    allowed = {name.strip() for name in answer.headers["Access-Control-Allow-Headers"].lower().split(",")}
    assert allowed == set(str(asked["Access_Control_Request_Headers"]).split(","))


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "TRACE"])
def test_row_4_method(house: House, method: str) -> None:
    answer = house.raw("/v1/status", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json",
        "application/octet-streams",
        "text/plain; application/octet-stream",
        "application/octet-stream; charset=utf-16",
    ],
)
def test_row_5_content_type(house: House, kind: str | None) -> None:
    refused(house.raw("/v1/status", Content_Type=kind), 415, "content-type")


def test_row_5_compressed_bodies_are_refused_unread(house: House) -> None:
    refused(house.raw("/v1/status", Content_Encoding="gzip"), 415, "content-type")


def test_row_6_length(house: House) -> None:
    for length, status in (
        (-1, 411),
        ("", 411),
        ("many", 411),
        (house.settings.max_body_bytes + 1, 413),
        ("9" * 30, 413),
    ):
        headers, _ = house.request("/v1/status", b"{}")
        del headers["Content-Length"]
        answer = house.client.post("/v1/status", headers=headers, environ_overrides={"CONTENT_LENGTH": str(length)})
        refused(answer, status, "length")


@pytest.mark.parametrize("length", [3000, 8_000_000])
def test_row_6_a_stranger_who_pairs_may_send_little(house: House, length: int) -> None:
    headers = {"Host": HOST, "Origin": OTHER, "Content-Type": "application/json"}
    answer = house.client.post("/v1/pair", headers=headers, environ_overrides={"CONTENT_LENGTH": str(length)})
    refused(answer, 413, "length")


def test_row_7_pairing_with_the_window_shut_or_a_wrong_code_is_one_answer(house: House) -> None:
    wrong = {"ticket": "00" * 40, "proof": "00" * 32}
    shut = house.plain("/v1/pair/confirm", wrong, OTHER)
    house.stores.pairing.open(NOW)
    open_ = house.plain("/v1/pair/confirm", wrong, OTHER)
    odd = house.plain("/v1/pair/confirm", {"code": 5}, OTHER)
    first = house.plain("/v1/pair", {"share": "00" * 32}, OTHER)
    assert shut.get_data() == open_.get_data() == odd.get_data() == first.get_data()
    refused(shut, 403, "pairing")


def test_row_8_unpaired(house: House) -> None:
    refused(house.raw("/v1/status", Origin=OTHER), 401, "unpaired")


def test_row_10_version(house: House) -> None:
    for api in (None, "", "0", "1", "3", "one", "2" * 30):
        answer = house.raw("/v1/status", X_Mutuals_Api=api)
        refused(answer, 426, "version")
        assert not any(character.isdigit() for character in answer.get_data(as_text=True))


def test_row_11_a_body_of_another_key_or_request_does_not_open(house: House) -> None:
    headers, data = house.request("/v1/status", b"{}")
    for body in (data[:-1] + bytes([data[-1] ^ 1]), bytes(len(data)), house.request("/v1/status", b"{}")[1]):
        headers, _ = house.request("/v1/status", b"{}")
        answer = house.client.post("/v1/status", headers=headers, data=body)
        told = json.loads(house.opened(answer, headers["X-Mutuals-Nonce"]).get_data())
        assert (answer.status_code, told["error"]) == (400, "body")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"\x00", 400),
        (b"{", 400),
        (b"[" * 100_000, 422),
        (b'{"viewer":' * 50_000, 400),
        (b"\xff\xfe", 400),
        (b"nul", 400),
    ],
)
def test_row_11_what_is_no_json(house: House, body: bytes, status: int) -> None:
    refused(house.raw("/v1/recent", body), status, "body")


def test_row_11_the_wrong_shape_names_its_field(house: House) -> None:
    answer = house.raw("/v1/badges", {"viewer": VIEWER, "handles": ["a", 5]})
    refused(answer, 422, "body")
    assert "handles" in json.loads(answer.get_data())["field"]


def test_the_rows_are_judged_in_their_order(house: House) -> None:
    """A request wrong in every way gets the first row's answer; each mended fault brings the next."""
    faults: dict[str, str | None] = {
        "Host": "evil.example",
        "Origin": "https://evil.example",
        "Content_Type": "text/plain",
        "X_Mutuals_Proof": "no",
        "X_Mutuals_Api": "9",
    }
    found = []
    for mended in [None, "Host", "Origin", "Content_Type", "X_Mutuals_Proof", "X_Mutuals_Api"]:
        faults.pop(mended or "", None)
        found.append(json.loads(house.raw("/v1/status", b"{", "POST", **faults).get_data())["error"])
    assert found == ["host", "origin", "content-type", "proof", "version", "body"]


def test_a_proper_request_comes_in(house: House) -> None:
    assert house.ask("status", {})["api"] == 2


# --- incidents of other local servers ---------------------------------------------------------------------------------


def test_page_origin_rejected(house: House) -> None:
    refused(house.raw("/v1/status", Origin="https://x.com"), 403, "origin")


def test_rebinding_host_rejected(house: House) -> None:
    refused(house.raw("/v1/status", Host=f"rebind.evil.example:{PORT}"), 421, "host")
    assert house.client.get("/web", headers={"Host": f"rebind.evil.example:{PORT}"}).status_code == 421


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "//",
        "/v1",
        "/v1/",
        "//v1/status",
        "/v1//status",
        "/%76%31/status",
        "/v1/%73tatus",
        "/v1/status/",
        "/V1/STATUS",
        "/v1/../v1/status",
        "/v1/nothing",
        "/static/x",
        "/web/../v1/status",
        "/v1;/status",
        "/v1/status%00",
    ],
)
def test_gate_covers_unknown_and_encoded_paths(house: House, path: str) -> None:
    answer = house.raw(path, Origin=OTHER)
    assert answer.status_code in {401, 403}
    shut_to_strangers(answer)


def test_other_extension_rejected_even_with_the_key(house: House) -> None:
    refused(house.raw("/v1/status", Origin=OTHER), 401, "unpaired")
    house.stores.clients.add(OTHER, "other", bytes(32), NOW)
    refused(house.raw("/v1/status", Origin=OTHER), 401, "proof")


def test_rejected_write_changes_nothing(house: House) -> None:
    ask = {
        "instance": house.stores.notebook.instance,
        "viewer": VIEWER,
        "op": "op-000001",
        "kind": "note",
        "person": WREN,
        "body": {"text": "x"},
        "base": None,
        "at": NOW,
    }
    for changed in (
        {"Origin": OTHER},
        {"X_Mutuals_Proof": "no"},
        {"Content_Type": "text/plain"},
        {"Host": "evil.example"},
    ):
        assert house.raw("/v1/writes", ask, **changed).status_code >= 400
    assert house.stores.notebook.people() == []


def test_origin_prefix_rejected(house: House) -> None:
    for origin in (ORIGIN + "x", ORIGIN[:-1], ORIGIN + "@evil.example", ORIGIN + "\\.evil"):
        assert house.raw("/v1/status", Origin=origin).status_code in {401, 403}


def test_proof_required_even_on_loopback(house: House) -> None:
    refused(house.raw("/v1/status", X_Mutuals_Proof=None), 401, "proof")


def test_host_check_on_by_default_for_the_dashboard_too(house: House) -> None:
    assert house.client.get("/web", headers={"Host": "evil.example"}).status_code == 421


def test_refuses_non_loopback_bind(house: House) -> None:
    for host in ("0.0.0.0", "::", "192.168.1.5", "localhost"):
        with pytest.raises(SettingError, match="no network server"):
            listen(whole_of(house.app), house.settings, host)


def test_a_paired_page_reads_replies_and_nobody_else_does(house: House) -> None:
    assert house.raw("/v1/status").headers["Access-Control-Allow-Origin"] == ORIGIN
    for changed in ({"Origin": OTHER}, {"Origin": "https://x.com"}, {"Host": "evil.example"}):
        shut_to_strangers(house.raw("/v1/status", **changed))


def test_the_log_tells_the_reason_and_the_origin_and_is_not_flooded(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(40):
        house.raw("/v1/status", {"secret": "phone first"}, X_Mutuals_Proof="guess")
    text = caplog.text
    assert "proof" in text
    assert ORIGIN in text
    assert "guess" not in text
    assert "phone first" not in text
    assert len(re.findall("refused:", text)) <= 10
