"""Adds the facts of a table of `mutuals export` to what is written about a person; nothing stored is replaced."""

from __future__ import annotations

from collections.abc import Iterable

from companion.errors import BodyError
from companion.settings import Settings
from companion.sources.other_tools.notes import Fact
from companion.store.documents import Document
from companion.store.notebook.kinds.kind import all_kinds
from companion.store.notebook.results import About

Written = tuple[str, Document]
"""Kind of document and its body, as it would be stored."""
BLANKS: dict[str, Document] = {"origin": {"how": ""}, "roles": {"roles": []}, "context": {"context": ""}, "manner": {}}
"""Kind of which a person has one -> the body that takes it away."""


def added(facts: Iterable[Fact], about: About, settings: Settings) -> tuple[list[Written], list[str]]:
    """Return the facts to write, and a sentence for each that cannot be or is there in other words.

    Args:
        facts: kind and body of each.
        about: what is written about the person.
        settings: the limits for texts.
    """
    writing: list[Written] = []
    problems: list[str] = []
    for name, told in facts:
        kind = all_kinds()[name]
        try:
            body = kind.clean(told, settings)
        except BodyError as error:
            problems.append(f"{name}: {error.message}")
            continue
        stored = [kind.known(one) for one in about.others.get(name, [])]
        if name == "roles":
            body = kind.join(body, stored[0], settings) if stored else body
        if body in stored or (name, body) in writing:
            continue
        if stored and name not in ("roles", "channel", "suited"):
            problems.append(f"“{kind.words(body)}” was left out: “{kind.words(stored[0])}” is there.")
        else:
            writing.append((name, body))
    return writing, problems


def stored_fact(about: About, kind: str, item: str | None) -> tuple[int, Document]:
    """Return the revision and body of a stored fact, 0 and the body that takes it away where there is none."""
    blank: Document = {"item": item, "gone": True} if item else BLANKS[kind]
    for document in about.others.get(kind, []):
        if document.get("item") == item:
            return int(str(document["rev"])), all_kinds()[kind].known(document)
    return 0, blank
