"""Writing: durable, repeatable, never over somebody else's words, and never into another data folder."""

from __future__ import annotations

from tests.companion.conftest import NOW, VIEWER, WREN, House

ADA_WORKS = {"id": "1000002", "handle": "adaworks"}


def card(house: House, viewer: dict[str, str] = VIEWER, person: dict[str, str] = WREN) -> dict[str, object]:
    return house.ask("person", {"viewer": viewer, "person": person})


def test_a_note_is_there_after_it_was_acknowledged(house: House) -> None:
    done = house.write("note", {"text": "Met at the zine fair."})
    assert (done["rev"], done["repeated"], done["pid"]) == (1, False, "2000001")
    note = card(house)["note"]
    assert isinstance(note, dict)
    assert (note["text"], note["rev"], note["viewer"], note["versions"]) == ("Met at the zine fair.", 1, "1000001", 1)


def test_a_repeat_from_the_outbox_changes_nothing(house: House) -> None:
    first = house.write("note", {"text": "once"}, op="op-repeated")
    again = house.write("note", {"text": "once"}, op="op-repeated")
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert first["rev"] == again["rev"]
    assert len(versions(house)) == 1


def versions(house: House) -> list[dict[str, object]]:
    found = house.ask("versions", {"viewer": VIEWER, "person": WREN})["versions"]
    assert isinstance(found, list)
    return found


def test_a_conflict_keeps_both_texts_and_shows_the_stored_one(house: House) -> None:
    house.write("note", {"text": "one"})
    house.write("note", {"text": "two"}, base=1)
    refused = house.write("note", {"text": "written elsewhere"}, base=1, expect=409)
    stored = refused["stored"]
    assert isinstance(stored, dict)
    assert (refused["error"], stored["text"], stored["rev"]) == ("conflict", "two", 2)
    texts = {(version["text"], version.get("conflict", False)) for version in versions(house)}
    assert ("written elsewhere", True) in texts
    assert ("two", False) in texts


def test_a_writer_who_had_the_stored_text_in_view_is_in_no_conflict_whatever_the_revision(house: House) -> None:
    house.write("note", {"text": "one"})
    house.write("note", {"text": "two\nlines "}, base=1)
    house.write("note", {"text": "three"}, base=1, saw="two\r\nlines")
    refused = house.write("note", {"text": "four"}, base=1, saw="two\nlines", expect=409)
    stored = refused["stored"]
    assert isinstance(stored, dict)
    assert stored["text"] == "three"


def test_a_cleared_note_can_be_written_again(house: House) -> None:
    house.write("note", {"text": "one"})
    house.write("note", {"text": ""}, base=1)
    shown = card(house)
    assert (shown["note"], shown["note_rev"]) == (None, 2)
    house.write("note", {"text": "afresh"}, base=2)
    assert card(house)["note_rev"] == 3


def test_a_write_for_another_data_folder_is_refused(house: House) -> None:
    refused = house.write("note", {"text": "stray"}, instance="somebody-else", expect=412)
    assert refused["error"] == "instance"
    assert house.stores.notebook.people() == []


def test_tags_and_alias_are_shown_with_colours_and_revisions(house: House) -> None:
    house.write("tags", {"tags": ["small press", "printer"]})
    house.write("alias", {"alias": "Wren from Leeds"})
    shown = card(house)
    tags = shown["tags"]
    assert isinstance(tags, list)
    assert [tag["name"] for tag in tags] == ["small press", "printer"]
    assert all(tag["colour"].startswith("#") for tag in tags)
    assert (shown["tags_rev"], shown["alias_rev"], shown["alias"]) == (1, 1, "Wren from Leeds")
    used = house.ask("tags", {})["tags"]
    assert isinstance(used, list)
    assert {(tag["name"], tag["count"]) for tag in used} == {("small press", 1), ("printer", 1)}


def test_what_is_not_within_the_limits_is_refused_in_words(house: House) -> None:
    assert house.write("note", {"text": "x" * 10_001}, expect=422)["error"] == "body"
    assert house.write("tags", {"tags": [5]}, expect=422)["error"] == "body"
    assert house.write("nonsense", {"text": "x"}, expect=404)["error"] == "unknown"
    assert house.write("note", {"text": "x"}, op="short", expect=422)["field"] == "op"
    assert house.write("note", {"text": "x"}, at=NOW * 1000, expect=422)["field"] == "at"
    assert house.write("note", {"text": "x"}, person={}, expect=422)["field"] == "person"
    assert house.write("note", {"text": "x"}, viewer={}, expect=422)["field"] == "viewer"
    assert house.write("note", {"text": "x"}, base=10**30, expect=422)["field"] == "base"


def test_a_note_by_handle_is_found_again_once_the_id_is_known(house: House) -> None:
    house.write("note", {"text": "met under a handle"}, person={"handle": "WrenWrites"})
    house.write("alias", {"alias": "Wren"}, person=WREN)
    note = card(house)["note"]
    assert isinstance(note, dict)
    assert note["text"] == "met under a handle"
    assert card(house, person={"handle": "wrenwrites"})["alias"] == "Wren"


def test_a_note_is_shared_by_the_viewers_accounts_and_says_where_it_was_written(house: House) -> None:
    house.write("note", {"text": "shared"})
    note = card(house, viewer=ADA_WORKS)["note"]
    assert isinstance(note, dict)
    assert (note["text"], note["viewer"]) == ("shared", "1000001")


def test_the_clients_clock_cannot_write_into_the_future(house: House) -> None:
    assert house.write("note", {"text": "x"}, at=NOW + 99_999)["at"] == NOW


def test_forgetting_leaves_nothing_seen_or_written(house: House) -> None:
    house.write("note", {"text": "gone soon"})
    house.ask("forget", {"op": "op-forget-1", "viewer": VIEWER, "person": WREN})
    assert card(house)["note"] is None
    assert versions(house) == []
    assert house.stores.ledger.person("1000001", "2000001") is None
    assert "gone soon" not in "".join(
        path.read_text("utf-8", "replace") for path in house.settings.data.rglob("*") if path.is_file()
    )


def test_the_status_is_the_last_acknowledged_write(house: House) -> None:
    assert house.ask("status", {})["last_write_at"] is None
    house.write("note", {"text": "x"})
    status = house.ask("status", {})
    assert (status["last_write_at"], status["notes"], status["instance"]) == (NOW, 1, house.stores.notebook.instance)
