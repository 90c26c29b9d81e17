"""Random damage to a file: a flipped bit, a changed byte, a cut, two places exchanged."""

from __future__ import annotations

import random


def damaged(data: bytes, rng: random.Random) -> tuple[str, bytes]:
    """Return what was done and the bytes afterwards, which always differ."""
    while True:
        kind, changed = _damaged(data, rng)
        if changed != data:
            return kind, changed


def _damaged(data: bytes, rng: random.Random) -> tuple[str, bytes]:
    kind = rng.choice(["flip", "byte", "end cut off", "cut out", "zeros", "exchanged"])
    if kind == "exchanged":
        size = rng.randint(1, max(1, min(4096, len(data) // 3)))
        one, two = sorted(rng.randrange(max(1, len(data) - size)) for _ in range(2))
        two = max(two, min(one + size, len(data)))
        return kind, data[:one] + data[two : two + size] + data[one + size : two] + data[one : one + size] + data[
            two + size :
        ]
    at = rng.randrange(len(data))
    size = rng.randint(1, max(1, min(600, len(data) - at)))
    changed = bytearray(data)
    if kind == "flip":
        changed[at] ^= 1 << rng.randrange(8)
    elif kind == "byte":
        changed[at] = rng.randrange(256)
    elif kind == "end cut off":
        del changed[at:]
    elif kind == "cut out":
        del changed[at : at + size]
    else:
        changed[at : at + size] = bytes(size)
    return kind, bytes(changed)
