"""Stores the user's own keys to X's API in the system's key store, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from companion.domain.typed_json import decoded
from companion.errors import SettingError
from companion.store import key_store

SERVICE = "mutuals-x-api"
ENTRY = "keys"


class Keys(msgspec.Struct, frozen=True, omit_defaults=True):
    """A bearer token, or the four keys of a user; whoever holds them can spend the user's credit."""

    bearer: str | None = None
    consumer_key: str | None = None
    consumer_secret: str | None = None
    access_token: str | None = None
    access_secret: str | None = None

    @property
    def as_user(self) -> bool:
        """Whether requests are made as the user (four keys) and not as an app (bearer token)."""
        return None not in (self.consumer_key, self.consumer_secret, self.access_token, self.access_secret)

    @property
    def kind(self) -> str:
        """The kind of keys in words, without any part of them."""
        return "user keys" if self.as_user else "bearer token"

    def __repr__(self) -> str:
        """Show what they are, never the keys: this may end in a log."""
        return f"Keys({self.kind})"


def store(keys: Keys) -> None:
    """Store keys in the system's key store.

    Raises:
        SettingError: The keys are not complete, or there is no key store.
    """
    if keys.bearer is None and not keys.as_user:
        raise SettingError("Give a bearer token, or all four: API key and secret, access token and secret.")
    for name in Keys.__struct_fields__:
        value = getattr(keys, name)
        if value is not None and (not value.isascii() or not value.isprintable() or " " in value or not value):
            raise SettingError(f"The {name.replace('_', ' ')} has characters that no key of X has. Copy it again.")
    import keyring

    with _readable_errors():
        keyring.set_password(SERVICE, ENTRY, msgspec.json.encode(keys).decode())


def load() -> Keys | None:
    """Return the stored keys, None if there are none.

    Raises:
        SettingError: The key store cannot be read, or what it holds is damaged.
    """
    stored = load_raw()
    if not stored:
        return None
    try:
        return decoded(stored, Keys)
    except msgspec.MsgspecError:
        raise SettingError("The kept keys to X's API are damaged. Run `mutuals x-api login` again.") from None


def forget() -> bool:
    """Delete the stored keys and return whether there were any."""
    import keyring

    if load_raw() is None:
        return False
    with _readable_errors():
        keyring.delete_password(SERVICE, ENTRY)
    return True


def load_raw() -> str | None:
    """Return the stored text, whether it can be decoded or not."""
    return key_store.within(key_store.LIMIT_SECONDS, _load)


def _load() -> str | None:
    import keyring

    with _readable_errors():
        return keyring.get_password(SERVICE, ENTRY)


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Turn the key store's errors into a `SettingError` with a sentence."""
    from keyring.errors import KeyringError, NoKeyringError

    try:
        yield
    except NoKeyringError:
        raise SettingError(
            "This system has no key store that Mutuals can use, and keys are never put into a file. Install one (on "
            "Linux: gnome-keyring or KWallet, with a desktop session) and run `mutuals x-api login` again."
        ) from None
    except KeyringError as error:
        raise SettingError(f"The system's key store refused ({error}). Unlock it and try again.") from error
