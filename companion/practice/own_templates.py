"""The user's own templates: kept in the notebook, shared between machines, taken out and in as a JSON file."""

from __future__ import annotations

import msgspec

from companion.domain import limits, templates
from companion.errors import BodyError
from companion.practice.drafts import ACTION_NAMES
from companion.store.documents import Document
from companion.store.notebook.named_rows import TEMPLATES
from companion.store.notebook.notebook import Notebook

FORMAT = "mutuals-templates"


class Template(msgspec.Struct, frozen=True):
    """One template: its name, its text with fields, and the action whose text it replaces (empty: a button more)."""

    name: str
    text: str
    action: str = ""


class TemplateFile(msgspec.Struct):
    """A file of templates."""

    format: str
    templates: list[Template]


def all_templates(notebook: Notebook) -> list[Template]:
    """Return the user's templates, as they were made."""
    rows = notebook.shared.rows(TEMPLATES)
    return [Template(str(row["name"]), str(row.get("text", "")), str(row.get("action", ""))) for row in rows]


def save(notebook: Notebook, template: Template) -> Template | None:
    """Keep a template in the place of one of its name, which is returned for the undo.

    Raises:
        BodyError: the name or text is empty or too long, a field in it is unknown, or there are too many.
    """
    known = checked(template)
    present = {one.name.casefold(): one for one in all_templates(notebook)}
    if known.name.casefold() not in present and len(present) >= limits.TEMPLATES:
        raise BodyError(f"{limits.TEMPLATES} templates are the most. Drop one that you no longer use.", field="name")
    row: Document = {"name": known.name, "text": known.text, "action": known.action}
    notebook.shared.save_row(TEMPLATES, row)
    return present.get(known.name.casefold())


def drop(notebook: Notebook, name: str) -> Template | None:
    """Remove a template and return it for the undo; None if there is none of that name."""
    found = next((one for one in all_templates(notebook) if one.name.casefold() == name.casefold()), None)
    if found is not None:
        notebook.shared.save_row(TEMPLATES, {"name": found.name, "gone": True})
    return found


def checked(template: Template) -> Template:
    """Return a template as it is kept. Raises ``BodyError`` if it cannot be."""
    name, text = " ".join(template.name.split()), template.text.replace("\r\n", "\n").strip()
    if not 0 < len(name) <= limits.TEMPLATE_NAME or not name.isprintable():
        raise BodyError(f"A template needs a name of at most {limits.TEMPLATE_NAME} characters.", field="name")
    if not 0 < len(text) <= limits.TEMPLATE:
        raise BodyError(f"A template needs a text of at most {limits.TEMPLATE:,} characters.", field="text")
    if template.action and template.action not in ACTION_NAMES:
        raise BodyError("Choose one of the five actions, or none.", field="action")
    templates.check(text)
    return Template(name, text, template.action)


def as_file(notebook: Notebook) -> bytes:
    """Return all templates as a JSON file."""
    return msgspec.json.format(msgspec.json.encode(TemplateFile(FORMAT, all_templates(notebook))), indent=2)


def read_file(data: bytes) -> list[Template]:
    """Return the templates of such a file. Raises ``BodyError`` if it is another one, or one of them cannot be kept."""
    try:
        file = msgspec.json.decode(data, type=TemplateFile)
    except msgspec.MsgspecError as error:
        raise BodyError("This is no file of templates.", field="file") from error
    if file.format != FORMAT or len(file.templates) > limits.TEMPLATES:
        raise BodyError("This is no file of templates, or it has too many.", field="file")
    return [checked(one) for one in file.templates]
