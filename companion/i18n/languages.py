"""The languages that Mutuals speaks, and which of them a browser's or a system's wish means (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "es": "Español",
    "pt_BR": "Português (Brasil)",
    "de": "Deutsch",
    "fr": "Français",
    "ja": "日本語",
    "ko": "한국어",
    "ar": "العربية",
}
"""Code of the catalogue -> the language's own name, in the order in which it is offered."""
RIGHT_TO_LEFT = frozenset({"ar"})


def tag(code: str) -> str:
    """Return the tag of a language for HTML and for browsers, such as pt-BR."""
    return code.replace("_", "-")


def direction(code: str) -> str:
    """Return ``ltr`` or ``rtl``."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def best(wishes: Iterable[str]) -> str:
    """Return the first of the wished languages that is spoken; a variant serves for its language, English for none.

    Args:
        wishes: tags such as "pt-PT" or "de_AT.UTF-8", the dearest first.
    """
    own = {code.partition("_")[0]: code for code in LANGUAGES}
    for wish in wishes:
        main = wish.replace("-", "_").partition("_")[0].partition(".")[0].lower()
        if main in own:
            return own[main]
    return ENGLISH


def accepted(header: str) -> list[str]:
    """Return the tags of an Accept-Language header, the dearest first; what cannot be read is left out (RFC 9110)."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(",")[:50]:
        name, _, weight = part.partition(";")
        digits = weight.strip().removeprefix("q=").strip() or "1"
        if name.strip() and digits.replace(".", "", 1).isdecimal() and float(digits) > 0:
            weighed.append((-float(digits), name.strip()))
    return [name for _, name in sorted(weighed, key=lambda pair: pair[0])]
