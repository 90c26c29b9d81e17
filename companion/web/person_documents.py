"""Stores what a form on a person's page says, each with the undo that brings the one before back."""

from __future__ import annotations

from werkzeug.wrappers import Response

from companion.errors import UnknownError
from companion.practice import reminders
from companion.store.documents import Document
from companion.store.notebook.results import LATEST
from companion.web.context import PageContext, came_from, done, new_op, page_context, required_field
from companion.web.person import row_of


def put_single(pid: str, kind: str, body: Document, blank: Document, words: str) -> Response:
    """Store the one document of a kind; ``blank`` takes it away."""
    page = page_context()
    row_of(page, pid)
    about = page.account.notebook.about(pid, page.owner)
    stored = next(iter(about.others.get(kind, [])), None)
    before = reminders.fields(stored) if stored else blank
    if kind == "alias":
        before = {"alias": about.alias or ""}
    page.account.notebook.write(new_op(), kind, pid, body, LATEST, page.now, page.owner)
    return done(
        page, came_from(page, pid), words,
        lambda: page.account.notebook.write(new_op(), kind, pid, before, LATEST, page.now, page.owner),
    )  # fmt: skip


def add_item(pid: str, kind: str, body: Document, words: str) -> Response:
    """Add a document of a kind of which a person has several."""
    page = page_context()
    row_of(page, pid)
    notebook = page.account.notebook
    item = notebook.write(new_op(), kind, pid, body, LATEST, page.now, page.owner).item
    gone: Document = {"item": item, "gone": True}
    return done(
        page, page.link("person.person", pid), words,
        lambda: notebook.write(new_op(), kind, pid, gone, LATEST, page.now, page.owner),
    )  # fmt: skip


def remove_item(pid: str, kind: str) -> Response:
    """Remove the document that the form names."""
    page = page_context()
    item, stored = item_of(page, pid, kind)
    page.account.notebook.write(new_op(), kind, pid, {"item": item, "gone": True}, LATEST, page.now, page.owner)
    back = page.link("person.person", pid)
    return done(page, back, "Removed.", lambda: put_item(page, pid, kind, item, stored))


def item_of(page: PageContext, pid: str, kind: str) -> tuple[str, Document]:
    """Return the item that the form names and its document."""
    item = required_field("item")
    documents = page.account.notebook.about(pid, page.owner).others.get(kind, [])
    stored = next((one for one in documents if one.get("item") == item), None)
    if stored is None:
        raise UnknownError("This is not there any more. Load the page again.")
    return item, stored


def put_item(page: PageContext, pid: str, kind: str, item: str, document: Document) -> None:
    """Store a document under its item."""
    body: Document = {**reminders.fields(document), "item": item}
    page.account.notebook.write(new_op(), kind, pid, body, LATEST, page.now, page.owner)
