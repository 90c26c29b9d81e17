"""What can be written about a person: one file per kind, found by itself.

To add a kind, add a file here with ``KIND = Kind(...)``. Nothing else changes: it can be written through
``/v1/writes``, is versioned, searched, merged, forgotten and exported like the others.
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
    """Join two bodies by keeping the newer; the older stays among the versions."""
    return newer


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that the user writes about a person.

    Attributes:
        name: the word for it on the wire and the name of its table.
        clean: checks a body that came in and returns what is stored; ``BodyError`` says what is wrong with it.
        blank: whether a body says nothing, so that storing it takes the thing away.
        words: the body's text that search looks through.
        join: what becomes of two bodies when two persons turn out to be one: newer, older, settings.
        marks: what a badge shows of it (see `Summary.marks`).
        many: several per person, each with an item id; otherwise there is one that changes.
        careful: a write that does not name the revision it was based on may not replace anything.
        versions: how many earlier bodies are kept per thing.
    """

    name: str
    clean: Callable[[Mapping[str, object], Settings], Document]
    blank: Callable[[Document], bool]
    words: Callable[[Document], str]
    join: Callable[[Document, Document, Settings], Document] = keep_newer
    marks: Callable[[Document], dict[str, Json]] = nothing_marked
    many: bool = False
    careful: bool = False
    versions: int = 20

    def says_nothing(self, body: Document) -> bool:
        """Tell whether the thing was taken away: one of many is marked ``gone``, a single one is blank."""
        return body.get("gone") is True or self.blank(body)


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Return every kind by name."""
    from companion.store.notebook import kinds

    names = (f"{kinds.__name__}.{found.name}" for found in pkgutil.iter_modules(kinds.__path__))
    modules = [importlib.import_module(name) for name in names]
    return {module.KIND.name: module.KIND for module in modules if hasattr(module, "KIND")}
