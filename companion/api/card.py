"""Assembles the card of a person from ledger rows, notebook entries and the score (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from companion.api.card_schemas import (
    AboutAccount,
    Badge,
    Balance,
    Card,
    ChatNowView,
    Contact,
    Coverage,
    Former,
    JudgementView,
    LastContacts,
    NextStepView,
    NoteView,
    ReasonView,
    Recycled,
    RelationField,
    Span,
    TagView,
)
from companion.practice.chats import ChatTalk
from companion.practice.reminders import NextStep
from companion.reciprocity.states import Judgement
from companion.store.ledger.rows import InteractionRow, PersonRow
from companion.store.notebook.results import About
from companion.vetting.decisions import Decision
from companion.vetting.findings import Habit

Relations = Mapping[str, tuple[bool | int, str, int]]
"""Field -> (value, source, epoch seconds), as the ledger returns relations."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a card is assembled from, gathered by the caller."""

    badge: Badge
    judged: Judgement
    about: About
    colours: Mapping[str, str | None]
    person: PersonRow | None = None
    relation: Relations = field(default_factory=dict)
    recycled: Recycled | None = None
    trend: Sequence[tuple[int, int]] = ()
    last_in: InteractionRow | None = None
    last_out: InteractionRow | None = None
    inbound_since: int | None = None
    decision: Decision | None = None
    habits: Sequence[Habit] = ()
    authors: Mapping[str, str] = field(default_factory=dict)
    step: NextStep | None = None
    contact_due: str | None = None
    chat_now: ChatTalk | None = None
    live: bool = False


def card_of(facts: Facts) -> Card:
    """Return the card: the badge's fields, then the note, the reasons and the history."""
    badge, about, person = facts.badge, facts.about, facts.person
    shared = {
        name: getattr(badge, name) for name in badge.__struct_fields__ if name not in {"note", "tags", "decision"}
    }
    return Card(
        **shared,
        note=_note(about, facts.authors),
        note_rev=about.note_rev,
        tags=[TagView(name, facts.colours.get(name)) for name in about.tags],
        tags_rev=about.tags_rev,
        alias_rev=about.alias_rev,
        former=[Former(handle, until) for handle, until in person.former] if person else [],
        recycled=facts.recycled,
        relation={name: RelationField(*field) for name, field in facts.relation.items()},
        judgement=_judgement(facts.judged),
        trend=list(facts.trend),
        last=LastContacts(_contact(facts.last_in), _contact(facts.last_out)),
        seen=Span(person.first_seen, person.last_seen) if person else Span(None, None),
        coverage=Coverage(facts.inbound_since),
        decision=facts.decision,
        habits=list(facts.habits),
        about=_about_account(person) if person else None,
        next_step=_next_step(facts.step) if facts.step else None,
        contact_due=facts.contact_due,
        chat_now=_chat_now(facts.chat_now) if facts.chat_now else None,
        live=facts.live,
    )


def _next_step(step: NextStep) -> NextStepView:
    done, undo = ({name: str(value) for name, value in body.items()} for body in (step.done, step.undo))
    return NextStepView(step.item, step.rev, step.words, step.day or None, step.over, done, undo)


def _chat_now(talk: ChatTalk) -> ChatNowView:
    return ChatNowView(talk.session.chat.tag, talk.session.end, talk.they, talk.you)


def _about_account(row: PersonRow) -> AboutAccount | None:
    person = row.profile
    told = (person.based_in, person.based_in_sure, person.connected_via, person.renames, person.renamed_at)
    return AboutAccount(*told) if any(one is not None for one in told) else None


def _note(about: About, authors: Mapping[str, str]) -> NoteView | None:
    note = about.note
    by = authors.get(note.by or "") if note else None
    return NoteView(note.text, note.rev, note.at, note.viewer, note.post, about.versions, by) if note else None


def _judgement(judged: Judgement) -> JudgementView:
    return JudgementView(
        value=judged.value,
        state=judged.state,
        band=judged.band,
        was=judged.was,
        confidence=judged.confidence,
        balance=Balance(*judged.balance),
        reasons=[ReasonView(reason.code, dict(reason.params)) for reason in judged.reasons],
        sentence=judged.sentence,
    )


def _contact(row: InteractionRow | None) -> Contact | None:
    return Contact(row.at, row.kind, row.post) if row else None
