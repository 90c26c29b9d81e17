"""Importing an archive: once is enough, a stop or a kill loses nothing, and the other side stays unseen."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from companion.cli.main import mutuals
from companion.domain.sightings import Interaction, Person, Understanding
from companion.errors import SourceError
from companion.reciprocity.judgement import judge
from companion.settings import Settings
from companion.sources.archive import batches, reader
from companion.sources.archive.importing import ArchiveImport, Imported, Progress
from companion.store.import_runs import Imports, Run
from companion.store.ledger.ingest.bulk import BulkImport
from companion.stores import Stores
from tests.companion.sources.archive.archives import OWNER, mention, script, tweet, write_archive
from tests.companion.sources.archive.years import YEARS
from tests.shared_data import SHARED

NOW = 1_790_000_000
SAMPLES = {path.stem: path for path in (sorted((SHARED / "data" / "archive").glob("*.zip")) if SHARED else [])}
"""Name -> a real archive, where those are present."""


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Stores]:
    opened = Stores.open(Settings(data=tmp_path / "data"))
    yield opened
    opened.close()


def job(stores: Stores, folder: Path, stop_after: int | None = None) -> ArchiveImport:
    left = [stop_after]

    def stopped() -> bool:
        if left[0] is None:
            return False
        left[0] -= 1
        return left[0] < 0

    return ArchiveImport(stores.ledger, stores.notebook, Imports(folder / "imports.json"), NOW, stopped=stopped)


def archive_of(folder: Path, count: int, name: str = "a.zip") -> Path:
    """Posts that each mention one of seven people, a day apart."""
    records = [
        tweet(
            str(1_900_000_000_000_000_000 + number),
            f"hello @p{number % 7}",
            f"Fri Mar {number % 28 + 1:02} 13:02:05 +0000 2026",
            entities={"user_mentions": [mention(str(50 + number % 7), f"p{number % 7}", 6)], "urls": []},
        )
        for number in range(count)
    ]
    return write_archive(folder / name, {"tweets.js": script("tweets", records)})


def test_importing_twice_changes_nothing_twice(stores: Stores, tmp_path: Path) -> None:
    path = archive_of(tmp_path, 60)
    first, second = job(stores, tmp_path).run(path), job(stores, tmp_path).run(path)
    assert (first.interactions, second.interactions) == (60, 0)
    assert stores.ledger.counts(OWNER).interactions == 60


def test_a_newer_archive_adds_only_the_difference(stores: Stores, tmp_path: Path) -> None:
    job(stores, tmp_path).run(archive_of(tmp_path, 40))
    assert job(stores, tmp_path).run(archive_of(tmp_path, 60, "newer.zip")).interactions == 20


def test_a_stopped_import_goes_on_where_it_was(stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "CHUNK", 10)
    monkeypatch.setattr(batches, "WINDOW_BYTES", 5000)
    path = archive_of(tmp_path, 60)
    stopped = job(stores, tmp_path, stop_after=6).run(path)
    assert not stopped.finished
    assert 0 < stores.ledger.counts(OWNER).interactions < 60
    resumed: Imported = job(stores, tmp_path).run(path)
    assert resumed.resumed
    assert resumed.finished
    assert stores.ledger.counts(OWNER).interactions == 60


def chunk_numbers(stores: Stores, folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Import and return which chunks were written."""
    written: list[int] = []
    honest = Imports.note

    def noted(self: Imports, digest: str, run: Run) -> None:
        written.append(run.done)
        honest(self, digest, run)

    monkeypatch.setattr(Imports, "note", noted)
    assert job(stores, folder).run(path).finished
    monkeypatch.setattr(Imports, "note", honest)
    return written


def test_a_stopped_import_leaves_out_what_is_stored_unless_this_release_cuts_otherwise(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "CHUNK", 10)
    monkeypatch.setattr(batches, "WINDOW_BYTES", 5000)
    one, other = archive_of(tmp_path, 60), archive_of(tmp_path, 61, "b.zip")
    for path in (one, other):
        assert not job(stores, tmp_path, stop_after=6).run(path).finished
    stored = stores.ledger.counts(OWNER).interactions
    assert chunk_numbers(stores, tmp_path, one, monkeypatch)[0] == stored // 10
    monkeypatch.setattr(reader, "CHUNK", 7)
    assert chunk_numbers(stores, tmp_path, other, monkeypatch)[0] == 0
    assert stores.ledger.counts(OWNER).interactions == 61


