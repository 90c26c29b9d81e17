"""Where the password of a database login comes from: libpq's passfile or environment, or the system's key store.

It is written nowhere else: not into a file of ours, not into a log, not on a command line.
"""

from __future__ import annotations

import os

from companion.errors import SettingError
from companion.share.postgres.address import Address
from companion.store import key_store

SERVICE = "mutuals-share"


def kept(address: Address) -> str | None:
    """Return the password in the key store; None if there is none, or the environment names one already."""
    if "PGPASSWORD" in os.environ:
        return None
    from keyring.errors import KeyringError

    try:
        return key_store.within(key_store.LIMIT_SECONDS, lambda: _stored(address))
    except (KeyringError, SettingError):
        return None  # no key store, or none that answers: libpq looks into its passfile


def _stored(address: Address) -> str | None:
    import keyring

    return keyring.get_password(SERVICE, address.entry)


def keep(address: Address, password: str) -> bool:
    """Keep a password in the key store; return whether there is one."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, address.entry, password)
    except KeyringError:
        return False
    return True


def drop(address: Address) -> None:
    """Delete the password from the key store, if it is there."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(SERVICE, address.entry)
    except KeyringError:
        return
