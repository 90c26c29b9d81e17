"""Turns one post object of X into a `Post`: GraphQL and REST, long posts, replies, reposts, quotes, mentions, links."""

from __future__ import annotations

import re

from companion.domain.handles import fold, handle_in_link, is_handle
from companion.domain.sightings import Post
from companion.sources.json_tree import Json, Node, branch, clean, flag_at, id_at, items, nodes, text_at
from companion.sources.post_forms import article_text, body_of, first_version, inner_id, post_id, quoted, reposted
from companion.sources.times import from_milliseconds, from_post_id, from_x_date
from companion.sources.users import user_handle, user_id

_TAG = re.compile(r"<[^<>]*>")
_REPOST_START = re.compile(r"RT @([A-Za-z0-9_]{1,20}):")
_LEADING_HANDLES = re.compile(r"(?:@[A-Za-z0-9_]{1,20}\s+)+")


def post_from(node: Node) -> Post | None:
    """Turn a post object into a `Post`; None if it has no id. the caller sets ``promoted``."""
    number = post_id(node)
    if number is None:
        return None
    body = body_of(node)
    post = Post(id=number, text=_text(node, body), lang=text_at(body, "lang"))
    post.at = _written_at(body) or from_post_id(number)
    post.source_app = _source_app(node, body)
    post.first_version = first_version(node, number)
    post.conversation_id = id_at(body, "conversation_id_str")
    post.favorited = flag_at(body, "favorited")
    post.retweeted = flag_at(body, "retweeted")
    post.has_media = bool(items(body, "extended_entities", "media") or items(body, "entities", "media"))
    post.author_id, post.author_handle = _author(node, body)
    _add_reply(post, body)
    _add_repost(post, node, body)
    _add_quote(post, node, body)
    if post.repost_of is None and not _REPOST_START.match(post.text or ""):
        post.mentions = _mentions(node, body, is_reply=_is_reply(post))
        post.links = _links(node, body, post.quote_of)
    return post


def _written_at(body: Node) -> int | None:
    return from_x_date(text_at(body, "created_at") or "") or from_milliseconds(body.get("created_at_ms"))


def _author(node: Node, body: Node) -> tuple[str | None, str | None]:
    user = branch(node, "core", "user_results", "result") or branch(body, "user")
    return user_id(user) or id_at(body, "user_id_str"), user_handle(user)


def _text(node: Node, body: Node) -> str | None:
    """Return the whole text: of the long form if there is one; X escapes & < > in both."""
    long_form = text_at(node, "note_tweet", "note_tweet_results", "result", "text")
    text = long_form or article_text(node) or text_at(body, "full_text")
    return None if text is None else text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _source_app(node: Node, body: Node) -> str | None:
    """Return the name of the app it was posted with; X gives it as an HTML link."""
    source = text_at(node, "source") or text_at(body, "source")
    return (_TAG.sub("", source).strip() or None) if source else None


def _is_reply(post: Post) -> bool:
    return post.reply_to_post is not None or post.reply_to_id is not None or post.reply_to_handle is not None


def _add_reply(post: Post, body: Node) -> None:
    post.reply_to_post = id_at(body, "in_reply_to_status_id_str")
    post.reply_to_id = id_at(body, "in_reply_to_user_id_str")
    handle = text_at(body, "in_reply_to_screen_name")
    post.reply_to_handle = handle if is_handle(handle) else None


def _add_repost(post: Post, node: Node, body: Node) -> None:
    """Fill in whose post this is a repost of; its own text is only "RT @…" cut short."""
    inner = reposted(node, body)
    number = post_id(inner) or inner_id(node, body, repost=True)
    if number is None:
        return
    post.repost_of = number
    if inner:
        post.repost_of_id, post.repost_of_handle = _author(inner, body_of(inner))
    start = _REPOST_START.match(post.text or "")
    if post.repost_of_handle is None and start:
        post.repost_of_handle = start[1]


def _add_quote(post: Post, node: Node, body: Node) -> None:
    inner = quoted(node, body)
    thin = branch(node, "quotedRefResult", "result")
    number = post_id(inner) or inner_id(node, body, repost=False) or id_at(thin, "rest_id")
    if number is None or post.repost_of is not None:
        return
    post.quote_of = number
    if inner:
        post.quote_of_id, post.quote_of_handle = _author(inner, body_of(inner))
    if post.quote_of_handle is None:
        post.quote_of_handle = handle_in_link(text_at(body, "quoted_status_permalink", "expanded"))


def _mentions(node: Node, body: Node, *, is_reply: bool) -> list[tuple[str | None, str]]:
    """Return who the author named; the leading names of a reply are added by X and left out.

    ``display_text_range`` begins where the author's own text begins, counted in the short text; what the long form
    adds lies after that.
    """
    start = _own_text_start(body) if is_reply else 0
    short = [entry for entry in nodes(body, "entities", "user_mentions") if _first_index(entry) >= start]
    leading = {_key(entry) for entry in nodes(body, "entities", "user_mentions") if _first_index(entry) < start}
    long_form = nodes(node, "note_tweet", "note_tweet_results", "result", "entity_set", "user_mentions")
    mentions: dict[str, tuple[str | None, str]] = {}
    own = [entry for entry in long_form if not (_key(entry) in leading and _first_index(entry) < start)]
    for entry in short + own:
        handle = text_at(entry, "screen_name")
        if handle is not None and is_handle(handle):
            mentions.setdefault(fold(handle), (id_at(entry, "id_str"), handle))
    return list(mentions.values())


def _key(entry: Node) -> str:
    return fold(text_at(entry, "screen_name") or "")


def _own_text_start(body: Node) -> int:
    """Return where a reply's own text begins: as X says, or after the handles at its start."""
    bounds = items(body, "display_text_range")
    if bounds and isinstance(bounds[0], int):
        return bounds[0]
    leading = _LEADING_HANDLES.match(text_at(body, "full_text") or "")
    return leading.end() if leading else 0


def _first_index(entry: Node) -> int:
    indices = items(entry, "indices")
    return indices[0] if indices and isinstance(indices[0], int) else 0


def _links(node: Node, body: Node, quote_of: str | None) -> list[str]:
    """Return the addresses the author linked, without the link that stands for the quoted post."""
    long_form = items(node, "note_tweet", "note_tweet_results", "result", "entity_set", "urls")
    links: dict[str, None] = {}
    for url in _addresses(items(body, "entities", "urls") + long_form):
        if quote_of is None or not url.endswith(f"/status/{quote_of}"):
            links[url] = None
    return list(links)


def _addresses(urls: list[Json]) -> list[str]:
    addresses = (text_at(url, "expanded_url") or text_at(url, "url") for url in urls if isinstance(url, dict))
    return [clean(address) for address in addresses if address]
