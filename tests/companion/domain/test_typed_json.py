"""Typed JSON: what is decoded, what is refused, and that threads which ask at once do not end the process."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from companion.domain.typed_json import converted, decoded


class Name(msgspec.Struct):
    handle: str
    times: list[int] = []


AT_ONCE = """
import sys, threading
from companion.api.badges import BadgesRequest
from companion.api.drafts import DraftsRequest
from companion.domain.typed_json import decoded

sys.setswitchinterval(1e-6)
viewer = b'{"viewer": {"id": "1", "handle": "ada"}, '
asked = [(BadgesRequest, viewer + b'"handles": ["wren"]}'), (DraftsRequest, viewer + b'"person": {"id": "2"}}')] * 4
start = threading.Barrier(len(asked))

def ask(kind, body):
    start.wait()
    assert decoded(body, kind).viewer.handle == "ada"

threads = [threading.Thread(target=ask, args=one) for one in asked]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""
TIMES = 12
"""Without the lock one process in four ended with SIGSEGV."""


def test_json_becomes_a_value_of_its_type() -> None:
    assert decoded('{"handle": "wren", "times": [3]}', Name) == Name("wren", [3])
    assert converted({"handle": "wren"}, Name) == Name("wren")
    assert decoded(b"[1, 2]", list[int]) == [1, 2]


def test_what_is_something_else_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decoded('{"handle": 5}', Name)
    with pytest.raises(msgspec.ValidationError):
        converted({"times": []}, Name)


def test_the_first_requests_after_a_start_may_come_at_once() -> None:
    for _ in range(TIMES):
        done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
