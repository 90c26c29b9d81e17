"""Goals: a tag with topics, such as "job search"; whoever has the tag is on the goal's board (essays 3, 4 and 5)."""

from __future__ import annotations

from dataclasses import dataclass

from companion.domain import limits
from companion.errors import BodyError
from companion.store.documents import Document
from companion.store.notebook.named_rows import GOALS
from companion.store.notebook.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: the tag of its people, and its topics."""

    tag: str
    topics: tuple[str, ...] = ()


def all_goals(notebook: Notebook) -> list[Goal]:
    """Return the goals, as they were set."""
    rows = notebook.shared.rows(GOALS)
    return [Goal(str(row["tag"]), tuple(filter(None, str(row.get("topics", "")).split(", ")))) for row in rows]


def save(notebook: Notebook, tag: str, topics: str) -> Goal | None:
    """Keep a goal in the place of the one of its tag, which is returned for the undo.

    Raises:
        BodyError: the tag or the topics are empty or too long, or there are too many goals.
    """
    name = " ".join(tag.split())
    named = list(dict.fromkeys(" ".join(part.split()) for part in topics.split(",") if part.strip()))
    told = ", ".join(named)
    if not 0 < len(name) <= limits.TAG or not name.isprintable():
        raise BodyError(f"A goal needs a tag of at most {limits.TAG} characters.", field="tag")
    if len(told) > limits.GOAL_TOPICS or not told.isprintable():
        raise BodyError(f"The topics of a goal have at most {limits.GOAL_TOPICS} characters.", field="topics")
    before = next((goal for goal in all_goals(notebook) if goal.tag.casefold() == name.casefold()), None)
    if before is None and len(all_goals(notebook)) >= limits.GOALS:
        raise BodyError(f"{limits.GOALS} goals are the most. Drop one that is reached.", field="tag")
    row: Document = {"tag": name, "topics": told}
    notebook.shared.save_row(GOALS, row)
    return before


def drop(notebook: Notebook, tag: str) -> Goal | None:
    """Remove a goal and return it for the undo, None if there is none; its people keep the tag."""
    found = next((goal for goal in all_goals(notebook) if goal.tag.casefold() == tag.casefold()), None)
    if found is not None:
        notebook.shared.save_row(GOALS, {"tag": found.tag, "gone": True})
    return found
