"""The kind "asking": a question about this person to somebody who may know them, and what came of it (essay 4)."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.outcomes import ASKING
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import WHOM, choice_of, day_of, only, whom_of
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({WHOM, "words", "status", "day", "answer"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return who is asked, the words, draft, asked or answered, the day of that, and the answer."""
    only(body, FIELDS, "question")
    words = text_of(body, "words", limits.REASON, lines=True).strip()
    if not words:
        raise BodyError("Write the question.", field="words")
    status = choice_of(body, "status", ASKING)
    asking: Document = {WHOM: whom_of(body), "words": words, "status": status}
    if text := text_of(body, "answer", limits.REASON, lines=True).strip() if "answer" in body else "":
        asking["answer"] = text
    if status == "answered" and not text:
        raise BodyError("Write down what they answered.", field="answer")
    if day := day_of(body, "day"):
        asking["day"] = day
    return asking


def words(body: Document) -> str:
    """Return the text for search."""
    return f"{body.get('words', '')} {body.get('answer', '')}".strip()


KIND = Kind("asking", clean, lambda body: not body.get("words"), words, many=True, fields=FIELDS)
