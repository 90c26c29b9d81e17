"""Walks X's JSON once, within limits, and collects the user, post and timeline objects at any depth.

X moves its lists about (profile timelines had five paths in two years), but a user object looks the same everywhere, so
the walk recognises objects by their keys and not by an operation's path. It skips values that can hold neither people
nor posts, so that a page of 1 MB takes a few milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.errors import SourceError
from companion.sources.json_tree import Json, Node, branch, text_at
from companion.sources.post_forms import is_post, peeled, post_id
from companion.sources.users import user_handle

MAX_DEPTH = 60
"""X's deepest saved answers go to about 35."""
MAX_NODES = 300_000
"""Objects and lists in one answer; the largest saved one has about 20,000."""

_BARREN_KEYS = (
    "entities entity_set profile_bio binding_values video_info sizes original_info features edit_control views "
    "clientEventInfo feedbackInfo richtext display_text_range variants aspect_ratio focus_rects verification "
    "relationship_perspectives relationship_counts tweet_counts action_counts dm_permissions media_permissions "
    "responseObjects promotedMetadata tipjar_settings privacy avatar banner website location timestamps hashtags "
    "symbols ext_views highlights_info notifications_settings pinned_items profile_metadata profile_translation "
    "professional card_platform palette grok_translated_post_with_availability quick_promote_eligibility"
)
BARREN = frozenset(_BARREN_KEYS.split())
"""Keys whose values hold neither people nor posts (``entities`` only where they are an object)."""


@dataclass(slots=True)
class CollectedObjects:
    """The objects that the walk collected; each list is in the order of the page within one depth."""

    users: list[Node] = field(default_factory=list)
    posts: list[Node] = field(default_factory=list)
    gone: list[tuple[Node, Node]] = field(default_factory=list)
    """``UserUnavailable`` objects, each with the object around it."""
    instructions: list[list[Json]] = field(default_factory=list)
    promoted: set[str] = field(default_factory=set)
    """Ids of posts that were shown as advertisements."""
    organic: set[str] = field(default_factory=set)
    """Ids of posts that a timeline showed as themselves."""
    unreadable: int = 0
    """Posts that X says are there but does not show: tombstones, unavailable."""


def collect_objects(root: Json) -> CollectedObjects:
    """Walk a parsed answer layer by layer.

    Raises:
        SourceError: deeper than `MAX_DEPTH` or larger than `MAX_NODES`.
    """
    collected = CollectedObjects()
    layer: list[Json] = [root]
    seen = 0
    for _ in range(MAX_DEPTH):
        seen += len(layer)
        if seen > MAX_NODES:
            raise SourceError("This JSON has more parts than any page of X. Nothing was read.")
        layer = _next_layer(layer, collected)
        if not layer:
            return collected
    raise SourceError("This JSON is nested too deeply to be X's. Nothing was read.")


def _next_layer(layer: list[Json], collected: CollectedObjects) -> list[Json]:
    below: list[Json] = []
    for value in layer:
        if type(value) is list:
            below.extend(value)
        elif type(value) is dict:
            _look_at(value, collected)
            _go_below(value, below)
            legacy = value.get("legacy")
            if type(legacy) is dict:
                # A post's "legacy" looks like a REST post itself, so what it holds stands in for it.
                _go_below(legacy, below)
    return below


def _go_below(node: Node, below: list[Json]) -> None:
    """Add the values of an object that can hold people or posts to the next layer."""
    for key, item in node.items():
        if type(item) is dict:
            if item and key not in BARREN and key != "legacy":
                below.append(item)
        elif type(item) is list and (key not in BARREN or key == "entities"):
            # A list of "entities" is a label's or notification's rich text, which refers to whole people.
            below.extend(item)


def _look_at(node: Node, collected: CollectedObjects) -> None:
    """Add one object to the list that its keys put it into."""
    if "result" in node:
        _look_at_result(node, collected)
    elif "rest_id" in node or "id_str" in node:
        if is_post(node):
            collected.posts.append(node)
        elif "indices" not in node and user_handle(node) is not None:
            collected.users.append(node)
    elif "tweet_results" in node:
        shown = collected.promoted if "promotedMetadata" in node else collected.organic
        shown.add(post_id(peeled(branch(node, "tweet_results", "result"))) or "")
    elif "instructions" in node:
        instructions = node["instructions"]
        if isinstance(instructions, list):
            collected.instructions.append(instructions)


def _look_at_result(node: Node, collected: CollectedObjects) -> None:
    result = branch(node, "result")
    kind = text_at(result, "__typename")
    if kind == "UserUnavailable":
        collected.gone.append((result, node))
    elif kind in {"TweetTombstone", "TweetUnavailable"}:
        collected.unreadable += 1
