"""Makes the pictures that browsers' stores ask for, in their sizes, from the documentation's own: docs/store/*.png."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
SCREEN = (1280, 800)
"""Screenshots at Chrome's store and addons.mozilla.org."""
TILE = (440, 280)
ICON, ART = 128, 96
"""Chrome's store wants 96 px of art with 16 px of clear margin around."""
SHOWN = ("card-light", "vetting-light", "dashboard-light", "person-light")
PAPER, INK, DIM = "#fbfbfa", "#16191d", "#5d6873"


def screenshot(name: str) -> Image.Image:
    """Return the upper part of a picture of docs/, as wide as the store's, with nothing stretched."""
    picture = Image.open(ROOT / f"docs/{name}.png").convert("RGB")
    scaled = picture.resize((SCREEN[0], round(picture.height * SCREEN[0] / picture.width)), Image.Resampling.LANCZOS)
    return scaled.crop((0, 0, *SCREEN))


def icon() -> Image.Image:
    """Return the icon with the store's margin."""
    drawn = Image.open(ROOT / "extension/icons/mutuals-128.png").convert("RGBA")
    art = drawn.crop(drawn.getchannel("A").getbbox())
    factor = ART / max(art.size)
    art = art.resize((round(art.width * factor), round(art.height * factor)), Image.Resampling.LANCZOS)
    picture = Image.new("RGBA", (ICON, ICON))
    picture.paste(art, ((ICON - art.width) // 2, (ICON - art.height) // 2))
    return picture


def tile() -> Image.Image:
    """Return the small promotional tile: icon, name, what it is for."""
    picture = Image.new("RGB", TILE, PAPER)
    art = icon()
    picture.paste(art, ((TILE[0] - ICON) // 2, 28), art)
    draw = ImageDraw.Draw(picture)
    middle = TILE[0] / 2
    draw.text((middle, 178), "Mutuals", fill=INK, font=ImageFont.load_default(36), anchor="mm")
    draw.text(
        (middle, 222), "Private notes about people, for X", fill=DIM, font=ImageFont.load_default(18), anchor="mm"
    )
    return picture


def main(folder: Path) -> None:
    """Write all pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    icon().save(folder / "icon-128.png", optimize=True)
    tile().save(folder / "tile-440x280.png", optimize=True)
    for number, name in enumerate(SHOWN, 1):
        screenshot(name).save(folder / f"screenshot-{number}-1280x800.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/store")
