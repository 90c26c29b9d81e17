"""Writes into a notebook as fast as it can and says what was acknowledged, until it is killed.

Reads lines ``folder seed``; for each it forks a process that writes there, and tells when that process has ended.
Forking saves the imports, so that hundreds of kills take seconds; each is a process of its own that dies by SIGKILL.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from pathlib import Path

from companion.settings import Settings
from companion.store.journal import storage
from companion.store.journal.compaction import CompactionPolicy
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST

COMPACT_EVERY_SECONDS = 0.02
REMEMBERED_OPS = 50
PEOPLE = [str(2_000_001 + number) for number in range(8)]


def say(**facts: object) -> None:
    """Print one line at once, in one piece."""
    os.write(1, json.dumps(facts).encode() + b"\n")


def body_of(kind: str, rng: random.Random) -> dict[str, object]:
    """Return a body that is much longer or much shorter than the last: shrinking is what loses files."""
    words = [f"w{rng.randrange(10**6)}" for _ in range(rng.choice([1, 3, 40, 250]))]
    if kind == "note":
        return {"text": " ".join(words)}
    return {"tags": words[:20]} if kind == "tags" else {"alias": words[0]}


def write_for_ever(folder: Path, seed: int) -> None:
    """Write, and say what was acknowledged; a thread asks for compactions all the time, beside the notebook's own."""
    rng = random.Random(seed)
    if seed % 2:  # notes and versions are read from the file
        storage.STORED_FROM = 1
    say(writer=os.getpid())
    settings = Settings(data=folder, remembered_ops=REMEMBERED_OPS)
    with Notebook.open(settings, compaction=CompactionPolicy(bytes=6_000, idle_seconds=0.002)) as notebook:
        threading.Thread(target=compact_for_ever, args=(notebook,), daemon=True).start()
        number = 0
        while True:
            number += 1
            op, kind, pid = f"{seed}-{number}", rng.choice(["note", "note", "tags", "alias"]), rng.choice(PEOPLE)
            body = body_of(kind, rng)
            result = notebook.write(op, kind, pid, body, LATEST, seed * 1_000 + number, "1000001")
            say(op=op, kind=kind, pid=pid, body=body, rev=result.rev)


def compact_for_ever(notebook: Notebook) -> None:
    """Compact at once and again after each short pause, so that kills meet compactions on the fastest disk too."""
    never = threading.Event()
    while True:
        notebook.compact()
        never.wait(COMPACT_EVERY_SECONDS)


def main() -> None:
    """Fork a writer for each line."""
    for line in sys.stdin:
        folder, seed = line.rsplit(" ", 1)
        child = os.fork()
        if child == 0:
            write_for_ever(Path(folder), int(seed))
        os.waitpid(child, 0)
        say(ended=child)


if __name__ == "__main__":
    main()
