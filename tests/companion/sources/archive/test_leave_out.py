"""An archive does not bring back whom the user forgot, unless they wrote about them again since then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.backup.forget import forget_person
from companion.domain.sightings import Interaction, Post, Understanding
from companion.settings import Settings
from companion.sources.archive.importing import ArchiveImport
from companion.sources.archive.leave_out import LeaveOut
from companion.store.import_runs import Imports
from companion.stores import Stores
from tests.companion.sources.archive.archives import OWNER
from tests.companion.sources.archive.test_importing import NOW, archive_of


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(Settings(data=tmp_path / "data"))
    yield opened
    opened.close()


def take_in(stores: Stores, path: Path) -> int:
    imports = Imports(path.with_name("imports.json"))
    return ArchiveImport(stores.ledger, stores.notebook, imports, NOW).run(path).interactions


def test_whom_you_forgot_stays_forgotten_in_every_later_archive(stores: Stores, tmp_path: Path) -> None:
    path, newer = archive_of(tmp_path, 60), archive_of(tmp_path, 63, "newer.zip")
    take_in(stores, path)
    assert forget_person(stores, Settings(data=tmp_path / "data"), "p3", NOW) == {"53"}
    assert take_in(stores, path) == 0
    assert take_in(stores, newer) == 3, "of the others"
    assert stores.ledger.person(OWNER, "53") is None
    assert stores.ledger.badges(OWNER, ["p3"]) == {}
    assert len(stores.ledger.interactions(OWNER, "54")) == 9


def test_somebody_written_about_again_is_taken_in_again(stores: Stores, tmp_path: Path) -> None:
    path = archive_of(tmp_path, 60)
    take_in(stores, path)
    forget_person(stores, Settings(data=tmp_path / "data"), "p3", NOW)
    stores.notebook.write("op-again", "note", "53", {"text": "Wrote to me after all."}, None, NOW, OWNER)
    assert take_in(stores, path) == 9 - (60 % 7 < 4)


def test_posts_to_a_forgotten_person_and_acts_by_handle_stay_out_too(stores: Stores) -> None:
    stores.ledger.record(
        OWNER, Understanding("page", interactions=[Interaction("in", "reply", NOW - 9, "9", handle="wren")]), NOW
    )
    forget_person(stores, Settings(data=stores.ledger.connections.path.parent), "wren", NOW)
    act, other = (Interaction("out", "reply", NOW, "5", handle=name) for name in ("Wren", "tomo"))
    posts = [Post("1", OWNER, "ada", mentions=[(None, "wren")]), Post("2", OWNER, "ada", mentions=[(None, "tomo")])]
    left = LeaveOut(stores.notebook).apply(Understanding("archive", posts=posts, interactions=[act, other]))
    assert [post.id for post in left.posts] == ["2"]
    assert left.interactions == [other]
