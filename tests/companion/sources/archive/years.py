"""Invented archives in the forms of several years, each with the counts that reading it must give.

2012: months of the Grailbird format. 2019: ``tweet.js`` with bare records. 2022: ``tweets.js`` in parts, wrapped
records, messages, group messages. 2025: long posts, deleted and community posts, members that stay shut.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.companion.sources.archive.archives import (
    OWNER,
    OWNER_HANDLE,
    conversation,
    like,
    mention,
    message,
    script,
    tweet,
)

Counts = dict[str, object]
WREN, INES, TOMO = ("5", "wren"), ("6", "ines"), ("7", "tomo")


def manifest(made: str) -> str:
    """Return the manifest, which says when X made the archive and whose it is."""
    info = {"archiveInfo": {"generationDate": made, "sizeBytes": "9"}, "userInfo": {"accountId": OWNER}}
    return f"window.__THAR_CONFIG = {json.dumps(info)}"


def people(kind: str, key: str, *numbers: str) -> str:
    """Return a list of people, such as follower.js."""
    return script(kind, [{key: {"accountId": number}} for number in numbers])


def written(post: str, year: int) -> list[dict[str, object]]:
    """Return five posts of a year: a reply, a reply to oneself, a repost, a repost of nobody left, a plain one."""
    at = [f"Fri Mar {day:02} 13:02:05 +0000 {year}" for day in range(1, 6)]
    return [
        tweet(f"{post}1", "@wren @ines yes, ask @tomo", at[0], in_reply_to_user_id_str="5",
              in_reply_to_screen_name="wren", in_reply_to_status_id_str="900",
              entities={"user_mentions": [mention(*WREN, 0), mention(*INES, 6), mention(*TOMO, 21)], "urls": []}),
        tweet(f"{post}2", "and one more thing", at[1], in_reply_to_user_id_str=OWNER,
              in_reply_to_status_id_str=f"{post}1"),
        tweet(f"{post}3", "RT @wren: proofs are here", at[2], entities={"user_mentions": [mention(*WREN, 3)]}),
        tweet(f"{post}4", "RT @lost: bye", at[3], entities={"user_mentions": [mention("-1", "lost", 3)]}),
        tweet(f"{post}5", "with @ines", at[4], entities={
            "user_mentions": [mention(*INES, 5)],
            "urls": [{"url": "https://t.co/a", "expanded_url": "https://twitter.com/wren/status/99"}],
        }),
    ]  # fmt: skip


def bundle(path: Path, files: Mapping[str, str]) -> Path:
    """Write a zip with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def account() -> str:
    """Return the file that names the owner."""
    return script("account", [{"account": {"accountId": OWNER, "username": OWNER_HANDLE, "email": "ada@mill.example"}}])


def of_2012(path: Path) -> Path:
    """Write the Grailbird format: months of posts, reposts with the whole post, days without a time before 2010."""
    old = {"id_str": "11", "text": "@wren hi", "created_at": "2009-05-01 00:00:00 +0000",
           "in_reply_to_user_id": 5, "in_reply_to_screen_name": "wren",
           "entities": {"user_mentions": [mention(*WREN, 0)], "urls": []}}  # fmt: skip
    original = {"id_str": "90", "user": {"id_str": "6", "screen_name": "ines", "name": "Ines"}}
    new = {"id_str": "246000000000000001", "text": "RT @ines: pots", "created_at": "2012-09-13 00:46:38 +0000",
           "entities": {"user_mentions": [mention(*INES, 3)], "urls": []}, "retweeted_status": original}  # fmt: skip
    by_text = {**new, "id_str": "246000000000000002", "text": "RT @wren: ink", "retweeted_status": None,
               "entities": {"user_mentions": [mention(*WREN, 3)], "urls": []}}  # fmt: skip
    details = {"screen_name": OWNER_HANDLE, "id": OWNER, "full_name": "Ada Quill"}
    months = {"2009_05": [old], "2012_09": [new, by_text]}
    files = {"data/js/user_details.js": f"var user_details =  {json.dumps(details)}"}
    files |= {
        f"data/js/tweets/{month}.js": f"Grailbird.data.tweets_{month} = \n {json.dumps(posts)}"
        for month, posts in months.items()
    }
    return bundle(path, files)


COUNTS_2012: Counts = {
    "archive": "2012", "format": "grailbird (2012-2018)", "account_id": OWNER, "tweets_dated_midnight": 1,
    "tweets": {"tweets": 3, "mention_entities": 3, "replies": 1, "reposts": 2, "reposts_with_status_object": 1},
}  # fmt: skip


def of_2019(path: Path) -> Path:
    """Write the first JSON format: ``tweet.js`` without a wrapper, and the older name of the messages' file."""
    talk = conversation(f"5-{OWNER}", [message(OWNER, "5", "1")])
    files = {
        "account.js": account(),
        "manifest.js": manifest("2019-09-09T10:00:00.000Z"),
        "tweet.js": script("tweet", [one["tweet"] for one in written("111200000000000000", 2019)]),
        "direct-message.js": script("direct_message", [talk]),
        "follower.js": people("follower", "follower", "5", "6"),
        "following.js": people("following", "following", "6", "7"),
        "mute.js": people("mute", "muting", "8", "9"),
        "like.js": script("like", [like("777"), {"like": {"tweetId": "778"}}]),
        "ip-audit.js": "window.YTD.ip_audit.part0 = [ this is never opened",
    }
    return bundle(path, {f"data/{name}": text for name, text in files.items()})


