"""The schema of an export knows every column that an export of this version has."""

from __future__ import annotations

from pathlib import Path

from companion.domain.page_kinds import WHOLE
from companion.domain.sightings import Person, Post, Understanding
from companion.export.json_format.schema import ROW_SCHEMAS
from companion.store.ledger.dump import tables_of
from tests.companion.export.folders import ADA, NOW, stores
from tests.companion.export.json_format.test_merge import WREN, bring, seen_by


def test_every_column_of_the_merged_tables_is_known(tmp_path: Path) -> None:
    with stores(tmp_path) as (_, ledger):
        tables = {table.name: set(table.columns) for table in tables_of(ledger.connections.reading())}
    known = {name: set(schema.__struct_fields__) for name, schema in ROW_SCHEMAS.items()}
    known["person"] |= set(Person.__struct_fields__)
    assert {name: tables[name] - {"owner", "pid"} - known[name] for name in known} == {name: set() for name in known}


def test_posts_whose_page_is_known_and_facts_of_the_about_page_arrive(tmp_path: Path) -> None:
    person = Person(WREN, "wrenwrites", "Wren", based_in="France", based_in_sure=True, replies_at=NOW - 9)
    posts = [Post("1900000000000000001", WREN, "wrenwrites", "Ink", NOW - 99, pages=WHOLE)]
    seen_by(tmp_path / "one", NOW - 10, Understanding("UserTweets", [person], posts))
    seen_by(tmp_path / "two", NOW - 10, Understanding("UserTweets", [Person("2000009", "tomo", "Tomo")]))
    bring(tmp_path / "one", tmp_path / "two")
    with stores(tmp_path / "two") as (_, ledger):
        arrived = ledger.person(ADA, WREN)
        assert [post.pages for post in ledger.posts_of(ADA, WREN)] == [WHOLE]
        assert arrived is not None
        assert (arrived.profile.based_in, arrived.profile.replies_at) == ("France", NOW - 9)
