"""An archive is looked at before anything is stored, where that is asked for, and its import can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from companion.settings import Settings
from companion.sources.archive.reader import ArchiveReader
from companion.stores import Stores
from companion.web.imports.job import LOOKED
from tests.companion.sources.archive.archives import OWNER
from tests.companion.web.browser import BASE, Page
from tests.companion.web.imports.test_archive_page import Dashboard, archive


@pytest.fixture
def dashboard(tmp_path: Path) -> Iterator[Dashboard]:
    settings = Settings(data=tmp_path / "data")
    stores = Stores.open(settings)
    yield Dashboard(settings, stores)
    stores.close()


def test_it_is_looked_at_first_where_that_is_asked_for(dashboard: Dashboard, tmp_path: Path) -> None:
    path = archive(tmp_path)
    upload = dashboard.post("begin", name=path.name, size=path.stat().st_size, modified=7, sending=1, look=1)
    dashboard.part(upload["id"], 0, path.read_bytes())
    told = dashboard.ended()
    assert (told["phase"], told["message"]) == ("asking", LOOKED)
    assert ["Posts", "21"] in told["counts"]  # type: ignore[operator]
    assert dashboard.stores.ledger.owners() == []
    dashboard.post("go_on")
    assert dashboard.ended()["phase"] == "done"


def test_a_look_that_is_stopped_has_no_counts_and_still_asks(
    dashboard: Dashboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path)
    dashboard.job.begin(path.name, path.stat().st_size, 7, 1, look=True)
    dashboard.job.uploads.path.write_bytes(path.read_bytes())
    begun, read = Event(), ArchiveReader.read_owner

    def read_owner(one: ArchiveReader) -> None:
        begun.set()
        while not one.stopped():
            pass
        read(one)

    monkeypatch.setattr(ArchiveReader, "read_owner", read_owner)
    monkeypatch.setattr("companion.web.imports.job.account_of", lambda _path: (OWNER, "adaquill"))
    dashboard.job.begin(path.name, path.stat().st_size, 7, 1, look=True)
    begun.wait()
    assert "being read" in str(dashboard.post("go_on", expect=409)["message"])
    dashboard.post("stop")
    told = dashboard.ended()
    assert (told["phase"], told["counts"]) == ("asking", [])


def test_an_import_is_undone_from_its_line_and_can_be_made_again(dashboard: Dashboard, tmp_path: Path) -> None:
    path = archive(tmp_path)
    dashboard.send(path)
    page = Page(200, dashboard.client.get("/web/import", base_url=BASE).get_data(as_text=True), "/web/import")
    form = next(one for one in page.all("form") if (one.attributes["action"] or "").endswith("/import/undo"))
    fields = {node.attributes["name"]: node.attributes["value"] for node in form.css("input")}
    answer = dashboard.client.post("/web/import/undo", base_url=BASE, data=fields)
    assert (answer.status_code, dashboard.stores.ledger.owners()) == (303, [])
    assert "twitter-2026.zip" not in dashboard.client.get("/web/import", base_url=BASE).get_data(as_text=True)
    assert ["New interactions", "21"] in dashboard.send(path)["counts"]  # type: ignore[operator]
