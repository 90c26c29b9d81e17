"""Reads the data that X's next client writes into its pages: assignments to ``$R[…]`` in scripts (Seroval notation).

Only values are read: names, texts, numbers and references. Whatever else stands in a script ends the reading there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from companion.sources.json_tree import Json, Node

MOST_STEPS = 500_000
"""Values of one page, references counted each time; a page's own have some thousands."""
DEEPEST = 200
SAFE_DIGITS = 18
"""A longer whole number stays text."""
_ROOT = re.compile(r"\.next\(|\(\$R\s*=>\s*(?=\$R\[)")
_SPACE = re.compile(r"\s*")
_REFERENCE = re.compile(r"\$R\[(\d{1,9})\]")
_NAME = re.compile(r"[A-Za-z_$][\w$]*|\d+")
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', re.DOTALL)
_NUMBER = re.compile(r"-?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})(?:[eE][+-]?\d{1,3})?(n?)")
_WORDS: tuple[tuple[str, Json], ...] = (
    ("!0", True), ("!1", False), ("void 0", None), ("null", None), ("true", True), ("false", False),
    ("undefined", None), ("NaN", None), ("Infinity", None), ("-Infinity", None),
)  # fmt: skip
_DATE = re.compile(r'new Date\(\s*("(?:[^"\\]|\\.)*"|\d+)\s*\)')
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|\r\n|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": ""}
_TIMELINE = re.compile(r"profile_(\w+)_timeline")


class _UnreadableError(Exception):
    """Something in a script that is no value."""


def answers_in(script: str) -> Iterator[tuple[str, str]]:
    """Yield (operation or "", JSON text) for each answer of X's API that a script of the page holds."""
    reader = _Reader(script)
    for root in _ROOT.finditer(script):
        try:
            found = list(_answers(reader.value(root.end(), 0), reader))
            whole = [(_operation(answer), msgspec.json.encode(_spread(answer, reader, 0)).decode()) for answer in found]
        except _UnreadableError:
            continue
        yield from whole


@dataclass(slots=True)
class _Reader:
    """One script, the values that were given a number, and how much may still be read."""

    text: str
    at: int = 0
    steps: int = MOST_STEPS
    known: dict[str, Json] = field(default_factory=dict)

    def value(self, at: int, depth: int) -> Json:
        """Read the value that begins at a place."""
        self.at = at
        return self._value(depth)

    def step(self, depth: int) -> None:
        self.steps -= 1
        if self.steps < 0 or depth > DEEPEST:
            raise _UnreadableError

    def _value(self, depth: int) -> Json:
        self.step(depth)
        self._skip()
        if reference := self._take(_REFERENCE):
            return self._referred(reference[1], depth)
        if text := self._take(_TEXT):
            return _unescaped(text[0])
        if self.text.startswith(("{", "["), self.at):
            return self._object({}, depth) if self.text[self.at] == "{" else self._array([], depth)
        if date := self._take(_DATE):
            return date[1].strip('"')
        for word, meaning in _WORDS:
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        if number := self._take(_NUMBER):
            return number[0][:-1] if number[1] else _number(number[0])
        raise _UnreadableError

    def _referred(self, number: str, depth: int) -> Json:
        """Return a value by its number, after reading it if it is given here."""
        self._skip()
        if not self.text.startswith("=", self.at) or self.text.startswith("=>", self.at):
            return self.known.get(number)
        self.at += 1
        self._skip()
        if self.text.startswith("{", self.at):
            self.known[number] = node = dict[str, Json]()
            return self._object(node, depth + 1)
        self.known[number] = value = self._value(depth + 1)
        return value

    def _object(self, node: dict[str, Json], depth: int) -> Json:
        self.at += 1
        while not self._ends("}"):
            name = self._take(_TEXT) or self._take(_NAME)
            self._skip()
            if name is None or not self.text.startswith(":", self.at):
                raise _UnreadableError
            self.at += 1
            node[_unescaped(name[0]) if name[0][0] in "\"'" else name[0]] = self._value(depth + 1)
        return node

    def _array(self, items: list[Json], depth: int) -> Json:
        self.at += 1
        while not self._ends("]"):
            items.append(self._value(depth + 1))
        return items

    def _ends(self, close: str) -> bool:
        """Go past commas; return whether the object or array ends here, and go past that too."""
        self._skip()
        while self.text.startswith(",", self.at):
            self.at += 1
            self._skip()
        if not self.text.startswith(close, self.at):
            return False
        self.at += 1
        return True

    def _skip(self) -> None:
        if found := _SPACE.match(self.text, self.at):
            self.at = found.end()

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found


def _answers(value: Json, reader: _Reader) -> Iterator[Node]:
    """Yield every object that is an answer: ``data`` of a result that went well."""
    stack: list[tuple[Json, int]] = [(value, 0)]
    while stack:
        here, depth = stack.pop()
        reader.step(depth)
        if isinstance(here, dict):
            result = here.get("value")
            if here.get("kind") == "Result.Ok" and isinstance(result, dict) and isinstance(result.get("data"), dict):
                yield {"data": result["data"]}
                continue
        inner = here.values() if isinstance(here, dict) else here if isinstance(here, list) else ()
        stack += [(one, depth + 1) for one in inner]


def _spread(value: Json, reader: _Reader, depth: int) -> Json:
    """Return a value with its references written out, as far as a page's own go."""
    reader.step(depth)
    if isinstance(value, dict):
        return {name: _spread(one, reader, depth + 1) for name, one in value.items()}
    return [_spread(one, reader, depth + 1) for one in value] if isinstance(value, list) else value


def _operation(answer: Node) -> str:
    """Return the operation that gives such an answer, where its timeline's name tells it."""
    found = _TIMELINE.search(" ".join(_names(answer, 3)))
    return "".join(part.capitalize() for part in found[1].split("_")) + "Timeline" if found else ""


def _names(value: Json, levels: int) -> Iterator[str]:
    if isinstance(value, dict) and levels >= 0:
        for name, inner in value.items():
            yield name
            yield from _names(inner, levels - 1)


def _number(text: str) -> Json:
    if set(text) & set(".eE"):
        return float(text)
    return int(text) if len(text) <= SAFE_DIGITS else text


def _unescaped(text: str) -> str:
    """Return what a quoted text says."""
    plain = _ESCAPE.sub(_escaped, text[1:-1])
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # emoji are written as two halves


def _escaped(found: re.Match[str]) -> str:
    told = found[1]
    if len(told) > 1 and told[0] in "xu":
        code = int(told[1:].strip("{}"), 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    return _PLAIN.get(told, told)
