"""Recognises X's answers about private messages, which no reader opens.

X moved direct messages into a chat that is encrypted end to end, so the page's answers no longer say who wrote to whom;
what was written before that is in X's archive.
"""

from __future__ import annotations

CHAT = ("XChat", "InboxPage", "ConversationPage", "SendMessage", "MuteConversation")
"""Parts of the names of the encrypted chat's operations."""


def is_messages(op: str, url: str) -> bool:
    """Return whether an answer is about private messages."""
    return op.startswith(("dm/", "Dm")) or "/dm/" in url or any(part in op for part in CHAT)
