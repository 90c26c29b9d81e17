"""The space in a database: whether it is there, what this login may do in it, and the passphrase's key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from companion.errors import CarrierError, SettingError
from companion.share.passphrase import EARLIER, Lock, locked
from companion.share.postgres.driver import Session
from companion.share.sealing import COST, Seal
from companion.store.notebook.lines import OWNER

VERSION = 1
"""What the tables look like that this version makes and reads."""
NO_TABLE = ("42P01", "3F000", "42501")
"""SQLSTATEs of a database without the tables, or where this login may not look."""

SWEEP = """
update mutuals.line l set line = null, person = null, other = null
    where l.space = %(space)s and exists (
        select from mutuals.line f where f.space = l.space and f.binds and f.whom in (l.person, l.other)
            and not exists (select from mutuals.line h where h.space = l.space and h.whom = f.whom and h.act = f.act
                and h.device = l.device and h.n < l.n))
    and (l.person in (select whom from mutuals.line where space = %(space)s and binds)
        or l.other in (select whom from mutuals.line where space = %(space)s and binds))
"""
"""What guards.sql calls sweep, for servers without it."""
SEAL = "select mutuals.seal(%(space)s, %(cost)s, %(salt)s, %(proof)s, %(older)s, %(known)s)"
SEAL_UNGUARDED = (
    "update mutuals.space set cost = %(cost)s, salt = %(salt)s, proof = %(proof)s, older = %(older)s"
    " where id = %(space)s and proof is not distinct from %(known)s::bytea returning id"
)


@dataclass(frozen=True, slots=True)
class Space:
    """A space as one of its members sees it.

    Attributes:
        id: its random id.
        role: what this login may do: owner, member or reader.
        guarded: whether the server's triggers and policies hold the rules.
        cost: how the passphrase gives the key; None until the first owner joined.
        salt: the same.
        proof: a known text sealed with the key.
        epoch: how often everybody was asked to tell everything anew, and once.
        older: the keys of earlier passphrases, sealed with the present one.
    """

    id: str
    role: str
    guarded: bool
    cost: int | None
    salt: bytes
    proof: bytes
    epoch: int = 1
    older: bytes = b""

    @property
    def lock(self) -> Lock | None:
        """What it says about the passphrase; None until the first owner chose it."""
        return None if self.cost is None else Lock(self.cost, self.salt, self.proof, self.older)


def look(session: Session) -> Space:
    """Return the space of a database.

    Raises:
        SettingError: there is none, this login is no member, or a newer version made it.
    """
    try:
        found = session.rows(
            "select s.id, m.role, s.guarded, s.cost, s.salt, s.proof, s.version, s.epoch, s.older from mutuals.space s"
            " join mutuals.member m on m.space = s.id where m.name = session_user"
        )
    except CarrierError as error:
        if error.details.get("state") not in NO_TABLE:
            raise
        found = []
    if not found:
        raise SettingError("This database has no shared notebook for this login. Ask an owner to admit you.")
    one = found[0]
    if int(str(one[6])) > VERSION:
        raise SettingError("The shared notebook was made by a newer Mutuals. Update this one.")
    cost = None if one[3] is None else int(str(one[3]))
    secrets = (cast("bytes", one[4] or b""), cast("bytes", one[5] or b""))
    return Space(
        str(one[0]), str(one[1]), one[2] is True, cost, *secrets, int(str(one[7])), cast("bytes", one[8] or b"")
    )


def enter(session: Session, space: Space, passphrase: str, cost: int = COST) -> Seal:
    """Return the seal of a space; the first owner's passphrase becomes the space's.

    Raises:
        SettingError: the passphrase is too short or another one, or no owner has chosen one yet.
    """
    if space.lock is None:
        if space.role != OWNER:
            raise SettingError("No owner has joined yet: the first owner chooses the passphrase. Join after that.")
        return _choose(session, space, *locked(space.id, passphrase, cost))
    seal = space.lock.opened(space.id, passphrase)
    if seal is None:
        raise SettingError("The passphrase is another one than that of this notebook. Nothing was changed.")
    return seal


def change(session: Session, space: Space, seal: Seal, passphrase: str, cost: int = COST) -> Seal:
    """Give a space another passphrase and return the seal for what is written from now on.

    Raises:
        SettingError: this login is no owner, this machine does not know the passphrase, or the new one is too short.
    """
    if space.role != OWNER:
        raise SettingError("Only an owner of the shared notebook may do that.")
    problem = space.lock.disagreement(seal) if space.lock is not None else ""
    if problem and problem != EARLIER:
        raise SettingError(problem)
    return _choose(session, space, *locked(space.id, passphrase, cost, seal))


def sweep(session: Session, space: Space) -> None:
    """Blank what acts of forgetting demand and is not blank: a line that was being written when the act was, is."""
    session.rows("select mutuals.sweep(%(space)s)" if space.guarded else SWEEP, {"space": space.id})


def repair(session: Session, space: Space) -> None:
    """Begin a new epoch: every device gives way to a new one that tells everything that it holds; repeats harm nobody.

    Raises:
        SettingError: this login is no owner.
    """
    if space.role != OWNER:
        raise SettingError("Only an owner of the shared notebook may do that.")
    raised = "update mutuals.space set epoch = epoch + 1 where id = %(space)s"
    session.rows("select mutuals.begin_epoch(%(space)s)" if space.guarded else raised, {"space": space.id})


def _choose(session: Session, space: Space, seal: Seal, lock: Lock) -> Seal:
    """Put a lock in the place of the one that this machine knows, unless another owner was faster."""
    values = {
        "space": space.id, "cost": lock.cost, "salt": lock.salt, "proof": lock.check,
        "older": lock.older or None, "known": space.proof or None,
    }  # fmt: skip
    try:
        chosen = session.rows(SEAL if space.guarded else SEAL_UNGUARDED, values)
    except CarrierError as error:
        if error.details.get("state") != "MU004":
            raise
        chosen = []
    if not chosen:
        raise SettingError("Another owner has just chosen the passphrase. Join again, with theirs.")
    return seal
