"""Importing an archive from the dashboard: sent in pieces, read in the background, every fault a sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from companion.access.headers import FORM_BYTES, FORM_HEADER, cookie_name
from companion.server.app import create_app
from companion.settings import DEFAULT_PORT, Settings
from companion.sources.archive import reader
from companion.sources.archive.importing import Progress
from companion.stores import Stores
from companion.web.imports.archive_page import IMPORTER
from companion.web.imports.job import Importer
from companion.web.imports.uploads import KEPT_SECONDS
from tests.companion.conftest import NOW
from tests.companion.sources.archive.archives import OWNER, mention, script, tweet, write_archive
from tests.companion.web.browser import BASE, NAME


@dataclass
class Dashboard:
    """A dashboard that was entered, and its importer."""

    settings: Settings
    stores: Stores

    def __post_init__(self) -> None:
        self.app = create_app(self.settings, self.stores, lambda: NOW)
        self.stores.sessions.name = NAME
        self.client = self.app.test_client()
        self.client.get(f"/web/enter/{self.stores.sessions.issue(NOW)}", base_url=BASE)
        cookie = self.client.get_cookie(cookie_name(DEFAULT_PORT), path="/web", domain=NAME)
        self.token = self.stores.sessions.form_token(cookie.value if cookie else "")

    @property
    def job(self) -> Importer:
        found: Importer = self.app.extensions[IMPORTER]
        return found

    def post(self, path: str, expect: int = 200, **fields: object) -> dict[str, object]:
        """Send a form of the page's script."""
        data = {"form_token": self.token, **{name: str(value) for name, value in fields.items()}}
        answer = self.client.post(f"/web/import/{path}", base_url=BASE, data=data)
        assert answer.status_code == expect, answer.get_data(as_text=True)
        told: dict[str, object] = json.loads(answer.get_data())
        return told

    def begin(self, path: Path, expect: int = 200) -> dict[str, object]:
        size = path.stat().st_size
        return self.post("begin", expect, name=path.name, size=size, modified=7, sending=size)

    def part(self, upload: object, offset: int, piece: bytes, expect: int = 200, token: str | None = None) -> object:
        answer = self.client.post(
            f"/web/import/part?upload={upload}&offset={offset}", base_url=BASE, data=piece,
            headers={FORM_HEADER: self.token if token is None else token, "Content-Type": "application/octet-stream"},
        )  # fmt: skip
        assert answer.status_code == expect, answer.get_data(as_text=True)
        return json.loads(answer.get_data())["have" if expect == 200 else "message"]

    def state(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.client.get("/web/import/state", base_url=BASE).get_data())
        return told

    def ended(self) -> dict[str, object]:
        """Wait for the reading's end."""
        if self.job._thread is not None:
            self.job._thread.join()
        return self.state()

    def send(self, path: Path) -> dict[str, object]:
        """Send a whole file in two pieces and wait for its end."""
        upload, content = self.begin(path), path.read_bytes()
        half = len(content) // 2 or 1
        self.part(upload["id"], 0, content[:half])
        if content[half:]:
            self.part(upload["id"], half, content[half:])
        return self.ended()


@pytest.fixture
def dashboard(tmp_path: Path) -> Iterator[Dashboard]:
    settings = Settings(data=tmp_path / "data")
    stores = Stores.open(settings)
    yield Dashboard(settings, stores)
    stores.close()


def archive(folder: Path, count: int = 21, name: str = "twitter-2026.zip") -> Path:
    records = [
        tweet(
            str(1_900_000_000_000_000_000 + number), f"hello @p{number % 7}",
            f"Fri Mar {number % 28 + 1:02} 13:02:05 +0000 2026",
            entities={"user_mentions": [mention(str(50 + number % 7), f"p{number % 7}", 6)], "urls": []},
        )
        for number in range(count)
    ]  # fmt: skip
    return write_archive(folder / name, {"tweets.js": script("tweets", records)})


def test_an_archive_sent_in_pieces_is_imported_and_its_file_is_gone(dashboard: Dashboard, tmp_path: Path) -> None:
    told = dashboard.send(archive(tmp_path))
    assert told["phase"] == "done", told
    assert ["New interactions", "21"] in told["counts"]  # type: ignore[operator]
    assert dashboard.stores.ledger.counts(OWNER).interactions == 21
    assert not dashboard.settings.uploads_path.exists()
    page = dashboard.client.get("/web/import", base_url=BASE).get_data(as_text=True)
    assert "twitter-2026.zip" in page
    assert "@adaquill" in page


def test_importing_it_again_finds_nothing_new(dashboard: Dashboard, tmp_path: Path) -> None:
    dashboard.send(archive(tmp_path))
    assert ["New interactions", "0"] in dashboard.send(archive(tmp_path))["counts"]  # type: ignore[operator]


