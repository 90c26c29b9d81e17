"""A signal ends the companion at once, or when the answer in work is finished."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from companion.server import signals


@pytest.fixture(autouse=True)
def _usual_handlers() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in signals.ENDING}
    signals.end_on_signals()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", signals.ENDING)
def test_a_signal_ends_what_waits_at_once(number: signal.Signals) -> None:
    with pytest.raises(SystemExit):
        signal.raise_signal(number)


def test_an_answer_in_work_is_finished_first() -> None:
    done: list[str] = []

    def answer() -> None:
        signal.raise_signal(signal.SIGTERM)
        done.append("answered")

    with pytest.raises(SystemExit):
        signals.finish(answer)
    assert done == ["answered"]


def test_an_error_in_an_answer_leaves_signals_as_they_were() -> None:
    def answer() -> None:
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        signals.finish(answer)
    with pytest.raises(SystemExit):
        signal.raise_signal(signal.SIGTERM)


def test_a_second_signal_does_not_disturb_the_end() -> None:
    with pytest.raises(SystemExit):
        signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGINT)
