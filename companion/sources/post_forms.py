"""Brings the forms in which X writes a post to one: GraphQL, REST, subscribers' previews, its next client (x-web)."""

from __future__ import annotations

from companion.domain.handles import is_id
from companion.sources.json_tree import Node, branch, id_at, items, text_at

_WRAPPERS = 4
"""X wraps a post at most once in each place; more is not X's."""
_REPOST_NAMES = ("retweeted_status_result", "retweeted_status_results", "repost_result", "repost_results")
_QUOTE_NAMES = ("quoted_status_result", "quoted_status_results", "quoted_tweet_result", "quoted_tweet_results")
"""X's classic page uses the first; its apps and x-web the others (seen under ``legacy`` and beside it)."""


def peeled(node: Node) -> Node:
    """Return the post inside wrappers (``TweetWithVisibilityResults``, ``TweetPreviewDisplay``), or the node itself."""
    for _ in range(_WRAPPERS):
        inner = node.get("tweet")
        if not isinstance(inner, dict) or "legacy" in node:
            break
        node = inner
    return node


def post_id(node: Node) -> str | None:
    """Return the numeric id of a post object."""
    return id_at(node, "rest_id") or id_at(node, "legacy", "id_str") or id_at(node, "id_str")


def first_version(node: Node, number: str) -> str | None:
    """Return the id of an edited post's first version; None for one that was not edited, and for that version."""
    control = (
        branch(node, "edit_control")
        or branch(node, "ext_edit_control", "initial")
        or branch(node, "legacy", "edit_control")
    )
    versions = items(control, "edit_tweet_ids") or items(control, "edit_control_initial", "edit_tweet_ids")
    ids = [str(one) for one in versions if is_id(str(one))]
    return ids[0] if number in ids[1:] else None


def is_post(node: Node) -> bool:
    """Return whether an object is a post: its text stands under ``legacy`` or ``details``, or it is flat."""
    if text_at(node, "legacy", "full_text") is not None or text_at(node, "details", "full_text") is not None:
        return True
    if "full_text" in node:
        return "id_str" in node
    return _is_preview(node)


def _is_preview(node: Node) -> bool:
    """Return whether an object is a subscribers-only post as others see it: the first words, flat."""
    return isinstance(node.get("text"), str) and "created_at" in node and bool(branch(node, "core", "user_results"))


def body_of(node: Node) -> Node:
    """Return the part of a post object that holds text, time and references, under the names of ``legacy``."""
    details = branch(node, "details")
    newer = _newer(node)
    if "full_text" in details:
        return {**branch(node, "legacy"), **details, **newer}
    body = branch(node, "legacy") or node
    if "full_text" not in body and _is_preview(node):
        body = {**node, "full_text": node["text"]}
    return {**newer, **body} if newer else body


def _newer(node: Node) -> Node:
    """Return what X's next client writes beside ``legacy``, under the names that ``legacy`` has for it."""
    answered = branch(node, "reply_to_user_results")
    parts: Node = {
        "in_reply_to_status_id_str": text_at(node, "reply_to_results", "rest_id"),
        "in_reply_to_user_id_str": text_at(answered, "rest_id") or text_at(answered, "result", "rest_id"),
        "in_reply_to_screen_name": text_at(answered, "result", "core", "screen_name"),
    }
    if "mention_entities" in node or "url_entities" in node:
        parts["entities"] = {"user_mentions": node.get("mention_entities"), "urls": node.get("url_entities")}
    if "media_entities2" in node:
        parts["extended_entities"] = {"media": node["media_entities2"]}
    return {**branch(node, "perspective"), **{name: part for name, part in parts.items() if part is not None}}


def reposted(node: Node, body: Node) -> Node:
    """Return the post that this one reposts, or an empty object."""
    return _inner(node, body, _REPOST_NAMES) or peeled(branch(body, "retweeted_status"))


def quoted(node: Node, body: Node) -> Node:
    """Return the post that this one quotes, or an empty object."""
    return _inner(node, body, _QUOTE_NAMES) or peeled(branch(body, "quoted_status"))


def inner_id(node: Node, body: Node, *, repost: bool) -> str | None:
    """Return the id of a reposted or quoted post that X names and does not show."""
    names = _REPOST_NAMES if repost else _QUOTE_NAMES
    flat = id_at(body, "retweeted_status_id_str" if repost else "quoted_status_id_str")
    ids = (id_at(part, name, "rest_id") for name in names for part in (body, node))
    return flat or next((number for number in ids if number), None)


def article_text(node: Node) -> str | None:
    """Return title and first words of an article, whose post says nothing but its address; None for other posts."""
    article = branch(node, "article", "article_results", "result")
    parts = [text_at(article, "title"), text_at(article, "preview_text")]
    return "\n".join(part for part in parts if part) or None


def _inner(node: Node, body: Node, names: tuple[str, ...]) -> Node:
    candidates = (branch(part, name, "result") for name in names for part in (body, node))
    return peeled(next((inner for inner in candidates if inner), {}))
