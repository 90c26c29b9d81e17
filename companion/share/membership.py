"""What this data folder shares with: the place, its key and this device's name, and how the last meeting went."""

from __future__ import annotations

from pathlib import Path

import msgspec

from companion.domain.typed_json import decoded
from companion.errors import SettingError
from companion.settings import Settings
from companion.share.sealing import Seal
from companion.store.files import write_private

SCHEME = "folder:"
"""How the place of a folder begins; any other place is a PostgreSQL server."""


class Membership(msgspec.Struct, frozen=True):
    """The file ``share.json``, readable by its owner alone; the passphrase is nowhere.

    Attributes:
        place: where the lines are carried, such as ``folder:/home/…/Sync/mutuals`` or
            ``postgresql://ines@db.example/notes``; there is never a password in it.
        space: the random id of the space there.
        key: the key that the present passphrase gave.
        name: what this device is called to others.
        contacts: whether teammates are told on which days this machine's accounts last were in contact with people.
        acts: whether the acts that were seen here are shared, so that the same account has one score on every machine.
        older: the keys that earlier passphrases gave, the latest first.
    """

    place: str
    space: str
    key: bytes
    name: str
    contacts: bool = True
    acts: bool = False
    older: tuple[bytes, ...] = ()

    @property
    def folder(self) -> Path:
        """The carried folder."""
        return Path(self.place.removeprefix(SCHEME))

    @property
    def seal(self) -> Seal:
        """The keys, for this space."""
        return Seal(self.key, self.space, self.older)


class Meeting(msgspec.Struct):
    """How the last meeting with the others went; times are epoch seconds UTC.

    Attributes:
        at: when.
        problem: a sentence about why it failed, empty if it did not.
        waiting: how many lines of this device are carried by nothing yet.
        sent: lines handed over since the companion started.
        received: lines applied since then.
        devices: name -> number of the last line of each other device.
        notices: sentences about files that deserve a look.
        cleaned: how many acts of forgetting this device's own file was cleaned of.
        former: ids under which this folder shared before.
        listening: whether the server tells at once that something came.
        role: what this device's login may do there: owner, member or reader.
    """

    at: int = 0
    problem: str = ""
    waiting: int = 0
    sent: int = 0
    received: int = 0
    devices: dict[str, int] = msgspec.field(default_factory=dict)
    notices: list[str] = msgspec.field(default_factory=list)
    cleaned: int = 0
    former: list[str] = msgspec.field(default_factory=list)
    listening: bool = False
    role: str = ""


def membership_of(settings: Settings) -> Membership | None:
    """Return what this data folder shares with, None if nothing.

    Raises:
        SettingError: the file is damaged.
    """
    path = settings.share_path
    try:
        return decoded(path.read_bytes(), Membership)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError:
        raise SettingError(f"{path.name} cannot be read. Run `mutuals share leave`, then join again.") from None


def join(settings: Settings, membership: Membership) -> None:
    """Keep a membership; the running companion notices within seconds."""
    write_private(settings.share_path, msgspec.json.encode(membership))


def leave(settings: Settings) -> None:
    """Drop the membership and what is known of the last meeting."""
    settings.share_path.unlink(missing_ok=True)
    _meeting_path(settings).unlink(missing_ok=True)


def last_meeting(settings: Settings) -> Meeting:
    """Return how the last meeting went; an empty one if there was none."""
    try:
        return decoded(_meeting_path(settings).read_bytes(), Meeting)
    except (FileNotFoundError, msgspec.MsgspecError):
        return Meeting()


def note_meeting(settings: Settings, meeting: Meeting) -> None:
    """Keep how a meeting went, for `mutuals share status`."""
    write_private(_meeting_path(settings), msgspec.json.encode(meeting))


def _meeting_path(settings: Settings) -> Path:
    return settings.share_path.with_name("share-status.json")
