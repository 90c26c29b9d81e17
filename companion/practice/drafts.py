"""Five things to say to somebody today (essay 5), filled from what is known; nothing is ever sent (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion.domain.post_length import composer_address, post_length
from companion.domain.templates import fill

MOST_QUOTED = 80
"""Characters of a post that is quoted in a draft."""


@dataclass(frozen=True, slots=True)
class Action:
    """One of the five: its name, the words of its button, and its text without any template of the user's."""

    name: str
    words: str
    text: str


ACTIONS = (
    Action("hello", "Say hello", "Good morning {handle}. How is your week?"),
    Action("repost", "Repost with words", "This one by {handle} is worth your time: {last_post_link}"),
    Action("thought", "Show it to a learner", "{handle} Thought of you when I read this: {last_post_link}"),
    Action("mentor", "Ask, greet or bring a link", "{handle} May I ask you something about {topic}?"),
    Action(
        "invite", "Invite to a chat", "{handle} Will you be at {chat}, {chat_time}? I would like to meet you there."
    ),
)
"""The five actions of essay 5: a friendly @message; a repost with a comment; a post sent to somebody who learns; a
question, a good morning or a link for a mentor; an invitation to a chat."""
ACTION_NAMES = tuple(action.name for action in ACTIONS)


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft.

    Attributes:
        name: the action's, or a template's own name.
        words: of its button.
        text: the text, with gaps in square brackets.
        gaps: what is not known and has to be filled in.
        length: in X's units.
        link: opens X's composer with the text; empty where the text is too long for an address.
        answers: the id of the post that it answers, empty if it answers none.
    """

    name: str
    words: str
    text: str
    gaps: tuple[str, ...]
    length: int
    link: str
    answers: str = ""


def drafts(facts: Mapping[str, str], own: Sequence[tuple[str, str, str]] = ()) -> list[Draft]:
    """Return the five drafts, then the user's own.

    Args:
        facts: field -> value, see `companion.domain.templates`; without a handle there is nobody to write to.
        own: (action or empty, name, text) of the user's templates; one for an action takes the place of its text.
    """
    if not facts.get("handle"):
        return []
    replaced = {action: text for action, _, text in own if action in ACTION_NAMES}
    found = [draft(action.name, action.words, replaced.get(action.name, action.text), facts) for action in ACTIONS]
    return found + [
        draft(f"own-{number}", name, text, facts) for number, (action, name, text) in enumerate(own) if not action
    ]


def draft(name: str, words: str, text: str, facts: Mapping[str, str], answers: str = "") -> Draft:
    """Return one draft, filled in."""
    filled = fill(text, facts)
    return Draft(
        name, words, filled.text, filled.gaps, post_length(filled.text), composer_address(filled.text, answers), answers
    )


def answer(handle: str, post: str) -> Draft:
    """Return an empty answer to a post: the words are the user's."""
    text = f"@{handle} " if handle else ""
    return Draft("answer", "Answer on X", text, (), post_length(text), composer_address(text, post), post)


def shortened(text: str) -> str:
    """Return a post's words on one line, cut between words with "…"."""
    plain = " ".join(text.split())
    if len(plain) <= MOST_QUOTED:
        return plain
    return plain[:MOST_QUOTED].rsplit(" ", 1)[0].rstrip(".,;:") + "…"


def first_name(name: str | None) -> str:
    """Return the first word of a name if it looks like one: letters, at least two or one that is no Latin letter."""
    word = (name or "").strip().split(" ")[0].strip(".,;:!|()[]\"'“”")
    return word if word.isalpha() and (len(word) > 1 or not word.isascii()) else ""
