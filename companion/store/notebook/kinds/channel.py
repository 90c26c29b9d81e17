"""The kind "channel": an address of a person elsewhere: mail, phone, a feed, another network."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.facts import CHANNELS, wrong_address
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import choice_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"what", "address"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return the channel and the address, which has the form of its channel."""
    only(body, FIELDS, "channel")
    what = choice_of(body, "what", CHANNELS)
    address = text_of(body, "address", limits.ADDRESS).strip()
    if not address:
        raise BodyError("Give the address there.", field="address")
    if told := wrong_address(what, address):
        raise BodyError(told, field="address")
    return {"what": what, "address": address}


def words(body: Document) -> str:
    """Return the text for search."""
    return f"{CHANNELS.get(str(body.get('what')), '')} {body.get('address', '')}".strip()


KIND = Kind("channel", clean, lambda body: not body.get("address"), words, many=True, fields=FIELDS)
