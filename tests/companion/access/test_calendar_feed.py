"""The calendar feed: one secret address, for programs on this computer, never for a page, and taken back at once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from companion.access.calendar_feed import CalendarFeed
from companion.access.gate import Gate
from tests.companion.conftest import PORT, House


def feed_of(house: House) -> CalendarFeed:
    gate: Gate = house.app.extensions["mutuals.gate"]
    return gate.calendar


def ask(
    house: House, secret: str, method: str = "GET", host: str = f"127.0.0.1:{PORT}", **headers: str
) -> TestResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return house.client.open(f"/calendar/{secret}/mutuals.ics", method=method, headers={"Host": host, **names})


def test_the_secret_address_gives_the_calendar_and_304_until_something_changes(house: House) -> None:
    secret = feed_of(house).make()
    answer = ask(house, secret)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert secret.encode() not in answer.data
    again = ask(house, secret, If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert ask(house, secret).data == answer.data


def test_without_a_feed_and_with_a_wrong_or_old_secret_nothing_is_told(house: House) -> None:
    assert ask(house, "").status_code == 403
    assert ask(house, "guess").status_code == 403
    old = feed_of(house).make()
    new = feed_of(house).make()
    assert [ask(house, one).status_code for one in (old, new, new[:-1], new + "x")] == [403, 200, 403, 403]
    feed_of(house).revoke()
    assert ask(house, new).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-origin"},
    ],
)
def test_a_page_of_a_browser_gets_nothing(house: House, headers: dict[str, str]) -> None:
    answer = ask(house, feed_of(house).make(), **headers)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", f"127.0.0.1:{PORT}.evil.example", "127.0.0.1", ""])
def test_another_name_of_the_host_is_refused(house: House, host: str) -> None:
    assert ask(house, feed_of(house).make(), host=host).status_code == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_can_only_be_read(house: House, method: str) -> None:
    assert ask(house, feed_of(house).make(), method).status_code in (403, 405)


def test_the_secret_is_readable_by_its_user_alone_and_lasts_over_a_restart(tmp_path: Path) -> None:
    feed = CalendarFeed(tmp_path / "feed")
    assert feed.secret() is None
    assert not feed.fits("/calendar//mutuals.ics")
    secret = feed.make()
    assert stat.S_IMODE((tmp_path / "feed").stat().st_mode) == 0o600
    assert CalendarFeed(tmp_path / "feed").fits(f"/calendar/{secret}/mutuals.ics")
