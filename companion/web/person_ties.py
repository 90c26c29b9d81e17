"""The forms of the ties on a person's page: who sent whom, vouches, questions to those who may know, help given."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from companion.domain import limits
from companion.errors import BodyError
from companion.practice import reminders, ties
from companion.store.documents import Document
from companion.store.notebook.kinds.fields import WHOM
from companion.store.notebook.results import LATEST
from companion.web.context import PageContext, done, new_op, page_context, required_field
from companion.web.person import row_of
from companion.web.person_documents import add_item, item_of, put_item
from companion.web.person_rows import known_as

blueprint = Blueprint("ties", __name__, url_prefix="/person/<pid>")


@blueprint.post("/sent-by")
def sent_by(pid: str) -> Response:
    """Add who sent this person."""
    page = page_context()
    body = {WHOM: _other(page, pid), **_fields("day", "words")}
    _refuse_circle(page, str(body[WHOM]), pid)
    return add_item(pid, ties.REFERRAL, body, f"{known_as(page, str(body[WHOM]))} sent {known_as(page, pid)}.")


@blueprint.post("/sent")
def sent(pid: str) -> Response:
    """Add whom this person sent; it is kept with the one who was sent."""
    page = page_context()
    row_of(page, pid)
    whom = _other(page, pid)
    _refuse_circle(page, pid, whom)
    notebook, body = page.account.notebook, {WHOM: pid, **_fields("day", "words")}
    item = notebook.write(new_op(), ties.REFERRAL, whom, body, LATEST, page.now, page.owner).item
    gone: Document = {"item": item, "gone": True}
    return done(
        page, page.link("person.person", pid), f"{known_as(page, pid)} sent {known_as(page, whom)}.",
        lambda: notebook.write(new_op(), ties.REFERRAL, whom, gone, LATEST, page.now, page.owner),
    )  # fmt: skip


@blueprint.post("/vouch")
def vouch(pid: str) -> Response:
    """Add who vouches for this person: for what, and how they know each other."""
    body = {WHOM: _other(page_context(), pid), **_fields("purpose", "basis", "day")}
    return add_item(pid, ties.VOUCH, body, "The vouch is written down.")


@blueprint.post("/ask")
def ask(pid: str) -> Response:
    """Keep a question about this person to somebody who may know them."""
    body = {WHOM: _other(page_context(), pid), "status": "draft", **_fields("words")}
    return add_item(pid, ties.ASKING, body, "The question is kept; ask it yourself, where you two talk.")


@blueprint.post("/asked")
def asked(pid: str) -> Response:
    """Move a question on: it was asked, or answered."""
    page = page_context()
    item, stored = item_of(page, pid, ties.ASKING)
    answer = request.form.get("answer", "").strip()
    body: Document = {**reminders.fields(stored), "status": required_field("status", limits.TAG)}
    put_item(page, pid, ties.ASKING, item, {**body, **({"answer": answer} if answer else {})})
    back = page.link("person.person", pid)
    return done(page, back, "Noted.", lambda: put_item(page, pid, ties.ASKING, item, stored))


@blueprint.post("/favour")
def favour(pid: str) -> Response:
    """Add help that one of the two gave the other."""
    return add_item(pid, ties.FAVOUR, _fields("way", "what", "day", "words"), "It is written down.")


def _fields(*names: str) -> Document:
    return {name: request.form.get(name, "").strip() for name in names}


def _other(page: PageContext, pid: str) -> str:
    """Return the key of the other person whom the form names."""
    key = ties.person_key(page.account, required_field("who", limits.TAG))
    if key == pid:
        raise BodyError("That is the same person. Give the @handle of the other one.", field="who")
    return key


def _refuse_circle(page: PageContext, who: str, whom: str) -> None:
    try:
        ties.refuse_circle(page.account, who, whom)
    except BodyError as error:
        way = error.details["circle"]
        if not way:
            raise
        names = [known_as(page, str(one)) for one in way] if isinstance(way, list) else []
        raise BodyError(f"{error.message[:-1]}: {' sent '.join(names)}. Nothing was stored.", field="who") from None
