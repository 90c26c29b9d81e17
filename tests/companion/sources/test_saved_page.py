"""Saved files: pages as a browser saved them, read with the extension's own selectors, and saved JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.domain.sightings import Understanding
from companion.errors import SourceError
from companion.sources.saved_page import read_saved
from companion.sources.selector_table import selector_table
from scripts.selector_table import extension_table
from tests.companion.sources.builders import ADA, AT, WREN, acts, post, post_id, timeline

NAV = """<header role="banner"><nav><a data-testid="AppTabBar_Profile_Link" href="/adaquill">P</a></nav>
<button data-testid="SideNav_AccountSwitcher_Button"><div data-testid="UserAvatar-Container-adaquill"></div></button>
</header>"""


def name(handle: str, shown: str, *, linked: bool = True) -> str:
    """Return the name block of a post; X puts no links into those of quote cards."""
    if not linked:
        return (
            f'<div data-testid="User-Name"><span>{shown}</span><span>@{handle}</span><time datetime="x">1h</time></div>'
        )
    return f"""<div data-testid="User-Name"><a href="/{handle}"><span>{shown}<img alt="🎈" src="e.svg"></span></a>
    <a href="/{handle}" tabindex="-1">@{handle}</a></div>"""


def article(
    number: int,
    handle: str,
    text: str = "A post.",
    *,
    above: str = "",
    quote: str = "",
    like: str = "like",
    ad: bool = False,
) -> str:
    permalink = f'<a href="/{handle}/status/{post_id(number)}"><time datetime="2026-09-08T10:00:00.000Z">1h</time></a>'
    whole = f"""<article data-testid="tweet" role="article">{above}{name(handle, handle.title())}
    {"" if ad else permalink}<div data-testid="tweetText" lang="en">{text}</div>{quote}
    <div role="group"><button data-testid="{like}"></button>
    <button data-testid="retweet"></button></div></article>"""
    return (
        f'<div data-testid="placementTracking">{whole}</div>'
        if ad
        else f'<div data-testid="cellInnerDiv">{whole}</div>'
    )


def page(*parts: str, nav: str = NAV) -> str:
    return f"<!doctype html><html><body>{nav}<main role='main'>{''.join(parts)}</main></body></html>"


def see(html: str) -> Understanding:
    return read_saved(html, at=AT)


def handles(understood: Understanding) -> set[str | None]:
    return {person.handle for person in understood.people}


def test_a_saved_timeline_gives_its_authors_posts_and_who_was_logged_in() -> None:
    understood = see(page(article(1, "wrenwrites", "Tea &amp; ink"), article(2, "inesmakes")))
    assert handles(understood) == {"wrenwrites", "inesmakes"}
    assert understood.viewer_handle == "adaquill"
    first = understood.posts[0]
    assert (first.id, first.author_handle, first.text, first.at) == (
        post_id(1),
        "wrenwrites",
        "Tea & ink",
        1_788_861_600,
    )
    assert understood.people[0].name == "Wrenwrites🎈"


def test_the_viewers_own_picture_in_the_navigation_is_nobody_on_the_page() -> None:
    assert handles(see(page())) == set()


def test_what_the_viewer_liked_is_an_interaction() -> None:
    understood = see(page(article(1, "wrenwrites", like="unlike")))
    assert acts(understood) == {("out", "like", "wrenwrites", f"like:{post_id(1)}")}


def test_a_mention_is_read_from_its_link_and_x_s_own_pages_are_nobody() -> None:
    text = 'Ask <a href="/adaquill">@adaquill</a> <a href="/hashtag/tea">#tea</a> <a href="https://t.co/a">a</a>'
    understood = see(page(article(1, "wrenwrites", text)))
    assert acts(understood) == {("in", "mention", "wrenwrites", post_id(1))}
    assert understood.posts[0].links == ["https://t.co/a"]


def test_a_repost_line_names_the_reposter_and_a_pinned_mark_nobody() -> None:
    line = '<a href="/inesmakes"><span data-testid="socialContext">Ines reposted</span></a>'
    pinned = '<div data-testid="socialContext">Pinned</div>'
    understood = see(page(article(1, "wrenwrites", above=line), article(2, "oldmillcafe", above=pinned)))
    assert handles(understood) == {"wrenwrites", "inesmakes", "oldmillcafe"}


def test_a_quote_card_names_its_author_and_lends_the_post_nothing() -> None:
    quote = f"""<div role="link" tabindex="0">{name("adaquill", "Not @oldmillcafe", linked=False)}
    <div data-testid="tweetText">quoted words</div></div>"""
    understood = see(page(article(1, "wrenwrites", "As said", quote=quote)))
    assert [(one.text, one.quote_of_handle) for one in understood.posts] == [("As said", "adaquill")]
    assert acts(understood) == {("in", "quote", "wrenwrites", post_id(1))}


def test_a_link_card_is_no_quote() -> None:
    card = '<div role="link" tabindex="0"><span>tea.example</span></div>'
    assert see(page(article(1, "wrenwrites", quote=card))).posts[0].quote_of_handle is None


def test_an_advertisement_is_somebody_without_a_post() -> None:
    understood = see(page(article(1, "bargainbarn", ad=True), article(2, "wrenwrites")))
    assert handles(understood) == {"bargainbarn", "wrenwrites"}
    assert [one.author_handle for one in understood.posts] == ["wrenwrites"]


def header(button: str, mark: str = "") -> str:
    return f"""<div data-testid="primaryColumn"><div>
    <div data-testid="UserAvatar-Container-wrenwrites"><img src="w.jpg"></div>
    <div data-testid="placementTracking"><button data-testid="{button}">x</button></div>
    <div data-testid="UserName"><span>Wren @ work</span><span>@wrenwrites</span>{mark}</div>
    <div data-testid="UserDescription">Essays.</div><a href="/wrenwrites/following">9</a></div></div>"""


MARK = '<div data-testid="userFollowIndicator">folgt dir</div>'


@pytest.mark.parametrize(
    ("button", "mark", "follows_me", "i_follow"),
    [
        ("2000001-follow", "", None, False),
        ("2000001-unfollow", MARK, True, True),
        ("2000001-cancel", MARK, True, False),
        ("other", "", None, None),
    ],
)
def test_a_profile_header_tells_the_relation(
    button: str, mark: str, follows_me: bool | None, i_follow: bool | None
) -> None:
    understood = see(page(header(button, mark)))
    assert [(one.handle, one.name, one.bio) for one in understood.people] == [("wrenwrites", "Wren @ work", "Essays.")]
    told = understood.relations[0] if understood.relations else None
    assert ((told.follows_me, told.i_follow) if told else (None, None)) == (follows_me, i_follow)
    assert understood.people[0].id == (None if button == "other" else WREN.id)


def schema(handle: str) -> str:
    told = {"@type": "ProfilePage", "mainEntity": {"identifier": WREN.id, "additionalName": handle}}
    return f'<script type="application/ld+json" data-testid="UserProfileSchema-test">{json.dumps(told)}</script>'


def test_what_x_wrote_for_search_engines_gives_the_id_if_it_is_of_this_person() -> None:
    assert see(page(schema("WrenWrites"), header("other"))).people[0].id == WREN.id
    assert see(page(schema("inesmakes"), header("other"))).people[0].id is None


def test_rows_of_a_list_tell_people_with_ids_and_marks() -> None:
    row = f"""<button data-testid="UserCell"><div data-testid="UserAvatar-Container-wrenwrites"></div>
    <a href="/wrenwrites"><span>Wren</span></a><a href="/wrenwrites" tabindex="-1"><span>@wrenwrites</span></a>{MARK}
    <div data-testid="2000001-follow"></div><div dir="auto">Essays.</div></button>"""
    understood = see(page(row))
    assert [(one.id, one.handle, one.name, one.bio) for one in understood.people] == [
        (WREN.id, "wrenwrites", "Wren", "Essays.")
    ]
    assert [(one.follows_me, one.i_follow) for one in understood.relations] == [(True, False)]


def test_a_saved_answer_is_understood_from_a_file(tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text("\ufeff" + json.dumps(timeline(post(1, WREN))), encoding="utf-8")
    understood = read_saved(saved, viewer_id=ADA.id)
    assert handles(understood) == {WREN.handle}


def test_a_file_with_nobody_in_it_says_so(tmp_path: Path) -> None:
    for text in ("<p>hello</p>", '{"data": {"novelty": true}}'):
        assert see(text).problems == ["Nothing in this file looks like people or posts."]


@pytest.mark.parametrize("text", ["", "just words", "{broken"])
def test_what_is_neither_json_nor_a_page_is_refused(text: str) -> None:
    with pytest.raises(SourceError):
        see(text)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot be read"):
        read_saved(tmp_path / "absent.html")


def test_the_table_is_the_very_one_of_the_extension() -> None:
    """Run `python -m scripts.selector_table` when the extension's table changed."""
    table = selector_table()
    assert {name: list(css) for name, css in table.items()} == extension_table()
    assert all(table.values())
    assert {"post", "postTime", "userCell", "profileName", "viewerLink"} <= set(table)


@pytest.mark.parametrize("text", ["", "[]", '{"post": "article"}', '{"post": ["article"]', '{"post": [1]}'])
def test_a_damaged_table_is_said_so(text: str, tmp_path: Path) -> None:
    damaged = tmp_path / "selectors.json"
    damaged.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"selectors\.json, cannot be read .* Install Mutuals again"):
        selector_table(damaged)
    with pytest.raises(SourceError, match="Install Mutuals again"):
        selector_table(tmp_path / "absent.json")