def test_what_the_page_leaves_out_is_not_needed(dashboard: Dashboard, tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.zip", {
        "tweets.js": script("tweets", [tweet("1900000000000000001", "hi @p", entities={
            "user_mentions": [mention("50", "p", 3)], "urls": []})]),
        "tweets_media/film.mp4": os.urandom(300_000),
        "like.js": script("like", []),
    })  # fmt: skip
    content = path.read_bytes()
    hole = content.index(b"data/tweets_media/film.mp4") - 30
    upload = dashboard.begin(path)
    dashboard.part(upload["id"], 0, content[:hole])
    dashboard.part(upload["id"], hole + 300_000, content[hole + 300_000 :])
    told = dashboard.ended()
    assert (told["phase"], told["problems"]) == ("done", [])
    assert dashboard.stores.ledger.counts(OWNER).interactions == 1


def test_sending_goes_on_where_it_was_stopped_even_after_a_restart(dashboard: Dashboard, tmp_path: Path) -> None:
    path = archive(tmp_path)
    content, first = path.read_bytes(), dashboard.begin(path)
    dashboard.part(first["id"], 0, content[:100])
    again = Dashboard(dashboard.settings, dashboard.stores)
    assert again.state()["phase"] == "receiving"
    upload = again.begin(path)
    assert upload == {"id": first["id"], "have": 100}
    again.part(upload["id"], 100, content[100:])
    assert again.ended()["phase"] == "done"


def test_a_piece_that_comes_twice_is_refused_and_told_how_far_it_is(dashboard: Dashboard, tmp_path: Path) -> None:
    path = archive(tmp_path)
    upload, content = dashboard.begin(path), path.read_bytes()
    dashboard.part(upload["id"], 0, content[:100])
    assert dashboard.part(upload["id"], 0, content[:100], expect=409) == "This piece is here already."
    assert "part of the file" in str(dashboard.part(upload["id"], 100, content + content, expect=422))
    assert "Another upload" in str(dashboard.part("other", 100, content, expect=409))
    assert dashboard.part(upload["id"], 100, content[100:]) == len(content)


def test_a_stopped_reading_goes_on_or_is_thrown_away(
    dashboard: Dashboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "CHUNK", 5)
    with monkeypatch.context() as patch:
        patch.setattr(dashboard.job, "_report", lambda _progress: dashboard.job.stop())
        assert dashboard.send(archive(tmp_path))["phase"] == "stopped"
    assert 0 < dashboard.stores.ledger.counts(OWNER).interactions < 21
    assert dashboard.post("go_on")["phase"] in ("reading", "done")
    assert dashboard.ended()["phase"] == "done"
    assert dashboard.stores.ledger.counts(OWNER).interactions == 21
    assert "no whole archive" in str(dashboard.post("go_on", 404)["message"])


def test_what_lay_whole_when_the_companion_ended_can_go_on_after_its_restart(
    dashboard: Dashboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard.job, "_report", lambda _progress: dashboard.job.stop())
    dashboard.send(archive(tmp_path))
    again = Dashboard(dashboard.settings, dashboard.stores)
    assert again.state()["phase"] == "stopped"
    again.post("go_on")
    assert again.ended()["phase"] == "done"
    assert not dashboard.settings.uploads_path.exists()


def test_an_upload_that_nobody_went_on_with_is_removed_after_a_day(dashboard: Dashboard, tmp_path: Path) -> None:
    dashboard.begin(archive(tmp_path))
    old = NOW - KEPT_SECONDS - 1
    os.utime(dashboard.settings.uploads_path / "upload.json", (old, old))
    assert Dashboard(dashboard.settings, dashboard.stores).state()["phase"] == "nothing"
    assert not dashboard.settings.uploads_path.exists()


def test_the_archive_of_another_account_is_asked_about_first(dashboard: Dashboard, tmp_path: Path) -> None:
    dashboard.stores.ledger.owner_for("1000002", "adaworks", NOW)
    told = dashboard.send(archive(tmp_path))
    assert told["phase"] == "asking"
    assert "@adaquill" in str(told["message"])
    assert dashboard.stores.ledger.owners() == ["1000002"]
    dashboard.post("discard")
    assert dashboard.state()["phase"] == "nothing"
    assert not dashboard.settings.uploads_path.exists()
    dashboard.send(archive(tmp_path))
    dashboard.post("go_on")
    assert dashboard.ended()["phase"] == "done"


def bomb(folder: Path) -> Path:
    return write_archive(folder / "b.zip", {"tweets.js": "window.YTD.tweets.part0 = [" + " " * 5_000_000 + "]"})


