"""Inspects a profile picture on the viewer's click: only from X's picture hosts, decoded within limits, hashed."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import dhash
from PIL import Image, ImageOps, UnidentifiedImageError

from companion.store.faces import MOST_BYTES
from companion.vetting.network.fetch import FetchError, Network, fetch
from companion.vetting.network.results import Picture

HOSTS = frozenset({"pbs.twimg.com", "abs.twimg.com", "si0.twimg.com"})
BYTES = 2 * 1024 * 1024
PIXELS = 4_000_000
"""X's largest avatars are 400 x 400; whatever claims more than 2000 x 2000 is not decoded."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SECONDS = 5.0
KIND = "dhash:"
"""Stands before a hash and tells how it was made: hashes of two kinds say nothing of each other."""
FACE_SIDE, FACE_QUALITIES = 96, (75, 50, 25)
"""The small copy in px, twice its size on most pages, and the qualities of which the first that is small is taken."""
SIDE = 8
"""A hash compares SIDE x SIDE points with their right and their lower neighbour: 128 bits."""
SAME_BITS = 8
"""Differing bits of 128 up to which two hashes are the same picture (saved again, resized, a shade lighter)."""
FLAT = 4
"""Bits of 64; when both halves have fewer bits set or clear, the picture has nothing on it, like a single colour."""


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
            halves: tuple[int, int] = dhash.dhash_row_col(_greys(image), SIDE)
            face = _face(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Picture(problem="pixels")
    except UnidentifiedImageError:
        return Picture(problem="kind")
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, IndexError):
        return Picture(problem="damaged")
    if all(_flat(half) for half in halves):
        return Picture()
    stored = f"{KIND}{dhash.format_hex(*halves, SIDE)}"
    return Picture(stored, same_as(stored, known or {}), face=face)


def _face(image: Image.Image) -> bytes:
    """Return a small copy (of an animated picture its first frame), drawn anew: nothing else of the file stays."""
    square = ImageOps.fit(_opaque(image).convert("RGB"), (FACE_SIDE, FACE_SIDE), Image.Resampling.LANCZOS)
    for quality in FACE_QUALITIES:
        out = io.BytesIO()
        square.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    return b""


def _opaque(image: Image.Image) -> Image.Image:
    """Return the picture with what can be seen through laid on white, as X shows it."""
    if not image.has_transparency_data:
        return image
    seen = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)


def _greys(image: Image.Image) -> list[int]:
    """Return the picture as a small square of grey values."""
    return list(_opaque(image).convert("L").resize((SIDE + 1, SIDE + 1), Image.Resampling.LANCZOS).tobytes())


def _flat(half: int) -> bool:
    return min(half.bit_count(), SIDE * SIDE - half.bit_count()) < FLAT


def same_as(picture: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the handles whose picture is the same; a hash of another kind, or of none, is nobody's."""
    return tuple(handle for handle, other in known.items() if other.startswith(KIND) and _near(picture, other))


def _near(first: str, other: str) -> bool:
    numbers = (int(text.removeprefix(KIND), 16) for text in (first, other))
    return (next(numbers) ^ next(numbers)).bit_count() <= SAME_BITS
