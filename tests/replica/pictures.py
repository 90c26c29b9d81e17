"""Draws the replica's pictures (portraits, banners, photos in posts) as SVG, each from a seed."""

from __future__ import annotations

import random

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice">'
DEFAULT_PORTRAIT = (
    OPEN.format(width=48, height=48) + '<rect width="48" height="48" fill="#cfd9de"/>'
    '<circle cx="24" cy="19" r="8" fill="#fff"/><path d="M8 48c0-12 7-18 16-18s16 6 16 18z" fill="#fff"/></svg>'
)
SKIN = ("#8d5524", "#c68642", "#e0ac69", "#f1c27d", "#ffdbac", "#6f4326")
HAIR = ("#1b1b1b", "#4a2c17", "#7a4a21", "#b98d4c", "#8a8a8a", "#5b2333")
CUTS = (
    "M14 19c0-9 5-12 10-12s10 3 10 12c-4-6-16-6-20 0z",
    "M13 24c-1-14 6-18 11-18s12 4 11 18c-2-9-5-11-11-11s-9 2-11 11z",
)


SITTERS = {
    "1000001": (28, "#c68642", "#1b1b1b", 0),
    "2000001": (265, "#6f4326", "#1b1b1b", 1),
    "2000002": (205, "#e0ac69", "#4a2c17", 1),
    "2000003": (150, "#f1c27d", "#1b1b1b", 0),
    "2000006": (330, "#c68642", "#1b1b1b", 1),
    "2000007": (75, "#e0ac69", "#8a8a8a", 0),
}
"""Hue, skin, hair and cut of the people who are seen on the pictures of the documentation."""
SIGNS = {"1000002": ("Q", 210), "2000004": ("B", 350), "2000005": ("M", 35), "2000008": ("%", 12)}
"""Letter and hue of the accounts that are shops, not people."""


def sign(letter: str, hue: int) -> str:
    """Return a shop's mark: one letter on a coloured ground."""
    style = 'font-family="Liberation Serif, serif" font-size="28" font-weight="700" text-anchor="middle" fill="#fff"'
    ground = f'<rect width="48" height="48" fill="hsl({hue} 55% 42%)"/>'
    return OPEN.format(width=48, height=48) + ground + f'<text x="24" y="34" {style}>{letter}</text></svg>'


def portrait(seed: str) -> str:
    """Return a simple head and shoulders on a coloured ground."""
    if seed in SIGNS:
        return sign(*SIGNS[seed])
    dice = random.Random(f"portrait {seed}")
    chosen = (dice.randrange(360), dice.choice(SKIN), dice.choice(HAIR), dice.randrange(len(CUTS)))
    hue, skin, hair, number = SITTERS.get(seed, chosen)
    cut = CUTS[number]
    return "".join(
        [
            OPEN.format(width=48, height=48),
            f'<rect width="48" height="48" fill="hsl({hue} 42% 72%)"/>',
            f'<path d="M6 50c0-12 8-17 18-17s18 5 18 17z" fill="hsl({(hue + 150) % 360} 45% 38%)"/>',
            f'<rect x="20" y="26" width="8" height="9" fill="{skin}"/>',
            f'<ellipse cx="24" cy="20" rx="9" ry="10.5" fill="{skin}"/><path d="{cut}" fill="{hair}"/></svg>',
        ]
    )


def landscape(seed: str) -> str:
    """Return soft hills under a sky, for banners and photos."""
    dice = random.Random(f"landscape {seed}")
    hue = dice.randrange(180, 260)
    parts = [OPEN.format(width=600, height=200), f'<rect width="600" height="240" fill="hsl({hue} 35% 80%)"/>']
    for layer in range(3):
        start, rise, fall = 120 + 30 * layer, dice.randrange(60), dice.randrange(50)
        curve = (
            f"M0 {start} C150 {60 + rise + 25 * layer} 300 {150 + 12 * layer} 450 {90 + fall} S600 150 600 150 V240 H0z"
        )
        parts.append(f'<path d="{curve}" fill="hsl({hue} {22 + 8 * layer}% {66 - 12 * layer}%)"/>')
    return "".join([*parts, "</svg>"])


def picture(path: str) -> str:
    """Return the picture for a path on one of X's picture hosts."""
    if "default_profile" in path:
        return DEFAULT_PORTRAIT
    parts = path.strip("/").split("/")
    name = parts[1] if len(parts) > 1 else path
    return portrait(name) if parts[0] == "profile_images" else landscape(name)
