"""Names X's API operations: reads name and variables from a request, and lists what each operation returns."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from companion.errors import SourceError
from companion.sources.json_tree import EMPTY, Json, Node, branch, parse

_GRAPHQL = re.compile(r"/graphql/[^/]+/([A-Za-z0-9_]+)")
_REST = re.compile(r"^(?:/i/api)?/(?:1\.1|2)/([a-z0-9_/]+)\.json")
_VERSION = re.compile(r"^/?(?:i/api/)?(?:1\.1|2)/")
MAX_REQUEST = 65_536

_PEOPLE = (
    "UserByScreenName UserByRestId UsersByRestIds Followers Following BlueVerifiedFollowers FollowersYouKnow "
    "Retweeters Favoriters ListMembers UserCreatorSubscriptions UserResultByScreenName AboutAccountQuery"
)
PEOPLE = frozenset(_PEOPLE.split())
"""Operations that return people, if they return anything."""

_POSTS = (
    "UserTweets UserTweetsAndReplies UserMedia UserOriginalsTimeline UserRepliesTimeline UserRepostsTimeline "
    "UserPhotoTimeline UserVideoTimeline HomeTimeline HomeLatestTimeline TweetDetail TweetResultByRestId "
    "TweetResultsByRestIds SearchTimeline ListLatestTweetsTimeline Bookmarks Likes"
)
POSTS = frozenset(_POSTS.split())
"""Operations that return posts, if they return anything."""

NOTIFICATIONS = frozenset(
    {"NotificationsTimeline", "notifications/all", "notifications/mentions", "notifications/verified"}
)


def operation(op: str, url: str) -> str:
    """Return the operation's name: as given, else from the address (``Followers``, ``friendships/create``), else "".

    A REST path may be given with its version and ending (``1.1/friendships/create.json``); both are left out.
    """
    if op:
        return _VERSION.sub("", op).removesuffix(".json")[:80]
    path = unquote(urlsplit(url).path) if url else ""
    match = _GRAPHQL.search(path) or _REST.search(path)
    return match[1] if match else ""


def request_variables(url: str, request: str) -> Node:
    """Return the variables of the request: from its JSON body, its form body, or the address.

    Both GraphQL (``{"variables": {…}}`` or ``variables=…``) and plain forms (``user_id=…``) are understood; what cannot
    be read counts as absent, since it only adds to the answer.
    """
    for text in (request[:MAX_REQUEST], urlsplit(url).query[:MAX_REQUEST] if url else ""):
        variables = _variables(text)
        if variables:
            return variables
    return EMPTY


def _variables(text: str) -> Node:
    if text.lstrip().startswith("{"):
        body = _quietly(text)
        return branch(body, "variables") or branch(body)
    form = {key: values[-1] for key, values in parse_qs(text.lstrip("?"), max_num_fields=100).items()}
    if "variables" in form:
        return branch(_quietly(form["variables"]))
    return dict(form)


def _quietly(text: str) -> Json:
    try:
        return parse(text, MAX_REQUEST)
    except (SourceError, msgspec.MsgspecError):
        return None
