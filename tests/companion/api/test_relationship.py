"""The history and the picture of a relation over the API: touches move the score, a deleted line stays deleted."""

from __future__ import annotations

from companion.domain.dates import DAY
from companion.domain.page_kinds import LIST, NOTIFICATIONS
from companion.domain.sightings import Interaction, Post, Understanding
from companion.domain.sightings import Person as Seen
from companion.vetting.user_lists import set_topics
from tests.companion.conftest import NOW, VIEWER, WREN, House

WHO = {"viewer": VIEWER, "person": WREN}
Line = dict[str, object]


def talk(house: House, *acts: tuple[str, int], kind: str = "reply") -> None:
    """Let Wren ("in") and the viewer ("out") write on some days before now."""
    told = [
        Interaction(way, kind, NOW - days * DAY, f"{days}{0 if way == 'in' else 1}", id=WREN["id"])
        for way, days in acts
    ]
    wren = Seen(id=WREN["id"], handle=WREN["handle"], bio="Small press and long walks")
    understood = Understanding(people=[wren], interactions=told)
    house.stores.ledger.record(VIEWER["id"], understood, NOW)


def history(house: House, **more: object) -> tuple[list[Line], object]:
    answer = house.ask("interactions", WHO | more)
    lines = answer["lines"]
    assert isinstance(lines, list)
    return lines, answer["before"]


def days_each(house: House) -> tuple[object, object]:
    card = house.ask("person", WHO)
    return card["you"], card["they"]


def remove(house: House, line: Line, op: str = "op-remove-1") -> Line | None:
    told = {name: line[name] for name in ("at", "direction", "kind", "ref")}
    removed = house.ask("interactions/remove", WHO | told | {"op": op})["line"]
    assert removed is None or isinstance(removed, dict)
    return removed


def restore(house: House, line: Line, expect: int = 200) -> dict[str, object]:
    return house.ask("interactions/restore", WHO | {"op": "op-restore-1", "line": line}, expect)


def test_the_history_tells_both_directions_latest_first_with_source_and_link(house: House) -> None:
    talk(house, ("in", 3), ("out", 2))
    lines, before = history(house)
    assert [(line["direction"], line["kind"], line["at"]) for line in lines] == [
        ("out", "reply", NOW - 2 * DAY),
        ("in", "reply", NOW - 3 * DAY),
    ]
    assert (lines[0]["source"], lines[0]["post"], before) == ("page", "21", None)


def test_the_pages_of_the_history_leave_nothing_out_and_repeat_nothing(house: House) -> None:
    talk(house, *((way, days) for days in range(1, 8) for way in ("in", "out")))
    found: list[object] = []
    before: object = None
    while True:
        lines, before = history(house, limit=3, before=before)
        found += [line["ref"] for line in lines]
        if before is None:
            break
    assert len(found) == len(set(found)) == 14


def test_a_call_is_one_line_of_both_and_moves_the_score(house: House) -> None:
    talk(house, *((way, days) for days in (40, 50, 60) for way in ("in", "out")))
    before = house.ask("person", WHO)["score"]
    house.write("touch", {"what": "call", "when": NOW, "words": "About the spring issue"})
    after = house.ask("person", WHO)["score"]
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert after > before
    line = history(house)[0][0]
    assert (line["direction"], line["kind"], line["source"]) == ("both", "call", "you")
    assert line["words"] == "About the spring issue"


def test_a_touch_taken_back_by_the_undo_of_the_card_leaves_nothing(house: House) -> None:
    house.write("touch", {"what": "meal", "when": NOW}, op="op-the-touch")
    house.write("touch", {"item": "op-the-touch", "gone": True})
    assert (history(house)[0], days_each(house)) == ([], (0, 0))


def test_a_deleted_sighting_does_not_come_back_and_can_be_put_back(house: House) -> None:
    talk(house, ("in", 3), ("out", 2))
    gone = remove(house, history(house)[0][1])
    assert gone is not None
    talk(house, ("in", 3), ("out", 2))
    assert days_each(house) == (1, 0)
    assert [line["direction"] for line in history(house)[0]] == ["out"]
    assert restore(house, gone) == {"restored": True}
    assert days_each(house) == (1, 1)
    assert restore(house, gone) == {"restored": False}


def test_a_deleted_touch_goes_whole_and_comes_back_whole(house: House) -> None:
    house.write("touch", {"what": "call", "when": NOW - DAY, "words": "Proofs"})
    (line,), _ = history(house)
    assert remove(house, line) == line
    assert days_each(house) == (0, 0)
    assert remove(house, line, "op-remove-2") is None
    restore(house, line)
    assert history(house)[0] == [line]
    assert days_each(house) == (1, 1)


def test_a_line_that_was_never_handed_out_is_refused_in_words(house: House) -> None:
    talk(house, ("in", 3))
    (line,), _ = history(house)
    for wrong in ({"kind": "telepathy"}, {"direction": "both"}, {"at": NOW + DAY}):
        assert restore(house, line | wrong, 422)["field"] == "line"


def test_the_relationship_counts_answers_starts_and_stages(house: House) -> None:
    months = range(20, 160, 20)
    talk(house, *(("in", days) for days in months), *(("out", days - 1) for days in months))
    talk(house, ("out", 10), kind="like")
    told = house.ask("relationship", WHO)
    assert told["you_answer"] == {"count": 7, "of": 7, "share": 1.0}
    assert told["they_answer"] == {"count": 0, "of": 7, "share": 0.0}
    assert told["you_start"] == {"count": 0, "of": 7, "share": 0.0}
    assert told["active"] == {"count": 7, "of": 8, "share": 7 / 8}
    assert (told["marks"], stages(house)["regular"], stages(house)["off_x"]) == ([], True, False)
    house.write("touch", {"what": "meal", "when": NOW})
    assert stages(house)["off_x"] is True


def stages(house: House) -> dict[str, object]:
    found = house.ask("relationship", WHO)["stages"]
    assert isinstance(found, list)
    return {stage["name"]: stage["reached"] for stage in found}


def test_who_only_likes_is_marked_so(house: House) -> None:
    talk(house, ("in", 3), ("out", 4), kind="like")
    assert house.ask("relationship", WHO)["marks"] == ["likes_only"]


def test_relevance_is_unknown_without_topics_and_counted_with_them(house: House) -> None:
    talk(house, ("in", 3))
    for topics, expected in (([], None), (["small press"], True), (["falconry"], False)):
        set_topics(house.settings.data, topics)
        assert stages(house)["relevant"] is expected


def test_somebody_never_seen_has_an_empty_history(house: House) -> None:
    nobody = {"viewer": VIEWER, "person": {"handle": "nobodyyouknow"}}
    assert house.ask("interactions", nobody) == {"lines": [], "before": None}
    told = house.ask("relationship", nobody)
    assert told["you_start"] == {"count": 0, "of": 0, "share": None}


def test_where_the_two_talk_is_told_by_the_page_that_showed_it(house: House) -> None:
    talk(house, ("in", 3), ("out", 2), ("in", 1))
    seen = [Post("30", WREN["id"], WREN["handle"], "Yes", NOW - 3 * DAY, pages=NOTIFICATIONS),
            Post("21", VIEWER["id"], VIEWER["handle"], "Which?", NOW - 2 * DAY, pages=LIST)]  # fmt: skip
    house.stores.ledger.record(VIEWER["id"], Understanding(posts=seen), NOW)
    places = house.ask("relationship", WHO)["places"]
    assert places == [{"name": name, "count": 1} for name in ("lists", "notifications", "other")]