def test_an_import_that_was_killed_counts_what_it_left_behind(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_of(tmp_path, 60)
    with monkeypatch.context() as patch:
        patch.setattr(BulkImport, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            job(stores, tmp_path).run(path)
    assert stores.ledger.sums_and_tally(OWNER, "50")[1].n_out == 0
    again = job(stores, tmp_path).run(path)
    assert (again.resumed, again.interactions) == (True, 0)
    assert stores.ledger.sums_and_tally(OWNER, "50")[1].n_out == 9
    assert stores.ledger.recount(OWNER) == []


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_progress_moves_with_the_bytes_read_and_ends_where_it_said(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "WINDOW_BYTES", 2000)
    heard: list[Progress] = []
    work = job(stores, tmp_path)
    work.report = heard.append
    work.run(archive_of(tmp_path, 60))
    shares = [one.done for one in heard]
    assert shares == sorted(shares)
    assert max(later - earlier for earlier, later in itertools.pairwise(shares[1:])) < 0.25
    assert shares[-1] == 1.0
    assert (heard[-1].read, len({one.total for one in heard})) == (heard[-1].total, 1)


def test_an_old_handle_in_an_archive_does_not_rename_who_is_called_otherwise_now(
    stores: Stores, tmp_path: Path
) -> None:
    now = Understanding(op="TweetDetail", people=[Person(id="50", handle="quill")])
    stores.ledger.record(stores.ledger.owner_for(OWNER, None, NOW), now, NOW - 1000)
    job(stores, tmp_path).run(archive_of(tmp_path, 7))
    person = stores.ledger.person(OWNER, "50")
    assert person is not None
    assert (person.profile.handle, [handle for handle, _ in person.former]) == ("quill", ["p0"])


def test_imported_outbound_leaves_the_other_side_unseen_and_never_zero(stores: Stores, tmp_path: Path) -> None:
    job(stores, tmp_path).run(archive_of(tmp_path, 60))
    sums, tally = stores.ledger.sums_and_tally(OWNER, "50")
    judged = judge(sums, tally, NOW)
    assert judged.state == "unknown"
    assert judged.value is None


def test_what_is_no_archive_stores_nothing(stores: Stores, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    with pytest.raises(SourceError):
        job(stores, tmp_path).run(tmp_path / "a.zip")
    assert stores.ledger.owners() == []


@pytest.mark.parametrize("name", [*YEARS, *SAMPLES])
def test_an_archive_of_every_year_imports_and_importing_it_again_adds_nothing(
    name: str, stores: Stores, tmp_path: Path
) -> None:
    sample = YEARS[name][0](tmp_path / f"{name}.zip") if name in YEARS else SAMPLES[name]
    first, second = job(stores, tmp_path).run(sample), job(stores, tmp_path).run(sample)
    assert first.interactions > 0
    assert second.interactions == 0


def test_the_command_counts_without_storing_and_then_stores(tmp_path: Path) -> None:
    path, run = archive_of(tmp_path, 14), CliRunner()
    data = ["--data", str(tmp_path / "data")]
    counted = run.invoke(mutuals, ["import", "archive", *data, "--dry-run", "--json", str(path)])
    assert '"tweets":14' in counted.stdout.replace(" ", "").replace("\n", "")
    assert not (tmp_path / "data").exists()
    done = run.invoke(mutuals, ["import", "archive", *data, str(path)])
    assert "14 interactions" in done.stdout


def test_the_command_says_in_a_sentence_what_is_wrong(tmp_path: Path) -> None:
    failed = CliRunner().invoke(
        mutuals, ["import", "archive", "--data", str(tmp_path / "d"), str(tmp_path / "none.zip")]
    )
    assert isinstance(failed.exception, SourceError)
    assert "There is no file" in failed.exception.message


def test_a_former_handle_from_the_archive_is_the_owner_on_pages_too(stores: Stores, tmp_path: Path) -> None:
    names = {"changedAt": "2024-06-01T09:00:00.000Z", "changedFrom": "ada_before", "changedTo": "adaquill"}
    change = {"screenNameChange": {"accountId": OWNER, "screenNameChange": names}}
    path = write_archive(tmp_path / "a.zip", {"screen-name-change.js": script("screen_name_change", [change])})
    job(stores, tmp_path).run(path)
    bare = Interaction("out", "quote", NOW - 60, "12", handle="ada_before", source="dom")
    stores.ledger.record(OWNER, Understanding("dom", interactions=[bare]), NOW)
    assert stores.ledger.find(OWNER, handle="ada_before") is None
    assert stores.ledger.find(OWNER, handle="adaquill") == OWNER