_TWEETS = {"mention_entities_outside_reposts": 4, "mention_id_-1": 1, "replies": 2, "self_replies": 1, "reposts": 2,
           "reposts_without_mention_id": 1}  # fmt: skip

COUNTS_2019: Counts = {
    "archive": "2019", "generation_year": "2019-09", "account_id": OWNER, "username": OWNER_HANDLE, "files": 9,
    "followers": 2, "following": 2, "mutual": 1, "blocked": 0, "muted": 2, "likes": 2, "likes_without_text": 1,
    "tweets": {"tweets": 5, **_TWEETS}, "dm": {"conversations": 1, "messageCreate": 1, "out": 1},
    "group_dm": {"conversations": 0}, "deleted-tweets": None, "community-tweet": None, "note-tweet": None,
    "tweet-headers": None, "first_tweet": "2019-03-01T13:02:05+00:00", "last_tweet": "2019-03-05T13:02:05+00:00",
}  # fmt: skip


def of_2022(path: Path) -> Path:
    """Write wrapped posts in two parts, talks of two and a group, and blocked people; the folder has a name."""
    first, second = written("150000000000000000", 2022), written("150900000000000000", 2022)
    talk = conversation(
        f"5-{OWNER}", [message(OWNER, "5", "1"), message("5", OWNER, "2"), {"welcomeMessageCreate": {"id": "3"}}]
    )
    room = conversation("900", [message("6", None, "4"), message(OWNER, None, "5"), {"joinConversation": {}}])
    files = {
        "account.js": account(),
        "manifest.js": manifest("2022-07-01T10:00:00.000Z"),
        "tweets.js": script("tweets", first),
        "tweets-part1.js": script("tweets", second, 1),
        "tweet-headers.js": script("tweet_headers", [{"tweet": {"tweet_id": str(number)}} for number in range(10)]),
        "direct-messages.js": script("direct_messages", [talk]),
        "direct-messages-group.js": script("direct_messages_group", [room]),
        "follower.js": people("follower", "follower", "5"),
        "following.js": people("following", "following", "5"),
        "block.js": people("block", "blocking", "66"),
        "like.js": script("like", [like("777", "https://twitter.com/wren/status/777")]),
        "deleted-tweets.js": script("deleted_tweets", []),
    }
    return bundle(path, {f"twitter-2022-07-01-ada/data/{name}": text for name, text in files.items()})


COUNTS_2022: Counts = {
    "archive": "2022", "generation_year": "2022-07", "account_id": OWNER, "username": OWNER_HANDLE, "files": 12,
    "followers": 1, "following": 1, "mutual": 1, "blocked": 1, "muted": 0, "likes": 1, "likes_without_text": 0,
    "tweets": {"tweets": 10, **{name: 2 * count for name, count in _TWEETS.items()}},
    "dm": {"conversations": 1, "messageCreate": 2, "out": 1, "in": 1, "welcomeMessageCreate": 1},
    "group_dm": {"conversations": 1, "messageCreate": 2, "out": 1, "in": 1, "joinConversation": 1},
    "deleted-tweets": 0, "community-tweet": None, "note-tweet": None, "tweet-headers": 10,
    "first_tweet": "2022-03-01T13:02:05+00:00", "last_tweet": "2022-03-05T13:02:05+00:00",
}  # fmt: skip


def of_2025(path: Path) -> Path:
    """Write the newest format: a long post, deleted and community posts, and files of kinds that stay shut."""
    whole = "A long story about paper, told slowly and with care, that goes on well beyond the cut."
    cut = tweet("1909000000000000006", whole[:60], "Thu Mar 06 13:02:05 +0000 2025")
    note = {"noteTweet": {"noteTweetId": "1", "createdAt": "2025-03-06T13:02:05.000Z", "core": {"text": whole}}}
    files = {
        "account.js": account(),
        "manifest.js": manifest("2025-06-24T10:00:00.000Z"),
        "tweets.js": script("tweets", [*written("190800000000000000", 2025), cut]),
        "note-tweet.js": script("note_tweet", [note]),
        "deleted-tweets.js": script("deleted_tweets", [tweet("12", "gone"), tweet("13", "gone too")]),
        "community-tweet.js": script("community_tweet", [tweet("14", "among us")]),
        "like.js": script("like", []),
        "grok-chat-item.js": "never opened",
        "email-address-change.js": "never opened",
    }
    return bundle(path, {f"data/{name}": text for name, text in files.items()})


COUNTS_2025: Counts = {
    "archive": "2025", "generation_year": "2025-06", "account_id": OWNER, "username": OWNER_HANDLE, "files": 9,
    "followers": 0, "following": 0, "mutual": 0, "blocked": 0, "muted": 0, "likes": 0, "likes_without_text": 0,
    "tweets": {"tweets": 6, **_TWEETS}, "dm": {"conversations": 0}, "group_dm": {"conversations": 0},
    "deleted-tweets": 2, "community-tweet": 1, "note-tweet": 1, "tweet-headers": None,
    "first_tweet": "2025-03-01T13:02:05+00:00", "last_tweet": "2025-03-06T13:02:05+00:00",
}  # fmt: skip

YEARS: dict[str, tuple[Callable[[Path], Path], Counts]] = {
    "2012": (of_2012, COUNTS_2012),
    "2019": (of_2019, COUNTS_2019),
    "2022": (of_2022, COUNTS_2022),
    "2025": (of_2025, COUNTS_2025),
}
"""Year -> (what writes its archive, what reading it counts)."""
