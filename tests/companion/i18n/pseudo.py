"""A language that nobody speaks: all messages stand in brackets, so what stands outside was not translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from companion.i18n.catalogue import Catalogue, text_of
from companion.i18n.po_file import Entry, Parsed, parse

ACCENTS = str.maketrans("aeiouAEIOUcn", "åéîöüÅÉÎÖÜçñ")
VALUE = re.compile(r"(%\(\w+\)s|\{\w+\}|<[^>]*>|&\w+;)")
USERS_OWN = (
    "bdi, code, kbd, script, style, textarea, [dir=auto], svg.circles text, svg.faced text, #language option[lang]"
)
"""What users wrote, code, and names of languages."""
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-label")


def pseudo_text(message: str) -> str:
    """Return a message with accents and in brackets; its places and its HTML stay."""
    parts = VALUE.split(message)
    return f"⟦{''.join(part if number % 2 else part.translate(ACCENTS) for number, part in enumerate(parts))}⟧"


@cache
def pseudo_catalogue() -> Catalogue:
    """Return the catalogue of the language; it writes days and numbers as German does."""
    german = parse(text_of("de"))
    entries = {
        msgid: Entry(
            msgid,
            entry.plural,
            [pseudo_text(text.rpartition("\x04")[2]) for text in ((msgid, entry.plural) if entry.plural else (msgid,))],
        )
        for msgid, entry in german.entries.items()
    }
    return Catalogue("de", Parsed(german.header, entries))


def untranslated(html: str) -> list[str]:
    """Return what stands outside of brackets on a page, in text and in attributes that are read out."""
    tree = LexborHTMLParser(html)
    for node in tree.css(USERS_OWN):
        node.decompose()
    texts = [*_attributes(tree), *(_without_brackets(tree.body) if tree.body else [])]
    return [text for text in texts if re.search(r"[A-Za-z]{2}", text)]


def _attributes(tree: LexborHTMLParser) -> Iterator[str]:
    for name in SPOKEN:
        for node in tree.css(f"[{name}]"):
            yield from _outside(node.attributes[name] or "")


def _without_brackets(body: LexborNode) -> list[str]:
    return _outside(body.text(separator="\n"))


def _outside(text: str) -> list[str]:
    """Return what stands outside of brackets, which may stand in each other and may go over several nodes."""
    depth, pieces = 0, [""]
    for letter in text:
        if letter in "⟦⟧":
            depth += 1 if letter == "⟦" else -1
            pieces.append("")
        elif depth == 0:
            pieces[-1] += letter
    return [piece.strip() for part in pieces for piece in part.split("\n") if piece.strip()]
