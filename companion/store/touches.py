"""Writes off-X touches (calls, meals) into the notebook and mirrors them into the ledger, where they score.

The notebook is the source of truth: it is durable, merged and exported. The ledger's rows are made from it and can be
made again. In a call or a meal both sides talk, so it is mirrored once in each direction unless the user says
otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo

from companion.domain.dates import day_chosen, local_day, moment_of
from companion.domain.kinds import MET_KINDS, OFF_X_KINDS
from companion.domain.sightings import INBOUND, OUTBOUND, Interaction
from companion.machine_zone import MACHINE
from companion.store.account import Account
from companion.store.documents import Document
from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook
from companion.store.notebook.results import LATEST, Result

KIND = "touch"
SOURCE = "you"
PREFIX = "touch-"
"""Prefix of the item in a reference; without a colon, because what follows one is read as a post's id."""
DIRECTIONS = {"both": (INBOUND, OUTBOUND), "in": (INBOUND,), "out": (OUTBOUND,)}


def add(account: Account, pid: str, body: Document, *, op: str, at: int) -> Result:
    """Store one touch in the notebook and mirror it into the ledger.

    Args:
        account: the notebook and ledger to write to.
        pid: with whom.
        body: what, when, way and words; see ``companion.store.notebook.kinds.touch``.
        op: id of this write; it names the touch too, unless the body names an ``item`` to change.
        at: now, epoch seconds UTC.

    Raises:
        BodyError: The body does not describe a touch.
    """
    result = account.notebook.write(op, KIND, pid, body, LATEST, at, account.owner)
    mirror_write(account, pid, result, at)
    return result


def take_back(account: Account, pid: str, item: str, *, op: str, at: int) -> None:
    """Delete a touch from both stores."""
    result = account.notebook.write(op, KIND, pid, {"item": item, "gone": True}, LATEST, at, account.owner)
    mirror_write(account, pid, result, at)


def mirror_write(account: Account, pid: str, result: Result, now: int) -> None:
    """Bring the ledger in line with the notebook about one touch, after any write of the kind ``touch``.

    Other writers of touches (``/v1/writes``) call this with the result of the write. It is idempotent, so repeating the
    same write repairs the stores after a crash between the two.
    """
    if result.item is None:
        return
    stored = next(
        (touch for touch in _touches(account.notebook, pid, account.owner) if touch.get("item") == result.item), None
    )
    if stored is None or result.rev > 1:
        _clear(account, pid, result.item)
    if stored is not None:
        _mirror(account, pid, stored, now)


def restore(notebook: Notebook, ledger: Ledger, now: int) -> int:
    """Mirror every touch again, for a ledger that was lost; return how many rows were new."""
    new = 0
    for pid in notebook.people():
        for viewer in (None, *notebook.asides.apart()):
            for touch in _touches(notebook, pid, viewer):
                owner = str(touch.get("viewer") or "")
                new += _mirror(Account(notebook, ledger, owner), pid, touch, now) if owner else 0
    return new


def item_of(ref: str) -> str | None:
    """Return the item of the touch that a ledger reference stands for, None for an interaction that was seen."""
    return ref.removeprefix(PREFIX) if ref.startswith(PREFIX) else None


def _touches(notebook: Notebook, pid: str, viewer: str | None) -> list[Document]:
    return notebook.about(pid, viewer).others.get(KIND, [])


def day_of(touch: Mapping[str, object], zone: tzinfo = MACHINE) -> date | None:
    """Return the day that a touch was dated with; None where only its time is known."""
    day, when = touch.get("day"), touch.get("when")
    if isinstance(day, str):
        return date.fromisoformat(day)
    return day_chosen(when, zone) if isinstance(when, int) else None


def first_met(touches: Iterable[Mapping[str, object]], zone: tzinfo = MACHINE) -> date | None:
    """Return the day of the first touch in person, None if there is none."""
    together = (touch for touch in touches if touch.get("what") in MET_KINDS)
    return min(
        (day_of(touch, zone) or local_day(when, zone) for touch in together if isinstance(when := touch["when"], int)),
        default=None,
    )


def _moment(touch: Document, zone: tzinfo, now: int) -> int:
    """Return when it counts: at its time if that is on its day, else at a moment of its day."""
    day, when = day_of(touch, zone), touch.get("when")
    if day is None:
        return when if isinstance(when, int) else now
    timed = isinstance(when, int) and local_day(when, zone) == day and day_chosen(when, zone) is None
    return when if timed and isinstance(when, int) else moment_of(day, zone)


def _mirror(account: Account, pid: str, touch: Document, now: int, zone: tzinfo = MACHINE) -> int:
    moment = min(_moment(touch, zone, now), now)
    directions = DIRECTIONS[str(touch.get("way", "both"))]
    ref = f"{PREFIX}{touch['item']}"
    acts = [Interaction(direction, str(touch["what"]), moment, ref, source=SOURCE) for direction in directions]
    return account.ledger.add_interactions(account.owner, pid, acts, now)


def _clear(account: Account, pid: str, item: str) -> None:
    """Remove the rows of earlier versions of the touch."""
    for what in OFF_X_KINDS:
        for direction in (INBOUND, OUTBOUND):
            account.ledger.remove_interaction(account.owner, pid, f"{PREFIX}{item}", what, direction)
