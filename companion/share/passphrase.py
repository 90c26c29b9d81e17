"""What stands in a space about its passphrase: how it gives the key, a check of it, and the earlier keys, sealed.

A new passphrase gives a new key for what is written from then on; the earlier keys go along, sealed with the new one:
whoever has the newest passphrase reads everything.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from companion.errors import SourceError
from companion.share.sealing import KEY, MAX_COST, Seal, key_of

CHECK, OLDER = "check", "older keys"
CHANGED = (
    "The passphrase was changed on another machine. Run `mutuals share join` with the same place again and type the "
    "new one. Nothing that is written here is lost."
)
EARLIER = (
    "The shared place knows an earlier passphrase than this machine: it came back from an old copy. Run `mutuals share "
    "passphrase` and choose one anew."
)


@dataclass(frozen=True, slots=True)
class Lock:
    """What a space says about its passphrase.

    Attributes:
        cost: scrypt's n, a power of two.
        salt: what scrypt derives the key with.
        check: the space's id, sealed with the key, so that another passphrase is refused at once.
        older: the earlier keys, sealed with the key; empty if the passphrase was never changed.
    """

    cost: int
    salt: bytes
    check: bytes
    older: bytes = b""

    def opened(self, space: str, passphrase: str) -> Seal | None:
        """Return the seal of a space; None if the passphrase is another one.

        Raises:
            SettingError: it is too short.
            SourceError: a newer version made it.
        """
        if not 2 <= self.cost <= MAX_COST or self.cost & (self.cost - 1):
            raise SourceError("The shared notebook was made in a way that this Mutuals does not know. Update it.")
        seal = Seal(key_of(passphrase, self.salt, self.cost), space)
        if seal.open(CHECK, self.check) is None:
            return None
        keys = (seal.open(OLDER, self.older) if self.older else b"") or b""
        return Seal(seal.key, space, tuple(keys[start : start + KEY] for start in range(0, len(keys), KEY)))

    def disagreement(self, seal: Seal) -> str:
        """Return why a machine that has this seal cannot go on, in a sentence; empty if it can."""
        if Seal(seal.key, seal.space).open(CHECK, self.check) is not None:
            return ""
        return EARLIER if seal.open(CHECK, self.check) is not None else CHANGED


def locked(space: str, passphrase: str, cost: int, before: Seal | None = None) -> tuple[Seal, Lock]:
    """Return the seal and the lock that a passphrase gives a space, for the first time or ``before`` was its seal.

    Raises:
        SettingError: the passphrase is too short.
    """
    salt, older = os.urandom(16), before.keys if before is not None else ()
    seal = Seal(key_of(passphrase, salt, cost), space, older)
    return seal, Lock(
        cost, salt, seal.close(CHECK, space.encode()), seal.close(OLDER, b"".join(older)) if older else b""
    )
