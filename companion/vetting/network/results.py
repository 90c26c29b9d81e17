"""Results of opening a link and of inspecting a picture: plain values without any network."""

from __future__ import annotations

import msgspec

PROBLEMS = frozenset(
    {
        "scheme", "address", "not_found", "private", "hops", "loop", "size", "time", "bomb", "certificate",
        "connection", "answer",
    }
)  # fmt: skip
"""Why a link could not be opened to the end: its scheme is not http(s); its address cannot be read; no such host; the
host is inside this machine or network; over five redirects; it redirects to itself; over 1 MiB; over five seconds; a
compressed bomb; its certificate is not valid for it; no connection; or no proper answer."""


class Hop(msgspec.Struct, frozen=True, omit_defaults=True):
    """One address of the trail, and how it led to the next."""

    url: str
    status: int | None = None
    by: str = "redirect"
    """How the next one was reached: redirect, or refresh (by the page itself); the last hop is "end"."""


class Opened(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of opening a link on the viewer's click."""

    url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    host: str = ""
    """Host of the last address reached."""
    title: str = ""
    kind: str = ""
    """The media type that the server named."""
    parked: bool = False
    """The page says that the name is for sale or parked."""
    problem: str | None = None
    """One of ``PROBLEMS``, or None if the last page was read."""
    detail: str = ""
    """The problem in words."""


PICTURE_PROBLEMS = frozenset({"host", "size", "time", "connection", "answer", "pixels", "damaged", "kind"})
"""Why a picture could not be inspected: not on X's own picture host; over the limit of bytes; no answer in time; no
connection; no proper answer; more pixels than are decoded; cut off or broken; or no picture at all."""


class Picture(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of inspecting a profile picture."""

    hash: str | None = None
    """Perceptual hash with its kind before it ("dhash:" and 32 hex digits); None where there was nothing to hash: a
    failure, or a picture of one colour."""
    same_as: tuple[str, ...] = ()
    """Handles of other accounts that have the same picture."""
    problem: str | None = None
    """One of ``PICTURE_PROBLEMS``."""
    face: bytes = b""
    """A small copy as JPEG, to be kept apart from the result; empty where there was nothing to see."""
