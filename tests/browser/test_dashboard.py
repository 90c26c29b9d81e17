"""The dashboard in a real browser: search, filter, tags for many, a call that moves the score, keys, axe, a phone."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.axe import violations
from tests.browser.dashboard_tab import Dashboard
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.other_port import NAMES, TITLE, other_port
from tests.replica.people import ADA, INES, WREN

PAGES = (
    "", "/people?filter=score+%3E+20", f"/person/{WREN.id}", "/circles", "/pictures", "/reminders", "/words",
    "/triage?list=mentioned", "/mirror", "/referrals", "/year", "/chats", "/quiz", "/quiz?show=1",
    "/quiz?so=ynynynynyn", "/outreach", "/outreach/goals",
)  # fmt: skip


def test_search_by_key_finds_what_a_note_says(dashboard: Dashboard) -> None:
    dashboard.keys("/")
    dashboard.keys("abeokuta", Keys.ENTER)
    until(lambda: dashboard.all(".who a") == ["Wren Okafor"], "Wren alone")


def test_a_filter_is_typed_shown_as_chips_and_taken_away(dashboard: Dashboard) -> None:
    dashboard.open("/people")
    dashboard.type("#filter", "score > 50 and not met")
    dashboard.keys(Keys.ENTER)
    until(
        lambda: [chip.split("×")[0].strip() for chip in dashboard.all(".chipsrow .chip")] == ["score > 50", "not met"],
        "chips",
    )
    assert all(int(one) > 50 for one in dashboard.all(".number b"))
    few = len(dashboard.all(".who a"))
    dashboard.click(".chipsrow .chip")
    until(lambda: len(dashboard.all(".who a")) > few, "more people without the first condition")


def test_ticked_people_are_tagged_at_once_and_one_key_undoes_it(dashboard: Dashboard) -> None:
    dashboard.open("/people")
    dashboard.keys("j", "x", "j", "x", "j", "x")
    dashboard.type("#tag", "spring issue")
    dashboard.click("button[value=add]")
    until(lambda: "Tagged 3 people" in "".join(dashboard.all(".said")), "what was done")
    assert sum("spring issue" in chips for chips in dashboard.all("td.chips")) == 3
    dashboard.keys("u")
    until(lambda: dashboard.all(".said p") == ["Taken back."], "the undo")
    assert not any("spring issue" in chips for chips in dashboard.all("td.chips"))


def test_a_call_in_two_keys_moves_the_score_and_undo_moves_it_back(dashboard: Dashboard) -> None:
    dashboard.open(f"/person/{WREN.id}")
    before = int(dashboard.all(".score")[0])
    dashboard.keys("c", Keys.ENTER)
    until(lambda: "is written down" in "".join(dashboard.all(".said")), "what was done")
    assert int(dashboard.all(".score")[0]) > before
    assert "A call" in dashboard.all(".history li")[0]
    dashboard.keys("u")
    until(lambda: dashboard.all(".said p") == ["Taken back."], "the undo")
    assert int(dashboard.all(".score")[0]) == before


def test_note_and_step_are_written_by_keyboard_and_undone(dashboard: Dashboard) -> None:
    dashboard.open(f"/person/{WREN.id}")
    dashboard.keys("e")
    dashboard.keys(" Sister runs the letterpress.", Keys.ESCAPE)
    until(lambda: "saved" in "".join(dashboard.all("[data-note-state]")), "the note is saved by itself")
    dashboard.driver.refresh()
    note = str(dashboard.driver.execute_script("return document.getElementById('note').value"))
    assert note.startswith("Looking for essayists")
    assert note.endswith("Sister runs the letterpress.")
    dashboard.keys("r")
    dashboard.keys("Send the interview", Keys.ENTER)
    until(lambda: any("Send the interview" in text for text in dashboard.all(".steps b")), "the step")
    dashboard.keys("u")
    until(lambda: dashboard.all(".steps b") == [], "the step is taken back")


def test_the_history_is_filtered_walked_and_unfolded_by_keys_alone(dashboard: Dashboard) -> None:
    dashboard.open(f"/person/{WREN.id}")
    dashboard.keys("c", Keys.ENTER)
    until(lambda: "is written down" in "".join(dashboard.all(".said")), "the call")
    dashboard.keys("h", Keys.TAB, Keys.TAB, Keys.ENTER)
    until(lambda: dashboard.all(".history li b") == ["A call"], "what was off X alone")
    dashboard.keys("h", Keys.ENTER)
    until(lambda: len(dashboard.all(".history h3")) > 3, "all of it again")
    closed = len(dashboard.all(".history details:not([open]) > summary"))
    dashboard.keys("k", Keys.ENTER)
    until(lambda: len(dashboard.all(".history details:not([open]) > summary")) == closed - 1, "a month is unfolded")


def looked_at(dashboard: Dashboard, number: int) -> None:
    """Wait until the list says how many were looked at."""
    until(lambda: f"{number} looked at" in "".join(dashboard.all(".head .end")), f"{number} looked at")


def test_a_list_is_gone_through_by_keys_alone_and_undone_in_turn(dashboard: Dashboard) -> None:
    dashboard.open("/triage?list=mentioned")
    first = dashboard.all(".person .name")
    dashboard.keys("k", "k", "d", "d")  # each right after the other: those that come too early wait
    looked_at(dashboard, 4)
    dashboard.keys("u", "u")
    looked_at(dashboard, 2)
    dashboard.driver.refresh()
    until(lambda: dashboard.all(".said button") == ["Undo"], "the undo after a reload")
    dashboard.keys("u")
    until(lambda: "1 looked at" in "".join(dashboard.all(".head .end")), "one more")
    dashboard.keys("u")
    until(lambda: dashboard.all(".person .name") == first, "the first again")


def test_today_has_a_draft_to_change_and_a_follower_to_decide_about_by_key(dashboard: Dashboard) -> None:
    dashboard.open("")
    until(lambda: " of 280" in "".join(dashboard.all("[data-length]")), "the draft is counted")
    dashboard.type(".saying", "Tea & cake? 100%")
    link = dashboard.driver.find_element(By.CSS_SELECTOR, "[data-compose]").get_attribute("href") or ""
    assert link.startswith("https://x.com/intent/post?text=")
    assert link.partition("&in_reply_to")[0].endswith("Tea%20%26%20cake%3F%20100%25")
    follower = dashboard.all("section[aria-labelledby=follower] .name")
    dashboard.driver.execute_script("document.activeElement.blur()")
    dashboard.keys("n")
    until(lambda: "Decided: no." in "".join(dashboard.all(".said")), "the decision")
    assert dashboard.all("section[aria-labelledby=follower] .name") != follower
    dashboard.keys("u")
    until(lambda: dashboard.all("section[aria-labelledby=follower] .name") == follower, "the undo")


def test_on_today_a_number_goes_to_a_person_whom_a_letter_leaves_out(dashboard: Dashboard) -> None:
    dashboard.open("")
    people = dashboard.all(".today [data-row] .name")
    number = len(people)
    dashboard.keys(str(number))
    assert dashboard.driver.execute_script("return document.activeElement.textContent") == people[-1]
    dashboard.keys("l")
    until(lambda: "".join(dashboard.all(".said")) != "", "what was done")
    assert people[-1] not in dashboard.all(".today [data-row] .name")
    dashboard.keys("u")
    until(lambda: dashboard.all(".today [data-row] .name") == people, "the undo")


def test_the_card_on_x_knows_of_the_call(dashboard: Dashboard, town: House) -> None:
    viewer = {"id": ADA.id, "handle": ADA.handle}
    before = town.ask("person", viewer=viewer, person={"id": WREN.id})["score"]
    dashboard.open(f"/person/{WREN.id}")
    dashboard.keys("m", Keys.ENTER)
    until(lambda: "is written down" in "".join(dashboard.all(".said")), "what was done")
    after = town.ask("person", viewer=viewer, person={"id": WREN.id})["score"]
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert after > before


def test_followers_are_named_and_the_mirror_is_turned_by_keys_alone(dashboard: Dashboard) -> None:
    dashboard.open("/quiz")
    until(lambda: dashboard.at("#guess"), "the question, whose field has the keys once it is drawn")
    dashboard.keys("Zebedee", Keys.ENTER)
    until(lambda: "You wrote" in "".join(dashboard.all("[role=status]")), "the answer")
    dashboard.keys("n")
    until(lambda: dashboard.all(".head .dim") == ["2 of 10"], "the next one")
    dashboard.open("/mirror")
    until(lambda: dashboard.all("[aria-label=Time] [aria-current]") == ["26 weeks"], "the mirror")
    dashboard.keys("1")
    until(lambda: dashboard.all("[aria-label=Time] [aria-current]") == ["30 days"], "30 days")


def test_a_person_is_reached_and_the_keys_are_told_without_a_mouse(dashboard: Dashboard) -> None:
    dashboard.keys("?")
    until(lambda: "next and previous person" in "".join(dashboard.all("dialog[open]")), "the keys")
    dashboard.keys(Keys.ESCAPE)
    dashboard.open("/people?q=ines")
    dashboard.keys("j", Keys.ENTER)
    until(lambda: dashboard.all("main h1") == [INES.name], "the page of Ines")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(dashboard: Dashboard, theme: str) -> None:
    dashboard.theme(theme)
    for address in PAGES:
        dashboard.open(address)
        for details in dashboard.driver.find_elements(By.CSS_SELECTOR, "details summary"):
            details.click()
        assert violations(dashboard.driver) == [], address


def test_every_page_fits_a_phone(dashboard: Dashboard) -> None:
    dashboard.width(360)
    for address in PAGES:
        dashboard.open(address)
        assert dashboard.driver.execute_script("return document.documentElement.scrollWidth") <= 360, address


COLOURS = """
const [part, key] = [document.querySelector(".donut path"), document.querySelector(".beside .key")];
return [getComputedStyle(part).stroke, getComputedStyle(key, "::before").backgroundColor];
"""
"""The first slice's colour, and that of its row in the table."""


def test_charts_are_drawn_from_this_machine_in_the_themes_colours(dashboard: Dashboard) -> None:
    seen = []
    for theme in ("light", "dark"):
        dashboard.theme(theme)
        dashboard.open("/pictures")
        part, key = dashboard.driver.execute_script(COLOURS)
        assert part == key
        seen.append(part)
    assert seen[0] != seen[1]
    assert dashboard.said_by_browser() == []
    hosts = dashboard.driver.execute_script(
        "return performance.getEntriesByType('resource').map((one) => new URL(one.name).host)"
    )
    assert set(hosts) == {dashboard.driver.execute_script("return location.host")}


def test_no_other_port_of_this_machine_is_sent_the_dashboards_cookie(dashboard: Dashboard, house: House) -> None:
    dashboard.open("")
    with other_port() as other:
        for address in other.addresses():
            dashboard.driver.get(address)
            until(lambda: dashboard.driver.title == TITLE, f"the page at {address}")
    assert len(other.heard) >= len(NAMES)
    assert other.cookies() == {""}
    status, _, page = house.process.send(
        "/web", b"", {"Host": f"127.0.0.1:{house.port}", "Cookie": other.heard[0][1]}, "GET"
    )
    assert status == 421
    assert b"Wren" not in page
