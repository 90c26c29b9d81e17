"""Invented people and pages for the vetting practice: put into real stores the way the page's sightings are."""

from __future__ import annotations

from collections.abc import Sequence

from companion.domain.dates import DAY
from companion.domain.sightings import Interaction, Person, Post, Relation, Understanding
from companion.store.account import Account
from companion.store.ingest import take
from companion.vetting.look import Inspectors
from companion.vetting.network.results import Hop, Opened, Picture
from tests.companion.conftest import NOW, House

BOLA = {"id": "2000004", "handle": "bolaprints"}
SHOP = {"id": "2000008", "handle": "bargainbarn"}


def account(house: House) -> Account:
    """Ada's account in this house's stores."""
    owner = house.stores.ledger.owner_for("1000001", "adaquill", NOW)
    return Account(house.stores.notebook, house.stores.ledger, owner)


def bola(**changed: object) -> Person:
    """A printer with an ordinary profile."""
    told: dict[str, object] = {
        **BOLA,
        "name": "Bola Prints",
        "bio": "Riso studio. Free file checks on Fridays.",
        "location": "London",
        "link": "https://bolaprints.example/",
        "avatar": "https://pbs.twimg.com/profile_images/2000004/face_normal.jpg",
        "followers": 312,
        "following": 405,
        "posts": 420,
        "listed": 9,
        "created_at": NOW - 900 * DAY,
    }
    return Person(**{**told, **changed})  # type: ignore[arg-type]


def shop(**changed: object) -> Person:
    """An account that sells from one shop."""
    told: dict[str, object] = {
        **SHOP,
        "name": "Bargain Barn",
        "bio": "Best deals daily! DM for promo",
        "location": "",
        "link": "https://bit.example/x",
        "avatar": "https://pbs.twimg.com/profile_images/2000008/barn_normal.jpg",
        "followers": 190,
        "following": 4_980,
        "posts": 9_800,
        "listed": 0,
        "created_at": NOW - 500 * DAY,
    }
    return Person(**{**told, **changed})  # type: ignore[arg-type]


def offers(count: int, replies: int = 1) -> list[Post]:
    """Posts of the shop: offers, and a few replies."""
    sold = [
        Post(str(9_000 + at), "2000008", "bargainbarn", f"Mug number {at} only $9.99, buy now! https://shop.example/{at}",
             NOW - at * 3_600, links=[f"https://shop.example/{at}"])
        for at in range(1, count + 1)
    ]  # fmt: skip
    said = [
        Post(str(8_000 + at), "2000008", "bargainbarn", "@ada thanks", NOW - at * 7_200, reply_to_handle="ada",
             reply_to_id="5")
        for at in range(replies)
    ]  # fmt: skip
    return [*sold, *said]


def show(
    house: House,
    person: Person,
    posts: Sequence[Post] = (),
    *,
    at: int = NOW - DAY,
    follows_me: bool | None = True,
    i_follow: bool | None = False,
    followed_at: int | None = None,
) -> None:
    """Let the page show a person, their relation and posts."""
    one = account(house)
    acts = []
    if followed_at is not None:
        ref = f"follow:{person.id}"
        acts = [Interaction("in", "follow", followed_at, ref, id=person.id, handle=person.handle)]
    told = Understanding(
        people=[person],
        posts=list(posts),
        relations=[Relation(person.id, person.handle, follows_me=follows_me, i_follow=i_follow)],
        interactions=acts,
    )
    take(one.ledger, one.notebook, one.owner, told, at)


def eyes(title: str = "Spring sale", *, picture: str | None = "ff00ff00ff00ff00") -> Inspectors:
    """Inspectors that find a shop behind two hops and a picture with this hash, without any network."""
    hops = (
        Hop("https://bit.example/x", 301),
        Hop("https://go.example/x", 302),
        Hop("https://shop.example/", 200, "end"),
    )
    found = Opened("https://bit.example/x", hops, 200, "shop.example", title, "text/html")

    def link(_url: str) -> Opened:
        return found

    def look(_address: str, known: object) -> Picture:
        assert isinstance(known, dict)
        return Picture(picture, tuple(handle for handle, other in known.items() if other == picture))

    return Inspectors(link, look)
