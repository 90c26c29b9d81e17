"""Converts a row of a labelled account set into the facts that the vetting checks take."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from companion.domain.page_kinds import WHOLE
from companion.domain.sightings import Person, Post
from companion.vetting.facts import Facts

Row = Mapping[str, object]

_UNSEEN_TIME = 1_577_836_800
"""Where a row has no time of observation (2020-01-01); only ages depend on it."""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV or of JSON lines, compressed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        if ".csv" in path.suffixes:
            yield from csv.DictReader(lines)
        else:
            yield from (json.loads(line) for line in lines if line.strip())


def facts_of(row: Row) -> Facts:
    """Return the facts of one row; a column that is absent was not seen, an empty one was seen empty."""
    person = Person(
        id=_text(row, "account_id"),
        handle=_text(row, "screen_name"),
        name=_text(row, "name"),
        bio=_text(row, "description"),
        location=_text(row, "location"),
        link=_text(row, "url"),
        avatar=_text(row, "profile_image_url") or None,
        default_avatar=_text(row, "default_profile_image") not in (None, "", "0", "False", "false"),
        followers=_number(row, "followers_count"),
        following=_number(row, "friends_count"),
        posts=_number(row, "statuses_count"),
        listed=_number(row, "listed_count"),
        verified=_text(row, "verified") in ("1", "True", "true"),
        created_at=_time(row, "created_at"),
    )
    return Facts(person=person, now=_time(row, "observed_at") or _UNSEEN_TIME, posts=_posts(row))


def label_of(row: Row) -> bool | None:
    """Return whether the account is labelled fake, bot or spam; None without a label."""
    label = _text(row, "label")
    return None if label in (None, "") else label == "1"


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    return None if value is None else str(value)


def _number(row: Row, name: str) -> int | None:
    text = _text(row, name)
    try:
        return int(float(text)) if text else None
    except ValueError:
        return None


def _time(row: Row, name: str) -> int | None:
    text = _text(row, name)
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None
    except ValueError:
        return None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()) if moment else None


def _posts(row: Row) -> list[Post]:
    posts = row.get("tweets") or []
    handle, author = _text(row, "screen_name"), _text(row, "account_id")
    texts = [text for text in posts if isinstance(text, str)] if isinstance(posts, list) else []
    return [Post(str(number), author, handle, text, pages=WHOLE) for number, text in enumerate(texts)]
