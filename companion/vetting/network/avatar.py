"""Inspects a profile picture on the viewer's click: only from X's picture hosts, decoded within limits, hashed."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import imagehash
from PIL import Image, UnidentifiedImageError

from companion.vetting.network.fetch import FetchError, Network, fetch
from companion.vetting.network.results import Picture

HOSTS = frozenset({"pbs.twimg.com", "abs.twimg.com", "si0.twimg.com"})
BYTES = 2 * 1024 * 1024
PIXELS = 4_000_000
"""X's largest avatars are 400 x 400; whatever claims more than 2000 x 2000 is not decoded."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SECONDS = 5.0
SAME_BITS = 4
"""Differing bits of 64 up to which two hashes are the same picture (saved again, resized, a shade lighter)."""
FLAT = 8
"""A hash with fewer bits set or clear than this comes from a picture with nothing on it, like a single colour."""


def look_at(
    address: str, known: Mapping[str, str] | None = None, network: Network | None = None, seconds: float = SECONDS
) -> Picture:
    """Fetch and hash a picture; never raises for what the network or the file does.

    Args:
        address: as the page shows it.
        known: handle -> hash of pictures looked at before, the person's own left out.
        network: for tests; the system's own by default.
        seconds: for everything together.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in HOSTS or parts.port is not None:
        return Picture(problem="host")
    until = time.monotonic() + seconds
    try:
        answer = fetch(address, lambda: until - time.monotonic(), network or Network(), BYTES)
    except FetchError as error:
        return Picture(problem=error.problem if error.problem in ("time", "answer") else "connection")
    if answer.status != 200:
        return Picture(problem="answer")
    return hashed(answer.body, known) if answer.whole else Picture(problem="size")


def hashed(data: bytes, known: Mapping[str, str] | None = None) -> Picture:
    """Decode within limits and hash; hostile or broken files give a problem."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > PIXELS:
                return Picture(problem="pixels")
            image.draft("RGB", (256, 256))
            found = imagehash.phash(image.convert("RGB"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Picture(problem="pixels")
    except UnidentifiedImageError:
        return Picture(problem="kind")
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, IndexError):
        return Picture(problem="damaged")
    set_bits = int(found.hash.sum())
    if min(set_bits, found.hash.size - set_bits) < FLAT:
        return Picture()
    return Picture(str(found), same_as(str(found), known or {}))


def same_as(picture: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the handles whose picture is the same."""
    number = int(picture, 16)
    return tuple(handle for handle, other in known.items() if (int(other, 16) ^ number).bit_count() <= SAME_BITS)
