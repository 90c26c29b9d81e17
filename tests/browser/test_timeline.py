"""Marks in lists: the right person on every row, whatever the list does with its nodes."""

from __future__ import annotations

import pytest

from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.pages import XPage
from tests.browser.words import words
from tests.replica import people
from tests.replica.server import Replica
from tests.replica.world import Generation

VIEWER: dict[str, object] = {"id": people.ADA.id, "handle": people.ADA.handle}


def tag_everybody(house: House, replica: Replica, step: int) -> set[str]:
    """Tag every `step`-th person with a word that names them; return the handles, lower case."""
    tagged = set()
    for account in list(replica.world.accounts.values())[2::step]:
        house.write(
            VIEWER, {"id": account.id, "handle": account.handle}, "tags", {"tags": [f"is {account.handle}"[:40]]}
        )
        tagged.add(account.handle.lower())
    return tagged


def test_after_a_thousand_posts_every_row_still_names_its_own_person(x: XPage, house: House, replica: Replica) -> None:
    tagged = tag_everybody(house, replica, 4)
    replica.world.look.page_size = 100
    x.open("/home")
    until(x.authors, "the timeline")
    seen: set[str] = set()
    shown = 0
    looks = 0
    while looks < 16 or x.driver.execute_script("return window.Replica.currentList().rows.length") < 1000:
        x.scroll(9000)
        seen.update(x.authors())
        shown += check_rows(x, tagged)
        looks += 1
        assert looks < 60, "a thousand posts never came"
    assert shown > 16
    assert len(seen & tagged) > 20


def test_a_repost_and_a_quote_carry_the_marks_of_both_people(x: XPage, house: House, replica: Replica) -> None:
    wren, ines, nobody = (replica.world.accounts[one.id] for one in (people.WREN, people.INES, people.NOBODY))
    writer, now = replica.world.writer, replica.world.now
    for person, word in ((wren, "small press"), (ines, "binder")):
        house.write(VIEWER, {"id": person.id, "handle": person.handle}, "tags", {"tags": [word]})
    said = writer.post(nobody, "A quiet week.", now - 900)
    quote = writer.post(nobody, "This one.", now - 800, quote_of=writer.post(ines, "Thread is back.", now - 850))
    answer = writer.post(nobody, "Yes!", now - 700, reply_to=writer.post(wren, "Who prints?", now - 750))
    replica.world.home[:0] = [writer.post(wren, "", now - 600, repost_of=said), quote, answer]
    x.open("/home")
    assert x.badge_of("wrenwrites", "small press").row == "wrenwrites"
    assert x.badge_of("inesmakes", "binder").row == "inesmakes"
    until(lambda: {one.says for one in x.leaves()} >= {"wrenwrites", "inesmakes"}, "both marks")
    assert not [mark for mark in x.leaves() if mark.says != mark.row]


def check_rows(x: XPage, tagged: set[str]) -> int:
    """Assert that every row of a tagged person has that person's mark alone; return how many had one."""

    def settled() -> bool:
        marks = x.leaves()
        assert all(mark.says == mark.row for mark in marks), [mark for mark in marks if mark.says != mark.row]
        return {author for author in x.authors() if author in tagged} <= {mark.row for mark in marks}

    until(settled, "a mark on every row of somebody known")
    return len(x.leaves())


def test_strangers_get_no_mark(x: XPage, house: House) -> None:
    house.write(VIEWER, {"id": people.WREN.id, "handle": "wrenwrites"}, "tags", {"tags": ["small press"]})
    x.open("/wrenwrites")
    x.badge_of("wrenwrites", "small press")
    x.go("/nobodyyouknow")
    until(lambda: set(x.authors()) == {"nobodyyouknow"}, "the stranger's posts")
    until(lambda: [one.says for one in x.leaves("card")] == ["nobodyyouknow"], "the card of the stranger")
    assert not [mark for mark in x.leaves() if mark.row == "nobodyyouknow"]


def test_a_tab_switch_that_replaces_the_list_brings_the_marks_again(x: XPage, house: House) -> None:
    house.write(VIEWER, {"id": people.WREN.id, "handle": "wrenwrites"}, "tags", {"tags": ["small press"]})
    x.open("/wrenwrites")
    x.badge_of("wrenwrites", "small press")
    x.go("/wrenwrites/with_replies")
    until(lambda: "adaquill" in x.authors(), "the replies tab")
    x.badge_of("wrenwrites", "small press")
    x.go("/wrenwrites")
    x.badge_of("wrenwrites", "small press")


def test_going_from_profile_to_profile_the_card_follows(x: XPage) -> None:
    x.open_profile("wrenwrites").write("About Wren.")
    x.card().saved()
    x.go("/inesmakes")
    until(lambda: [one.says for one in x.leaves("card")] == ["inesmakes"], "the card of Ines")
    assert x.card().note() == ""
    x.go("/wrenwrites")
    until(lambda: [one.says for one in x.leaves("card")] == ["wrenwrites"], "the card of Wren")
    x.card().says("About Wren.")


def test_the_next_profile_gets_the_frame_that_was_kept_ready(x: XPage) -> None:
    x.open_profile("wrenwrites").write("About Wren.")
    ready = "return Boolean(window.spare = document.querySelector('[data-mutuals=spare][data-form=ready]'))"
    until(lambda: x.driver.execute_script(ready), "the spare frame")
    x.go("/inesmakes")
    until(lambda: [one.says for one in x.leaves("card")] == ["inesmakes"], "the card of Ines")
    assert x.card().note() == ""
    assert x.driver.execute_script("return window.spare.isConnected && window.spare.dataset.mutuals") == "card"


def test_the_hover_card_gets_the_line_of_whoever_is_hovered(x: XPage, house: House) -> None:
    for person, word in ((people.WREN, "small press"), (people.INES, "binder")):
        house.write(VIEWER, {"id": person.id, "handle": person.handle}, "tags", {"tags": [word]})
    x.open("/adaquill/with_replies")
    for person, word in ((people.WREN, "small press"), (people.INES, "binder")):
        x.line_over(person.handle, word)
        assert len(x.leaves("line")) == 1
        x.hover_nothing()


def test_followers_rows_carry_marks(x: XPage, house: House) -> None:
    house.write(VIEWER, {"id": people.BOLA.id, "handle": people.BOLA.handle}, "tags", {"tags": ["riso"]})
    x.open("/adaquill/followers")
    assert x.badge_of("bolaprints", "riso").row == "bolaprints"
    assert not [mark for mark in x.leaves() if mark.says != mark.row]


@pytest.mark.parametrize("generation", ["A", "B", "C"])
def test_every_generation_of_answers_makes_somebody_known(x: XPage, replica: Replica, generation: Generation) -> None:
    replica.world.look.generation = generation
    x.open("/wrenwrites/with_replies")
    x.card().says(words("follow_yes_yes"))
    x.badge_of("wrenwrites")
