"""The kinds of interaction: one table with what each counts as, who may write it down, and its words.

To add a kind, add a row here and its messages ``act_NAME_in``, ``act_NAME_out`` and, off X, ``act_NAME_both`` to the
extension; score, ledger, notebook, exports, dashboard and the extension's own table take it from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TALK, LIGHT, NO_WEIGHT = "talk", "light", "none"
"""Classes of weight. Talk can be answered and counts in full; light acts cost nothing and are answered with nothing; a
follow is not talk at all. Within a class all weigh the same: kind weights changed nothing on any data set."""


@dataclass(frozen=True, slots=True)
class InteractionKind:
    """One kind of act between the viewer and another person.

    Attributes:
        name: as it is stored and sent.
        weight: what one act counts as: ``TALK``, ``LIGHT`` or ``NO_WEIGHT``.
        place: the part of "where you two talk" that it belongs to; empty for what is no talk.
        they: what is said of an act of theirs.
        you: what is said of an act of the user's.
        together: what is said of one that was both's; empty on X, where every act is somebody's.
        question: whether it may be a question to the user that waits for an answer, with a post or message to show.
        met: whether the two sat in one room.
        key: the key that logs it on the card; empty where the card does not offer it.
    """

    name: str
    weight: str
    place: str
    they: str
    you: str
    together: str = ""
    question: bool = False
    met: bool = False
    key: str = ""

    @property
    def off_x(self) -> bool:
        """Whether it happens off X; the user alone writes it down, and no source of X's ever tells it."""
        return bool(self.together)


_REPLIES, _NAMED, _MESSAGES, _LIKES, _OFF_X = (
    "Replies", "Mentions and quotes", "Messages", "Likes and reposts", "Off X",
)  # fmt: skip
_ROWS = (
    InteractionKind("reply", TALK, _REPLIES, "They replied", "You replied", question=True),
    InteractionKind("mention", TALK, _NAMED, "They mentioned you", "You mentioned them", question=True),
    InteractionKind("quote", TALK, _NAMED, "They quoted you", "You quoted them", question=True),
    InteractionKind("dm", TALK, _MESSAGES, "They sent a message", "You sent a message", question=True),
    # A word to a whole room.
    InteractionKind("group", LIGHT, _MESSAGES, "They wrote in a group", "You wrote in a group"),
    InteractionKind("repost", LIGHT, _LIKES, "They reposted you", "You reposted them"),
    InteractionKind("like", LIGHT, _LIKES, "They liked a post of yours", "You liked a post of theirs"),
    InteractionKind("follow", NO_WEIGHT, "", "They followed you", "You followed them"),
    InteractionKind("call", TALK, _OFF_X, "They called", "You called", "A call", key="C"),
    InteractionKind("meal", TALK, _OFF_X, "They ate with you", "You ate with them", "A meal", met=True, key="M"),
    InteractionKind("meeting", TALK, _OFF_X, "They met you", "You met them", "A meeting", met=True, key="T"),
    InteractionKind("chat", TALK, _OFF_X, "They wrote elsewhere", "You wrote elsewhere", "Talk elsewhere", key="O"),
    InteractionKind("other", TALK, _OFF_X, "They got in touch", "You got in touch", "Something off X"),
)

KINDS: Mapping[str, InteractionKind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""Every kind by name; those off X stand in the order in which they are offered."""
LIGHT_KINDS = frozenset(kind.name for kind in _ROWS if kind.weight == LIGHT)
NO_WEIGHT_KINDS = frozenset(kind.name for kind in _ROWS if kind.weight == NO_WEIGHT)
QUESTION_KINDS = frozenset(kind.name for kind in _ROWS if kind.question)
OFF_X_KINDS = tuple(kind.name for kind in _ROWS if kind.off_x)
MET_KINDS = frozenset(kind.name for kind in _ROWS if kind.met)
PLACES = tuple(dict.fromkeys(kind.place for kind in _ROWS if kind.place))


def act_words(kind: str, direction: str) -> str:
    """Return what is said of an act: ``direction`` is "in" (theirs), "out" (the user's) or "both"."""
    row = KINDS[kind]
    return {"in": row.they, "out": row.you, "both": row.together}[direction]
