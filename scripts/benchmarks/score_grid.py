"""Grid search: varies one constant of the score at a time, on the developers' histories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from companion.reciprocity import sums
from scripts.benchmarks.score_protocol import HISTORIES, events_of, measure
from scripts.benchmarks.table import print_table

Setting = Mapping[str, float]

GRID: tuple[Setting, ...] = (
    {},
    {"SHORT_DAYS": 1.0},
    {"SHORT_DAYS": 3.0},
    {"SHORT_DAYS": 14.0},
    {"SHORT_DAYS": 90.0},
    {"LONG_DAYS": 30.0},
    {"LONG_DAYS": 60.0},
    {"LONG_DAYS": 120.0},
    {"LONG_DAYS": 180.0},
    {"AGE_POWER": 0.5},
    {"AGE_POWER": 0.6},
    {"AGE_POWER": 0.7},
    {"AGE_POWER": 0.9},
    {"OUTBOUND_SHARE": 0.0},
    {"OUTBOUND_SHARE": 0.2},
    {"OUTBOUND_SHARE": 0.5},
    {"OUTBOUND_SHARE": 1.0},
    {"BURST": 0.0},
    {"BURST": 1.0},
    {"LIGHT_BURST": 0.0},
    {"LIGHT_SHARE": 0.0},
    {"LIGHT_SHARE": 0.3},
    {"LIGHT_SHARE": 0.7},
    {"LIGHT_SHARE": 1.0},
    {"LIGHT_CEILING": 0.02},
    {"LIGHT_CEILING": 0.12},
    {"LIGHT_CEILING": 0.3},
)


@contextmanager
def setting(changed: Setting) -> Iterator[None]:
    """Replace some constants of the score while the block runs."""
    derived = {"_SHORT_MASS", "_LONG_MASS"}
    before = {name: getattr(sums, name) for name in {*changed, *derived}}
    for name, value in changed.items():
        setattr(sums, name, value)
    power = sums.AGE_POWER
    sums._SHORT_MASS = sums.SHORT_DAYS**-power
    sums._LONG_MASS = sums.LONG_DAYS**-power
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(sums, name, value)


def print_grid(folder: Path) -> int:
    """Print one line per setting with the mean ego AUC on each file."""
    worlds = [(history, events_of(folder, history)) for history in HISTORIES]
    rows = []
    for changed in GRID:
        with setting(changed):
            areas = [f"{measure(events, history, ())['Mutuals'].ego:.4f}" for history, events in worlds]
        label = ", ".join(f"{name} = {value:g}" for name, value in changed.items()) or "as shipped"
        rows.append([label, *areas])
        print(" ".join(rows[-1]), flush=True)
    print_table("Mean ego AUC, one constant changed", ["setting", *(history.name for history, _ in worlds)], rows)
    return 0
