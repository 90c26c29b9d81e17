"""What an archive tells: every form is read, every fault is named, nothing that is not needed is opened."""

from __future__ import annotations

import json
import zipfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

import pytest

from companion.domain.sightings import Interaction, Understanding
from companion.errors import SourceError
from companion.sources.archive.reader import ArchiveReader
from companion.sources.archive.summary import Summary
from companion.sources.archive.zip_file import Archive, open_archive
from tests.companion.sources.archive.archives import (  # fmt: skip
    OWNER,
    conversation,
    mention,
    message,
    script,
    tweet,
    write_archive,
)
from tests.companion.sources.archive.years import YEARS
from tests.shared_data import SHARED

SAVED = SHARED / "data" / "archive" if SHARED else None
SAMPLES = {path.stem: path for path in (sorted(SAVED.glob("*.zip")) if SAVED else [])}
"""Name -> a real archive, where those are present."""


def read(path: Path) -> tuple[list[Understanding], Summary]:
    archive, summary = open_archive(path), Summary(path.stem)
    try:
        return list(ArchiveReader(archive, summary).chunks()), summary
    finally:
        archive.close()


def acts(path: Path) -> list[Interaction]:
    return [act for chunk in read(path)[0] for act in chunk.interactions]


def shown(found: list[Interaction]) -> list[tuple[str, str, str | None]]:
    return [(act.direction, act.kind, act.id or f"@{act.handle}") for act in found]


def expected_counts(name: str) -> dict[str, object]:
    if name in YEARS:
        return YEARS[name][1]
    listed = json.loads((SAMPLES[name].parent / "expected.json").read_text())
    counts: dict[str, object] = next(entry for entry in listed if entry["archive"] == name)
    return counts


@pytest.mark.parametrize("name", [*YEARS, *SAMPLES])
def test_an_archive_of_every_year_gives_exactly_the_expected_counts(tmp_path: Path, name: str) -> None:
    path = YEARS[name][0](tmp_path / f"{name}.zip") if name in YEARS else SAMPLES[name]
    _, summary = read(path)
    assert summary.printable() == expected_counts(name)
    assert summary.problems == []


@pytest.mark.parametrize("name", ["2019", "2022", "2025"])
def test_posts_of_every_year_are_the_same_acts(tmp_path: Path, name: str) -> None:
    found = shown(acts(YEARS[name][0](tmp_path / "a.zip")))
    five = [("out", "reply", "5"), ("out", "mention", "7"), ("out", "repost", "5"), ("out", "repost", "@lost"),
            ("out", "quote", "@wren"), ("out", "mention", "6")]  # fmt: skip
    assert found[: len(five)] == five


@pytest.mark.parametrize("name", ["tweet", "tweets"])
@pytest.mark.parametrize("wrapped", [True, False])
def test_both_file_names_and_both_wrappings_are_read(tmp_path: Path, name: str, wrapped: bool) -> None:
    record = tweet("11", "hello @ines", entities={"user_mentions": [mention("7", "ines", 6)], "urls": []})
    value = record if wrapped else record["tweet"]
    assert shown(acts(write_archive(tmp_path / "a.zip", {f"{name}.js": script(name, [value])}))) == [
        ("out", "mention", "7")
    ]


def test_a_reply_counts_once_and_the_people_x_put_before_it_do_not(tmp_path: Path) -> None:
    record = tweet(
        "11", "@wren @tomo yes, ask @ines", in_reply_to_user_id_str="5", in_reply_to_screen_name="wren",
        entities={"user_mentions": [mention("5", "wren", 0), mention("6", "tomo", 6), mention("7", "ines", 21)]},
    )  # fmt: skip
    found = acts(write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [record])}))
    assert shown(found) == [("out", "reply", "5"), ("out", "mention", "7")]


def test_before_2017_the_people_before_a_reply_were_typed_and_count(tmp_path: Path) -> None:
    record = tweet(
        "11", "@wren @tomo yes", "Fri Mar 06 13:02:05 +0000 2015", in_reply_to_user_id_str="5",
        entities={"user_mentions": [mention("5", "wren", 0), mention("6", "tomo", 6)]},
    )  # fmt: skip
    found = acts(write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [record])}))
    assert shown(found) == [("out", "reply", "5"), ("out", "mention", "6")]


