"""Faces on the pages: pictures kept here, letters for the rest, and nobody is asked for one."""

from __future__ import annotations

import re

from companion.store.account import Account
from companion.store.faces import keep_face
from tests.companion.web.browser import Browser
from tests.companion.web.town import NOW
from tests.replica import people

WREN, INES = people.WREN.id, people.INES.id


def test_a_kept_picture_stands_in_the_ring_and_others_have_letters(web: Browser, account: Account) -> None:
    assert web.get(f"/web/person/{WREN}").texts(".person-head .faced text") == ["WO"]
    keep_face(account.notebook, WREN, b"\xff\xd8 picture", NOW)
    shown = web.get(f"/web/person/{WREN}").one(".person-head image.face").attributes["href"] or ""
    assert shown == f"/web/face/{WREN}?seen={NOW}"
    answer = web.fetch(shown)
    assert (answer.status_code, answer.content_type, answer.data) == (200, "image/jpeg", b"\xff\xd8 picture")
    assert answer.headers["Cache-Control"] == "no-store", "a browser's copy would outlive forgetting the person"
    assert web.get(f"/web/person/{INES}").texts(".person-head .faced text") == ["ID"]


def test_it_stands_in_lists_and_in_the_circles(web: Browser, account: Account) -> None:
    keep_face(account.notebook, INES, b"\xff\xd8 picture", NOW)
    people_page = web.get("/web/people?q=duarte")
    assert [one.attributes["href"] for one in people_page.all("td image, th image")] == [f"/web/face/{INES}?seen={NOW}"]
    assert f"/web/face/{INES}" in (web.get("/web").one(".circles image").attributes["href"] or "")


def test_every_picture_on_every_page_comes_from_the_companion(web: Browser, account: Account) -> None:
    for one in people.FEATURED:
        keep_face(account.notebook, one.id, b"\xff\xd8 picture", NOW)
    for path in ("", "/people", f"/person/{WREN}", "/triage?list=mentioned", "/quiz", "/quiz?so=ynynynynyn", "/chats"):
        page = web.get(f"/web{path}")
        sources = [one.attributes.get("href") or one.attributes.get("src") or "" for one in page.all("image, img")]
        assert [source for source in sources if not re.match(r"/web/face/", source)] == [], path
        assert "twimg" not in page.text


def test_nobody_has_a_picture_that_was_not_kept(web: Browser) -> None:
    page = web.get(f"/web/face/{WREN}")
    assert page.status == 404
    assert "No picture of this person is kept here." in page.text
