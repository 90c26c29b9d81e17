"""Reads from X's answers about direct messages who wrote to whom and when; the texts are never read."""

from __future__ import annotations

from companion.domain.sightings import INBOUND, OUTBOUND, Interaction
from companion.sources.json_tree import Json, Node, branch, id_at, nodes, text_at
from companion.sources.times import from_milliseconds
from companion.sources.users import user_handle

HOLDERS = ("inbox_initial_state", "user_events", "conversation_timeline", "inbox_timeline")
"""Where the old REST answers under ``/i/api/1.1/dm/`` keep their entries."""

CHAT = ("XChat", "InboxPage", "ConversationPage", "SendMessage", "MuteConversation")
"""Parts of the names of the encrypted chat's operations."""


def is_messages(op: str, url: str) -> bool:
    """Return whether an answer is about direct messages; then no other reader may open it."""
    return op.startswith(("dm/", "Dm")) or "/dm/" in url or any(part in op for part in CHAT)


def interactions_in(root: Json, viewer_id: str | None, at: int) -> list[Interaction]:
    """Return one interaction for each message between the viewer and one other person; groups are left out."""
    if viewer_id is None:
        return []
    interactions: list[Interaction] = []
    for holder in (branch(root, name) for name in HOLDERS):
        groups = {key for key, talk in branch(holder, "conversations").items() if text_at(talk, "type") == "GROUP_DM"}
        for entry in nodes(holder, "entries"):
            message = branch(entry, "message")
            if text_at(message, "conversation_id") not in groups:
                act = _act(message, branch(holder, "users"), viewer_id, at)
                interactions.extend([act] if act else [])
    return interactions


def _act(message: Node, users: Node, viewer_id: str, at: int) -> Interaction | None:
    data = branch(message, "message_data")
    sender, recipient = id_at(data, "sender_id"), id_at(data, "recipient_id")
    number = id_at(message, "id") or id_at(data, "id")
    if number is None or sender is None or recipient is None or (sender == viewer_id) == (recipient == viewer_id):
        return None
    other = recipient if sender == viewer_id else sender
    return Interaction(
        direction=OUTBOUND if sender == viewer_id else INBOUND,
        kind="dm",
        at=from_milliseconds(message.get("time")) or from_milliseconds(data.get("time")) or at,
        ref=f"dm:{number}",
        id=other,
        handle=user_handle(branch(users, other)),
    )
