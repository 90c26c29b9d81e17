"""The interface of a kind of document, and the discovery of all kinds in this package.

To add a kind, add a module here with ``KIND = Kind(...)``. Nothing else changes: it can be written through
``/v1/writes`` and is versioned, searched, merged, forgotten and exported like the others.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from companion.settings import Settings
from companion.store.documents import Document, Json


def nothing_marked(_body: Document) -> dict[str, Json]:
    """Add nothing to the badge's summary."""
    return {}


def keep_newer(newer: Document, _older: Document, _settings: Settings) -> Document:
    """Return the newer of two bodies; the older stays among the versions."""
    return newer


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document that the user writes about a person.

    Attributes:
        name: its name in the API and of its table.
        clean: validates a received body and returns the one to store; raises ``BodyError`` for an invalid one.
        blank: returns whether a body is empty, so that storing it removes the document.
        words: returns the body's text for search.
        join: combines two bodies (newer, older, settings) when two people turn out to be one.
        marks: returns the fields that a badge shows of it (see `Summary.marks`).
        many: whether a person can have several, each with an item id; otherwise one that changes.
        fields: the fields of a body that this version knows; those of a newer version are kept through an edit.
        careful: whether a write that names no base revision must not replace an existing document.
        versions: how many earlier bodies are stored per document.
        members: the field of a body that is a set of names, of which two machines each add some; empty for a text.
    """

    name: str
    clean: Callable[[Mapping[str, object], Settings], Document]
    blank: Callable[[Document], bool]
    words: Callable[[Document], str]
    join: Callable[[Document, Document, Settings], Document] = keep_newer
    marks: Callable[[Document], dict[str, Json]] = nothing_marked
    many: bool = False
    fields: frozenset[str] = frozenset()
    careful: bool = False
    versions: int = 20
    members: str = ""

    def known(self, body: Document) -> Document:
        """Return the part of a body that this version knows, all of it for a kind that names no fields."""
        if not self.fields or self.fields.issuperset(body):
            return body
        return {key: value for key, value in body.items() if key in self.fields}

    def with_unknown(self, body: Document, before: Document) -> Document:
        """Return a body with the fields that a newer version gave the one it replaces."""
        unknown = {key: value for key, value in before.items() if self.fields and key not in self.fields}
        unknown.pop("gone", None)
        return {**unknown, **body}

    def says_nothing(self, body: Document) -> bool:
        """Return whether the document was removed: one of several is marked ``gone``, a single one is blank."""
        return body.get("gone") is True or self.blank(body)


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Return every kind by name."""
    from companion.store.notebook import kinds

    names = (f"{kinds.__name__}.{submodule.name}" for submodule in pkgutil.iter_modules(kinds.__path__))
    modules = [importlib.import_module(name) for name in names]
    return {module.KIND.name: module.KIND for module in modules if hasattr(module, "KIND")}
