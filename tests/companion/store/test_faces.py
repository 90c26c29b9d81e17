"""Small copies of profile pictures: one a person, few and small, gone with the person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.settings import Settings
from companion.store import faces
from companion.store.faces import TABLE, face_of, faces_kept, keep_face
from companion.store.notebook.notebook import Notebook
from companion.stores import Stores

NOW = 1_760_000_000
WREN, INES = "2000001", "2000002"


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    stores = Stores.open(Settings(data=tmp_path))
    yield stores.notebook
    stores.close()


def test_a_newer_picture_takes_the_place_of_the_earlier_one(notebook: Notebook) -> None:
    assert keep_face(notebook, WREN, b"first", NOW)
    assert keep_face(notebook, WREN, b"second", NOW + 1)
    assert face_of(notebook, WREN) == b"second"
    assert faces_kept(notebook) == {WREN: NOW + 1}
    assert face_of(notebook, INES) is None


@pytest.mark.parametrize("picture", [b"", b"x" * (faces.MOST_BYTES + 1)])
def test_what_is_empty_or_too_large_leaves_the_kept_one(notebook: Notebook, picture: bytes) -> None:
    keep_face(notebook, WREN, b"first", NOW)
    assert not keep_face(notebook, WREN, picture, NOW + 1)
    assert face_of(notebook, WREN) == b"first"


def test_of_too_many_those_seen_longest_ago_go(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "MOST", 3)
    for number in range(5):
        keep_face(notebook, str(3_000_000 + number), b"face", NOW - number)
    assert sorted(faces_kept(notebook)) == ["3000000", "3000001", "3000002"]


def test_forgetting_a_person_takes_the_picture_too(notebook: Notebook) -> None:
    keep_face(notebook, WREN, b"first", NOW)
    keep_face(notebook, INES, b"other", NOW)
    assert notebook.forget(WREN)
    assert faces_kept(notebook) == {INES: NOW}


def test_of_two_that_a_merge_left_the_latest_is_shown_and_a_broken_one_is_none(notebook: Notebook) -> None:
    keep_face(notebook, WREN, b"new", NOW)
    notebook.table(TABLE).put({"pid": WREN, "at": NOW - 9, "jpeg": "b2xk"}, 77)
    assert face_of(notebook, WREN) == b"new"
    notebook.table(TABLE).put({"pid": INES, "at": NOW, "jpeg": "no base64!"}, 78)
    assert face_of(notebook, INES) is None
