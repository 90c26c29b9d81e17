"""A zip that is not an archive, or means harm, gets one sentence and nothing is read."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from companion.errors import SourceError
from companion.sources.archive.zip_file import open_archive
from tests.companion.sources.archive.archives import script, tweet, write_archive


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is no file"):
        open_archive(tmp_path / "none.zip")


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder, but not X's archive"):
        open_archive(tmp_path)


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(folder)
    return folder


def test_an_archive_that_a_browser_unpacked_is_read_as_the_zip_is(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "hello")])})
    folder = unpacked(path, tmp_path / "twitter-2026")
    (folder / "data" / "outside.js").symlink_to(path)
    zipped = open_archive(path)
    for place in (folder, folder / "data"):
        archive = open_archive(place)
        assert archive.members == zipped.members
        assert archive.digest() == zipped.digest()
        with archive.open("data/tweets.js") as stream, zipped.open("data/tweets.js") as other:
            assert stream.read() == other.read()


def test_an_archive_zipped_again_by_windows_or_a_mac_is_read(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "hello")])})
    for name, inside in (("windows.zip", "data\\{}"), ("mac.zip", "twitter-2026/data/{}")):
        with zipfile.ZipFile(path) as bundle, zipfile.ZipFile(tmp_path / name, "w") as again:
            for member in bundle.namelist():
                entry = zipfile.ZipInfo("x")
                entry.filename = inside.format(member.removeprefix("data/"))
                again.writestr(entry, bundle.read(member))
            again.writestr("__MACOSX/twitter-2026/data/._tweets.js", b"\0\5\x16\7")
        archive = open_archive(tmp_path / name)
        assert set(archive.members) == set(open_archive(path).members)
        with archive.open(archive.members["tweets"][0]) as stream:
            assert b"hello" in stream.read()


@pytest.mark.parametrize("place", ["{}", "my archive/{}", "data/data/{}", "my archive\\{}"])
def test_the_data_folders_content_alone_is_read(tmp_path: Path, place: str) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "hello")])})
    with zipfile.ZipFile(path) as bundle, zipfile.ZipFile(tmp_path / "again.zip", "w") as again:
        for member in bundle.namelist():
            again.writestr(place.format(member.removeprefix("data/")), bundle.read(member))
    assert set(open_archive(tmp_path / "again.zip").members) == set(open_archive(path).members)
    folder = unpacked(path, tmp_path / "here") / "data"
    assert set(open_archive(folder.rename(tmp_path / "renamed")).members) == set(open_archive(path).members)


def test_a_folder_of_two_archives_is_refused_because_they_may_be_of_two_accounts(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "hello")])})
    for name in ("twitter-2026", "twitter-2026 2"):
        unpacked(path, tmp_path / "both" / name)
    with pytest.raises(SourceError, match=r"both holds 2 archives .* one of them at a time"):
        open_archive(tmp_path / "both")


def test_names_in_capitals_are_read(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "hello")])})
    with zipfile.ZipFile(path) as bundle, zipfile.ZipFile(tmp_path / "again.zip", "w") as again:
        for member in bundle.namelist():
            again.writestr(member.upper(), bundle.read(member))
    archive = open_archive(tmp_path / "again.zip")
    with archive.open(archive.members["tweets"][0]) as stream:
        assert b"hello" in stream.read()


def test_a_member_that_windows_packed_in_its_own_way_asks_to_unpack(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "hello")])})
    data = path.read_bytes().replace(b"PK\x03\x04\x14\0\0\0\x08\0", b"PK\x03\x04\x14\0\0\0\x09\0")
    path.write_bytes(data.replace(b"PK\x01\x02\x14\x03\x14\0\0\0\x08\0", b"PK\x01\x02\x14\x03\x14\0\0\0\x09\0"))
    archive = open_archive(path)
    with pytest.raises(SourceError, match="Unpack the zip, and give the folder"), archive.open("data/tweets.js"):
        pass


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 not really"])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="not a whole zip"):
        open_archive(path)


def test_a_cut_off_download_is_refused_in_words(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "x" * 5000)])})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceError, match="download it again"):
        open_archive(path)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "holiday.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("photos/beach.txt", "sea")
    with pytest.raises(SourceError, match="not X's archive"):
        open_archive(path)


def test_a_bomb_is_left_alone(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": b"0" * 8_000_000})
    archive = open_archive(path)
    with pytest.raises(SourceError, match="Left alone"), archive.open("data/tweets.js"):
        pass


def test_a_locked_member_asks_to_unlock_it(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [])})
    raw = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(magic)
        while at >= 0:
            struct.pack_into("<H", raw, at + offset, 1)
            at = raw.find(magic, at + 4)
    path.write_bytes(raw)
    archive = open_archive(path)
    with pytest.raises(SourceError, match="password"), archive.open("data/tweets.js"):
        pass


def test_paths_that_climb_out_are_only_names_and_nothing_is_written(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = write_archive(inside / "a.zip", {"../../../evil.js": "x", "tweets.js": script("tweets", [])})
    before = sorted(tmp_path.rglob("*"))
    open_archive(path).close()
    assert sorted(tmp_path.rglob("*")) == before


def test_the_fingerprint_tells_content_not_name(tmp_path: Path) -> None:
    one = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [tweet("1", "x")])})
    same = write_archive(tmp_path / "b.zip", {"tweets.js": script("tweets", [tweet("1", "x")])})
    other = write_archive(tmp_path / "c.zip", {"tweets.js": script("tweets", [tweet("1", "y")])})
    digests = [open_archive(path).digest() for path in (one, same, other)]
    assert digests[0] == digests[1] != digests[2]
