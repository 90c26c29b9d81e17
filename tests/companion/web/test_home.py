"""The first page: people, whom to talk with today, who is really known, losing touch."""

from __future__ import annotations

from companion.practice.account import Account
from tests.companion.web.browser import Browser
from tests.replica import people


def test_every_page_opens(web: Browser) -> None:
    for address in ("", "/people", f"/person/{people.WREN.id}", "/circles", "/pictures"):
        page = web.get(f"/web{address}")
        assert page.status == 200, page.text
        assert len(page.all("h1")) == 1
