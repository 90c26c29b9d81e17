"""Reads a HAR file, a browser's recording of its requests: each of X's JSON answers in it, as the live page is read."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from companion.domain.sightings import Understanding
from companion.errors import SourceError
from companion.sources import messages
from companion.sources.json_tree import Json, Node, nodes, parse, text_at
from companion.sources.operations import operation
from companion.sources.page import understand
from companion.sources.times import from_iso

MAX_BYTES = 300 * 1024 * 1024
"""A recording holds pictures and scripts too; those of one profile have 4 to 14 MB."""
_START = re.compile(r'\s*\{(?:\s*"[$\w]{1,40}"\s*:\s*(?:"[^"\\]{0,200}"|[\w.+-]{1,40})\s*,){0,9}\s*"log"\s*:\s*\{')
_HOST = re.compile(r"(?:[a-z]+\.)?(?:x|twitter)\.com")
_PARTS = ("people", "posts", "relations", "interactions", "lists", "problems")


@dataclass(frozen=True, slots=True)
class _Answer:
    op: str
    url: str
    request: str
    text: str
    at: int


def is_har(text: str) -> bool:
    """Return whether a text is a HAR file, by how it begins."""
    return _START.match(text) is not None


def understand_har(text: str, *, viewer_id: str | None, viewer_handle: str | None, at: int) -> Understanding:
    """Turn a HAR file into people, posts and interactions; direct messages and everything else in it are left alone.

    Args:
        text: the file.
        viewer_id: numeric id of the account it was recorded from; taken from an answer that names it, if there is one.
        viewer_handle: its handle, likewise.
        at: when it was recorded, for answers without a time of their own, epoch seconds UTC.

    Raises:
        SourceError: It is no complete HAR file, or has none of X's answers.
    """
    answers = sorted(_answers(parse(text, MAX_BYTES), at), key=lambda answer: answer.at)
    if not answers:
        raise SourceError("This recording holds none of X's answers. Record while a page of X loads, with contents.")
    whole = Understanding(op="HAR", viewer_id=viewer_id, viewer_handle=viewer_handle)
    for answer in answers:
        _find_viewer(whole, answer)
    for answer in answers:
        _add(whole, answer)
    return whole


def _answers(root: Json, at: int) -> Iterator[_Answer]:
    for entry in nodes(root, "log", "entries"):
        url = text_at(entry, "request", "url") or ""
        address, text = urlsplit(url), _content(entry)
        is_api = address.path.startswith("/i/api/") or (address.hostname or "").startswith("api.")
        op, is_json = operation("", url), text.lstrip().startswith(("{", "["))
        ours = bool(_HOST.fullmatch(address.hostname or "")) and is_api and is_json
        if ours and op and not messages.is_messages(op, url):
            when = from_iso(text_at(entry, "startedDateTime") or "") or at
            yield _Answer(op, url, text_at(entry, "request", "postData", "text") or "", text, when)


def _content(entry: Node) -> str:
    """Return the body of an answer; browsers write some as base64, and leave out those that were not kept."""
    response = entry.get("response")
    if not isinstance(response, dict) or _failed(response.get("status")):
        return ""
    content = response.get("content")
    body = content.get("text") if isinstance(content, dict) else None
    if not isinstance(body, str):
        return ""
    if text_at(content, "encoding") != "base64":
        return body
    try:
        return base64.b64decode("".join(body.split()), validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def _failed(status: Json) -> bool:
    return isinstance(status, int) and status >= HTTPStatus.BAD_REQUEST


def _understood(whole: Understanding, answer: _Answer) -> Understanding:
    return understand(
        answer.text,
        op=answer.op,
        url=answer.url,
        request=answer.request,
        viewer_id=whole.viewer_id,
        viewer_handle=whole.viewer_handle,
        at=answer.at,
    )


def _find_viewer(whole: Understanding, answer: _Answer) -> None:
    if whole.viewer_id is None and ("viewer" in answer.text[:2_000] or answer.op == "account/settings"):
        try:
            understanding = _understood(whole, answer)
        except SourceError:
            return
        whole.viewer_id = whole.viewer_id or understanding.viewer_id
        whole.viewer_handle = whole.viewer_handle or understanding.viewer_handle


def _add(whole: Understanding, answer: _Answer) -> None:
    """Add what one answer tells; one that cannot be read is named among the problems."""
    try:
        understanding = _understood(whole, answer)
    except SourceError as error:
        whole.problems.append(f"{answer.op}: {error.message}")
        return
    for part in _PARTS:
        getattr(whole, part).extend(getattr(understanding, part))
