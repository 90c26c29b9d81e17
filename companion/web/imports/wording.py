"""What an import did, in words (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.sources.archive.importing import Imported
from companion.sources.archive.summary import Summary
from companion.sources.other_tools.merging import CONFLICT, NEW, SAME, SKIPPED, Outcome
from companion.store.import_runs import Run
from companion.web import wording

UNSEEN = (
    "Apart from messages, an archive holds what you wrote, not what others wrote to you. Where only this is known, "
    "their side shows as unseen, never as none; it fills in as you look at X."
)


def told(done: Imported) -> list[tuple[str, str]]:
    """Return (what, how many) of an import."""
    found = [(name, count) for name, count in counts(done.summary) if count]
    return [("New interactions", f"{done.interactions:,}"), *((name, f"{count:,}") for name, count in found)]


def counts(summary: Summary) -> list[tuple[str, int]]:
    """Return (what, how many) of an archive."""
    return [
        ("Posts", summary.tweets["tweets"]),
        ("Replies among them", summary.tweets["replies"]),
        ("Messages", summary.dm["messageCreate"] + summary.group_dm["messageCreate"]),
        ("Likes (they count where the post's author is known)", summary.likes),
        ("Followers", len(summary.followers)),
        ("People you follow", len(summary.following)),
    ]


def past(run: Run) -> dict[str, str]:
    """Return one run of the past for the table."""
    tweets = run.summary.get("tweets")
    posts = tweets.get("tweets") if isinstance(tweets, dict) else None
    return {
        "name": run.name,
        "date": wording.date(run.started_at),
        "iso": wording.iso(run.started_at),
        "account": f"@{run.summary['username']}" if run.summary.get("username") else run.owner,
        "posts": f"{posts:,}" if isinstance(posts, int) else "–",
        "end": "done" if run.finished else "not finished",
    }


OUTCOMES = {NEW: "new", CONFLICT: "beside yours", SKIPPED: "left out", SAME: "here already"}
"""What becomes of an entry of another tool's notes, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of a file of notes: who, what becomes of it, and what would be there afterwards."""

    pid: str
    handle: str
    outcome: str
    told: str
    note: str
    tags: list[str]
    alias: str


def outcomes(people: Sequence[Outcome]) -> list[Entry]:
    """Return a file's people for the list: those of whom something would change first."""
    order = list(OUTCOMES)
    found = sorted(people, key=lambda one: order.index(one.outcome))
    return [
        Entry(one.pid, one.handle or one.pid.removeprefix("@"), one.outcome, OUTCOMES[one.outcome],
              one.why or one.note or one.aside or "", one.tags or [], one.alias or "")
        for one in found
    ]  # fmt: skip
