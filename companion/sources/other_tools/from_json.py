"""Reads exports that are JSON: X User Notes, XMark, Profile Notes, UTags, and Reddit Enhancement Suite's tags.

Each reader returns None unless the decoded file has keys that only its own tool writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from companion.sources.other_tools.notes import (
    Fields,
    ImportedNote,
    Parsed,
    fields_of,
    named,
    readable,
    text_of,
    texts,
    when,
)
from companion.sources.other_tools.person_names import who

USER_NOTES_KEY = "muteBlockNotes-"
RES_TAGS = "RESmodules.userTagger.tags"
RES_TAG = "tag."
HOSTS_OF_X = {"x.com", "twitter.com", "www.x.com", "www.twitter.com", "mobile.x.com", "mobile.twitter.com"}


def x_user_notes(body: Fields) -> Parsed | None:
    """Read X User Notes: ``{"muteBlockNotes-@handle": "text"}``."""
    ours = {key: value for key, value in body.items() if key.startswith(USER_NOTES_KEY)}
    if not ours:
        return None
    parsed = Parsed("X User Notes")
    for key, value in ours.items():
        name = key.removeprefix(USER_NOTES_KEY)
        note = readable(value) if isinstance(value, str) else ""
        parsed.add(ImportedNote(None, named(name), note), f"The entry {name[:40]!r}")
    return parsed


def xmark(body: Fields) -> Parsed | None:
    """Read XMark: ``{"version", "exportTime", "notes": {id: {name, description, username, tagId, …}}, "tags"?}``.

    XMark shows ``name`` beside the handle, so it becomes the alias; it is the note too where there is no description.
    """
    notes = body.get("notes")
    if not isinstance(notes, dict) or "format" in body:
        return None
    parsed, labels = Parsed("XMark"), _labels(body.get("tags"))
    for key, value in notes.items():
        fields = {"text": value} if isinstance(value, str) else fields_of(value)
        id, handle = who(key)
        id = id or who(text_of(fields, "userId"))[0]
        note = ImportedNote(id, named(fields.get("username")) or handle)
        label = text_of(fields, "name", "text")
        note.note = text_of(fields, "description") or label
        note.alias = " ".join(label.split()) if text_of(fields, "name") else None
        chosen = [text_of(fields, "tagId", "tag"), *texts(fields.get("tagIds")), *texts(fields.get("tags"))]
        note.tags = list(dict.fromkeys(labels.get(tag, tag) for tag in chosen if tag))
        note.at = when(fields, "updatedAt", "createdAt")
        parsed.add(note, f"The entry {str(key)[:40]!r}")
    return parsed


def _labels(tags: object) -> dict[str, str]:
    """Return tag id -> its name, from a list of tags or an object of them."""
    labels: dict[str, str] = {}
    pairs: Iterable[tuple[object, object]] = (
        tags.items() if isinstance(tags, dict) else enumerate(tags if isinstance(tags, list) else [])
    )
    for key, value in pairs:
        fields = fields_of(value)
        name = text_of(fields, "name", "label")
        if name:
            labels[text_of(fields, "id") or str(key)] = name
    return labels


def profile_notes(body: Fields) -> Parsed | None:
    """Read Profile Notes: ``{"<id>-notes": {"name", "handle", "note", "thumbnailURL"}}``."""
    entries = {key: fields_of(value) for key, value in body.items()}
    if not entries or not all({"handle", "note"} <= fields.keys() for fields in entries.values()):
        return None
    parsed = Parsed("Profile Notes")
    for key, fields in entries.items():
        id, _ = who(key.removesuffix("-notes"))
        parsed.add(ImportedNote(id, named(fields.get("handle")), text_of(fields, "note")), f"The entry {key[:40]!r}")
    return parsed


def utags(body: Fields) -> Parsed | None:
    """Read UTags: ``{"data": {link: {"tags", "meta"}}, "meta": {"databaseVersion"}}``, or the older flat form."""
    inner = body.get("data")
    entries = fields_of(inner) if isinstance(inner, dict) else body
    links = {key: fields_of(value) for key, value in entries.items() if "://" in key}
    if not links or not any("tags" in fields for fields in links.values()):
        return None
    parsed = Parsed("UTags")
    others = 0
    for link, fields in links.items():
        id, handle = who(link)
        if handle is None or (urlsplit(link).hostname or "").lower() not in HOSTS_OF_X or "/status/" in link:
            others += 1
            continue
        meta = fields_of(fields.get("meta"))
        note = ImportedNote(id, handle, text_of(meta, "note", "description"), texts(fields.get("tags")))
        note.at = when(meta, "updated", "created")
        parsed.add(note, f"The entry {link[:60]!r}")
    if others:
        parsed.trouble(f"{others} tagged link(s) lead to no person on X and were left out.")
    return parsed


def res_tags(body: Fields) -> Parsed | None:
    """Read tags as Reddit Enhancement Suite keeps them: one object of names, or one ``tag.name`` entry each."""
    inner = fields_of(body.get("data")) or body
    stored = fields_of(inner.get(RES_TAGS)) or (inner if _all_tags(inner) else {})
    single = {key.removeprefix(RES_TAG): value for key, value in inner.items() if key.startswith(RES_TAG)}
    entries = {**{str(key): value for key, value in stored.items()}, **single}
    if not entries:
        return None
    parsed = Parsed("Reddit Enhancement Suite", elsewhere="Reddit")
    for name, value in entries.items():
        fields = fields_of(value)
        link = text_of(fields, "link")
        tags = [" ".join(text_of(fields, "tag", "text").split())]
        note = ImportedNote(
            None, named(name), f"Tagged at {link}" if link and tags[0] else "", [tag for tag in tags if tag]
        )
        if tags[0]:
            parsed.add(note, f"The entry {name[:40]!r}")
    return parsed


def _all_tags(body: Fields) -> bool:
    """Return whether this is the bare object of tags, as saved from RES's console."""
    values = [fields_of(value) for value in body.values()]
    return bool(values) and all({"tag", "votes", "color", "ignore", "ignored"} & fields.keys() for fields in values)


READERS: tuple[Callable[[Fields], Parsed | None], ...] = (x_user_notes, xmark, utags, res_tags, profile_notes)
"""Tried in this order; the first that recognises the file reads it."""
