"""People in the ledger: later and richer wins, names follow the id, and each viewer sees only their own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from companion.store.ledger.ledger import Ledger
from tests.companion.store.ledger_help import ADA, INES, NOW, TOMO, WORKS, WREN, everything, page, reply, wren


def profile(ledger: Ledger, pid: str = WREN) -> Person:
    found = ledger.person(ADA, pid)
    assert found is not None
    return found.profile


def test_a_profile_comes_back_as_it_was_seen(ledger: Ledger) -> None:
    told = wren(followers=31, protected=False, bio_links=["https://wren.example/"], verified=True)
    ledger.record(ADA, page([told]), NOW)
    assert profile(ledger) == told


def test_the_same_page_twice_changes_nothing(ledger: Ledger) -> None:
    told = page(
        [wren(followers=31), Person(handle="tomoreads")],
        [reply("11"), reply("12", NOW - DAY, "out")],
        [Relation(WREN, follows_me=True)],
        [Post("11", author_id=WREN, author_handle="wrenwrites", text="To you.", at=NOW)],
    )
    first = ledger.record(ADA, told, NOW)
    before = everything(ledger, ADA, WREN)
    again = ledger.record(ADA, told, NOW)
    assert (first.people, first.posts, first.relations, first.interactions) == (2, 1, 1, 2)
    assert (again.people, again.posts, again.relations, again.interactions) == (0, 0, 0, 0)
    assert not again.changed
    assert everything(ledger, ADA, WREN) == before


def test_a_later_full_profile_wins_and_an_earlier_one_told_late_does_not(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren(bio="New bio.")]), NOW)
    ledger.record(ADA, page([wren(bio="Old bio.", location="Leeds")]), NOW - DAY)
    assert (profile(ledger).bio, profile(ledger).location) == ("New bio.", "Leeds")


def test_a_thin_copy_neither_blanks_nor_replaces_what_a_profile_told(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren(followers=31_415)]), NOW)
    ledger.record(ADA, page([wren(name="Wren…", bio="", followers=31_000, rich=False)]), NOW + 60)
    kept = profile(ledger)
    assert (kept.name, kept.bio, kept.followers) == ("Wren Okafor", "Ink and rain.", 31_415)


def test_a_thin_copy_is_believed_once_the_full_profile_is_a_month_old(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()]), NOW)
    ledger.record(ADA, page([wren(name="Wren O.", rich=False)]), NOW + 40 * DAY)
    assert profile(ledger).name == "Wren O."


def test_a_full_profile_may_say_that_the_bio_is_empty_now(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()]), NOW)
    ledger.record(ADA, page([wren(bio="")]), NOW + 60)
    assert profile(ledger).bio == ""


def test_who_was_gone_is_back_once_the_profile_is_seen_again(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()]), NOW)
    ledger.record(ADA, page([Person(id=WREN, gone="Suspended", rich=False)]), NOW + 40 * DAY)
    assert (profile(ledger).gone, profile(ledger).bio) == ("Suspended", "Ink and rain.")
    ledger.record(ADA, page([wren()]), NOW + 50 * DAY)
    assert profile(ledger).gone is None


def test_a_rename_keeps_everything_and_shows_the_former_handle(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()], [reply("11")]), NOW)
    told = ledger.record(ADA, page([wren(handle="wrenokafor")]), NOW + DAY)
    assert [(e.kind, e.handle) for e in told.identity] == [("rename", "wrenwrites")]
    badge = ledger.badges(ADA, ["WrenOkafor", "wrenwrites"])
    assert list(badge) == ["wrenokafor"]
    assert (badge["wrenokafor"].was, badge["wrenokafor"].acts) == ("wrenwrites", 1)
    found = ledger.person(ADA, WREN)
    assert found is not None
    assert found.former == [("wrenwrites", NOW)]


def test_a_recycled_handle_inherits_nothing_and_says_so(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()], [reply("11")], [Relation(WREN, follows_me=True)]), NOW)
    told = ledger.record(ADA, page([Person(id=INES, handle="WrenWrites")]), NOW + DAY)
    assert [(e.kind, e.pid, e.other) for e in told.identity] == [("recycled", INES, WREN)]
    badge = ledger.badges(ADA, ["wrenwrites"])["wrenwrites"]
    assert (badge.pid, badge.acts, badge.follows_me, badge.name) == (INES, 0, None, None)
    newcomer, former = ledger.person(ADA, INES), ledger.badge(ADA, WREN)
    assert newcomer is not None
    assert newcomer.recycled_from == [WREN]
    assert former is not None
    assert (former.handle, former.was, former.acts) == (None, "wrenwrites", 1)


def test_a_stub_becomes_the_id_with_all_it_had(ledger: Ledger) -> None:
    ledger.record(
        ADA,
        page(
            [Person(handle="wrenwrites", name="Wren", rich=False)],
            [reply("11", id=None)],
            [Relation(handle="wrenwrites", follows_me=True)],
            [Post("11", author_handle="WrenWrites", text="To you.", at=NOW)],
        ),
        NOW,
    )
    assert ledger.find(ADA, handle="wrenwrites") == "@wrenwrites"
    told = ledger.record(ADA, page([wren()], [reply("12")]), NOW + 60)
    assert [(e.kind, e.pid, e.other) for e in told.identity] == [("merge", WREN, "@wrenwrites")]
    assert ledger.find(ADA, handle="wrenwrites") == WREN
    assert ledger.person(ADA, "@wrenwrites") is None
    badge = ledger.badges(ADA, ["wrenwrites"])["wrenwrites"]
    assert (badge.acts, badge.follows_me, badge.tally.n_in) == (2, True, 2)
    assert [post.text for post in ledger.posts_of(ADA, WREN)] == ["To you."]
    assert ledger.counts(ADA).people == 1
    assert not ledger.recount(ADA)


def test_a_stub_and_its_id_in_one_page_are_one_person(ledger: Ledger) -> None:
    ledger.record(ADA, page([Person(handle="wrenwrites"), wren()], [reply("11", id=None)]), NOW)
    assert ledger.counts(ADA).people == 1
    assert [row.ref for row in ledger.interactions(ADA, WREN)] == ["11"]


def test_an_id_is_found_before_its_handle_and_a_foreign_handle_is_not_the_id(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren(), Person(id=INES, handle="inesmakes")]), NOW)
    assert ledger.find(ADA, id=WREN, handle="inesmakes") == WREN
    assert ledger.find(ADA, id=TOMO, handle="inesmakes") is None
    assert ledger.find(ADA, handle="@InesMakes") == INES


def test_what_one_account_saw_is_not_told_to_the_other(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()], [reply("11")], [Relation(WREN, follows_me=True)]), NOW)
    ledger.owner_for(WORKS, "adaworks", NOW)
    assert ledger.person(WORKS, WREN) is None
    assert ledger.interactions(WORKS, WREN) == []
    assert ledger.relation(WORKS, WREN) == {}
    bare = ledger.badges(WORKS, ["wrenwrites"])["wrenwrites"]
    assert (bare.pid, bare.name, bare.known) == (WREN, None, False)
    assert ledger.recent(WORKS) == []
    assert ledger.search(WORKS, "wren") == []


def test_who_somebody_is_is_known_to_all_accounts_so_that_notes_are_found(ledger: Ledger) -> None:
    ledger.record(ADA, page([wren()]), NOW)
    ledger.record(WORKS, page([Person(handle="wrenwrites")], [reply("11", id=None)]), NOW + 60)
    assert ledger.find(WORKS, handle="wrenwrites") == WREN
    assert ledger.badges(WORKS, ["wrenwrites"])["wrenwrites"].acts == 1


def test_a_viewer_known_by_handle_becomes_the_id_with_all_that_was_seen(ledger: Ledger) -> None:
    owner = ledger.owner_for(None, "AdaQuill", NOW)
    ledger.record(owner, page([wren()], [reply("11")]), NOW)
    assert owner == "@adaquill"
    assert ledger.owner_for(ADA, "adaquill", NOW) == ADA
    assert ledger.owners() == [ADA]
    assert ledger.owner_for(None, "adaquill", NOW) == ADA
    assert ledger.badges(ADA, ["wrenwrites"])["wrenwrites"].acts == 1


def test_a_viewer_is_the_same_however_the_handle_is_spelled(ledger: Ledger) -> None:
    ledger.owner_for(ADA, "AdaQuill", NOW)
    assert ledger.owner_for(ADA, "adaquill", NOW) == ledger.owner_for(None, "@ADAQUILL", NOW) == ADA
    assert ledger.owners() == [ADA]


def test_a_viewer_who_renamed_brings_what_was_seen_under_the_new_handle(ledger: Ledger) -> None:
    ledger.owner_for(ADA, "adaold", NOW)
    ledger.record(ADA, page([wren()], [reply("11")]), NOW)
    stub = ledger.owner_for(None, "adaquill", NOW)
    ledger.record(stub, page([wren(bio="Rain."), Person(handle="tomoreads")], [reply("11"), reply("12")]), NOW + 60)
    assert ledger.owner_for(ADA, "adaquill", NOW + 120) == ADA
    assert ledger.owners() == [ADA]
    assert ledger.badges(ADA, ["wrenwrites"])["wrenwrites"].tally.n_in == 2
    assert profile(ledger).bio == "Rain."
    assert ledger.find(ADA, handle="tomoreads") == "@tomoreads"
    assert not ledger.recount(ADA)


def test_counts_are_kept_as_they_changed_once_a_day(ledger: Ledger) -> None:
    for at, followers in ((NOW, 10), (NOW + 60, 11), (NOW + 2 * DAY, 11), (NOW + 3 * DAY, 9)):
        ledger.record(ADA, page([wren(followers=followers, following=5)]), at)
    assert [(s.at, s.followers) for s in ledger.snapshots(ADA, WREN)] == [(NOW + 60, 11), (NOW + 3 * DAY, 9)]


def test_posts_are_bounded_by_number_and_lose_their_text_with_age(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "small.db", posts_per_person=3, post_text_days=180)
    posts = [Post(str(i), author_id=WREN, author_handle="wrenwrites", text=f"Post {i}.", at=NOW + i) for i in range(5)]
    ledger.record(ADA, page(posts=posts), NOW + 10)
    assert [post.id for post in ledger.posts_of(ADA, WREN)] == ["4", "3", "2"]
    assert ledger.record(ADA, page(posts=posts), NOW + 10).posts == 0
    ledger.record(ADA, page([Person(id=INES)]), NOW + 200 * DAY)
    assert [(post.id, post.text) for post in ledger.posts_of(ADA, WREN)] == [("4", None), ("3", None), ("2", None)]
    ledger.close()


def test_a_cut_text_does_not_replace_the_whole_one(ledger: Ledger) -> None:
    whole = Post("7", author_id=WREN, text="A long thought about rain and ink.", at=NOW)
    ledger.record(ADA, page(posts=[whole]), NOW)
    ledger.record(ADA, page(posts=[Post("7", author_id=WREN, text="A long thought…", at=NOW)]), NOW + 60)
    assert [post.text for post in ledger.posts_of(ADA, WREN)] == ["A long thought about rain and ink."]


SIGHTING = st.builds(
    lambda name, bio, followers, rich, at: (Person(WREN, "wrenwrites", name, bio, followers=followers, rich=rich), at),
    st.none() | st.sampled_from(["Wren", "W. Okafor"]),
    st.none() | st.sampled_from(["", "Ink.", "Rain."]),
    st.none() | st.integers(0, 3),
    st.booleans(),
    st.integers(0, 60).map(lambda days: NOW + days * DAY),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SIGHTING, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_profile_does_not_depend_on_the_order_of_sightings(told: list[tuple[Person, int]], chance: Random) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(Path(folder) / "l.db")
        for person, at in told:
            ledger.record(ADA, page([person]), at)
        for person, at in shuffled:
            ledger.record(WORKS, page([person]), at)
        assert ledger.person(ADA, WREN) == ledger.person(WORKS, WREN)
        ledger.close()


@pytest.mark.parametrize(
    ("op", "source"),
    [
        ("UserByScreenName", "page"),
        ("friendships/create", "wire"),
        ("blocks/destroy", "wire"),
        ("dom:profile", "dom"),
        ("archive", "archive"),
        ("x-api.user", "x-api"),
    ],
)
def test_a_relation_names_the_source_that_saw_it(ledger: Ledger, op: str, source: str) -> None:
    ledger.record(ADA, page([wren()], relations=[Relation(WREN, i_follow=True)], op=op), NOW)
    assert ledger.relation(ADA, WREN)["i_follow"] == (True, source, NOW)


def test_all_kinds_of_page_that_showed_a_post_are_kept_in_any_order(ledger: Ledger) -> None:
    def shown(pages: int) -> Understanding:
        return page(posts=[Post("7", author_id=WREN, text="Rain.", at=NOW, pages=pages)])

    for pages, at in ((1, NOW + 9), (4, NOW), (0, NOW + 20)):
        ledger.record(ADA, shown(pages), at)
    assert [post.pages for post in ledger.posts_of(ADA, WREN)] == [5]
    assert not ledger.record(ADA, shown(4), NOW + 30).changed


def test_a_suspension_is_known_at_once_and_ends_with_the_next_full_profile(ledger: Ledger) -> None:
    def gone() -> str | None:
        known = ledger.person(ADA, WREN)
        return known.profile.gone if known else None

    suspended = Person(WREN, gone="Suspended", rich=False)
    ledger.record(ADA, page([wren()]), NOW - DAY)
    ledger.record(ADA, page([suspended]), NOW)
    assert gone() == "Suspended"
    ledger.record(ADA, page([wren()]), NOW - 2 * DAY)
    assert gone() == "Suspended"
    ledger.record(ADA, page([wren()]), NOW + DAY)
    assert gone() is None


def test_a_former_handle_of_the_owner_alone_is_the_owner_until_somebody_else_has_it(ledger: Ledger) -> None:
    for handle, at in (("ada_before", NOW - 900), ("adaquill", NOW - 600)):
        ledger.owner_for(ADA, handle, at)
        ledger.record(ADA, page([Person(ADA, handle, "Ada")]), at)
    bare = Interaction("out", "quote", NOW - 700, "12", handle="ada_before")
    ledger.record(ADA, page(acts=[bare]), NOW)
    assert ledger.find(ADA, handle="ada_before") is None
    ledger.record(ADA, page([wren(handle="ada_before")]), NOW + 60)
    ledger.record(ADA, page(acts=[structs.replace(bare, at=NOW + 30, ref="13")]), NOW + 90)
    assert [act.ref for act in ledger.interactions(ADA, WREN)] == ["13"]


def test_of_an_edited_post_the_last_version_counts(ledger: Ledger) -> None:
    versions = [Post("11", WREN, text="helo", at=NOW - 60), Post("12", WREN, text="hello", at=NOW, first_version="11")]
    ledger.record(ADA, page(posts=versions), NOW)
    assert [post.text for post in ledger.posts_of(ADA, WREN)] == ["hello"]
