"""English of states, sources, reasons, stages and marks; the extension's messages say the same, which a test compares.

The words of acts stand in ``companion.domain.kinds``, those of decisions in ``companion.domain.decisions``.
"""

from __future__ import annotations

STATES = {
    "unknown": "Unknown",
    "one_way_you": "Only you write",
    "one_way_them": "Only they write",
    "new": "New",
    "dormant": "Quiet now",
    "back": "Back",
    "close": "Close",
    "warm": "Warm",
    "light": "Light",
    "faint": "Faint",
}
"""State of a relationship -> its words; in the extension ``markState_STATE``, in lower case."""

SOURCES = {
    "page": "seen on X",
    "dom": "seen on X",
    "wire": "your own click",
    "archive": "your archive",
    "notifications": "notifications",
    "x-api": "X's API",
    "you": "written down by you",
}
"""Source of an act -> its words; in the extension ``source_SOURCE``."""

REASONS = {
    "days_they_wrote": "They wrote on {days} days ({messages} messages).",
    "days_they_wrote_one": "They wrote on one day.",
    "days_you_wrote": "You wrote on {days} days ({messages} messages).",
    "days_you_wrote_one": "You wrote on one day.",
    "days_both_wrote": "On {days} of them both did.",
    "days_both_wrote_one": "On one of them both did.",
    "light_days": "Days with likes or reposts: theirs {they}, yours {you}.",
    "inbound_seen_since": "What they send could be seen since {date}.",
    "would_need_days": "A number needs contact on {days} days.",
    "if_they_write_today": "If they write today it becomes {score}.",
    "if_silent_for_days": "After {days} silent days it would be {score}.",
}
"""Code of a counted fact -> its sentence, with ``_one`` where it is one day; in the extension ``reason_CODE``."""

STAGES = {"seen": "Seen", "relevant": "Relevant", "talked": "Talked", "regular": "Regular", "off_x": "Off X"}
"""Stage of a relationship -> its word; in the extension ``stage_STAGE``."""

MARKS = {"chat_only": "Only in chats", "likes_only": "Only likes and reposts so far"}
"""What a relationship consists of -> its words; in the extension ``relationMark_MARK``, as a sentence."""

HABITS = {
    "thanks_automatically": "thanks automatically ({count} of {of})",
    "writes_automatically": "writes to you automatically ({count} of {of})",
    "only_sends": "only sends ({count} replies in {of})",
    "mostly_sells": "mostly sells ({count} of {of})",
}
"""What an account plainly does -> its words with counts; in the extension ``habit_HABIT``."""
