"""Parses untrusted JSON within limits, and reads values of a known type from it by path."""

from __future__ import annotations

import json
from typing import TypeAlias

import msgspec

from companion.domain.handles import is_id
from companion.errors import SourceError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Node: TypeAlias = "dict[str, Json]"

MAX_BYTES = 6 * 1024 * 1024
"""As ``Settings.max_sighting_bytes``: a page of X's JSON is about 1 MB."""
MAX_TEXT = 40_000
"""Characters kept of any one text; X's longest posts have 25,000."""
MAX_COUNT = 10**12
"""Larger counts are taken as unknown."""
EMPTY: Node = {}


def parse(text: str | bytes, max_bytes: int = MAX_BYTES) -> Json:
    """Parse JSON from outside.

    Args:
        text: the JSON, as text or UTF-8 bytes.
        max_bytes: refuse more than this.

    Returns:
        The parsed value. A repeated key keeps its last value; halves of a surrogate pair become U+FFFD.

    Raises:
        SourceError: too big, too deeply nested, cut off, or not JSON.
    """
    if len(text) > max_bytes:
        raise SourceError(
            f"This is larger than {max_bytes // (1024 * 1024)} MB, which no page of X is. Nothing was read."
        )
    try:
        parsed: Json = msgspec.json.decode(text)
    except RecursionError:
        raise SourceError("This JSON is nested too deeply to be X's. Nothing was read.") from None
    except (msgspec.MsgspecError, UnicodeError):
        parsed = _parse_with_lone_surrogates(text)
    return parsed


def _parse_with_lone_surrogates(text: str | bytes) -> Json:
    """Parse JSON with lone surrogates, which msgspec refuses: X cuts texts in the middle of an emoji."""
    try:
        whole = text.decode("utf-8") if isinstance(text, bytes) else text
        parsed: Json = json.loads(whole, parse_constant=_refuse_constant, parse_float=_finite)
        return _mended(parsed)
    except (ValueError, RecursionError):
        raise SourceError(
            "This is not complete JSON as X sends it. Nothing was read; reload the page and try again."
        ) from None


def _refuse_constant(word: str) -> Json:
    raise ValueError(word)


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError(digits)
    return value


def _mended(value: Json) -> Json:
    """Return the value with every half surrogate replaced by U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {str(_mended(key)): _mended(item) for key, item in value.items()}
    return value


def branch(value: Json, *path: str) -> Node:
    """Follow keys to an object; an empty one if a key is missing or leads to another type."""
    for key in path:
        if not isinstance(value, dict):
            return EMPTY
        value = value.get(key)
    return value if isinstance(value, dict) else EMPTY


def items(value: Json, *path: str) -> list[Json]:
    """Follow keys to a list; an empty one where there is none."""
    leaf = branch(value, *path[:-1]).get(path[-1]) if path else value
    return leaf if isinstance(leaf, list) else []


def nodes(value: Json, *path: str) -> list[Node]:
    """Follow keys to a list and return the objects in it."""
    return [item for item in items(value, *path) if isinstance(item, dict)]


def text_at(value: Json, *path: str) -> str | None:
    """Follow keys to a text, cut at `MAX_TEXT` characters and without NUL; None where there is none."""
    leaf = branch(value, *path[:-1]).get(path[-1])
    return clean(leaf) if isinstance(leaf, str) else None


def clean(text: str) -> str:
    """Return the text as it is kept: without NUL, at most `MAX_TEXT` characters."""
    return text[:MAX_TEXT].replace("\0", "")


def count_at(value: Json, *path: str) -> int | None:
    """Follow keys to a count of things: an integer from 0 to `MAX_COUNT`, or such an integer as text."""
    leaf = branch(value, *path[:-1]).get(path[-1])
    if isinstance(leaf, str) and is_id(leaf):
        leaf = int(leaf)
    if isinstance(leaf, bool) or not isinstance(leaf, int):
        return None
    return leaf if 0 <= leaf <= MAX_COUNT else None


def flag_at(value: Json, *path: str) -> bool | None:
    """Follow keys to a yes or no; anything else is unknown."""
    leaf = branch(value, *path[:-1]).get(path[-1])
    return leaf if isinstance(leaf, bool) else None


def id_at(value: Json, *path: str) -> str | None:
    """Follow keys to X's numeric id, as text; old REST writes some as numbers."""
    leaf = branch(value, *path[:-1]).get(path[-1])
    if isinstance(leaf, int) and not isinstance(leaf, bool):
        leaf = str(leaf) if 0 < leaf < 10**20 else None
    return leaf if isinstance(leaf, str) and is_id(leaf) else None
