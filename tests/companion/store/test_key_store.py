"""A key store that never answers is given up with a sentence; one that answers, or refuses, is heard."""

from __future__ import annotations

from threading import Event

import pytest

from companion.errors import SettingError
from companion.sources.x_api import keys
from companion.store import key_store


def test_an_answer_and_a_refusal_come_through() -> None:
    def refuses() -> None:
        raise KeyError("locked")

    assert key_store.within(60.0, lambda: "secret") == "secret"
    assert key_store.within(60.0, lambda: None) is None
    with pytest.raises(KeyError, match="locked"):
        key_store.within(60.0, refuses)


def test_one_that_never_answers_is_given_up_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = Event()
    monkeypatch.setattr(keys, "_load", lambda: str(silent.wait()))
    monkeypatch.setattr(key_store, "LIMIT_SECONDS", 0.01)
    with pytest.raises(SettingError, match="key store does not answer"):
        keys.load()
    silent.set()
