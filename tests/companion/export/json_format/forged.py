"""Exports that somebody changed, with the right checksum put under them again."""

from __future__ import annotations

import hashlib

BROKEN = [
    (b'"_id":1', b'"_id":"1"'),
    (b'"rev":2', b'"rev":"x"'),
    (b'"relation":[', b'"sqlite_master":[{"x":1}],"relation":['),
    (b'"followers":7', b'"followers":[7]'),
    (b'"followers":7', b'"followers":7,"evil":1'),
    (b'"pid":"2000003"', b'"pid":7'),
    (b'"tags":["friend"', b'"tags":["\\u0007"'),
    (b'"colours":[', b'"_journal":[{"_id":1,"serial":9}],"colours":['),
    (b'"kind":"mention"', b'"kind":["mention"]'),
    (b'"viewer":"1000001","body":{"text":"First"', b'"viewer":["x"],"body":{"text":"First"'),
]


def resealed(lines: list[bytes]) -> bytes:
    """Put the right checksum under changed lines."""
    body = b"".join(lines[:-1])
    return body + b'"checksum":"sha256:' + hashlib.sha256(body).hexdigest().encode() + b'"}\n'
