"""While many documents pass, the garbage collector runs less often, and as before afterwards."""

from __future__ import annotations

import gc

import pytest

from companion.store.documents import SELDOM, seldom_collected


def test_collections_are_rare_meanwhile_and_as_they_were_afterwards_even_after_an_error() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] == SELDOM
        with seldom_collected():
            assert gc.get_threshold()[0] == SELDOM
    with pytest.raises(ValueError, match="no line"), seldom_collected():
        raise ValueError("no line")
    assert gc.get_threshold() == before


def test_a_collector_that_is_off_or_rarer_already_stays_so() -> None:
    before = gc.get_threshold()
    try:
        for first in (0, 10 * SELDOM):
            gc.set_threshold(first)
            with seldom_collected():
                assert gc.get_threshold()[0] == first
    finally:
        gc.set_threshold(*before)