def test_a_repost_is_known_by_its_text_and_survives_the_authors_account(tmp_path: Path) -> None:
    page = tweet("11", "RT @wren: proofs are here", entities={"user_mentions": [mention("5", "wren", 3)]})
    gone = tweet("12", "RT @lost: bye", entities={"user_mentions": [mention("-1", "lost", 3)]})
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [page, gone])})
    assert shown(acts(path)) == [("out", "repost", "5"), ("out", "repost", "@lost")]


def test_a_quote_is_an_act_towards_the_quoted_person(tmp_path: Path) -> None:
    links = [{"expanded_url": "https://twitter.com/wren/status/99"}]
    record = tweet("11", "this", entities={"user_mentions": [], "urls": links})
    assert shown(acts(write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [record])}))) == [
        ("out", "quote", "@wren")
    ]


def test_a_quote_by_a_link_that_names_nobody_is_an_act_towards_nobody(tmp_path: Path) -> None:
    links = [{"expanded_url": "https://twitter.com/i/status/99"}]
    record = tweet("11", "this", entities={"user_mentions": [], "urls": links})
    assert acts(write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", [record])})) == []


def test_messages_tell_who_and_when_and_never_what(tmp_path: Path) -> None:
    talk = conversation(
        f"5-{OWNER}", [message(OWNER, "5", "1"), message("5", OWNER, "2"), {"welcomeMessageCreate": {}}]
    )
    self_talk = conversation(f"{OWNER}-{OWNER}", [message(OWNER, OWNER, "3")])
    group = conversation("900", [message("6", None, "4"), message(OWNER, None, "5")])
    path = write_archive(
        tmp_path / "a.zip",
        {
            "direct-messages.js": script("direct_messages", [talk, self_talk]),
            "direct-messages-group.js": script("direct_messages_group", [group]),
        },
    )
    chunks, summary = read(path)
    found = [act for chunk in chunks for act in chunk.interactions]
    assert shown(found) == [("out", "dm", "5"), ("in", "dm", "5"), ("in", "group", "6")]
    assert summary.dm["welcomeMessageCreate"] == 1
    assert "a secret" not in repr(chunks)


def test_followers_and_following_become_relations_and_nobody_absent_is_called_no(tmp_path: Path) -> None:
    path = write_archive(
        tmp_path / "a.zip",
        {
            "follower.js": script("follower", [{"follower": {"accountId": "5"}}]),
            "following.js": script("following", [{"following": {"accountId": "5"}}, {"following": {"accountId": "6"}}]),
        },
    )
    relations = {one.id: one for chunk in read(path)[0] for one in chunk.relations}
    assert (relations["5"].follows_me, relations["5"].i_follow) == (True, True)
    assert (relations["6"].follows_me, relations["6"].i_follow) == (None, True)


def test_a_long_post_is_joined_to_its_whole_text_by_time_and_beginning(tmp_path: Path) -> None:
    whole = "A long story about paper, told slowly and with care, that goes on well beyond the cut."
    note = {"noteTweet": {"createdAt": "2026-03-06T13:02:05.000Z", "core": {"text": whole}}}
    files = {"tweets.js": script("tweets", [tweet("11", whole[:60])]), "note-tweet.js": script("note_tweet", [note])}
    chunks, summary = read(write_archive(tmp_path / "a.zip", files))
    assert [post.text for chunk in chunks for post in chunk.posts] == [whole]
    assert summary.printable()["note-tweet"] == 1


def test_parts_are_read_in_order_and_all_of_them(tmp_path: Path) -> None:
    files = {
        "tweets.js": script("tweets", [tweet("11", "one")]),
        "tweets-part1.js": script("tweets", [tweet("12", "two")], 1),
        "tweets-part2.js": script("tweets", [tweet("13", "three")], 2),
    }
    _, summary = read(write_archive(tmp_path / "a.zip", files))
    assert summary.tweets["tweets"] == 3


def test_one_bad_file_is_named_and_the_others_are_still_read(tmp_path: Path) -> None:
    files = {
        "tweets.js": script("tweets", [tweet("11", "one")])[:-60],
        "like.js": "window.YTD.like.part0 = [ {,} ]",
        "follower.js": script("follower", [{"follower": {"accountId": "5"}}]),
    }
    _, summary = read(write_archive(tmp_path / "a.zip", files))
    assert summary.followers == {"5"}
    assert [problem.split(" ")[0] for problem in summary.problems] == ["data/tweets.js", "data/like.js"]


def test_members_that_are_not_needed_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = (
        "ip-audit.js",
        "contact.js",
        "phone-number.js",
        "email-address-change.js",
        "ad-engagements.js",
        "device-token.js",
    )
    path = write_archive(tmp_path / "a.zip", dict.fromkeys(secrets, "[]") | {"tweets.js": script("tweets", [])})
    opened: list[str] = []
    honest = Archive.open

    def watched(self: Archive, member: str) -> AbstractContextManager[IO[bytes]]:
        opened.append(member)
        return honest(self, member)

    monkeypatch.setattr(Archive, "open", watched)
    read(path)
    assert opened
    assert not [name for name in opened if name.removeprefix("data/") in secrets]


def test_the_2012_format_is_read_with_its_own_dates(tmp_path: Path) -> None:
    path = tmp_path / "old.zip"
    record = {
        "id_str": "11", "text": "@wren hello", "created_at": "2009-05-02 00:00:00 +0000", "in_reply_to_user_id": 5,
        "in_reply_to_screen_name": "wren", "entities": {"user_mentions": [mention("5", "wren", 0)]},
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("data/js/user_details.js", f'var user_details = {{"id": "{OWNER}", "screen_name": "ada"}}')
        bundle.writestr("data/js/tweets/2009_05.js", f"Grailbird.data.tweets_2009_05 = \n {json.dumps([record])}")
    chunks, summary = read(path)
    assert shown([act for chunk in chunks for act in chunk.interactions]) == [("out", "reply", "5")]
    assert summary.printable()["tweets_dated_midnight"] == 1


def test_an_archive_that_does_not_say_whose_it_is_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("data/account.js", script("account", []))
    with pytest.raises(SourceError, match="does not say whose"):
        read(path)


def test_the_versions_of_an_edited_post_are_one_act(tmp_path: Path) -> None:
    answered = {"in_reply_to_user_id_str": "50", "in_reply_to_screen_name": "wrenwrites"}
    first = {"initial": {"editTweetIds": ["11"]}}
    later = {"edit": {"initialTweetId": "11", "editControlInitial": {"editTweetIds": ["11", "12"]}}}
    tweets = [
        tweet("11", "@wrenwrites helo", edit_info=first, **answered),
        tweet("12", "@wrenwrites hello", edit_info=later, **answered),
        tweet("13", "@wrenwrites odd", edit_info=["initialTweetId"], lang=["en"], **answered),
    ]
    path = write_archive(tmp_path / "a.zip", {"tweets.js": script("tweets", tweets)})
    assert sorted(act.ref for act in acts(path)) == ["11", "11", "13"]


@pytest.mark.parametrize("doubled", [True, False])
def test_what_the_owner_wrote_to_a_former_handle_of_their_own_is_no_contact(tmp_path: Path, doubled: bool) -> None:
    names = {"changedAt": "2024-06-01T09:00:00.000Z", "changedFrom": "Ada_Before", "changedTo": "adaquill"}
    change: dict[str, object] = {"screenNameChange": {"accountId": OWNER, "screenNameChange": names}}
    link = {"user_mentions": [], "urls": [{"expanded_url": "https://twitter.com/ada_before/status/170"}]}
    tweets = [
        tweet("11", "From when I had another name", entities=link),
        tweet("12", "RT @ada_before: the kiln is warm"),
        tweet("13", "RT @wrenwrites: rain"),
    ]
    files = {
        "tweets.js": script("tweets", tweets),
        "screen-name-change.js": script("screen_name_change", [change if doubled else {"screenNameChange": names}]),
    }
    assert shown(acts(write_archive(tmp_path / "a.zip", files))) == [("out", "repost", "@wrenwrites")]
