"""Makes invented X archives, in the old and the new forms, for the archive tests."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

OWNER = "1000001"
OWNER_HANDLE = "adaquill"


def script(name: str, value: object, part: int = 0) -> str:
    """Return a file as X writes it: an assignment of a JSON value."""
    return f"window.YTD.{name}.part{part} = {json.dumps(value, ensure_ascii=False, indent=2)}"


def tweet(post: str, text: str, at: str = "Fri Mar 06 13:02:05 +0000 2026", **more: object) -> dict[str, object]:
    """Return one record of tweets.js; ``more`` overrides or adds fields."""
    values: dict[str, object] = {
        "id_str": post,
        "id": post,
        "full_text": text,
        "created_at": at,
        "retweeted": False,
        "source": '<a href="https://mobile.example">Some App</a>',
        "entities": {"user_mentions": [], "urls": []},
    }
    return {"tweet": values | more}


def mention(person: str, handle: str, start: int) -> dict[str, object]:
    """Return one mention entity, numbers as strings like X's."""
    return {"id_str": person, "screen_name": handle, "indices": [str(start), str(start + len(handle) + 1)]}


def message(sender: str, recipient: str | None, made: str, at: str = "2026-03-06T13:02:05.000Z") -> dict[str, object]:
    """Return one direct message; groups have no recipient."""
    body: dict[str, object] = {"id": made, "senderId": sender, "createdAt": at, "text": "a secret"}
    return {"messageCreate": body | ({"recipientId": recipient} if recipient else {})}


def like(post: str, link: str | None = None) -> dict[str, object]:
    """Return one record of like.js; without ``link`` it has the usual one, which names nobody."""
    shown = link or f"https://twitter.com/i/web/status/{post}"
    return {"like": {"tweetId": post, "fullText": "Ink and paper", "expandedUrl": shown}}


def conversation(name: str, messages: Sequence[object]) -> dict[str, object]:
    """Return one conversation."""
    return {"dmConversation": {"conversationId": name, "messages": list(messages)}}


def write_archive(path: Path, files: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip with an account file and ``files`` (name under data/ -> text)."""
    account = script("account", [{"account": {"accountId": OWNER, "username": OWNER_HANDLE}}])
    with zipfile.ZipFile(path, "w", compression) as bundle:
        for name, text in {"account.js": account, **files}.items():
            bundle.writestr(f"data/{name}", text)
    return path
