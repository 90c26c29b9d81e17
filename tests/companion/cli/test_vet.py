"""`mutuals vet`, as a user types it: with the companion at rest and with it running."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from companion.cli.exit_codes import PROBLEM, USAGE
from companion.domain.sightings import Relation, Understanding
from companion.settings import Settings
from companion.store.ingest import take
from companion.stores import Stores
from tests.companion.cli.runs import run
from tests.companion.vetting.service_help import offers, shop
from tests.companion_process import CompanionProcess


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which a shop was seen."""
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir(mode=0o700)
    stores = Stores.open(settings)
    now = int(time.time())
    owner = stores.ledger.owner_for("1000001", "adaquill", now)
    relation = Relation("2000008", "bargainbarn", follows_me=True, i_follow=False)
    told = Understanding(people=[shop()], posts=offers(27, 13), relations=[relation])
    take(stores.ledger, stores.notebook, owner, told, now)
    stores.close()
    return settings.data


def test_the_report_is_printed_facts_in_rows(data: Path) -> None:
    done = run(data, "vet", "@bargainbarn")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Bargain Barn (@bargainbarn)")
    assert "27 of" in done.out
    assert "Relation   Follows you" in done.out


def test_the_same_by_id_as_json(data: Path) -> None:
    told = json.loads(run(data, "vet", "2000008", "--json").out)
    assert told["handle"] == "bargainbarn"
    assert told["verdict"] in {"look_closer", "better_not"}
    assert {"line", "rows", "findings", "missing", "history"} <= set(told)


def test_somebody_never_seen_is_not_guessed_at(data: Path) -> None:
    done = run(data, "vet", "@neverseen")
    assert done.code == 0
    assert "Can't tell" in done.out
    assert "Open the profile" in done.out


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "vet", "@anyone")
    assert done.code == PROBLEM
    assert "extension paired" in done.err


def test_nobody_named_is_a_mistake_of_the_command_line(tmp_path: Path) -> None:
    assert run(tmp_path / "data", "vet").code == USAGE


def test_ones_own_account_is_a_mirror(data: Path) -> None:
    done = run(data, "vet", "--self")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("How you look to a vetter")
    assert "A vetter could not tell yet" in done.out
    assert "Relation" not in done.out
    assert run(data, "vet", "--self", "@bargainbarn").code == USAGE


def test_the_lists_are_copied_once_and_never_over_the_users_own(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "vetting"
    assert str(folder) in run(tmp_path / "data", "vet", "--lists").out
    (folder / "words.json").write_text("mine", encoding="utf-8")
    run(tmp_path / "data", "vet", "--lists")
    assert (folder / "words.json").read_text(encoding="utf-8") == "mine"
    assert "weights" in json.loads((folder / "weights.json").read_text(encoding="utf-8"))


def test_it_works_beside_a_running_companion(data: Path) -> None:
    alone = json.loads(run(data, "vet", "@bargainbarn", "--json").out)
    with CompanionProcess(data):
        told = json.loads(run(data, "vet", "@bargainbarn", "--json").out)
        assert run(data, "vet", "@bargainbarn", "--viewer", "1000001").code == 0
        assert json.loads(run(data, "vet", "--self", "--json").out)["own"]
    assert (told["verdict"], told["line"], len(told["rows"])) == (alone["verdict"], alone["line"], len(alone["rows"]))
