"""The readable exports by name: a table, two versions of vCard, Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from companion.export import csv_file, markdown, vcard
from companion.export.people import ExportedPerson

FORMS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "csv": ("csv", "text/csv; charset=utf-8"),
        "vcard": ("vcf", "text/vcard; charset=utf-8"),
        "vcard4": ("vcf", "text/vcard; charset=utf-8"),
        "markdown": ("md", "text/markdown; charset=utf-8"),
    }
)
"""Form -> (ending of the file, media type)."""


def readable(people: Iterable[ExportedPerson], form: str, now: int) -> Iterator[bytes]:
    """Yield the parts of a file in one of the ``FORMS``; ``now`` dates it, epoch seconds."""
    if form == "csv":
        return csv_file.table(people)
    if form == "markdown":
        return markdown.pages(people, now)
    return vcard.cards(people, vcard.NEW if form == "vcard4" else vcard.OLD)
