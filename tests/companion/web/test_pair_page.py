"""The pairing page: for this user's browser alone, with the open window's secret in the page and in no address."""

from __future__ import annotations

from companion.access.pairing import code_secret, fingerprint
from companion.stores import Stores
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW


def test_the_page_hands_over_the_open_window_and_shows_its_name(empty: Browser, stores: Stores) -> None:
    secret = code_secret(stores.pairing.open(NOW))
    page = empty.get("/web/pair")
    assert f'data-mutuals-pairing="{secret.hex()}"' in page.html
    assert fingerprint(secret) in page.text
    assert "Load unpacked" in page.text


def test_without_an_open_window_there_is_no_secret_and_no_reload(empty: Browser) -> None:
    page = empty.get("/web/pair")
    assert 'data-mutuals-pairing=""' in page.html
    assert "pair.js" not in page.html
    assert "mutuals pair" in page.text


def test_who_did_not_come_by_a_link_gets_no_secret(empty: Browser, stores: Stores) -> None:
    secret = code_secret(stores.pairing.open(NOW))
    empty.leave()
    answer = empty.fetch("/web/pair")
    assert answer.status_code == 403
    assert secret.hex() not in answer.text
