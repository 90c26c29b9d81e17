"""Off-X touches: written into the notebook, mirrored into the ledger so that the score moves.

The notebook is what counts: it is durable, merged and exported. The ledger's rows are made from it, and can be made
again. A call or a meal is talk of both sides, so it is mirrored once in each direction unless the user
says otherwise.
"""

from __future__ import annotations

from companion.domain.kinds import OFF_X_KINDS
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST, Result

KIND = "touch"
SOURCE = "you"
PREFIX = "touch-"
"""Before the item in a reference; no colon, for what follows one is taken for a post's id."""
DIRECTIONS = {"both": (INBOUND, OUTBOUND), "in": (INBOUND,), "out": (OUTBOUND,)}


def add(account: Account, pid: str, body: Document, *, op: str, at: int) -> Result:
    """Write one touch down and let it count.

    Args:
        account: where it is kept and counts.
        pid: with whom.
        body: what, when, way and words; see ``companion.store.notebook.kinds.touch``.
        op: id of this write; it names the touch too, unless the body names an ``item`` to change.
        at: now, epoch seconds UTC.

    Raises:
        BodyError: The body does not describe a touch.
    """
    done = account.notebook.write(op, KIND, pid, body, LATEST, at, account.owner)
    wrote(account, pid, done, at)
    return done


def take_back(account: Account, pid: str, item: str, *, op: str, at: int) -> None:
    """Take a touch away from both stores."""
    done = account.notebook.write(op, KIND, pid, {"item": item, "gone": True}, LATEST, at, account.owner)
    wrote(account, pid, done, at)


def wrote(account: Account, pid: str, done: Result, now: int) -> None:
    """Make the ledger say about one touch what the notebook says, after any write of the kind ``touch``.

    Whoever writes touches by another way (``/v1/writes``) calls this with the write's result. Calling it again changes
    nothing, so a crash between the two stores is mended by the repeat of the same write.
    """
    if done.item is None:
        return
    told = next((one for one in _touches(account.notebook, pid, account.owner) if one.get("item") == done.item), None)
    if told is None or done.rev > 1:
        _clear(account, pid, done.item)
    if told is not None:
        _mirror(account, pid, told, now)


def restore(notebook: Notebook, ledger: Ledger, now: int) -> int:
    """Mirror every touch again, for a ledger that was lost; return how many rows were new."""
    new = 0
    for pid in notebook.people():
        for viewer in (None, *notebook.asides.apart()):
            for told in _touches(notebook, pid, viewer):
                owner = str(told.get("viewer") or "")
                new += _mirror(Account(notebook, ledger, owner), pid, told, now) if owner else 0
    return new


def item_of(ref: str) -> str | None:
    """Return which touch an interaction in the ledger stands for, None if it was seen and not written."""
    return ref.removeprefix(PREFIX) if ref.startswith(PREFIX) else None


def _touches(notebook: Notebook, pid: str, viewer: str | None) -> list[Document]:
    return notebook.about(pid, viewer).others.get(KIND, [])


def _mirror(account: Account, pid: str, told: Document, now: int) -> int:
    when = told.get("when")
    moment = min(when, now) if isinstance(when, int) else now
    ways = DIRECTIONS[str(told.get("way", "both"))]
    ref = f"{PREFIX}{told['item']}"
    acts = [Interaction(way, str(told["what"]), moment, ref, source=SOURCE) for way in ways]
    return account.ledger.add_interactions(account.owner, pid, acts, now)


def _clear(account: Account, pid: str, item: str) -> None:
    """Remove whatever an earlier form of the touch put there."""
    for what in OFF_X_KINDS:
        for way in (INBOUND, OUTBOUND):
            account.ledger.remove_interaction(account.owner, pid, f"{PREFIX}{item}", what, way)
