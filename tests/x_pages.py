"""Invented pages of X as a browser saves them, nested and marked up like real ones, with invented people.

``INVENTED`` has one page for each form that matters: with and without somebody logged in, profiles, lists, quotes,
reposts, advertisements, edited posts, and a page whose outer test ids are gone.
"""

from __future__ import annotations

import re

VIEWER = "adaquill"
FOLLOWS_YOU = '<div data-testid="userFollowIndicator"><span>Follows you</span></div>'
IDS = {
    "wrenwrites": "2000001", "inesmakes": "2000002", "tomobinds": "2000003", "oldmillcafe": "2000004",
    "bargainbarn": "2000008",
}  # fmt: skip
TIME = "2026-09-08T10:00:00.000Z"


def avatar(handle: str, *, linked: bool = True) -> str:
    """Return somebody's picture as X nests it; those of quote cards have no link."""
    picture = f'<div role="presentation"><img alt="" src="https://pbs.twimg.com/profile_images/{handle}.jpg"></div>'
    inner = f'<a href="/{handle}" aria-hidden="true" role="link" tabindex="-1">{picture}</a>' if linked else picture
    return f'<div data-testid="UserAvatar-Container-{handle}"><div><div></div><div>{inner}</div></div></div>'


def navigation(viewer: str = VIEWER) -> str:
    """Return the left column of somebody who is logged in."""
    return f"""<header role="banner"><h1 role="heading"><a href="/home" role="link"></a></h1><nav role="navigation">
    <a href="/home" role="link" data-testid="AppTabBar_Home_Link"></a>
    <a href="/{viewer}" role="link" data-testid="AppTabBar_Profile_Link"></a></nav>
    <button role="button" data-testid="SideNav_AccountSwitcher_Button">{avatar(viewer, linked=False)}</button>
    </header>"""


def composer(viewer: str = VIEWER) -> str:
    """Return the box to write a post in, with the viewer's picture beside it."""
    return f'<div>{avatar(viewer)}<div><div data-testid="tweetTextarea_0" role="textbox"></div></div></div>'


def name(handle: str, shown: str) -> str:
    """Return the name block of a post."""
    return f"""<div data-testid="User-Name"><div>
    <a href="/{handle}" role="link"><div dir="ltr"><span>{shown}</span></div></a></div><div>
    <a href="/{handle}" role="link" tabindex="-1"><div dir="ltr"><span>@{handle}</span></div></a></div></div>"""


def quote_card(handle: str, shown: str, text: str) -> str:
    """Return a quoted post: a card without links."""
    return f"""<div role="link" tabindex="0">{avatar(handle, linked=False)}<div data-testid="User-Name">
    <div dir="ltr"><span>{shown}</span></div><div dir="ltr"><span>@{handle}</span></div>
    <time datetime="{TIME}">1h</time></div>
    <div data-testid="tweetText" lang="en" dir="auto"><span>{text}</span></div></div>"""


def repost_line(handle: str, shown: str) -> str:
    """Return the line above a post that names who reposted it."""
    return f'<a href="/{handle}" role="link"><span data-testid="socialContext">{shown} reposted</span></a>'


PINNED_LINE = '<div><div data-testid="socialContext">Pinned</div></div>'


def article(
    number: int,
    handle: str,
    text: str = "A post.",
    *,
    above: str = "",
    below: str = "",
    buttons: tuple[str, str] = ("retweet", "like"),
    permalink: str = "",
) -> str:
    """Return one post; ``above`` and ``below`` are put around its text."""
    address = f"/{handle}/status/{1_900_000_000_000_000_000 + number}{permalink}"
    acts = "".join(f'<button role="button" data-testid="{button}"></button>' for button in ("reply", *buttons))
    return f"""<article role="article" tabindex="0" data-testid="tweet"><div>{above}<div>
    <div data-testid="Tweet-User-Avatar">{avatar(handle)}</div><div>{name(handle, handle.title())}
    <a href="{address}" role="link"><time datetime="{TIME}">Sep 8</time></a>
    <div data-testid="tweetText" lang="en" dir="auto"><span>{text}</span></div>{below}
    <div role="group">{acts}</div></div></div></div></article>"""


def advertisement(handle: str) -> str:
    """Return a post that somebody paid for: marked around the article, and without a permalink."""
    post = re.sub(r'<a href="[^"]*/status/.*?</a>', "", article(0, handle, "Buy now."), flags=re.DOTALL)
    return f'<div data-testid="placementTracking">{post}</div>'


