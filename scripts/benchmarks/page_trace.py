"""Records a trace of Chromium's main thread and sums the time of the extension's scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.browser.devtools import DevTools, Reply

OURS = "chrome-extension://"
CATEGORIES = "toplevel,devtools.timeline,disabled-by-default-devtools.timeline,v8.compile"
LONG_MS = 50.0


@dataclass
class Trace:
    """Result of a trace, in milliseconds of main-thread time.

    Attributes:
        boot: running the extension's files when the page starts, compiling included.
        per_frame: for each drawn frame, what callbacks of the extension took since the one before.
        long_tasks: tasks over 50 ms on the page's main thread.
        our_long_tasks: those in which the extension took over 50 ms itself.
    """

    boot: float = 0.0
    per_frame: list[float] = field(default_factory=list)
    long_tasks: int = 0
    our_long_tasks: int = 0


@dataclass(frozen=True)
class _Span:
    start: float
    length: float
    work: float
    ours: bool
    name: str


@contextmanager
def traced(devtools: DevTools) -> Iterator[Trace]:
    """Trace the browser while the block runs; the result is complete when it ends."""
    result = Trace()
    config = {"includedCategories": CATEGORIES.split(","), "recordMode": "recordAsMuchAsPossible"}
    devtools.command("Tracing.start", traceConfig=config, transferMode="ReportEvents")
    yield result
    _sum(result, devtools.collect("Tracing.end", "Tracing.dataCollected", "Tracing.tracingComplete"))


def _sum(result: Trace, messages: list[Reply]) -> None:
    events = [event for message in messages for event in _list(message.get("value"))]
    thread = _page_thread(events)
    mine = [event for event in events if (event.get("pid"), event.get("tid")) == thread and event.get("ph") == "X"]
    calls = [span for span in map(_span, mine) if span.ours]
    result.boot = sum(span.work for span in _outermost(calls) if span.name == "EvaluateScript")
    frames = sorted(_number(event, "ts") / 1000 for event in events if _is_frame(event, thread))
    working = [span for span in _outermost(calls) if span.name != "EvaluateScript"]
    result.per_frame = _by_frame(frames, working)
    tasks = [_span(event) for event in mine if event.get("name") in {"RunTask", "ThreadControllerImpl::RunTask"}]
    long = [task for task in tasks if task.work > LONG_MS]
    result.long_tasks = len(long)
    result.our_long_tasks = sum(_inside(task, calls) > LONG_MS for task in long)


def _page_thread(events: list[Reply]) -> tuple[object, object]:
    """Return process and thread id of the page: those with most function calls of x.com."""
    counts: dict[tuple[object, object], int] = {}
    for event in events:
        if event.get("name") == "FunctionCall" and _url(event).startswith("https://x.com/"):
            place = (event.get("pid"), event.get("tid"))
            counts[place] = counts.get(place, 0) + 1
    return max(counts, key=lambda place: counts[place])


def _is_frame(event: Reply, thread: tuple[object, object]) -> bool:
    own = (event.get("pid"), event.get("tid")) == thread
    return own and event.get("name") == "FireAnimationFrame" and event.get("ph") == "X"


def _by_frame(frames: list[float], spans: list[_Span]) -> list[float]:
    """Sum the spans between neighbouring frames; several callbacks of one frame share its time stamp within 2 ms."""
    starts = [at for number, at in enumerate(frames) if number == 0 or at - frames[number - 1] > 2]
    sums = [0.0] * len(starts)
    place = 0
    for span in sorted(spans, key=lambda one: one.start):
        while place + 1 < len(starts) and span.start >= starts[place + 1]:
            place += 1
        if starts and span.start >= starts[0]:
            sums[place] += span.work
    return sums


def _outermost(spans: list[_Span]) -> list[_Span]:
    """Leave out spans inside another one, which would count twice."""
    outer: list[_Span] = []
    end = -1.0
    for span in sorted(spans, key=lambda one: (one.start, -one.length)):
        if span.start >= end:
            outer.append(span)
            end = span.start + span.length
    return outer


def _inside(task: _Span, spans: list[_Span]) -> float:
    within = [span for span in spans if task.start <= span.start < task.start + task.length]
    return sum(span.work for span in _outermost(within))


def _span(event: Reply) -> _Span:
    name = str(event.get("name"))
    ours = _url(event).startswith(OURS)
    work = "tdur" if "tdur" in event else "dur"  # the thread's own time: another process on the core is not our cost
    return _Span(_number(event, "ts") / 1000, _number(event, "dur") / 1000, _number(event, work) / 1000, ours, name)


def _url(event: Reply) -> str:
    args = event.get("args")
    data = args.get("data") if isinstance(args, dict) else None
    return str(data.get("url") or "") if isinstance(data, dict) else ""


def _number(event: Reply, name: str) -> float:
    value = event.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _list(value: object) -> list[Reply]:
    return value if isinstance(value, list) else []
