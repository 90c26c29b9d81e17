"""Measures the import of an invented 200 MB archive: time and peak memory, beside reading and parsing alone."""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.benchmarks.table import print_table

OWNER = "1000001"
PEOPLE = 20_000
BARS = ("<= 8 s, peak <= 120 MB", "a second import adds 0")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; each measurement runs in its own process, for its own peak memory."""
    parser = argparse.ArgumentParser(prog="bench import", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200, help="size of tweets.js once unpacked (default 200)")
    parser.add_argument("--work", choices=["import", "window", "whole", "read"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.work:
        return _work(options.work, options.file, options.data)
    with tempfile.TemporaryDirectory(prefix="mutuals-bench-") as folder:
        archive = Path(folder, "archive.zip")
        posts = _make(archive, options.megabytes)
        rows = [_measure(label, work, archive, Path(folder, "data")) for label, work in _WORKS]
    title = f"Import of an archive with {posts:,} posts in {options.megabytes} MB; bars: {', '.join(BARS)}"
    print_table(title, ["what", "seconds", "CPU s", "peak MB", "result"], rows)
    return 0


_WORKS = (
    ("floor: unpack and read the bytes", "read"),
    ("floor: stream the entries, do nothing with them", "window"),
    ("other: json.loads of the whole file", "whole"),
    ("mutuals import archive", "import"),
    ("mutuals import archive, a second time", "import"),
)


def _measure(label: str, work: str, archive: Path, data: Path) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "scripts.benchmarks.imports",
        "--work",
        work,
        "--file",
        str(archive),
        "--data",
        str(data),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [label, *done.stdout.strip().split("\t")]


def _work(work: str, archive: Path, data: Path) -> int:
    start, busy = time.perf_counter(), time.process_time()
    result = (
        {"read": _read, "window": _window, "whole": _whole}[work](archive)
        if work != "import"
        else _import(archive, data)
    )
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.2f}\t{busy:.2f}\t{peak:.0f}\t{result}")
    return 0


def _read(archive: Path) -> str:
    with zipfile.ZipFile(archive) as bundle, bundle.open("data/tweets.js") as member:
        return f"{sum(len(block) for block in iter(lambda: member.read(1 << 20), b'')):,} bytes"


def _window(archive: Path) -> str:
    from companion.sources.archive.stream import elements

    with zipfile.ZipFile(archive) as bundle, bundle.open("data/tweets.js") as member:
        return f"{sum(1 for _ in elements(member, 'tweets.js')):,} entries"


def _whole(archive: Path) -> str:
    with zipfile.ZipFile(archive) as bundle:
        text = bundle.read("data/tweets.js").decode()
    return f"{len(json.loads(text[text.index('[') :])):,} entries"


def _import(archive: Path, data: Path) -> str:
    from companion.settings import Settings
    from companion.sources.archive.importing import ArchiveImport
    from companion.store.import_runs import Imports
    from companion.store.ledger.ledger import Ledger
    from companion.store.notebook.notebook import Notebook

    settings = Settings(data=data)
    data.mkdir(exist_ok=True)
    ledger, notebook = Ledger.open(settings.ledger_path), Notebook.open(settings)
    try:
        job = ArchiveImport(ledger, notebook, Imports(data / "imports.json"), int(time.time()))
        done = job.run(archive)
    finally:
        notebook.close()
        ledger.close()
    return f"{done.interactions:,} new interactions, {done.people:,} people"


def _make(path: Path, megabytes: int) -> int:
    chance, size, count = random.Random(11), 0, 0
    account = [{"account": {"accountId": OWNER, "username": "adaquill"}}]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        bundle.writestr("data/account.js", f"window.YTD.account.part0 = {json.dumps(account)}")
        with bundle.open("data/tweets.js", "w", force_zip64=True) as member:
            member.write(b"window.YTD.tweets.part0 = [\n")
            for text in _tweets(chance):
                if size >= megabytes * 1_000_000:
                    break
                size += member.write((b",\n" if count else b"") + text)
                count += 1
            member.write(b"\n]")
    return count


def _tweets(chance: random.Random) -> Iterator[bytes]:
    """Yield records of about 1.7 kB with 1.5 mentions each, as real archives have."""
    number = 0
    while True:
        number += 1
        people = [int(PEOPLE * chance.random() ** 3) + 2_000_000 for _ in range(chance.choice((0, 1, 1, 2, 3)))]
        handles = [f"person{one}" for one in people]
        text = " ".join(f"@{handle}" for handle in handles) + " " + "slow bread and small presses " * 6
        yield json.dumps(_tweet(number, people, handles, text), indent=2).encode()


def _tweet(number: int, people: list[int], handles: list[str], text: str) -> dict[str, object]:
    at = time.gmtime(1_400_000_000 + number * 1800)
    mentions = [
        {"name": handle, "screen_name": handle, "indices": ["0", "9"], "id_str": str(one), "id": str(one)}
        for one, handle in zip(people, handles, strict=True)
    ]
    reply = (
        {"in_reply_to_user_id_str": str(people[0]), "in_reply_to_screen_name": handles[0]}
        if people and number % 3
        else {}
    )
    tweet: dict[str, object] = {
        "edit_info": {"initial": {"editTweetIds": [str(number)], "editsRemaining": "5", "isEditEligible": True}},
        "retweeted": False,
        "source": '<a href="https://mobile.example" rel="nofollow">Some App</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": mentions, "urls": []},
        "display_text_range": ["0", str(len(text))],
        "favorite_count": "0",
        "id_str": str(10**18 + number),
        "id": str(10**18 + number),
        "retweet_count": "0",
        "created_at": time.strftime("%a %b %d %H:%M:%S +0000 %Y", at),
        "full_text": text,
        "lang": "en",
    }
    return {"tweet": tweet | reply}


if __name__ == "__main__":
    raise SystemExit(main())