def damaged(folder: Path) -> Path:
    path = archive(folder)
    content = bytearray(path.read_bytes())
    at = content.index(b"data/tweets.js") + 60
    content[at : at + 200] = bytes(200)
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"this is no zip at all", "not a whole zip"),
        (b"PK\x05\x06" + bytes(18), "not X's archive"),
        (b"PK\x03\x04" + bytes(400), "not a whole zip"),
    ],
)
def test_what_is_no_archive_is_said_in_a_sentence_and_nothing_stays(
    dashboard: Dashboard, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "holiday photos.zip"
    path.write_bytes(content)
    told = dashboard.send(path)
    assert told["phase"] == "failed"
    assert said in str(told["message"])
    assert "holiday_photos.zip" in str(told["message"])
    assert dashboard.stores.ledger.owners() == []
    assert not dashboard.settings.uploads_path.exists()


def test_a_cut_off_download_is_said_to_be_one(dashboard: Dashboard, tmp_path: Path) -> None:
    path = archive(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    assert "download it again" in str(dashboard.send(path)["message"])


@pytest.mark.parametrize(("make", "said"), [(bomb, "unpacks to"), (damaged, "damaged")])
def test_a_bad_member_is_listed_and_passed_over(dashboard: Dashboard, tmp_path: Path, make: object, said: str) -> None:
    assert callable(make)
    told = dashboard.send(make(tmp_path))
    assert told["phase"] == "done"
    assert any(said in str(one) for one in told["problems"]), told  # type: ignore[attr-defined]


def test_names_that_reach_out_of_the_folder_do_not(dashboard: Dashboard, tmp_path: Path) -> None:
    dashboard.post("begin", name="../../../evil\x00.zip", size=9, modified=1, sending=9)
    upload = dashboard.job.uploads.current
    assert upload is not None
    dashboard.part(upload.id, 0, b"abc")
    assert {one.name for one in dashboard.settings.uploads_path.iterdir()} == {"upload.json", "_________evil_.zip"}
    assert {one.stat().st_mode & 0o077 for one in dashboard.settings.uploads_path.iterdir()} == {0}


def test_sizes_that_make_no_sense_and_too_little_room_are_sentences(dashboard: Dashboard) -> None:
    assert "empty" in str(dashboard.post("begin", 422, name="a.zip", size=0, modified=1, sending=0)["message"])
    assert "number" in str(dashboard.post("begin", 422, name="a.zip", size="-1", modified=1, sending=1)["message"])
    told = dashboard.post("begin", 500, name="a.zip", size=2**40, modified=1, sending=2**40)
    assert "Make room" in str(told["message"])


def test_a_piece_needs_the_cookie_and_the_token(dashboard: Dashboard, tmp_path: Path) -> None:
    upload = dashboard.begin(archive(tmp_path))
    assert "form" in str(dashboard.part(upload["id"], 0, b"x", expect=403, token="guess"))
    stranger = dashboard.app.test_client()
    headers = {FORM_HEADER: dashboard.token}
    assert stranger.post("/web/import/part", base_url=BASE, data=b"x", headers=headers).status_code == 403
    for path in ("begin", "stop", "go_on", "discard"):
        assert dashboard.client.post(f"/web/import/{path}", base_url=BASE).status_code == 403
        large = {"form_token": dashboard.token, "name": "x" * FORM_BYTES}
        assert dashboard.client.post(f"/web/import/{path}", base_url=BASE, data=large).status_code == 413
    assert dashboard.job.uploads.have == 0


def test_closing_the_stores_ends_the_reading_first_and_keeps_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data=tmp_path / "data")
    dashboard = Dashboard(settings, Stores.open(settings))
    reading, closed = Event(), Event()

    def report(_progress: Progress) -> None:
        reading.set()
        assert dashboard.job._stopping.wait(20)
        assert not closed.is_set(), "the stores were closed under the import"

    monkeypatch.setattr(reader, "CHUNK", 5)
    monkeypatch.setattr(dashboard.job, "_report", report)
    path = archive(tmp_path)
    upload = dashboard.begin(path)
    dashboard.part(upload["id"], 0, path.read_bytes())
    assert reading.wait(20)
    dashboard.stores.before_closing.append(closed.set)
    dashboard.stores.close()
    assert dashboard.job.status.phase == "stopped"
    again = Stores.open(settings)
    assert 0 < again.ledger.counts(OWNER).interactions < 21
    again.close()


def test_a_script_whose_session_has_ended_gets_json_and_a_person_a_page(dashboard: Dashboard) -> None:
    stranger = dashboard.app.test_client()
    script_reply = stranger.get("/web/import/state", base_url=BASE, headers={"Accept": "application/json"})
    assert (script_reply.status_code, script_reply.mimetype) == (403, "application/json")
    assert json.loads(script_reply.get_data())["error"] == "session"
    page = stranger.get("/web/import", base_url=BASE, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (403, "text/html")
    assert "mutuals open" in page.get_data(as_text=True)
