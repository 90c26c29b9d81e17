"""Likes in an archive: towards the author where one can be known, once, never older than the post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.domain.sightings import Interaction, Post, Understanding
from companion.reciprocity.counters import Tally
from companion.settings import Settings
from companion.sources.archive import reader
from companion.sources.archive.dates import SNOWFLAKES_SINCE, epoch_of_id
from companion.sources.archive.importing import ArchiveImport, Imported, preview
from companion.sources.archive.record_types import Like
from companion.sources.archive.records import like_act
from companion.sources.interactions import interactions_of
from companion.store.import_runs import Imports
from companion.store.ledger.ingest.bulk import BulkImport
from companion.store.ledger.rows import InteractionRow
from companion.stores import Stores
from tests.companion.sources.archive.archives import (  # fmt: skip
    OWNER,
    OWNER_HANDLE,
    like,
    mention,
    script,
    tweet,
    write_archive,
)

NOW = 1_790_000_000
POST = "1900000000000000000"
WRITTEN = 1_741_830_274
"""When ``POST`` was made, by its id."""
OLD_POST = "9000000000"


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(Settings(data=tmp_path / "data"))
    yield opened
    opened.close()


def archive_of(folder: Path, likes: Sequence[object], tweets: Sequence[object] = ()) -> Path:
    files = {"tweets.js": script("tweets", tweets), "like.js": script("like", likes)}
    return write_archive(folder / "a.zip", files)


def imported(stores: Stores, folder: Path, path: Path) -> Imported:
    return ArchiveImport(stores.ledger, stores.notebook, Imports(folder / "imports.json"), NOW).run(path)


def page_shows(stores: Stores, post: Post, *acts: Interaction, at: int = NOW - 5000) -> None:
    owner = stores.ledger.owner_for(OWNER, OWNER_HANDLE, at)
    seen = interactions_of([post], [], OWNER, OWNER_HANDLE, "page", at=at)
    stores.ledger.record(owner, Understanding(op="TweetDetail", posts=[post], interactions=[*seen, *acts]), at)


def wrens_post(post: str = POST, *, favorited: bool | None = None) -> Post:
    return Post(id=post, author_id="5", author_handle="wren", at=WRITTEN, text="Ink", favorited=favorited)


def likes_of(stores: Stores, pid: str) -> list[InteractionRow]:
    return [act for act in stores.ledger.interactions(OWNER, pid) if act.kind == "like"]


def test_a_like_of_a_post_that_was_seen_is_an_act_towards_its_author_dated_as_the_post(
    stores: Stores, tmp_path: Path
) -> None:
    page_shows(stores, wrens_post())
    assert imported(stores, tmp_path, archive_of(tmp_path, [like(POST)])).interactions == 1
    (found,) = likes_of(stores, "5")
    assert (found.direction, found.at, found.ref, found.post) == ("out", WRITTEN, f"like:{POST}", POST)
    assert (found.source, found.partial) == ("archive", True)


def test_a_like_whose_link_names_the_author_needs_no_seen_post(stores: Stores, tmp_path: Path) -> None:
    imported(stores, tmp_path, archive_of(tmp_path, [like(POST, f"https://twitter.com/Wren/status/{POST}")]))
    (found,) = likes_of(stores, "@wren")
    assert (found.at, found.source) == (WRITTEN, "archive")


def test_a_like_by_handle_finds_the_id_that_the_archive_itself_tells(stores: Stores, tmp_path: Path) -> None:
    told = tweet("11", "hello @wren", entities={"user_mentions": [mention("5", "wren", 6)], "urls": []})
    imported(stores, tmp_path, archive_of(tmp_path, [like(POST, f"https://x.com/wren/status/{POST}")], [told]))
    assert [act.ref for act in likes_of(stores, "5")] == [f"like:{POST}"]
    assert stores.ledger.person(OWNER, "@wren") is None


def test_a_like_by_somebody_unknown_is_only_counted(stores: Stores, tmp_path: Path) -> None:
    done = imported(stores, tmp_path, archive_of(tmp_path, [like(POST), like("77", "https://x.com/i/status/77")]))
    assert (done.summary.likes, done.interactions, done.people) == (2, 0, 1)  # the one is the owner
    assert stores.ledger.counts(OWNER).interactions == 0


def test_a_like_that_the_page_showed_already_is_not_doubled_nor_is_the_other_way_round(
    stores: Stores, tmp_path: Path
) -> None:
    page_shows(stores, wrens_post(favorited=True))
    path = archive_of(tmp_path, [like(POST, f"https://twitter.com/wrens_old_name/status/{POST}")])
    imported(stores, tmp_path, path)
    page_shows(stores, wrens_post(favorited=True), at=NOW + 50)
    assert len(likes_of(stores, "5")) == 1
    assert stores.ledger.counts(OWNER).interactions == 1
    assert stores.ledger.recount(OWNER) == []


def test_importing_again_adds_nothing_and_finds_the_authors_of_posts_seen_since(stores: Stores, tmp_path: Path) -> None:
    page_shows(stores, wrens_post())
    path = archive_of(tmp_path, [like(POST), like("1900000000000000001")])
    assert [imported(stores, tmp_path, path).interactions for _ in range(2)] == [1, 0]
    page_shows(stores, wrens_post("1900000000000000001"))
    assert [imported(stores, tmp_path, path).interactions for _ in range(2)] == [1, 0]


def test_an_import_killed_before_its_likes_were_counted_counts_them_the_next_time(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_shows(stores, wrens_post())
    path = archive_of(tmp_path, [like(POST)])
    with monkeypatch.context() as patch:
        patch.setattr(BulkImport, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            imported(stores, tmp_path, path)
    again = imported(stores, tmp_path, path)
    assert (again.resumed, again.finished, len(likes_of(stores, "5"))) == (True, True, 1)
    assert tally(stores).light_days_out == 1
    assert stores.ledger.recount(OWNER) == []


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def tally(stores: Stores) -> Tally:
    return stores.ledger.sums_and_tally(OWNER, "5")[1]


def test_a_like_is_light_and_no_talk(stores: Stores, tmp_path: Path) -> None:
    page_shows(stores, wrens_post())
    imported(stores, tmp_path, archive_of(tmp_path, [like(POST)]))
    sums = stores.ledger.sums_and_tally(OWNER, "5")[0]
    assert (tally(stores).days_out, tally(stores).light_days_out) == (0, 1)
    assert sums.talk_out_90 == 0
    assert sums.light_out > 0


def test_a_like_taken_back_on_the_page_stays_taken_back(stores: Stores, tmp_path: Path) -> None:
    undone = Interaction("out", "like", NOW - 5000, f"like:{POST}", "5", source="wire", removed=True)
    page_shows(stores, wrens_post(), undone)
    imported(stores, tmp_path, archive_of(tmp_path, [like(POST)]))
    assert likes_of(stores, "5") == []


def test_likes_of_ones_own_posts_are_no_acts(stores: Stores, tmp_path: Path) -> None:
    mine, linked = like("1900000000000000002"), like(POST, f"https://x.com/{OWNER_HANDLE}/status/{POST}")
    imported(stores, tmp_path, archive_of(tmp_path, [mine, linked], [tweet("1900000000000000002", "Mine")]))
    assert stores.ledger.counts(OWNER).interactions == 0


def test_forgetting_a_person_forgets_their_likes(stores: Stores, tmp_path: Path) -> None:
    page_shows(stores, wrens_post())
    imported(stores, tmp_path, archive_of(tmp_path, [like(POST)]))
    stores.ledger.forget("5")
    assert likes_of(stores, "5") == []


def test_a_post_known_by_handle_alone_is_liked_by_handle(stores: Stores, tmp_path: Path) -> None:
    page_shows(stores, Post(id=POST, author_handle="wren", at=WRITTEN))
    imported(stores, tmp_path, archive_of(tmp_path, [like(POST)]))
    page_shows(stores, wrens_post())
    assert len(likes_of(stores, "5")) == 1


def test_many_likes_come_in_pieces_and_none_is_lost(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "CHUNK", 10)
    posts = [str(int(POST) + number) for number in range(25)]
    for post in posts:
        page_shows(stores, wrens_post(post))
    done = imported(stores, tmp_path, archive_of(tmp_path, [like(post) for post in posts]))
    assert (done.summary.likes, done.interactions) == (25, 25)


def test_looking_first_stores_nothing_and_counts_the_same(tmp_path: Path) -> None:
    path = archive_of(tmp_path, [like(POST), {"like": {"tweetId": POST}}, {"like": "gone"}, {}])
    counted = preview(path)
    assert (counted.likes, counted.likes_without_text) == (4, 3)


def test_a_like_of_a_post_whose_id_tells_no_time_is_dated_when_such_ids_ended(stores: Stores, tmp_path: Path) -> None:
    act = like_act(Like(OLD_POST, None, f"http://twitter.com/wren/status/{OLD_POST}"))
    assert act is not None
    assert (act.at, act.handle) == (SNOWFLAKES_SINCE, "wren")
    page_shows(stores, Post(id=OLD_POST, author_id="5", author_handle="wren", at=1_240_000_000))
    imported(stores, tmp_path, archive_of(tmp_path, [like(OLD_POST)]))
    assert [one.at for one in likes_of(stores, "5")] == [1_240_000_000]


def test_a_link_to_another_post_says_nothing_about_this_one() -> None:
    act = like_act(Like(POST, None, "https://twitter.com/wren/status/77"))
    assert act is not None
    assert act.handle is None


@given(st.text() | st.integers(0, 10**30).map(str), st.text() | st.from_regex(r"https://x\.com/\w{1,9}/status/\d+"))
def test_whatever_a_like_says_it_is_dated_no_earlier_than_the_post_or_is_none(post: str, link: str) -> None:
    act = like_act(Like(post, None, link))
    assert act is None or act.at >= (epoch_of_id(act.post or "") or 0)
    assert act is None or (act.direction, act.kind, act.ref) == ("out", "like", f"like:{act.post}")
