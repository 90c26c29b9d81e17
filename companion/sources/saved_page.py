"""Reads a saved file: one of X's JSON answers, a recording of many (HAR), or a page's HTML as a browser saved it."""

from __future__ import annotations

import codecs
import time
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from companion.domain.sightings import Understanding
from companion.errors import SourceError
from companion.sources.dom_readings import understand_reading
from companion.sources.har_file import MAX_BYTES as MAX_HAR_BYTES
from companion.sources.har_file import is_har, understand_har
from companion.sources.html_nodes import PageSelectors, avatar_handle, link_handle
from companion.sources.html_people import header, people_in
from companion.sources.html_posts import posts_in
from companion.sources.inline_stream import answers_in
from companion.sources.json_tree import Node
from companion.sources.page import understand

MAX_BYTES = 50 * 1024 * 1024
"""A saved page carries its styles and pictures along."""


def read_saved(
    source: Path | str | bytes,
    *,
    op: str = "",
    viewer_id: str | None = None,
    viewer_handle: str | None = None,
    at: int | None = None,
    selectors: dict[str, tuple[str, ...]] | None = None,
) -> Understanding:
    """Turn a saved JSON answer or a saved page into people, posts and interactions.

    Args:
        source: a path, or the text itself.
        op: the operation's name, if known; it is named in the problems.
        viewer_id: numeric id of the account it was saved from; read from the page if it is there.
        viewer_handle: its handle, likewise.
        at: when it was saved, epoch seconds UTC; the file's own time (or now, for a text) if left out.
        selectors: a table to use instead of the extension's.

    Raises:
        SourceError: The file cannot be read, or is none of the three.
    """
    text, saved_at = _contents(source)
    when = at if at is not None else saved_at
    if is_har(text[:4096].lstrip("\ufeff")):
        return _explained(
            understand_har(text.lstrip("\ufeff"), viewer_id=viewer_id, viewer_handle=viewer_handle, at=when)
        )
    if text[:4096].lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        understanding = understand(
            text.lstrip("\ufeff"), op=op, viewer_id=viewer_id, viewer_handle=viewer_handle, at=when, max_bytes=MAX_BYTES
        )
        return _explained(understanding)
    if "<" not in text:
        raise SourceError("This is neither one of X's JSON answers nor a saved page. Save it again and read that file.")
    return _explained(_read_html(text, viewer_id=viewer_id, viewer_handle=viewer_handle, at=when, table=selectors))


def _contents(source: Path | str | bytes) -> tuple[str, int]:
    """Return the text and when it was saved."""
    if isinstance(source, str):
        return source, int(time.time())
    if isinstance(source, bytes):
        return _text(source), int(time.time())
    try:
        stat = source.stat()
        most = MAX_HAR_BYTES if source.suffix.lower() == ".har" else MAX_BYTES
        if stat.st_size > most:
            raise SourceError(f"{source.name} is larger than {most // 2**20} MB, which no page of X is.")
        return _text(source.read_bytes()), int(stat.st_mtime)
    except OSError as error:
        raise SourceError(f"{source.name} cannot be read: {error.strerror}.") from None


def _read_html(
    text: str, *, viewer_id: str | None, viewer_handle: str | None, at: int, table: dict[str, tuple[str, ...]] | None
) -> Understanding:
    page = LexborHTMLParser(text)
    selectors = PageSelectors(page, table)
    viewer = viewer_handle or viewer_of(page, selectors)
    profile = header(page, selectors)
    posts, authors = posts_in(page, selectors)
    reading: Node = {
        "kind": "dom",
        "page": "profile" if profile else "other",
        "people": [*([profile] if profile else []), *people_in(page, selectors), *authors],
        "posts": [*posts],
    }
    understood = understand_reading(reading, viewer_id=viewer_id, viewer_handle=viewer, at=at)
    understood.op, understood.viewer_handle = "saved page", viewer
    for script in page.css("script"):
        _add_stream(understood, script.text(deep=True), viewer_id, at)
    return understood


def _add_stream(understood: Understanding, script: str, viewer_id: str | None, at: int) -> None:
    """Add what a script of X's next client holds; an answer that cannot be read is named among the problems."""
    for op, text in answers_in(script):
        try:
            told = understand(text, op=op, viewer_id=viewer_id, viewer_handle=understood.viewer_handle, at=at)
        except SourceError as error:
            understood.problems.append(error.message)
            continue
        for part in ("people", "posts", "relations", "interactions", "problems"):
            getattr(understood, part).extend(getattr(told, part))


def viewer_of(page: LexborHTMLParser, selectors: PageSelectors) -> str | None:
    """Return the handle of the account that was logged in, from the page's navigation."""
    linked = link_handle(selectors.one(page, "viewerLink"))
    return linked or avatar_handle(selectors.one(page, "viewerAvatar"))


def _explained(understood: Understanding) -> Understanding:
    """Return the understanding, with a problem added if it holds nothing at all."""
    told = (understood.people, understood.posts, understood.relations, understood.interactions, understood.problems)
    if not any(told):
        understood.problems.append("Nothing in this file looks like people or posts.")
    return understood


def _text(data: bytes) -> str:
    """Return a file's text; Windows' own tools save it in UTF-16."""
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if utf_16 else "utf-8", "replace")
