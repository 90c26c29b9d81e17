"""Changes X's answers as X changes them: each key in turn renamed, dropped, or moved one level down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from tests.x_json import Json

Change = Callable[[Json, str], None]
"""Changes one key of an object in place."""


def _rename(node: Json, key: str) -> None:
    node[f"{key}_v3"] = node.pop(key)


def _drop(node: Json, key: str) -> None:
    del node[key]


def _nest(node: Json, key: str) -> None:
    node[key] = {"data_v3": node[key]}


CHANGES: tuple[Change, ...] = (_rename, _drop, _nest)


def objects_in(value: object, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every object in an answer with the names that lead to it, list positions left out."""
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from objects_in(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from objects_in(item, path)


def one_key_changed(answer: Json) -> Iterator[tuple[str, str]]:
    """Yield (what was changed, text) for each key changed in turn, at the last place of every path."""
    places = {f"{path}.{key}": (node, key) for path, node in objects_in(answer) for key in node}
    for path, place in places.items():
        for change in CHANGES:
            yield f"{change.__name__} {path}", _changed(answer, [place], change)


def every_key_changed(answer: Json) -> Iterator[tuple[str, str]]:
    """Yield (what was changed, text) for each name of a key changed wherever it stands."""
    for key in sorted({key for _, node in objects_in(answer) for key in node}):
        nodes = [(node, key) for _, node in objects_in(answer) if key in node]
        for change in CHANGES:
            yield f"{change.__name__} every {key}", _changed(answer, nodes[::-1], change)


def _changed(answer: Json, places: list[tuple[Json, str]], change: Change) -> str:
    """Return the changed answer as text; the answer itself is afterwards as it was."""
    before = [(node, dict(node)) for node, _ in places]
    for node, key in places:
        change(node, key)
    text = json.dumps(answer)
    for node, items in before:
        node.clear()
        node.update(items)
    return text
