"""`mutuals x-api` and `mutuals sync`, as a user types them, against a stand-in of X's API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from companion.cli.exit_codes import PROBLEM
from companion.settings import Settings
from companion.sources.x_api.client import STAND_IN
from companion.store.ledger.ledger import Ledger
from companion.store.lock import acquire_lock
from tests.companion.cli.runs import run
from tests.companion.sources.x_api.stand_in import StandIn, tweet, user
from tests.companion.sources.x_api.test_keys import MemoryKeyring


@pytest.fixture
def x(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """X's API on this machine, and a key store in memory."""
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    monkeypatch.setattr("click.termui.visible_prompt_func", input)
    monkeypatch.setattr("click.termui.hidden_prompt_func", input)
    with StandIn() as stand_in:
        stand_in.users = {"adaquill": user("1000001", "adaquill"), "wren": user("2000001", "wrenwrites")}
        mention = [{"start": 3, "end": 12, "username": "adaquill", "id": "1000001"}]
        stand_in.lists = {
            "/2/users/1000001/mentions": [tweet(9, "2000001", "hi @adaquill", entities={"mentions": mention})],
            "/2/users/1000001/tweets": [],
            "/2/users/1000001/liked_tweets": [],
        }
        monkeypatch.setenv(STAND_IN, stand_in.base)
        yield stand_in
    keyring.set_keyring(before)


def test_nothing_is_asked_without_keys_or_without_a_cap(tmp_path: Path, x: StandIn) -> None:
    assert "x-api login" in run(tmp_path, "sync").err
    run(None, "x-api", "login", typed="token\n")
    done = run(tmp_path, "sync", "--viewer", "@adaquill")
    assert (done.code, "x-api cap" in done.err) == (PROBLEM, True)
    assert x.asked == []


def test_a_sync_shows_the_money_before_and_after(tmp_path: Path, x: StandIn) -> None:
    run(None, "x-api", "login", typed="token\n")
    assert "$1.00 a day" in run(tmp_path, "x-api", "cap", "1.00").out
    done = run(tmp_path, "sync", "--viewer", "@adaquill")
    assert (done.code, done.err) == (0, "")
    assert "Spent today: $0.00 of $1.00; this can cost up to $1.00, and $0.005 if nothing is new." in done.out
    assert "1 new interactions" in done.out
    assert "This cost $0.021; spent today: $0.021 of $1.00." in done.out
    ledger = Ledger.open(Settings(data=tmp_path).ledger_path)
    assert [row.source for row in ledger.interactions("1000001", "2000001")] == ["x-api"]
    ledger.close()
    assert "Spent today (UTC): $0.021 for 1 posts" in run(tmp_path, "x-api", "status").out


def test_login_shows_no_key_and_forget_deletes_it(tmp_path: Path, x: StandIn) -> None:
    done = run(None, "x-api", "login", "--user-keys", typed="aaa\nbbb\nccc\nddd\n")
    status = run(tmp_path, "x-api", "status")
    assert "user keys" in status.out
    assert "aaa" not in done.out + status.out
    assert "deleted" in run(None, "x-api", "forget").out
    assert "Keys: none" in run(tmp_path, "x-api", "status").out
    assert list(tmp_path.iterdir()) == []


def test_a_cap_may_be_set_while_the_companion_runs(tmp_path: Path) -> None:
    with acquire_lock(Settings(data=tmp_path).lock_path, 17653):
        assert run(tmp_path, "x-api", "cap", "0").code == 0
        assert "not an amount" in run(tmp_path, "x-api", "cap", "lots").err


def test_a_refusal_of_x_is_told_and_what_was_read_stays(tmp_path: Path, x: StandIn) -> None:
    run(None, "x-api", "login", typed="token\n")
    run(tmp_path, "x-api", "cap", "1")
    x.fail = lambda path: (503, {}, {}) if path.endswith("/tweets") else None
    done = run(tmp_path, "sync", "--viewer", "adaquill")
    assert (done.code, "Stopped: X's API is in trouble itself (503)" in done.err) == (PROBLEM, True)
    assert "1 new interactions" in done.out


def test_what_x_could_not_give_is_told_beside_what_it_gave(tmp_path: Path, x: StandIn) -> None:
    run(None, "x-api", "login", typed="token\n")
    run(tmp_path, "x-api", "cap", "1")
    partial = {
        "meta": {"result_count": 0},
        "errors": [{"title": "Authorization Error", "detail": "A post is protected."}],
    }
    x.fail = lambda path: (200, partial, {}) if path.endswith("/tweets") else None
    done = run(tmp_path, "sync", "--viewer", "adaquill")
    assert (done.code, "1 new interactions" in done.out) == (0, True)
    assert "Note: X's API could not give everything" in done.err
