"""English texts of the import pages: counts, past runs and outcomes (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.sources.archive.importing import Imported
from companion.sources.archive.summary import Summary
from companion.sources.other_tools.merging import CONFLICT, NEW, SAME, SKIPPED, Outcome
from companion.store.import_runs import Run
from companion.store.notebook.kinds.kind import all_kinds
from companion.web import wording

UNSEEN = (
    "Apart from messages, an archive holds what you wrote, not what others wrote to you. Where only this is known, "
    "their side shows as unseen, never as none; it fills in as you look at X."
)

ARCHIVE_SCRIPT = (
    "The companion does not answer. Start it, load this page again, and choose the same file: it goes on from there.",
    "Sending {file}",
    "{file} was sent in part. Choose the same file again, and it goes on from there.",
    "Is {file} meant for here?",
    "Looking through {file}",
    "Reading {file}",
    "{file} was not read to its end.",
    "{file} is imported.",
    "{file} was not imported.",
    "{file} is not a whole zip file. If the download was cut off, download it again.",
    "The file",
    "{done} of {all}",
    "{done} of {all}, about {seconds} s left",
    "{done} of {all}, about {minutes} min left",
    "Interactions: {count}",
)
"""Sentences of the import page's script; a test finds each in it."""
NOTES_SCRIPT = (
    "{file} is larger than 4 MB. Take it in with: mutuals import notes FILE",
    "The companion could not look at this file.",
    "The companion does not answer. Start it, load this page again, and choose the file once more.",
)


def import_counts(imported: Imported) -> list[tuple[str, str]]:
    """Return (what, how many) of an import."""
    return [("New interactions", f"{imported.interactions:,}"), *shown(imported.summary)]


def shown(summary: Summary) -> list[tuple[str, str]]:
    """Return (what, how many) of what an archive holds, without what it has none of."""
    return [(name, f"{count:,}") for name, count in counts(summary) if count]


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


def past(digest: str, run: Run) -> dict[str, str]:
    """Return a past run as a row of the table; ``run`` is what undoes it, "" if nothing can."""
    tweets = run.summary.get("tweets")
    posts = tweets.get("tweets") if isinstance(tweets, dict) else None
    return {
        "name": run.name,
        "date": wording.date(run.started_at),
        "iso": wording.iso(run.started_at),
        "account": f"@{run.summary['username']}" if run.summary.get("username") else run.owner,
        "posts": f"{posts:,}" if isinstance(posts, int) else "–",
        "end": "done" if run.finished else "not finished",
        "run": digest if run.number else "",
    }


OUTCOMES = {NEW: "new", CONFLICT: "beside yours", SKIPPED: "left out", SAME: "here already"}
"""Outcome of an entry of another tool's notes -> words, in the order of the list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person in the preview of a file: the outcome, and what would be stored."""

    pid: str
    handle: str
    outcome: str
    words: str
    note: str
    tags: list[str]
    alias: str


def facts_words(entry: Outcome) -> str:
    """Return the facts that would be added, in words."""
    return "; ".join(all_kinds()[kind].words(body).replace("\n", ", ") for kind, body in entry.facts)


def outcomes(people: Sequence[Outcome]) -> list[Entry]:
    """Return the people of a file for the list, those with a change first."""
    order = list(OUTCOMES)
    ordered = sorted(people, key=lambda entry: order.index(entry.outcome))
    return [
        Entry(entry.pid, entry.handle or entry.pid.removeprefix("@"), entry.outcome, OUTCOMES[entry.outcome],
              entry.why or entry.note or entry.aside or facts_words(entry), entry.tags or [], entry.alias or "")
        for entry in ordered
    ]  # fmt: skip
