"""Keys lie in the system's key store and nowhere else; without one, a sentence says so."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from companion.errors import SettingError
from companion.sources.x_api import keys
from companion.sources.x_api.keys import Keys


class MemoryKeyring(KeyringBackend):
    """A key store for tests."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


NO_KEY_STORE: KeyringBackend = type.__call__(NoKeyring)  # its own __init__ carries no types


@pytest.fixture
def key_store() -> Iterator[MemoryKeyring]:
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def test_keys_come_back_as_they_were_kept_and_can_be_forgotten(key_store: MemoryKeyring) -> None:
    assert keys.load() is None
    keys.store(Keys(bearer="AAA%2Fbbb"))
    assert keys.load() == Keys(bearer="AAA%2Fbbb")
    assert keys.forget()
    assert not keys.forget()
    assert key_store.kept == {}


@pytest.mark.parametrize("given", [Keys(), Keys(consumer_key="a", consumer_secret="b"), Keys(bearer="with space")])
def test_incomplete_and_impossible_keys_are_refused(key_store: MemoryKeyring, given: Keys) -> None:
    with pytest.raises(SettingError):
        keys.store(given)
    assert key_store.kept == {}


def test_damaged_keys_ask_for_a_new_login(key_store: MemoryKeyring) -> None:
    key_store.kept[keys.SERVICE, keys.ENTRY] = "{"
    with pytest.raises(SettingError, match="login"):
        keys.load()
    assert keys.forget()


def test_a_locked_key_store_is_a_sentence(key_store: MemoryKeyring) -> None:
    key_store.locked = True
    with pytest.raises(SettingError, match="Unlock it"):
        keys.load()


def test_without_a_key_store_nothing_is_kept_in_a_file_instead() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NO_KEY_STORE)
    try:
        with pytest.raises(SettingError, match="never put into a file"):
            keys.store(Keys(bearer="token"))
        with pytest.raises(SettingError, match="no key store"):
            keys.load()
    finally:
        keyring.set_keyring(before)
