"""Sessions of the dashboard: a link that works once, a cookie that stays here, and nothing for anybody else."""

from __future__ import annotations

import re
import stat
from urllib.parse import urlsplit

from flask import request
from werkzeug.test import TestResponse

from companion.access.headers import FORM_BYTES, cookie_name
from companion.access.wire import SEALED
from companion.server.app import whole_of
from companion.stores import sessions
from tests.companion.conftest import HOST, NOW, PORT, House


def host_of(house: House) -> str:
    return f"{house.stores.sessions.name}:{PORT}"


def get(house: House, path: str, **changed: str) -> TestResponse:
    """Open a page as a browser's address bar would."""
    usual = {"Host": host_of(house), "Sec-Fetch-Site": "none"}
    return house.client.get(path, headers={**usual, **{name.replace("_", "-"): text for name, text in changed.items()}})


def enter(house: House, path: str = "/web") -> TestResponse:
    url = house.ask("dashboard", {"path": path})["url"]
    assert isinstance(url, str)
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc) == ("http", host_of(house))
    answer = get(house, f"{parts.path}?{parts.query}")
    cookie = answer.headers.get("Set-Cookie", "").partition(";")[0].partition("=")[2]
    house.client.set_cookie(cookie_name(PORT), cookie, domain=house.stores.sessions.name, path="/web")
    return answer


def test_without_the_cookie_no_page_answers(house: House) -> None:
    for path in ("/web", "/web?q=x", "/web/static/0/dashboard.css", "/web/enter/guess"):
        answer = get(house, path)
        assert answer.status_code == 403, path
        assert "mutuals open" in answer.get_data(as_text=True)


def test_a_link_lets_in_once_by_a_cookie_that_no_script_and_no_other_site_sees(house: House) -> None:
    url = str(house.ask("dashboard", {})["url"])
    path = urlsplit(url).path
    first = get(house, path)
    house.client.delete_cookie(cookie_name(PORT), domain=house.stores.sessions.name, path="/web")
    second = get(house, path)
    assert (first.status_code, second.status_code) == (200, 403)
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/web" in cookie


def test_a_used_link_opened_again_by_who_is_in_leads_on_and_gives_no_second_cookie(house: House) -> None:
    """A browser that loads the tab again, or restores it, must not say that the link was used."""
    enter(house)
    path = urlsplit(str(house.ask("dashboard", {})["url"])).path
    assert "Set-Cookie" in get(house, path).headers
    again = get(house, path)
    assert (again.status_code, "Set-Cookie" in again.headers) == (200, False)
    assert "url=/web" in again.get_data(as_text=True)
    house.time[0] = NOW + 13 * 3600
    assert get(house, path).status_code == 403


def test_the_dashboard_is_at_a_name_that_nobody_guesses_and_nowhere_else(house: House) -> None:
    """A browser sends a cookie to every port of its host, so the host is one that no other program is asked by."""
    enter(house)
    assert re.fullmatch(r"mutuals-[0-9a-f]{32}\.localhost", house.stores.sessions.name)
    for host in (
        HOST,
        f"localhost:{PORT}",
        f"mutuals.localhost:{PORT}",
        f"{host_of(house)}0",
        house.stores.sessions.name,
    ):
        answer = get(house, "/web", Host=host)
        assert answer.status_code == 421
        assert house.stores.sessions.name not in answer.get_data(as_text=True)


def test_the_name_is_new_in_each_run_and_told_to_this_user_only(house: House) -> None:
    other = sessions(house.settings)
    assert other.name != house.stores.sessions.name
    assert other.published_name() is None
    house.stores.sessions.publish_name()
    assert other.published_name() == house.stores.sessions.name
    assert stat.S_IMODE((house.settings.data / "dashboard-name").stat().st_mode) == 0o600


def test_a_look_at_a_link_without_opening_it_does_not_use_it_up(house: House) -> None:
    path = urlsplit(str(house.ask("dashboard", {})["url"])).path
    for _ in range(3):
        looked = house.client.head(path, headers={"Host": host_of(house)})
        assert (looked.status_code, "Set-Cookie" in looked.headers) == (405, False)
    assert get(house, path).status_code == 200


