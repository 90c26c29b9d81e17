"""Times gone by are told in one way everywhere, in the unit that says most."""

from __future__ import annotations

import pytest

from companion.domain.dates import DAY, HOUR, ago, days_ago, span

NOW = 1_790_000_000


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-5, "within the hour"),
        (0, "within the hour"),
        (HOUR - 1, "within the hour"),
        (HOUR, "1 hour ago"),
        (2 * HOUR, "2 hours ago"),
        (DAY - 1, "23 hours ago"),
        (DAY, "yesterday"),
        (2 * DAY, "2 days ago"),
        (13 * DAY, "13 days ago"),
        (14 * DAY, "2 weeks ago"),
        (59 * DAY, "8 weeks ago"),
        (60 * DAY, "2 months ago"),
        (729 * DAY, "24 months ago"),
        (730 * DAY, "2 years ago"),
    ],
)
def test_a_moment_is_told_in_the_unit_that_says_most(passed: int, words: str) -> None:
    assert ago(NOW - passed, NOW) == words


def test_a_day_is_told_by_name_where_only_the_day_is_known() -> None:
    assert [days_ago(days) for days in (0, 1, 2, 21)] == ["today", "yesterday", "2 days ago", "3 weeks ago"]


def test_a_length_of_time_has_its_noun_in_the_right_number() -> None:
    assert [span(days * DAY) for days in (0, 1, 2, 15)] == ["0 days", "1 day", "2 days", "2 weeks"]
