"""The page of chats: naming one, the recap, those met here, the calendar, and the invitation."""

from __future__ import annotations

from companion.domain import sightings
from companion.domain.chat_times import last_sessions, next_sessions
from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Understanding
from companion.practice import chats
from companion.store.account import Account
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA

FORM = {"tag": "#bookchat", "day": "2025-09-03", "time": "20:00", "zone": "America/New_York", "rule": "week"}
HANA = "7700001"


def named(web: Browser, account: Account, **fields: str) -> Page:
    """Name the chat after what was seen of its last session: Hana is new and asks, Wren was answered."""
    chat = chats.checked({**FORM, **fields})
    start = last_sessions(chat, NOW, 1)[0].start
    words = ((HANA, "in", "810001", 60, "Which would you read aloud? #bookchat"),
             (people.WREN.id, "in", "810002", 300, "The ferry one #bookchat"),
             (people.WREN.id, "out", "810003", 400, "Mine too #BookChat"),
             (people.INES.id, "in", "810004", 500, "No tag here"))  # fmt: skip
    posts = [sightings.Post(ref, ADA.id if way == "out" else pid, None, text, start + after)
             for pid, way, ref, after, text in words]  # fmt: skip
    acts = [Interaction(way, "reply", start + after, ref, id=pid, post=ref) for pid, way, ref, after, _ in words]
    told = Understanding("TweetDetail", [Person(HANA, "hanasole", "Hana Sole")], posts, [], acts)
    account.ledger.record(account.owner, told, NOW)
    return web.send(web.get("/web/chats"), "/save", **{**FORM, **fields})


def recap(page: Page) -> list[str]:
    return page.texts("li.chatter .name")


def test_a_fresh_page_asks_for_a_hashtag_and_an_hour(web: Browser) -> None:
    page = web.get("/web/chats")
    assert page.one("#recap").text() == "Chats"
    assert page.all("li.chatter") == []


def test_what_was_seen_before_a_chat_was_named_is_marked_and_the_recap_has_exactly_those(
    web: Browser, account: Account
) -> None:
    page = named(web, account)
    assert sorted(recap(page)) == ["Hana Sole", "Wren Okafor"]
    assert "1 of them you met here for the first time" in page.text
    steps = dict(zip(recap(page), page.texts("li.chatter > :last-child"), strict=True))
    assert steps["Hana Sole"].startswith("Answer ↗")
    assert page.all("a[href='https://x.com/i/status/810001']")


def test_those_met_here_get_the_tag_and_a_guess_and_one_undo_takes_all_back(web: Browser, account: Account) -> None:
    page = named(web, account)
    tagged = web.send(page, "/met")
    about = account.notebook.about(HANA)
    assert about.tags == ["met at #bookchat"]
    assert (about.others["origin"][0]["how"], about.others["origin"][0]["guess"]) == ("chat", True)
    assert account.notebook.about(people.WREN.id).tags == ["small press"]
    web.send(tagged, "/undo")
    about = account.notebook.about(HANA)
    assert (about.tags, "origin" in about.others) == ([], False)


def test_a_reminder_is_a_next_step_in_three_days(web: Browser, account: Account) -> None:
    page = named(web, account)
    day = page.one("form[action*='/met'] input[name=day]").attributes["value"] or ""
    token = page.one("form[action*='/met'] input[name=form_token]").attributes["value"] or ""
    web.post("/web/chats/remind", {"form_token": token, "chat": "bookchat", "day": day, "pid": people.WREN.id})
    assert [step["words"] for step in account.notebook.about(people.WREN.id).others["step"]] == [
        "Talk again after #bookchat"
    ]


def test_a_page_of_x_seen_after_naming_is_marked_as_it_comes(web: Browser, account: Account) -> None:
    named(web, account)
    session = last_sessions(chats.all_chats(account.notebook)[0], NOW, 2)[1]
    post = sightings.Post("810009", people.TOMO.id, None, "#bookchat yes", session.start)
    act = Interaction("in", "reply", session.start, "810009", id=people.TOMO.id, post="810009")
    told = Understanding("TweetDetail", [], [post], [], [act])
    chats.mark(told, chats.all_chats(account.notebook))
    account.ledger.record(account.owner, told, NOW)
    assert recap(web.get(f"/web/chats?chat=bookchat&day={session.day}")) == [people.TOMO.name]


def test_who_is_met_only_in_chats_is_listed(web: Browser, account: Account) -> None:
    acts = [
        Interaction(way, "reply", NOW - n * 7 * DAY, f"82{n}{way}", id=HANA, chat="#bookchat")
        for n in range(1, 7) for way in ("in", "out")
    ]  # fmt: skip
    account.ledger.record(account.owner, Understanding("x", [Person(HANA, "hanasole", "Hana Sole")], [], [], acts), NOW)
    page = named(web, account)
    assert page.texts("section[aria-labelledby=only-here] .name") == ["Hana Sole"]


def test_the_calendar_has_the_next_hours_in_utc_and_the_draft_names_the_next(web: Browser, account: Account) -> None:
    named(web, account)
    calendar = web.fetch("/web/reminders/file").get_data(as_text=True)
    starts = [line for line in calendar.splitlines() if line.startswith("DTSTART:")]
    assert len(starts) == 8
    assert starts[:5] == [f"DTSTART:2025{day}T{hour}0000Z" for day, hour in
                          (("1016", "00"), ("1023", "00"), ("1030", "00"), ("1106", "01"), ("1113", "01"))]  # fmt: skip
    draft = " ".join(web.get(f"/web/person/{people.WREN.id}").one("section[aria-labelledby=say]").text().split())
    assert "Will you be at #bookchat, Wednesday 20:00 (New York)?" in draft


def test_a_chat_is_dropped_and_comes_back_with_undo(web: Browser, account: Account) -> None:
    gone = web.send(named(web, account), "/drop")
    assert chats.all_chats(account.notebook) == []
    web.send(gone, "/undo")
    assert [chat.tag for chat in chats.all_chats(account.notebook)] == ["#bookchat"]


def test_a_form_of_no_zone_is_refused_in_words(web: Browser) -> None:
    assert web.send(web.get("/web/chats"), "/save", **{**FORM, "zone": "Mars/North"}).status == 422


def days(page: Page) -> list[tuple[str, str]]:
    days = [node.attributes["value"] for node in page.all("form[action$='/day'] input[name=day]")]
    buttons = [node.attributes["value"] for node in page.all("form[action$='/day'] button")]
    return list(zip(map(str, days), map(str, buttons), strict=True))


def test_a_day_without_the_chat_is_left_out_kept_through_a_change_and_taken_back(
    web: Browser, account: Account
) -> None:
    page = named(web, account)
    listed = days(page)
    assert [out for _, out in listed] == ["1"] * 6
    first = listed[0][0]
    told = web.send(page, "/day", day=first, out="1")
    assert days(told)[0] == (first, "0")
    assert "#bookchat is not on" in told.text
    assert next_sessions(chats.all_chats(account.notebook)[0], NOW, 1)[0].day.isoformat() == listed[1][0]
    changed = web.send(told, "/save", **{**FORM, "minutes": "90"})
    assert days(changed)[0] == (first, "0")
    assert days(web.send(changed, "/day", day=first, out="0")) == listed
