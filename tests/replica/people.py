"""The replica's invented people: two viewers, the featured eight, and a seeded generator for thousands more."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.replica import words


@dataclass(eq=False)
class Account:
    """One invented account. ``created_at`` is epoch seconds UTC; ``handle`` may change in a test (a rename)."""

    id: str
    handle: str
    name: str
    bio: str = ""
    location: str = ""
    website: str = ""
    created_at: int = 1_396_000_000
    followers: int = 120
    following: int = 150
    posts: int = 900
    media: int = 40
    likes: int = 1500
    category: str = ""
    protected: bool = False
    blue: bool = False
    default_avatar: bool = False
    suspended: bool = False

    @property
    def avatar(self) -> str:
        """The picture's address, in the smallest size that X's JSON names."""
        if self.default_avatar:
            return "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
        return f"https://pbs.twimg.com/profile_images/{self.id}/portrait_normal.jpg"

    @property
    def banner(self) -> str:
        """The wide picture above the profile."""
        return f"https://pbs.twimg.com/profile_banners/{self.id}/1700000000"


ADA = Account(
    "1000001", "adaquill", "Ada Quill", "Essays editor. Reads everything twice.", "Bristol", "https://adaquill.example/",
    1_330_000_000, 1840, 912, 6120, 310, 9050, blue=True,
)  # fmt: skip
ADA_AT_WORK = Account(
    "1000002", "adaworks", "Ada at Work", "Quill & Co., small press.", "Bristol", "https://quillandco.example/",
    1_520_000_000, 640, 210, 880, 120, 400, category="Publisher",
)  # fmt: skip
WREN = Account(
    "2000001", "wrenwrites", "Wren Okafor", "Editor. I answer letters. Slow bread, small presses, long walks.", "Lagos",
    "https://wrenwrites.example/", 1_395_700_000, 2413, 801, 7340, 512, 15020,
)  # fmt: skip
INES = Account(
    "2000002", "inesmakes", "Ines Duarte", "Printmaker and bookbinder. Ink under the nails.", "Porto",
    "https://inesmakes.example/", 1_420_000_000, 5120, 640, 4100, 1220, 8800, blue=True,
)  # fmt: skip
TOMO = Account(
    "2000003", "tomoreads", "Tomo Hayashi", "Translator 日本語 ↔ English. Tea, trains, footnotes.", "Kyoto",
    "https://tomoreads.example/", 1_460_000_000, 980, 402, 3010, 98, 6001,
)  # fmt: skip
BOLA = Account(
    "2000004", "bolaprints", "Bola Prints", "Riso studio. Free file checks on Fridays.", "London",
    "https://bolaprints.example/", 1_700_000_000, 312, 405, 420, 220, 900, category="Print shop",
)  # fmt: skip
MILL = Account(
    "2000005", "oldmillcafe", "Old Mill Café", "Coffee, soup, a loud piano. Readings on Thursdays.", "Hebden Bridge",
    "https://oldmillcafe.example/", 1_480_000_000, 1530, 300, 2210, 600, 3100, category="Café",
)  # fmt: skip
RHEA = Account(
    "2000006", "rheapillai", "Rhea Pillai", "Poems, mostly short. Away from my desk.", "Kochi", "",
    1_440_000_000, 760, 512, 1900, 60, 4400,
)  # fmt: skip
NOBODY = Account(
    "2000007", "nobodyyouknow", "Nobody You Know", "Passing through.", "", "", 1_600_000_000, 88, 140, 510, 12, 700
)
BARGAIN = Account(
    "2000008", "bargainbarn", "Bargain Barn 🔥", "Best deals daily! DM for promo 💸 70% off", "Everywhere",
    "https://bargainbarn.example/", 1_740_000_000, 190, 4980, 9800, 9100, 30, category="Shopping & Retail",
)  # fmt: skip

VIEWERS = [ADA, ADA_AT_WORK]
FEATURED = [WREN, INES, TOMO, BOLA, MILL, RHEA, NOBODY, BARGAIN]

FOLLOWS_ADA = {WREN.id, INES.id, TOMO.id, BOLA.id, RHEA.id, BARGAIN.id}
"""Who follows the first viewer."""
ADA_FOLLOWS = {WREN.id, INES.id, TOMO.id, MILL.id, RHEA.id}
"""Whom the first viewer follows; the second follows nobody and is followed by Ines alone."""


def invent(count: int, seed: int = 7) -> list[Account]:
    """Return ``count`` invented accounts, the same for the same seed, with ids from 3000001 on."""
    dice = random.Random(seed)
    return [_invent_one(dice, number) for number in range(count)]


def _invent_one(dice: random.Random, number: int) -> Account:
    first, last = dice.choice(words.FIRST), dice.choice(words.LAST)
    trade, place = dice.choice(words.TRADES), dice.choice(words.PLACES)
    handle = f"{first.lower()}_{last.lower()}"[:10] + f"{number:04d}"
    return Account(
        id=str(3_000_001 + number),
        handle=handle,
        name=f"{first} {last}" + dice.choice(["", "", "", " 🌿", " ✦", " | writing"]),
        bio=f"{trade.capitalize()} in {place}. {dice.choice(words.BIO_TAILS)}",
        location=place,
        website=f"https://{handle.replace('_', '-')}.example/" if dice.random() < 0.4 else "",
        created_at=1_250_000_000 + dice.randrange(450_000_000),
        followers=int(dice.paretovariate(0.9) * 40),
        following=dice.randrange(20, 1200),
        posts=dice.randrange(10, 20_000),
        media=dice.randrange(0, 900),
        likes=dice.randrange(0, 30_000),
        protected=dice.random() < 0.04,
        blue=dice.random() < 0.12,
        default_avatar=dice.random() < 0.06,
    )
