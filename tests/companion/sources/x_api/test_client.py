"""Tweepy's client against a server that answers as X documents: pages, money, errors and limits."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest

from companion.errors import MutualsError, SettingError
from companion.sources.x_api.client import XApi, XApiError, loopback
from companion.sources.x_api.keys import Keys
from companion.sources.x_api.prices import micro
from companion.sources.x_api.spending import Spending, SpendingError
from tests.companion.sources.x_api.stand_in import NOW, Reply, StandIn, tweet

MENTIONS = "/2/users/1000001/mentions"


def test_one_user_is_asked_for_and_paid(api: XApi, x: StandIn, spending: Spending) -> None:
    assert api.user(None, "@wrenwrites")["data"] == x.users["wrenwrites"]
    path, query, authorization = x.asked[0]
    assert path == "/2/users/by/username/wrenwrites"
    assert authorization == "Bearer secret-token"
    assert "connection_status" not in query["user.fields"]
    assert spending.today(NOW).total == api.cost == micro("0.01")


def test_user_keys_sign_the_request_and_ask_for_the_relation(x: StandIn, spending: Spending) -> None:
    keys = Keys(None, "consumer", "consumer-secret", "access", "access-secret")
    XApi(keys, spending, lambda: NOW, base=x.base).user("2000001", None)
    _, query, authorization = x.asked[0]
    assert authorization.startswith("OAuth ")
    assert "secret" not in authorization
    assert "connection_status" in query["user.fields"]


def test_pages_follow_one_another_and_shrink_with_what_the_cap_allows(
    api: XApi, x: StandIn, spending: Spending
) -> None:
    x.lists[MENTIONS] = [tweet(1000 - number, "2000001", "hi @adaquill") for number in range(230)]
    spending.set_cap(micro("1.20"))
    seen: list[int] = []
    for page in api.mentions("1000001", 800):
        rows = page["data"]
        assert isinstance(rows, list)
        seen.append(len(rows))
        assert spending.today(NOW).total <= micro("1.20")
    assert sum(seen) == 230
    assert seen[:3] == [100, 99, 31], "each author is charged once, so more is left than was set aside"


def test_the_smallest_page_that_the_cap_does_not_allow_asks_nothing(api: XApi, x: StandIn, spending: Spending) -> None:
    spending.set_cap(micro("0.05"))
    with pytest.raises(SpendingError, match="up to"):
        list(api.mentions("1000001", 800))
    assert x.asked == []


FAILURES = {
    401: "mutuals x-api login",
    402: "credit",
    403: "app's access",
    404: "nothing under that name",
    418: "refused the request",
    500: "try again later",
    503: "try again later",
}


@pytest.mark.parametrize("status", FAILURES)
def test_every_error_is_a_sentence_and_costs_nothing(api: XApi, x: StandIn, spending: Spending, status: int) -> None:
    x.fail = lambda _path: (status, {"title": "No", "detail": "The reason.", "errors": [{"message": "Because."}]}, {})
    with pytest.raises(XApiError) as caught:
        api.user(None, "wrenwrites")
    assert FAILURES[status] in caught.value.message
    assert "Because." in caught.value.message
    assert "secret-token" not in caught.value.message
    assert spending.today(NOW).total == 0


@pytest.mark.parametrize("status", [200, 401, 500])
@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'"x"', b"null", b'{"errors": 7}', b'{"errors": [7]}'])
def test_a_body_that_nobody_documented_is_a_sentence(api: XApi, x: StandIn, status: int, body: bytes) -> None:
    x.fail = lambda _path: (status, body, {})
    if status == 200 and isinstance(_decoded(body), dict):
        assert api.user(None, "wrenwrites") == json.loads(body)
        return
    with pytest.raises(XApiError) as caught:
        api.user(None, "wrenwrites")
    assert caught.value.message.startswith("X's API")


def _decoded(body: bytes) -> object:
    try:
        return json.loads(body)
    except ValueError:
        return None


def test_a_limit_is_reported_with_when_to_try_again(api: XApi, x: StandIn, spending: Spending) -> None:
    x.fail = lambda _path: (429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": str(NOW + 600)})
    with pytest.raises(XApiError, match="in 10 minutes"):
        api.user(None, "wrenwrites")
    assert spending.today(NOW).total == 0


def test_a_limit_is_waited_for_if_that_is_wanted(api: XApi, x: StandIn) -> None:
    answers: Iterator[Reply | None] = iter([(429, {}, {"x-rate-limit-reset": str(NOW + 60)}), None])
    x.fail = lambda _path: next(answers)
    waited: list[float] = []
    words: list[str] = []
    api.wait, api.sleep, api.notify = True, waited.append, words.append
    assert api.user(None, "wrenwrites")["data"] == x.users["wrenwrites"]
    assert waited == [61]
    assert "waiting 61 s" in words[0]


def test_waiting_ends(api: XApi, x: StandIn) -> None:
    x.fail = lambda _path: (429, {}, {"x-rate-limit-reset": str(NOW + 5)})
    waited: list[float] = []
    api.wait, api.sleep = True, waited.append
    with pytest.raises(XApiError, match="no more requests"):
        api.user(None, "wrenwrites")
    assert len(waited) == 3


def test_nobody_there_is_a_sentence_and_the_amount_stays_counted(spending: Spending) -> None:
    api = XApi(Keys(bearer="t"), spending, lambda: NOW, base="http://127.0.0.1:9")
    with pytest.raises(XApiError, match="cannot be reached"):
        api.user(None, "wrenwrites")
    assert spending.today(NOW).aside == micro("0.01"), "whether X answered is not known"


def test_a_redirect_takes_the_keys_nowhere(api: XApi, x: StandIn) -> None:
    x.fail = lambda _path: (302, {}, {"Location": x.base + "/elsewhere"})
    with pytest.raises(XApiError):
        api.user(None, "wrenwrites")
    assert len(x.asked) == 1


@pytest.mark.parametrize("address", ["https://x.example", "http://192.0.2.1", "ftp://127.0.0.1", "http://localhost.x"])
def test_only_a_server_of_this_machine_may_stand_in_for_x(address: str) -> None:
    with pytest.raises(SettingError, match="loopback"):
        loopback(address)
    assert loopback("http://127.0.0.1:8000/") == "http://127.0.0.1:8000"


def test_keys_show_themselves_nowhere() -> None:
    keys = Keys(bearer="secret-token")
    assert "secret" not in repr(keys) + str(keys)
    assert base64.b64encode(b"secret-token").decode() not in repr(keys)


def test_an_error_of_the_api_has_its_own_code_on_the_wire() -> None:
    assert issubclass(XApiError, MutualsError)
    assert (XApiError.code, SpendingError.code) == ("x-api", "cap")
