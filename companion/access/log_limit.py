"""Limits how many lines a minute the gate writes to the log, so that a storm of requests fills no disk."""

from __future__ import annotations


class LogLimit:
    """Rate limit for log lines: lets a few a minute through and counts the rest."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.minute = -1
        self.lines_logged = 0
        self.skipped = 0

    def count(self, now: int) -> int | None:
        """Return how many lines were skipped since the last one let through, or None if this one is skipped too."""
        if now // 60 != self.minute:
            self.minute, self.lines_logged = now // 60, 0
        self.lines_logged += 1
        if self.lines_logged > self.lines:
            self.skipped += 1
            return None
        skipped, self.skipped = self.skipped, 0
        return skipped
