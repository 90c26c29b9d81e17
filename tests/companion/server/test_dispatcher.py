"""A look-up is answered by the thread that received it unless it could have to wait; nothing slow stands before it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from waitress.task import ThreadedTaskDispatcher

from companion.server.app import whole_of
from companion.server.dispatcher import PathDispatcher
from companion.store.notebook.notebook import Notebook
from tests.companion.conftest import House
from tests.companion.store.files_help import wait_until

BADGES = "/v1/badges"


@dataclass
class Request:
    path: str
    error: object = None


@dataclass
class Connection:
    """A connection with one request, as the dispatcher knows it; by default another thread has received it."""

    request: Request
    answer: Callable[[], object]
    loop_thread: int | None = None
    due: bool = False
    requests: list[Request] = field(default_factory=list)
    server: SimpleNamespace = field(default_factory=SimpleNamespace)

    def __post_init__(self) -> None:
        self.requests = [self.request]
        self.server.loop_thread = self.loop_thread

    def service(self) -> None:
        self.answer()

    def cancel(self) -> None:
        """Nothing was begun."""


@pytest.mark.parametrize(
    ("received_here", "unhindered", "at_once"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_who_receives_a_look_up_answers_it_unless_that_could_wait(
    received_here: bool, unhindered: bool, at_once: bool
) -> None:
    answered = threading.Event()
    dispatcher = PathDispatcher(ThreadedTaskDispatcher(), [BADGES], lambda: unhindered)
    connection = Connection(Request(BADGES), answered.set, threading.get_ident() if received_here else None)
    dispatcher.add_task(connection)
    assert connection.due is at_once
    assert answered.wait(0 if at_once else 20) is not at_once
    dispatcher.shutdown()


def test_a_slow_request_is_not_answered_by_who_receives_it() -> None:
    usual = ThreadedTaskDispatcher()
    dispatcher = PathDispatcher(usual, [BADGES], lambda: True)
    connection = Connection(Request("/v1/sightings"), int, threading.get_ident())
    dispatcher.add_task(connection)
    assert (connection.due, len(usual.queue)) == (False, 1)
    dispatcher.shutdown()


def test_a_look_up_could_wait_while_somebody_writes_or_the_notes_are_not_indexed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unhindered = whole_of(house.app).unhindered
    wait_until(unhindered)  # the ledger's own upkeep after the start writes for a moment, too
    monkeypatch.setattr(Notebook, "warmed", False)
    assert not unhindered()
    monkeypatch.undo()
    seen: list[bool] = []
    with house.stores.ledger.connections.writing():
        other = threading.Thread(target=lambda: seen.append(unhindered()))
        other.start()
        other.join()
    assert seen == [False]
    wait_until(unhindered)


def test_badges_do_not_wait_for_slow_work() -> None:
    usual = ThreadedTaskDispatcher()
    usual.set_thread_count(1)
    dispatcher = PathDispatcher(usual, ["/v1/badges"], lambda: True)
    done, started, slow_may_end = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        slow_may_end.wait(20)

    dispatcher.add_task(Connection(Request("/v1/sightings"), work))
    assert started.wait(20)
    dispatcher.add_task(Connection(Request("/v1/badges"), done.set))
    try:
        assert done.wait(20)
    finally:
        slow_may_end.set()
        dispatcher.shutdown()


def test_a_refused_request_takes_the_usual_way() -> None:
    names: list[str] = []
    ended = threading.Event()

    def note() -> None:
        names.append(threading.current_thread().name)
        ended.set()

    usual = ThreadedTaskDispatcher()
    dispatcher = PathDispatcher(usual, ["/v1/badges"], lambda: True)
    dispatcher.add_task(Connection(Request("/v1/badges", error="refused"), note))
    assert len(usual.queue) == 1
    usual.set_thread_count(1)
    assert ended.wait(20)
    dispatcher.shutdown()
