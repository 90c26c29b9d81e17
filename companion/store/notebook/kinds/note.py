"""The kind "note": free text of several lines about a person, with its earlier versions."""

from __future__ import annotations

from collections.abc import Mapping

from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

POST_CHARACTERS = 40
"""A post's id is a number of some twenty digits."""
FIELDS = frozenset({"text", "post"})


def clean(body: Mapping[str, object], settings: Settings) -> Document:
    """Return the text and the id of the post that was in view."""
    note: Document = {"text": text_of(body, "text", settings.note_characters, lines=True)}
    post = body.get("post")
    if post is not None:
        note["post"] = text_of(body, "post", POST_CHARACTERS)
    unknown = set(body) - FIELDS
    if unknown:
        raise BodyError("A note has a text and a post, nothing else.", field=sorted(unknown)[0], unknown=True)
    return note


def join(newer: Document, older: Document, settings: Settings) -> Document:
    """Return the newer text with the older below it; if both do not fit, the older stays among the versions."""
    text, other = words(newer), words(older)
    both = f"{text}\n\n{other}"
    if other in text or len(both) > settings.note_characters:
        return newer
    return {**newer, "text": both}


def words(body: Document) -> str:
    """Return the text."""
    return str(body["text"])


KIND = Kind("note", clean, lambda body: not words(body).strip(), words, join, fields=FIELDS, careful=True, versions=100)
