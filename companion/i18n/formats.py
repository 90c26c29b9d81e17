"""Writes days, numbers and shares as each language does (pure); a test compares them with CLDR."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

_NARROW, _WIDE = "\u202f", "\u00a0"
_RLM, _LRM = "\u200f", "\u200e"


@dataclass(frozen=True, slots=True)
class Format:
    """How a language writes.

    Attributes:
        day: a day of medium length, with the fields year, month, day, and name for the month's name.
        months: the months' short names; empty where the day is written in numbers alone.
        group: between thousands.
        grouped_from: the least number that is grouped.
        decimal: between whole and part.
        percent: a share, with the field number.
    """

    day: str
    months: tuple[str, ...] = ()
    group: str = ","
    grouped_from: int = 1000
    decimal: str = "."
    percent: str = "{number}%"


def _months(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FORMATS: Mapping[str, Format] = {
    "en": Format("{day} {name} {year}", _months("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")),
    "es": Format(
        "{day} {name} {year}", _months("ene feb mar abr may jun jul ago sept oct nov dic"), ".", 10_000, ",",
        f"{{number}}{_WIDE}%",
    ),
    "pt_BR": Format(
        "{day} de {name} de {year}", _months("jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez."), ".", 1000,
        ",",
    ),
    "de": Format("{day:02}.{month:02}.{year}", (), ".", 1000, ",", f"{{number}}{_WIDE}%"),
    "fr": Format(
        "{day} {name} {year}",
        _months("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."), _NARROW, 1000, ",",
        f"{{number}}{_WIDE}%",
    ),
    "ja": Format("{year}/{month:02}/{day:02}"),
    "ko": Format("{year}. {month}. {day}."),
    "ar": Format(f"{{day:02}}{_RLM}/{{month:02}}{_RLM}/{{year}}", percent=f"{{number}}{_LRM}%{_LRM}"),
}  # fmt: skip


def day(when: datetime.date, language: str) -> str:
    """Return a day of medium length, such as 3 Mar 2026 or 2026/03/03."""
    form = FORMATS[language]
    name = form.months[when.month - 1] if form.months else ""
    return form.day.format(year=when.year, month=when.month, day=when.day, name=name)


SHORT: Mapping[str, str] = {
    "en": "{day} {name}", "es": "{day} {name}", "pt_BR": "{day} de {name}", "fr": "{day} {name}",
    "de": "{day}.{month}.", "ja": "{month}/{day}", "ko": "{month}. {day}.", "ar": f"{{day}}{_RLM}/{{month}}",
}  # fmt: skip
"""A day without its year."""


def day_of_year(when: datetime.date, language: str) -> str:
    """Return a day without its year, such as 3 Mar or 3/24."""
    months = FORMATS[language].months
    name = months[when.month - 1] if months else ""
    return SHORT[language].format(month=when.month, day=when.day, name=name)


def number(value: int | float | str, language: str) -> str:
    """Return a number with the language's signs between thousands and before the decimals.

    Args:
        value: a number, or one as English writes it, such as "1,234" or "4.1".
        language: a code of `companion.i18n.languages`.
    """
    form = FORMATS[language]
    whole, point, part = str(value).replace(",", "").partition(".")
    digits = f"{int(whole):,}" if abs(int(whole)) >= form.grouped_from else whole
    return digits.replace(",", form.group) + (form.decimal + part if point else "")


def share(text: str, language: str) -> str:
    """Return a share written as in English, such as "4.1%", as the language writes it."""
    return FORMATS[language].percent.format(number=number(text.removesuffix("%"), language))
