"""The user's own lists for vetting (words, weights and topics), as plain files in the data folder.

``vetting/words.json`` replaces whole categories of the supplied list, ``vetting/weights.json`` all weights and
thresholds, ``vetting/topics.txt`` has one topic a line. Copies to begin with: `mutuals vet --lists`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from companion.domain import limits
from companion.errors import SettingError
from companion.store.files import private_folder, write_private
from companion.vetting.weights import Weights, read_weights
from companion.vetting.word_lists import DATA, WordLists, read_lists

Read = TypeVar("Read")
Version: TypeAlias = tuple[int, int, int] | None
"""What tells one version of a file from another: time, inode, size; a disk's clock alone ticks too seldom."""


def folder_of(data: Path) -> Path:
    """Return the folder of the user's lists."""
    return data / "vetting"


def lists_of(data: Path) -> WordLists:
    """Return the word lists.

    Raises:
        SettingError: The user's file cannot be read; the message names it.
    """
    return _read(_lists, folder_of(data) / "words.json")


def weights_of(data: Path) -> Weights:
    """Return weights and thresholds.

    Raises:
        SettingError: The user's file cannot be read; the message names it.
    """
    return _read(_weights, folder_of(data) / "weights.json")


def topics_of(data: Path) -> tuple[str, ...]:
    """Return the user's topics; an empty tuple if none are set."""
    path = folder_of(data) / "topics.txt"
    return _read(_topics, path) if path.is_file() else ()


def set_topics(data: Path, topics: list[str]) -> tuple[str, ...]:
    """Store the user's topics and return them as stored: each once, without surrounding blanks.

    Raises:
        SettingError: one is too long or there are too many; nothing was stored.
    """
    unique = dict.fromkeys(" ".join(topic.split()) for topic in topics)
    unique.pop("", None)
    long = next((topic for topic in unique if len(topic) > limits.TOPIC), None)
    if long is not None:
        raise SettingError(f"A topic has {len(long)} characters; at most {limits.TOPIC} fit. Shorten “{long[:20]}…”.")
    if len(unique) > limits.TOPICS:
        raise SettingError(f"{len(unique)} topics are too many to say anything; keep at most {limits.TOPICS}.")
    private_folder(data)
    private_folder(folder_of(data))
    write_private(folder_of(data) / "topics.txt", "".join(f"{topic}\n" for topic in unique).encode())
    _topics.cache_clear()
    return tuple(unique)


def copy_lists(data: Path) -> Path:
    """Copy the supplied lists into the user's folder, never over existing files; return the folder."""
    private_folder(data)
    folder = folder_of(data)
    private_folder(folder)
    for name in ("words.json", "weights.json"):
        if not (folder / name).exists():
            shutil.copyfile(DATA / name, folder / name)
    return folder


def _read(read: Callable[[Path, Version], Read], path: Path) -> Read:
    try:
        seen = path.stat() if path.is_file() else None
        return read(path, (seen.st_mtime_ns, seen.st_ino, seen.st_size) if seen else None)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise SettingError(
            f"Your list {path.name} cannot be read ({error}). Mend it, or delete it to go on."
        ) from error


@lru_cache(maxsize=4)
def _lists(path: Path, _version: Version) -> WordLists:
    return read_lists(path)


@lru_cache(maxsize=4)
def _weights(path: Path, _version: Version) -> Weights:
    return read_weights(path)


@lru_cache(maxsize=4)
def _topics(path: Path, _version: Version) -> tuple[str, ...]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
