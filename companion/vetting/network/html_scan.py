"""Finds the few tags of a page that the opener needs, in time linear in its length whatever its nesting.

No tree is built: a hostile page makes tree builders take minutes (200,000 nested elements). Tags, attributes,
comments and elements of raw text are told apart as the HTML Standard's tokenizer does.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_STEPS = 20_000
"""Tags, attributes and comments looked at one by one; plain tags of no interest cost none. Some 30 ms."""
LONGEST_TEXT = 4096
_NAMES = "title|meta|base|script|style|xmp|iframe|noembed|noframes|textarea|plaintext|template|svg|math"
_RAW = frozenset({"title", "script", "style", "xmp", "iframe", "noembed", "noframes", "textarea"})
_PLAIN = r"(?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*+>"
_OTHER = re.compile(
    rf"(?:[^<]++|<(?!(?:{_NAMES})[\s/>])[a-z]{_PLAIN}|<(?![/!?a-z])|</(?!template|svg|math)[a-z]{_PLAIN})*+",
    re.IGNORECASE,
)
"""Text and tags of no interest, skipped in one step (possessive: nothing is tried twice)."""
_TAG = re.compile(r"</?([a-z][^\s/>]*+)", re.IGNORECASE)
_NAME = re.compile(r"[\s/]*+([^\s/>][^\s/>=]*+)?+\s*+(=?)\s*+")
_UNQUOTED = re.compile(r"[^\s>]*+")
_COMMENT_END = re.compile(r"--!?>")
_CLOSE = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


@dataclass(slots=True)
class Tag:
    """A start tag, with the text of a title; ``inside`` says that it stands in a template, svg or math."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inside: bool = False


def tags(text: str) -> Iterator[Tag]:
    """Give the start tags that may matter, in order; ends with the text, an unfinished tag, or ``MOST_STEPS``."""
    return _Scan(text).tags()


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._steps = MOST_STEPS

    def tags(self) -> Iterator[Tag]:
        depth = 0
        while self._skip():
            closing, tag = self._text.startswith("</", self._at), self._tag()
            if tag is None or tag.name == "plaintext":
                return
            if tag.name in ("template", "svg", "math"):
                depth = max(0, depth - 1) if closing else depth + 1
            elif not closing:
                tag.inside = depth > 0
                tag.text = self._raw(tag.name) if tag.name in _RAW else ""
                yield tag

    def _skip(self) -> bool:
        """Go to the next tag, past text, comments and declarations; false if there is none."""
        while self._step():
            hit = _OTHER.match(self._text, self._at)
            self._at = hit.end() if hit else len(self._text)
            if self._text.startswith("<!--", self._at):
                self._comment()
            elif _TAG.match(self._text, self._at):
                return True
            else:  # a declaration, or an end tag without a name
                self._go_to(self._text.find(">", self._at), 1)
        return False

    def _step(self) -> bool:
        self._steps -= 1
        return self._steps > 0 and self._at < len(self._text)

    def _go_to(self, position: int, past: int) -> None:
        self._at = len(self._text) if position < 0 else position + past

    def _comment(self) -> None:
        start = self._at + 4
        if self._text.startswith((">", "->"), start):
            self._go_to(self._text.find(">", start), 1)
            return
        end = _COMMENT_END.search(self._text, start)
        self._at = end.end() if end else len(self._text)

    def _tag(self) -> Tag | None:
        """Read one tag and its attributes; None if the text ends within it."""
        named = _TAG.match(self._text, self._at)
        if named is None:
            return None
        tag, self._at = Tag(named[1].lower()), named.end()
        while self._step():
            read = _NAME.match(self._text, self._at)
            self._at = read.end() if read else len(self._text)
            if read is None or not read[1]:
                self._at += 1
                return tag if self._text.startswith(">", self._at - 1) else None
            value = self._value() if read[2] else ""
            tag.attributes.setdefault(read[1].lower(), html.unescape(value[:LONGEST_TEXT]))
        return None

    def _value(self) -> str:
        quote, start = self._text[self._at : self._at + 1], self._at
        if quote in ('"', "'"):
            self._go_to(self._text.find(quote, start + 1), 1)
            return self._text[start + 1 : self._at - 1]
        hit = _UNQUOTED.match(self._text, start)
        self._at = hit.end() if hit else start
        return self._text[start : self._at]

    def _raw(self, name: str) -> str:
        """Go past an element that holds text alone and return what it holds, cut where it is long."""
        start, end = self._at, _CLOSE[name].search(self._text, self._at)
        self._at = end.start() if end else len(self._text)
        return html.unescape(self._text[start : min(self._at, start + LONGEST_TEXT)])
