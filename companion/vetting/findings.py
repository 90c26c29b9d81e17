"""The output of the checks: findings with their counts, and examples to open."""

from __future__ import annotations

import msgspec

FACT, CAUTION, SERIOUS = "fact", "caution", "serious"
LEVELS = (FACT, CAUTION, SERIOUS)

Param = int | float | str


class Example(msgspec.Struct, frozen=True, omit_defaults=True):
    """An example of a finding: a post's text with its id, or an address."""

    text: str
    post: str | None = None
    """The post's id, to open it."""
    url: str | None = None


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One checkable statement about an account.

    ``count`` of ``of`` is what was counted (both None where nothing was). ``degree`` is how strongly the finding holds,
    0 to 1; with the code's weight (``data/weights.json``) it goes into the score. Its words are in ``phrases.py``.
    """

    code: str
    level: str = FACT
    count: int | None = None
    of: int | None = None
    examples: tuple[Example, ...] = ()
    params: dict[str, Param] = {}
    degree: float = 1.0

    @property
    def check(self) -> str:
        """The check it belongs to: the part of the code before the first underscore."""
        return self.code.split("_", 1)[0]


class Habit(msgspec.Struct, frozen=True):
    """One habit with its counts: ``count`` of ``of`` posts or messages seen."""

    code: str
    count: int
    of: int
    words: str
    """The same in English, such as "thanks automatically (16 of 24)"."""
