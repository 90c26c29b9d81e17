"""The machine's zone is read from the system, with its changes through the year."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.machine_zone import MACHINE

NAMES = ("Pacific/Auckland", "America/Los_Angeles", "Europe/London", "UTC")


@given(st.integers(1_170_000_000, 2_140_000_000), st.sampled_from(NAMES))
def test_it_tells_the_time_that_the_zone_tells(at: int, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        moment = datetime.fromtimestamp(at, UTC)
        mine, theirs = moment.astimezone(MACHINE), moment.astimezone(ZoneInfo(name))
        assert mine.replace(tzinfo=None) == theirs.replace(tzinfo=None)
        assert mine.utcoffset() == theirs.utcoffset()
        assert int(mine.timestamp()) == at
    time.tzset()