def test_a_link_is_only_good_for_a_minute(house: House) -> None:
    url = str(house.ask("dashboard", {})["url"])
    house.time[0] = NOW + 61
    assert get(house, urlsplit(url).path).status_code == 403


def test_a_cookie_ends_with_its_day(house: House) -> None:
    enter(house)
    assert get(house, "/web").status_code == 200
    house.time[0] = NOW + 13 * 3600
    assert get(house, "/web").status_code == 403


def test_other_sites_cannot_steer_the_dashboard(house: House) -> None:
    enter(house)
    for site in ("cross-site", "same-site"):
        assert get(house, "/web", Sec_Fetch_Site=site).status_code == 403
    assert get(house, "/web", Origin="https://x.com").status_code == 403
    assert get(house, "/web", Host=f"evil.example:{PORT}").status_code == 421
    assert get(house, "/web", Sec_Fetch_Site="same-origin").status_code == 200


def test_a_link_leads_to_the_dashboard_and_nowhere_else(house: House) -> None:
    assert "url=/web?q=wren" in enter(house, "/web?q=wren").get_data(as_text=True)
    for path in ("https://evil.example", "//evil.example", "/v1/status", "/webevil", "/web/../v1"):
        assert house.ask("dashboard", {"path": path}, 422)["field"] == "path"
    secret = house.stores.sessions.issue(NOW)
    page = get(house, f"/web/enter/{secret}?to=https://evil.example").get_data(as_text=True)
    assert "evil" not in page


def test_pages_are_locked_down_and_never_kept(house: House) -> None:
    enter(house)
    headers = get(house, "/web").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


def test_no_page_runs_inline_script_or_style(house: House) -> None:
    enter(house)
    page = get(house, "/web").get_data(as_text=True)
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=|https?://(?!x\.com/)", page)


def test_the_api_is_not_reached_through_the_dashboards_cookie(house: House) -> None:
    enter(house)
    assert get(house, "/v1/status").status_code == 421
    for host, status in ((host_of(house), 421), (HOST, 403)):
        answer = house.client.post("/v1/status", headers={"Host": host, "Content-Type": SEALED}, data="{}")
        assert answer.status_code == status


def test_a_form_must_carry_its_own_dashboards_token(house: House) -> None:
    def saved() -> str:
        return request.form["word"]

    whole_of(house.app).flask.second().add_url_rule("/web/trial", "web.trial", saved, methods=["POST"])
    enter(house)
    cookie = house.client.get_cookie(cookie_name(PORT), path="/web", domain=house.stores.sessions.name)
    assert cookie is not None
    right = house.stores.sessions.form_token(cookie.value)

    def send(token: str, origin: str = f"http://{host_of(house)}", word: str = "yes") -> int:
        headers = {"Host": host_of(house), "Origin": origin, "Sec-Fetch-Site": "same-origin"}
        return house.client.post("/web/trial", headers=headers, data={"form_token": token, "word": word}).status_code

    assert send(right) == 200
    assert send("") == send("guess") == send(right, "https://x.com") == send(right, "null") == 403
    assert send(right, word="x" * FORM_BYTES) == 413


def test_every_page_stands_behind_the_door_and_nothing_else_does(house: House) -> None:
    """The gate tells pages by the blueprint's name and the router by the path: both must mean the same."""
    flask = whole_of(house.app).flask
    rules = [rule for app in (flask.first(), flask.second()) for rule in app.url_map.iter_rules()]
    assert len(rules) > 20
    for rule in rules:
        assert rule.endpoint.startswith("web.") == rule.rule.startswith("/web"), rule
        assert rule.endpoint.startswith("calendar.") == rule.rule.startswith("/calendar/"), rule
        assert rule.rule.startswith(("/web", "/v1/", "/calendar/<secret>/")), rule
    unasked = [rule.rule for rule in rules if "<" not in rule.rule and "GET" in (rule.methods or ())]
    assert len(unasked) >= 5
    assert {get(house, path).status_code for path in unasked} == {403}
