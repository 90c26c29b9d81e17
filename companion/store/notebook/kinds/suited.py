"""The kind "suited": whether a person suits a purpose, such as speaker, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping

from companion.domain import limits
from companion.domain.facts import FITNESS
from companion.errors import BodyError
from companion.settings import Settings
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import choice_of, only
from companion.store.notebook.kinds.kind import Kind
from companion.store.notebook.kinds.text import text_of

FIELDS = frozenset({"purpose", "fits", "basis"})


def clean(body: Mapping[str, object], _settings: Settings) -> Document:
    """Return the purpose, yes, perhaps or no, and the basis, which nobody is judged without."""
    only(body, FIELDS, "suitability")
    purpose = " ".join(text_of(body, "purpose", limits.TAG).split())
    if not purpose:
        raise BodyError("Say for what purpose, such as speaker.", field="purpose")
    basis = text_of(body, "basis", limits.FACT).strip() if "basis" in body else ""
    if not basis:
        raise BodyError("Say what this rests on, such as “heard her at the Porto fair”.", field="basis")
    return {"purpose": purpose, "fits": choice_of(body, "fits", FITNESS), "basis": basis}


def words(body: Document) -> str:
    """Return the text for search."""
    fits = FITNESS.get(str(body.get("fits")), "")
    return f"{fits} as {body.get('purpose', '')}: {body.get('basis', '')}" if body.get("purpose") else ""


KIND = Kind("suited", clean, lambda body: not body.get("purpose"), words, many=True, fields=FIELDS)
