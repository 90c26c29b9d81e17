"""The page of chats: which are named, who was met in the last one with a next step each, who is met only here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from companion.domain.chat_times import RULES, Chat, Session, coming_days, last_sessions, next_session
from companion.domain.dates import DAY, local_day
from companion.domain.handles import profile_address
from companion.errors import BodyError, UnknownError
from companion.machine_zone import MACHINE, machine_day
from companion.practice import chats
from companion.practice.chats import Met
from companion.practice.reminders import STEP
from companion.reciprocity.counters import counted
from companion.reciprocity.relationship import marks_of
from companion.store.documents import Document, Json
from companion.store.ledger.queries import directory, own_practice
from companion.store.ledger.rows import BadgeRow, InteractionRow
from companion.store.notebook.results import LATEST
from companion.web import wording
from companion.web.context import PageContext, done, new_op, page_context, required_field
from companion.web.person_rows import shown_name

blueprint = Blueprint("chats", __name__, url_prefix="/chats")
EARLIER = 12
"""Sessions that can be looked at again."""
BACK = 400 * DAY
"""How far back what was seen is marked when a chat is named, in seconds."""
ONLY_HERE, ACTS = 100, 300
"""People of a chat that are looked at for being met only there, and their latest interactions."""
COMING = 6
"""Next days that can be left out."""
SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class MetRow:
    """Somebody met in a session, ready to show."""

    met: Met
    name: str
    new: bool
    step: str
    link: str
    they: list[float]
    you: list[float]


@blueprint.get("")
def chats_page() -> str:
    """Render the chosen chat, the next one if none is named."""
    page = page_context()
    named = chats.all_chats(page.account.notebook)
    chat = chats.chat_of(page.account.notebook, request.args.get("chat", "")) or _soonest(named, page.now)
    past = last_sessions(chat, page.now, EARLIER) if chat else []
    session = next((one for one in past if one.day.isoformat() == request.args.get("day")), next(iter(past), None))
    return render_template(
        "chats.html",
        page=page,
        chat=chat,
        named=[(one, next_session(one, page.now)) for one in named],
        session=session,
        past=past,
        people=_people(page, session) if session else [],
        only_here=_only_here(page, chat) if chat else [],
        coming_days=coming_days(chat, page.now, COMING) if chat else [],
        rules=RULES,
        today=local_day(page.now, MACHINE).isoformat(),
        local=_local,
    )


@blueprint.post("/save")
def save() -> Response:
    """Name a chat; what was seen of it before is marked too."""
    page = page_context()
    fields = {name: request.form.get(name, "").strip() for name in ("tag", "day", "time", "zone", "rule", "minutes")}
    chat = chats.checked(fields)
    known = chats.chat_of(page.account.notebook, chat.key)
    chat = replace(chat, without=known.without) if known else chat
    before = chats.save(page.account.notebook, chat)
    rows = own_practice.acts_between(page.account.ledger, page.owner, page.now - BACK, page.now)
    for pid, act in chats.found_before(rows, chat):
        page.account.ledger.add_interactions(page.owner, pid, [act], page.now)
    return done(
        page, page.link("chats.chats_page", chat=chat.key), f"{chat.tag} is named.",
        lambda: chats.save(page.account.notebook, before) if before else chats.drop(page.account.notebook, chat.key),
    )  # fmt: skip


@blueprint.post("/day")
def day() -> Response:
    """Say that a chat does not take place on one of its days, or does after all."""
    page = page_context()
    key, one, out = required_field("chat"), _day_of_form(), request.form.get("out") == "1"
    chat = chats.leave_out(page.account.notebook, key, one, out=out)
    if chat is None:
        raise UnknownError("This chat is not named any more. Load the page again.")
    told = wording.day(one.isoformat())
    words = f"{chat.tag} is not on {told}." if out else f"{chat.tag} is on {told} after all."
    return done(
        page, page.link("chats.chats_page", chat=chat.key), words,
        lambda: chats.leave_out(page.account.notebook, key, one, out=not out),
    )  # fmt: skip


def _day_of_form() -> date:
    try:
        return date.fromisoformat(required_field("day"))
    except ValueError as error:
        raise BodyError("Give the day as year-month-day, such as 2026-03-09.", field="day") from error


@blueprint.post("/drop")
def drop() -> Response:
    """Name a chat no more."""
    page = page_context()
    chat = chats.drop(page.account.notebook, required_field("chat"))
    if chat is None:
        raise UnknownError("This chat is not named any more. Load the page again.")
    back = page.link("chats.chats_page")
    return done(page, back, f"{chat.tag} is dropped.", lambda: chats.save(page.account.notebook, chat))


@blueprint.post("/met")
def met() -> Response:
    """Tag those met here for the first time and note where, as a guess; one undo takes all of it back."""
    page = page_context()
    chat, session = _session_of_form(page)
    new = [row for row in _people(page, session) if row.new]
    before = {row.met.pid: page.account.notebook.about(row.met.pid, page.owner) for row in new}
    tag = f"met at {chat.tag}"
    with page.account.notebook.batch():
        for pid, about in before.items():
            _write_tags(page, pid, [*about.tags, tag])
            if "origin" not in about.others:
                origin: Document = {"how": "chat", "words": chat.tag, "day": session.day.isoformat(), "guess": True}
                page.account.notebook.write(new_op(), "origin", pid, origin, LATEST, page.now, page.owner)

    def take_back() -> None:
        with page.account.notebook.batch():
            for pid, about in before.items():
                _write_tags(page, pid, about.tags)
                if "origin" not in about.others:
                    page.account.notebook.write(new_op(), "origin", pid, {"how": ""}, LATEST, page.now, page.owner)

    count = f"{len(new)} {'person has' if len(new) == 1 else 'people have'}"
    return done(page, _back(page, session), f"{count} the tag “{tag}”.", take_back)


@blueprint.post("/remind")
def remind() -> Response:
    """Add a next step with somebody met in a chat, in three days."""
    page = page_context()
    chat, session = _session_of_form(page)
    pid = required_field("pid")
    day = (local_day(page.now, MACHINE) + SOON).isoformat()
    body: Document = {"words": f"Talk again after {chat.tag}", "day": day, "start": day}
    notebook = page.account.notebook
    item = notebook.write(new_op(), STEP, pid, body, LATEST, page.now, page.owner).item
    gone: Document = {"item": item, "gone": True}
    return done(
        page, _back(page, session), "A next step is set for three days from now.",
        lambda: notebook.write(new_op(), STEP, pid, gone, LATEST, page.now, page.owner),
    )  # fmt: skip


def _session_of_form(page: PageContext) -> tuple[Chat, Session]:
    chat = chats.chat_of(page.account.notebook, required_field("chat"))
    past = last_sessions(chat, page.now, EARLIER) if chat else []
    session = next((one for one in past if one.day.isoformat() == required_field("day")), None)
    if chat is None or session is None:
        raise UnknownError("This chat is not named any more. Load the page again.")
    return chat, session


def _back(page: PageContext, session: Session) -> str:
    return page.link("chats.chats_page", chat=session.chat.key, day=session.day.isoformat())


def _write_tags(page: PageContext, pid: str, tags: Sequence[str]) -> None:
    listed: list[Json] = list(tags)
    page.account.notebook.write(new_op(), "tags", pid, {"tags": listed}, LATEST, page.now, page.owner)


def _soonest(named: Sequence[Chat], now: int) -> Chat | None:
    coming = [(session.start, chat.key, chat) for chat in named if (session := next_session(chat, now))]
    return min(coming)[2] if coming else next(iter(named), None)


def _people(page: PageContext, session: Session) -> list[MetRow]:
    rows = own_practice.acts_between(page.account.ledger, page.owner, session.start - 900, session.end + 900)
    met = chats.recap(rows, session)
    known = directory.by_pids(page.account.ledger, page.owner, [one.pid for one in met])
    return [_row(page, session, one, known[one.pid]) for one in met if one.pid in known]


def _row(page: PageContext, session: Session, one: Met, row: BadgeRow) -> MetRow:
    since = max(row.tally.last_in or 0, row.tally.last_out or 0)
    new = (row.tally.first_seen_contact or 0) >= session.start - 900
    chat_only = "chat_only" in marks_of(_acts(page, one.pid), machine_day)
    step = chats.next_step(one, new=new, talked_since=since >= session.end + 900, chat_only=chat_only)
    link = f"https://x.com/i/status/{one.post}" if step == chats.ANSWER else profile_address(row.pid, row.handle)
    return MetRow(
        one, shown_name(page, row), new, step, link or "", _places(session, one.they), _places(session, one.you)
    )


def _places(session: Session, moments: Sequence[int]) -> list[float]:
    """Return where moments stand on the hour, 0 to 100."""
    whole = session.end - session.start
    return [round(min(max(100 * (at - session.start) / whole, 0), 100), 1) for at in moments]


def _acts(page: PageContext, pid: str) -> list[InteractionRow]:
    return counted(page.account.ledger.interactions(page.owner, pid, ACTS), page.now)


def _only_here(page: PageContext, chat: Chat) -> list[tuple[BadgeRow, str]]:
    """Return those with whom most two-way days are in chats."""
    pids = own_practice.chatted_with(page.account.ledger, page.owner, chat.tag, ONLY_HERE)
    known = directory.by_pids(page.account.ledger, page.owner, pids)
    here = [row for pid, row in known.items() if "chat_only" in marks_of(_acts(page, pid), machine_day)]
    return [(row, shown_name(page, row)) for row in here]


def _local(at: int) -> str:
    """Return a moment as the user's weekday, day and hour, the same under every locale of the machine."""
    moment = datetime.fromtimestamp(at, MACHINE)
    return f"{wording.WEEKDAYS[moment.weekday()]}, {wording.date(at)}, {moment:%H:%M}"
