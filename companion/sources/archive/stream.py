"""Streams the elements of ``window.YTD.x.part0 = [ … ]`` one by one, in little memory whatever the file's size."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO, TextIO

from companion.errors import SourceError

WINDOW_CHARACTERS = 1024 * 1024
"""Measured: 200 MB in 2.0 s with an 18 MB peak; a smaller window re-parses more, a larger one buys nothing."""
MAX_ELEMENT_CHARACTERS = 16 * 1024 * 1024
"""The largest real element (a long DM conversation) is a few MB; each retry parses it again, so it is bounded."""
MAX_PREFIX_CHARACTERS = 512

_BLANK = " \t\r\n,"
_decoder = json.JSONDecoder()


def elements(stream: IO[bytes], name: str) -> Iterator[object]:
    """Yield each element of the array that the file assigns.

    Args:
        stream: the file's bytes, UTF-8 (a byte-order mark is tolerated).
        name: the file's name, for messages.

    Raises:
        SourceError: the file is no such assignment, is not UTF-8, is cut off, or holds something that is not JSON.
            Elements before the fault have been yielded.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="strict", newline="")
    try:
        buffer = _skip_prefix(text, name)
        yield from _array(text, buffer, name)
    except UnicodeDecodeError as error:
        raise SourceError(f"{name} is not UTF-8 text (byte {error.start}).") from error
    except RecursionError as error:
        raise SourceError(f"{name} is nested too deeply to be X's.") from error
    finally:
        text.detach()


def whole(stream: IO[bytes], name: str, limit: int = MAX_ELEMENT_CHARACTERS) -> object:
    """Return the single JSON value that a small file such as ``manifest.js`` assigns.

    Raises:
        SourceError: it is larger than ``limit`` bytes, or is not such a file.
    """
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise SourceError(f"{name} is larger than {limit:,} bytes, which X's never is.")
    try:
        _, _, value = raw.decode("utf-8-sig").partition("=")
        return json.loads(value.strip().rstrip(";"))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name} is not what X writes ({error}).") from error


def _skip_prefix(text: TextIO, name: str) -> str:
    """Return the text from just after the opening bracket."""
    buffer = text.read(WINDOW_CHARACTERS)
    start = buffer.find("[", 0, MAX_PREFIX_CHARACTERS)
    equals = buffer.find("=", 0, MAX_PREFIX_CHARACTERS)
    if start < 0 or (equals > start):
        raise SourceError(f"{name} does not begin as X's files do (an assignment of a list).")
    return buffer[start + 1 :]


def _array(text: TextIO, buffer: str, name: str) -> Iterator[object]:
    at = 0
    while True:
        at = _past_blanks(buffer, at)
        if at < len(buffer) and buffer[at] == "]":
            return
        try:
            value, end = _decoder.raw_decode(buffer, at)
        except ValueError as error:
            buffer, at = _more(text, buffer, at, name, error), 0
            continue
        if end >= len(buffer) - 1:  # the value may go on: a number, or the window's edge
            grown = text.read(WINDOW_CHARACTERS)
            if grown:
                buffer, at = buffer[at:] + grown, 0
                continue
        yield value
        at = end


def _past_blanks(buffer: str, at: int) -> int:
    while at < len(buffer) and buffer[at] in _BLANK:
        at += 1
    return at


def _more(text: TextIO, buffer: str, at: int, name: str, error: ValueError) -> str:
    """Return the unread rest with the next window behind it; at the file's end the fault is real."""
    rest = buffer[at:]
    if len(rest) > MAX_ELEMENT_CHARACTERS:
        raise SourceError(f"{name} holds one entry of more than {MAX_ELEMENT_CHARACTERS:,} characters.") from error
    grown = text.read(max(WINDOW_CHARACTERS, len(rest)))
    if not grown:
        raise SourceError(f"{name} ends in the middle, or holds something that is not JSON ({error}).") from error
    return rest + grown
