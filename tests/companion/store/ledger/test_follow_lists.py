""" "Unfollowed me" is only ever concluded from a whole list, seen in one visit."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.domain.sightings import ListPage, Person, Relation, Understanding
from companion.store.ledger.ledger import Ledger
from tests.companion.store.ledger_help import ADA, INES, NOW, TOMO, WREN, page


def shown(cursor_in: str | None, ids: list[str], cursor_out: str | None, kind: str = "followers") -> Understanding:
    """Return one page of the viewer's own list; no further cursor means that it was the last."""
    return Understanding(op="Followers", lists=[ListPage(ADA, kind, cursor_in, cursor_out, ids, cursor_out is None)])


def follows(ledger: Ledger, pid: str, field: str = "follows_me") -> object:
    known = ledger.relation(ADA, pid).get(field)
    return known and known[0]


def both_follow(ledger: Ledger) -> None:
    ledger.record(ADA, page(relations=[Relation(WREN, follows_me=True), Relation(INES, follows_me=True)]), NOW)


def test_whoever_is_missing_from_a_whole_list_has_unfollowed(ledger: Ledger) -> None:
    both_follow(ledger)
    ledger.record(ADA, shown(None, [TOMO], "a"), NOW + DAY)
    ledger.record(ADA, shown("a", [WREN], None), NOW + DAY + 60)
    assert (follows(ledger, WREN), follows(ledger, INES), follows(ledger, TOMO)) == (True, False, True)
    badge = ledger.badge(ADA, INES)
    assert badge is not None
    assert badge.follows_me is False
    assert ledger.relation(ADA, INES)["follows_me"][1] == "list"


def test_a_list_that_was_not_seen_to_its_end_says_nothing_of_the_missing(ledger: Ledger) -> None:
    both_follow(ledger)
    ledger.record(ADA, shown(None, [TOMO], "a"), NOW + DAY)
    assert follows(ledger, INES) is True


def test_a_page_left_out_breaks_the_chain(ledger: Ledger) -> None:
    both_follow(ledger)
    ledger.record(ADA, shown(None, [TOMO], "a"), NOW + DAY)
    ledger.record(ADA, shown("b", [WREN], None), NOW + DAY + 60)
    assert follows(ledger, INES) is True


def test_two_visits_do_not_make_one_list(ledger: Ledger) -> None:
    both_follow(ledger)
    ledger.record(ADA, shown(None, [TOMO], "a"), NOW + DAY)
    ledger.record(ADA, shown("a", [WREN], None), NOW + 2 * DAY)
    assert follows(ledger, INES) is True


def test_a_page_with_errors_breaks_the_chain(ledger: Ledger) -> None:
    both_follow(ledger)
    torn = shown(None, [WREN], None)
    torn.partial = True
    ledger.record(ADA, torn, NOW + DAY)
    assert follows(ledger, INES) is True


def test_a_list_much_shorter_than_the_profile_says_is_not_believed(ledger: Ledger) -> None:
    both_follow(ledger)
    ledger.record(ADA, page([Person(id=ADA, handle="adaquill", followers=40)]), NOW)
    ledger.record(ADA, shown(None, [WREN], None), NOW + DAY)
    assert follows(ledger, INES) is True


def test_a_list_that_had_people_and_comes_empty_is_not_believed_and_told(ledger: Ledger) -> None:
    both_follow(ledger)
    told = ledger.record(ADA, shown(None, [], None), NOW + DAY)
    assert [problem[:10] for problem in told.problems] == ["X changed:"]
    assert (follows(ledger, WREN), follows(ledger, INES)) == (True, True)


def test_an_empty_list_is_believed_where_the_profile_counts_nobody_too(ledger: Ledger) -> None:
    both_follow(ledger)
    ledger.record(ADA, page([Person(id=ADA, handle="adaquill", followers=0)]), NOW + 60)
    assert ledger.record(ADA, shown(None, [], None), NOW + DAY).problems == []
    assert (follows(ledger, WREN), follows(ledger, INES)) == (False, False)


def test_another_persons_list_says_nothing_about_me(ledger: Ledger) -> None:
    both_follow(ledger)
    told = Understanding(op="Followers", lists=[ListPage(TOMO, "followers", None, None, [WREN], end=True)])
    ledger.record(ADA, told, NOW + DAY)
    assert follows(ledger, INES) is True


def test_the_following_list_tells_whom_i_follow(ledger: Ledger) -> None:
    ledger.record(ADA, page(relations=[Relation(INES, i_follow=True)]), NOW)
    ledger.record(ADA, shown(None, [WREN], None, "following"), NOW + DAY)
    assert (follows(ledger, WREN, "i_follow"), follows(ledger, INES, "i_follow")) == (True, False)


def test_the_same_pages_again_conclude_nothing_new(ledger: Ledger) -> None:
    both_follow(ledger)
    pages = [(shown(None, [TOMO], "a"), NOW + DAY), (shown("a", [WREN], None), NOW + DAY + 60)]
    for told, at in pages:
        ledger.record(ADA, told, at)
    assert all(not ledger.record(ADA, told, at).changed for told, at in pages)


def test_who_follows_again_is_believed(ledger: Ledger) -> None:
    both_follow(ledger)
    ledger.record(ADA, shown(None, [WREN], None), NOW + DAY)
    ledger.record(ADA, page(relations=[Relation(INES, follows_me=True)]), NOW + 2 * DAY)
    assert follows(ledger, INES) is True


def test_an_older_statement_told_late_does_not_undo_a_newer_one(ledger: Ledger) -> None:
    ledger.record(ADA, page(relations=[Relation(WREN, follows_me=True)]), NOW)
    ledger.record(ADA, page(relations=[Relation(WREN, follows_me=False)]), NOW - DAY)
    ledger.record(ADA, page(relations=[Relation(WREN)]), NOW + DAY)
    assert ledger.relation(ADA, WREN)["follows_me"] == (True, "page", NOW)