def user_row(handle: str, state: str = "follow", *, mark: str = "", bio: str = "Pots and paper.") -> str:
    """Return one person of a list; ``state`` is follow, unfollow or cancel."""
    return f"""<div role="button" tabindex="0" data-testid="UserCell"><div>{avatar(handle)}<div>
    <a href="/{handle}" role="link"><div dir="ltr"><span>{handle.title()}</span></div></a>
    <a href="/{handle}" role="link" tabindex="-1"><div dir="ltr"><span>@{handle}</span></div></a>{mark}
    <div role="button" aria-label="Follow @{handle}" data-testid="{IDS[handle]}-{state}"></div>
    <div dir="auto"><span>{bio}</span></div></div></div></div>"""


def profile_header(handle: str, state: str = "follow", *, mark: str = "") -> str:
    """Return the header of somebody's profile."""
    return f"""<div><div>{avatar(handle)}<div data-testid="placementTracking">
    <div role="button" data-testid="{IDS[handle]}-{state}"></div></div></div>
    <div data-testid="UserName"><div dir="ltr"><span>{handle.title()}</span></div><div><div dir="ltr">
    <span>@{handle}</span></div>{mark}</div></div>
    <div><div data-testid="UserDescription" dir="auto"><span>Essays and tea.</span></div></div>
    <div data-testid="UserProfileHeader_Items"><span data-testid="UserLocation">Lagos</span></div>
    <div><a href="/{handle}/following" role="link">290</a>
    <a href="/{handle}/verified_followers" role="link">310</a></div></div>"""


def page(*cells: str, nav: str = "", side: str = "") -> str:
    """Return a whole page: cells of the middle column, and the columns beside it."""
    rows = "".join(f'<div data-testid="cellInnerDiv"><div>{cell}</div></div>' for cell in cells)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>X</title></head><body>
    <div id="react-root"><div>{nav}<main role="main"><div data-testid="primaryColumn"><div>{rows}</div></div>
    <div data-testid="sidebarColumn">{side}</div></main></div></div></body></html>"""


def _without_outer_ids(html: str) -> str:
    """Return a page whose posts, rows and columns have lost their test ids and keep their roles."""
    bare = re.sub(r' data-testid="(?:tweet|UserCell|primaryColumn|cellInnerDiv|sidebarColumn|tweetText)"', "", html)
    return bare.replace('role="button" tabindex="0"><div>', 'role="listitem"><div>')


QUOTE = quote_card("inesmakes", "Ines @ the kiln", "Look what came out.")
PROFILE = (
    profile_header("wrenwrites", "follow", mark=FOLLOWS_YOU),
    article(1, "wrenwrites", "On paper.", above=PINNED_LINE),
    article(2, "inesmakes", above=repost_line("wrenwrites", "Wren")),
    article(3, "wrenwrites", "As said.", below=QUOTE, buttons=("unretweet", "unlike")),
    user_row("tomobinds"),
    user_row("oldmillcafe", "cancel"),
)
REPLIES = [article(number, handle, "Yes.") for number, handle in enumerate(IDS, 20)]

INVENTED: dict[str, str] = {
    "invented_full_page_logged_in": page(
        composer(),
        article(1, "wrenwrites", f'Ask <a href="/{VIEWER}">@{VIEWER}</a>', buttons=("retweet", "unlike")),
        article(2, "tomobinds"),
        nav=navigation(),
        side=user_row("inesmakes", "follow", mark=FOLLOWS_YOU) + user_row("oldmillcafe", "unfollow"),
    ),
    "invented_profile_logged_in": page(*PROFILE, nav=navigation()),
    "invented_profile_logged_out": page(*PROFILE),
    "invented_profile_header_not_followed": page(profile_header("wrenwrites")),
    "invented_photo_with_replies_and_ad": page(
        article(10, "wrenwrites"), *REPLIES, advertisement("bargainbarn"), nav=navigation()
    ),
    "invented_quote_card": page(article(4, "tomobinds", "This.", below=QUOTE)),
    "invented_repost_by_the_viewer": page(
        article(5, "inesmakes", above=repost_line(VIEWER, "You"), buttons=("unretweet", "like"))
    ),
    "invented_edited_post": page(article(6, "wrenwrites", "Tea, not tae.", permalink="/history")),
    "invented_list_of_people": page(
        *(user_row(handle, "unfollow", mark=FOLLOWS_YOU if number % 2 else "") for number, handle in enumerate(IDS)),
        nav=navigation(),
    ),
    "invented_without_outer_test_ids": _without_outer_ids(
        page(
            *(article(number, handle) for number, handle in ((7, "wrenwrites"), (8, "inesmakes"))),
            *(user_row("tomobinds"), user_row("oldmillcafe", "unfollow")),
        )
    ),
}
"""Name -> HTML."""
