"""`scripts/bench NAME [options]`: runs one benchmark by its name."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = {
    "badges": ("badges", "forty handles looked up, in process and over HTTP, at a million people"),
    "notes": ("notes", "a note saved durably, in process and over HTTP, at ten thousand notes"),
    "sightings": ("sightings", "a page of X's JSON understood and stored, with look-ups meanwhile"),
    "share": ("share", "a folder joined, a save until another machine has it, look-ups meanwhile"),
    "start": ("start", "from exec to the first answer, memory and idle CPU"),
    "page": ("page", "the content script on a page: boot, frames while 1,000 posts scroll, long tasks"),
    "frame": ("frame", "the card's frame from its address to its last script, beside modules"),
    "rebuild": ("rebuild", "all scores made again from what is stored"),
    "import": ("imports", "a 200 MB X archive imported"),
    "dashboard": ("dashboard", "the dashboard's pages at 100,000 people"),
    "grow": ("grow", "every resource and page at 5,000 and 100,000 people, and how each grows"),
    "score": ("score", "how well the score forecasts, on real histories"),
    "vetting": ("vetting", "how well vetting tells, on labelled accounts"),
}
"""Name -> (module, what it measures)."""
PEERS = "--peers"
"""Option of badges and notes: also measures the nearest peers, installed into separate environments."""


def main() -> int:
    """Run the named benchmark with the remaining arguments, or list all benchmarks."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMES:
        print("usage: scripts/bench NAME [options]\n")
        for known, (_, what) in NAMES.items():
            print(f"  {known:10} {what}")
        print(f"\n{PEERS} with badges or notes times the nearest peers as well.")
        return 0 if name in {"", "-h", "--help"} else 2
    module = import_module(f"scripts.benchmarks.{NAMES[name][0]}")
    result = module.main([option for option in sys.argv[2:] if option != PEERS])
    if PEERS in sys.argv and name in {"badges", "notes"}:
        import_module("scripts.benchmarks.peers").main(name)
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
