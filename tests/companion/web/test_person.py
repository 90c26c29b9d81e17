"""One person's page: judgement, history, touches, deletion, all with undo."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from companion.reciprocity.judgement import judge
from companion.store import touches
from companion.store.account import Account
from companion.store.documents import Document, Json
from companion.store.notebook.contacts import Contacts
from companion.vetting.user_lists import set_topics
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NOW
from tests.replica import people
from tests.replica.people import ADA

WREN = f"/web/person/{people.WREN.id}"


def score(page: Page) -> int:
    return int(page.one(".score").text())


def test_the_page_says_what_the_judgement_says(web: Browser, account: Account) -> None:
    page = web.get(WREN)
    judged = judge(*account.ledger.sums_and_tally(ADA.id, people.WREN.id), NOW)
    assert score(page) == judged.value
    assert judged.sentence in page.text
    assert f"you {judged.balance[0]} / they {judged.balance[1]}" in page.text
    assert "Looking for essayists" in page.one(".note").text()
    assert page.one("input[name=circle][value=watchlist]").attributes.keys() >= {"checked"}


def test_the_history_has_both_directions_with_links(web: Browser) -> None:
    page = web.get(WREN)
    assert {"they", "you"} <= {(one.attributes["class"] or "").strip() for one in page.all(".history li")}
    links = [one.attributes for one in page.all(".history a")]
    assert all(re.fullmatch(r"https://x\.com/i/status/\d+", one["href"] or "") for one in links)
    assert {one["rel"] for one in links} == {"noopener noreferrer"}


def test_a_call_moves_the_score_and_its_undo_moves_it_back(web: Browser) -> None:
    before = web.get(WREN)
    after = web.send(before, "/touch", what="call", words="Spring issue")
    assert score(after) > score(before)
    assert after.texts(".history li.both .what") == ["A call: Spring issue"]
    back = web.send(after, "/undo")
    assert score(back) == score(before)
    assert back.all(".history li.both") == []


def test_each_line_of_the_history_begins_with_its_day(web: Browser) -> None:
    """Who reads line by line, or copies one, has the day with it."""
    page = web.send(web.get(WREN), "/touch", what="call", words="Spring issue")
    assert all(re.match(r"\d{1,2} [A-Z][a-z]{2} \d{4} ", line) for line in page.texts(".history li"))
    assert [one.attributes["datetime"] for one in page.all(".history time")] == sorted(
        (one.attributes["datetime"] or "" for one in page.all(".history time")), reverse=True
    )


def stage(page: Page, name: str) -> tuple[str, str]:
    """Return the class and the words of one stage of the strip."""
    one = next(one for one in page.all(".stages li") if one.text().startswith(name))
    return (one.attributes["class"] or "").strip(), one.text()


def test_the_strip_says_who_shares_a_topic_and_is_unknown_without_topics(web: Browser, tmp_path: Path) -> None:
    assert stage(web.get(WREN), "Relevant") == ("unknown", "Relevant, not known: you have set no topics")
    set_topics(tmp_path, ["small presses"])
    assert stage(web.get(WREN), "Relevant")[0] == "reached"
    set_topics(tmp_path, ["falconry"])
    assert stage(web.get(WREN), "Relevant") == ("", "Relevant, not yet")


def test_a_touch_of_an_earlier_day_has_that_day(web: Browser) -> None:
    page = web.send(web.get(WREN), "/touch", what="meal", day="2025-10-01")
    day = next(one for one in page.all(".history .when") if one.css("li.both"))
    assert [time.text() for time in day.css("time")] == ["1 Oct 2025"]


@pytest.mark.parametrize("day", ["2031-01-01", "yesterday", "0001-01-01", "2025-13-40"])
def test_a_day_that_cannot_be_is_refused_in_words(web: Browser, day: str) -> None:
    page = web.send(web.get(WREN), "/touch", what="call", day=day)
    assert page.status == 422
    assert "day" in page.one("main").text()


def test_the_history_tells_the_words_and_each_day_once(web: Browser) -> None:
    page = web.get(WREN)
    assert len(page.texts(".history blockquote")) > 3
    assert not page.all(".history .light blockquote")
    days = [node.text() for node in page.all(".history time")]
    assert len(days) == len(set(days)) > 3


def test_what_the_user_wrote_stands_in_the_same_history(web: Browser, account: Account) -> None:
    def write(kind: str, at: int, **body: Json) -> None:
        account.notebook.write(f"{kind}-{at}", kind, people.WREN.id, body, None if kind != "note" else -1, at, ADA.id)

    write("note", NOW + 1, text="Looking for essayists. Phone first, she hates DMs. Sister in Ibadan.")
    write("outcome", NOW, what="work", day="2025-09-20", words="Spring essay", worth="150 €")
    write("favour", NOW, way="they", what="intro", day="2025-09-21", words="Nadia Lund")
    write("decision", NOW - 40 * 86_400, decision="follow_back", reasons=[], text="answers letters")
    write("step", NOW, words="Send the interview", day="2025-10-08", done="2025-10-08")
    write("step", NOW + 1, words="Not yet done")
    changed = web.get(WREN).all(".history li.own ins")
    assert "Sister in Ibadan." in " ".join(one.text() for one in changed)
    own = web.get(WREN).texts(".history li.own .what")
    assert [one.startswith(what) for one, what in zip(own[:2], ("Note changed", "Note written"), strict=True)] == [
        True
    ] * 2
    assert own[2:] == [
        "Step done: Send the interview",
        "They helped you: an introduction · Nadia Lund",
        "Outcome: Work · Spring essay, 150 €",
        "You followed back: answers letters",
    ]


@pytest.mark.parametrize(
    ("show", "what"), [("outcomes", "outcome"), ("decisions", "decision"), ("steps", "step"), ("notes", "note")]
)
def test_a_filter_of_what_was_written_is_offered_where_there_is_some(
    web: Browser, account: Account, show: str, what: str
) -> None:
    bodies: dict[str, Document] = {
        "outcome": {"what": "fun", "day": "2024-02-29"},
        "decision": {"decision": "no", "reasons": ["only_sells"]},
        "step": {"words": "Ring", "done": "2025-01-31"},
        "note": {"text": "Binds books"},
    }
    bola = f"/web/person/{people.BOLA.id}"
    assert show not in " ".join(one.attributes["href"] or "" for one in web.get(bola).all("main nav .chip"))
    account.notebook.write("one", what, people.BOLA.id, bodies[what], None, NOW, ADA.id)
    page = web.get(f"{bola}?show={show}")
    assert page.all(f"main nav .chip[aria-current][href*={show}]")
    assert len(page.all(".history li")) == len(page.all(".history li.own")) == 1


def test_months_are_headings_and_old_ones_stand_closed(web: Browser) -> None:
    page = web.get(WREN)
    months = page.all(".history > details")
    assert "open" in months[0].attributes
    assert re.fullmatch(r"\w+ 20\d\d", page.texts(".history h3")[0])
    assert any("open" not in one.attributes for one in months)
    assert all("open" in one.attributes for one in web.get(f"{WREN}?show=words").all(".history > details"))
    assert re.search(r"\d+ days?: they on \d+, you on \d+", page.texts(".history summary")[0])


def test_an_older_page_goes_on_where_the_first_one_ends(web: Browser, account: Account) -> None:
    day = 86_400
    for number in range(60):
        body: Document = {"what": "call", "when": NOW - number * 3 * day, "words": f"call {number}"}
        account.notebook.write(
            f"v{number}", "note", people.BOLA.id, {"text": f"v {number}"}, -1, NOW - (60 - number) * 3 * day, ADA.id
        )
        touches.add(account, people.BOLA.id, body, op=f"t{number}", at=NOW)
    first = web.get(f"/web/person/{people.BOLA.id}")
    second = web.get(first.one(".more a").attributes["href"] or "")
    shown = first.texts(".history li.both .what") + second.texts(".history li.both .what")
    assert shown == [f"A call: call {number}" for number in range(60)]
    notes = [len(page.all(".history li.own")) for page in (first, second)]
    assert (sum(notes), min(notes) > 0) == (60, True)


def test_chips_show_words_or_what_was_off_x_alone(web: Browser) -> None:
    words = web.get(f"{WREN}?show=words")
    assert words.all(".history li")
    assert not words.all(".history li.light")
    light = web.get(f"{WREN}?show=light")
    assert len(light.all(".history li.light")) == len(light.all(".history li")) > 0
    ines = web.get(f"/web/person/{people.INES.id}?show=off-x")
    assert ines.texts(".history .what") == ["A call: The Porto book fair"]
    assert len(web.get(f"{WREN}?show=nonsense").all(".history li")) == len(web.get(WREN).all(".history li"))


def test_deleting_an_interaction_can_be_undone(web: Browser) -> None:
    before = web.get(WREN)
    after = web.send(before, "/delete")
    assert len(after.all(".history li")) == len(before.all(".history li")) - 1
    assert "Deleted:" in after.one(".said").text()
    back = web.send(after, "/undo")
    assert back.texts(".history li") == before.texts(".history li")
    assert score(back) == score(before)


def test_deleting_a_touch_deletes_both_halves_and_undo_restores_both(web: Browser) -> None:
    ines = f"/web/person/{people.INES.id}"
    page = web.get(ines)
    form = page.one(".history li.both form")
    data: dict[str, str | list[str]] = {
        f.attributes["name"] or "": f.attributes["value"] or "" for f in form.css("input")
    }
    after = web.post(form.attributes["action"] or "", data)
    assert after.all(".history li.both") == []
    assert web.send(after, "/undo").texts(".history li.both .what") == page.texts(".history li.both .what")


def test_deleting_what_is_gone_says_so(web: Browser) -> None:
    page = web.get(WREN)
    web.send(page, "/delete")
    again = web.send(page, "/delete")
    assert again.status == 404
    assert "not in the history any more" in again.text


def test_an_undo_works_once(web: Browser) -> None:
    after = web.send(web.get(WREN), "/touch", what="call")
    web.send(after, "/undo")
    assert "too late" in web.send(after, "/undo").text


def test_a_form_of_another_site_is_refused(web: Browser, account: Account) -> None:
    page = web.post(f"{WREN}/touch", {"what": "call", "form_token": "made up"})
    assert page.status == 403
    assert account.notebook.about(people.WREN.id).others.get("touch", []) == []


def test_tags_and_circles_are_set_with_undo(web: Browser, account: Account) -> None:
    tagged = web.send(web.get(WREN), f"{people.WREN.id}/tags", tags="editor, small press, Editor")
    assert account.notebook.about(people.WREN.id).tags == ["editor", "small press"]
    web.send(tagged, "/undo")
    assert account.notebook.about(people.WREN.id).tags == ["small press"]
    web.send(web.get(WREN), f"{people.WREN.id}/circles", circle=["say-things"])
    assert "People Who Say Things" in web.get("/web/people?q=okafor").text


def test_somebody_never_seen_is_said_to_be_so(web: Browser) -> None:
    page = web.get("/web/person/123456789012")
    assert page.status == 404
    assert "Search for the name" in page.text


def test_only_a_dormant_relationship_says_what_it_was(web: Browser) -> None:
    assert re.search(r"Quiet now, was \d+\. ", web.get(f"/web/person/{people.RHEA.id}").text)
    assert ", was" not in web.get(WREN).one(".person-head b").text()


def test_of_a_shared_note_the_page_says_which_device_wrote_it_and_of_ones_own_it_does_not(
    web: Browser, account: Account
) -> None:
    shared = account.notebook.shared
    assert "only on this machine" in web.get(WREN).text
    shared.begin("aaaaaaaaaaaaaaaa", "desk")
    named: Document = {"n": 1, "op": "name", "kind": "!device", "name": "Ken, laptop"}
    note: Document = {"n": 2, "op": "theirs", "kind": "note", "pid": people.WREN.id, "at": NOW, "gen": 99}
    seen: list[Json] = [line["op"] for line in shared.lines.outgoing() if line.get("kind") == "note"]
    note |= {"body": {"text": "Owes me a lamp"}, "parents": seen}
    shared.receive("bbbbbbbbbbbbbbbb", [named, note], lambda who, act: None)
    shared.lines.note_author("bbbbbbbbbbbbbbbb", "ken")
    page = web.get(WREN)
    assert "shared · saved" in page.text
    assert "by Ken, laptop (ken)" in page.text
    told: Document = {"pid": people.WREN.id, "device": "bbbbbbbbbbbbbbbb", "in": NOW - 3 * 86_400, "out": 0}
    assert not page.all("th[scope=row] bdi")
    Contacts(account.notebook).take([told], ["bbbbbbbbbbbbbbbb"])
    page = web.get(WREN)
    assert [one.text() for one in page.all("tr:has(th[scope=row] bdi) > *")] == [
        "Ken, laptop (ken)",
        "3 days ago",
        "never",
    ]
    account.notebook.write("mine", "note", people.WREN.id, {"text": "Got it back"}, -1, NOW, ADA.id)
    after = web.get(WREN).one("#note-title small").text()
    assert ("shared" in after, "Ken" in after) == (True, False)
