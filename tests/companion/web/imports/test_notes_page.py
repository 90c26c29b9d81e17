"""Bringing other tools' notes on the dashboard: looked at first, taken in as one step, taken back as one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.access.headers import FORM_HEADER
from companion.settings import Settings
from companion.stores import Stores
from companion.web.imports.uploads import PART_BYTES
from tests.companion.conftest import NOW
from tests.companion.web.browser import BASE
from tests.companion.web.imports.test_archive_page import Dashboard

TABLE = b"handle,note,tags\nwrenwrites,Paper,friend\ninesmakes,Lamps,\n"


@pytest.fixture
def dashboard(tmp_path: Path) -> Iterator[Dashboard]:
    settings = Settings(data=tmp_path / "data")
    stores = Stores.open(settings)
    stores.ledger.owner_for("1000001", "adaquill", NOW)
    yield Dashboard(settings, stores)
    stores.close()


def look(dashboard: Dashboard, data: bytes = TABLE, expect: int = 200, token: str | None = None) -> str:
    """Send a file and return the page of what it would change, or what was said against it."""
    headers = {FORM_HEADER: dashboard.token if token is None else token, "Content-Type": "application/octet-stream"}
    answer = dashboard.client.post("/web/import/notes/look?name=notes.csv", base_url=BASE, data=data, headers=headers)
    assert answer.status_code == expect, answer.get_data(as_text=True)
    told = json.loads(answer.get_data())
    return str(told["address"] if expect == 200 else told["message"])


def shown(dashboard: Dashboard, address: str = "/web/import/notes", expect: int = 200) -> str:
    answer = dashboard.client.get(address, base_url=BASE)
    assert answer.status_code == expect
    return answer.get_data(as_text=True)


def send(dashboard: Dashboard, path: str, expect: int = 303, **fields: str) -> str:
    """Send a form and return where it leads."""
    answer = dashboard.client.post(f"/web/{path}", base_url=BASE, data={"form_token": dashboard.token, **fields})
    assert answer.status_code == expect
    return answer.headers.get("Location", "")


def texts(dashboard: Dashboard) -> dict[str, str]:
    notebook = dashboard.stores.notebook
    return {pid: note.text for pid in notebook.people() if (note := notebook.about(pid).note)}


def test_a_file_is_looked_at_first_and_stores_nothing(dashboard: Dashboard) -> None:
    dashboard.stores.notebook.write("op-1", "note", "@inesmakes", {"text": "Mine"}, None, NOW, "1000001")
    page = shown(dashboard, look(dashboard))
    assert "Nothing is stored yet" in page
    assert re.search(r'aria-current="true">Import</a>', page), "the page belongs to the import"
    assert "beside yours" in page
    assert page.index("@wrenwrites") < page.index("@inesmakes"), "what is new comes first"
    assert texts(dashboard) == {"@inesmakes": "Mine"}


def test_taking_it_in_is_one_step_that_is_taken_back_as_one(dashboard: Dashboard) -> None:
    dashboard.stores.notebook.write("op-1", "note", "@inesmakes", {"text": "Mine"}, None, NOW, "1000001")
    after = send(dashboard, "import/notes/take", look=look(dashboard).partition("look=")[2])
    assert texts(dashboard)["@wrenwrites"] == "Paper"
    assert texts(dashboard)["@inesmakes"].startswith("Mine\n\n")
    assert "Took in notes about 2 people from notes.csv." in shown(dashboard, after)
    assert "There is nothing new in it." in shown(dashboard, look(dashboard))
    send(dashboard, "undo", undo=after.partition("undo=")[2])
    assert texts(dashboard) == {"@inesmakes": "Mine"}
    assert "Taken in last" not in shown(dashboard)


def test_an_import_of_the_past_can_be_taken_back_later(dashboard: Dashboard) -> None:
    send(dashboard, "import/notes/take", look=look(dashboard).partition("look=")[2])
    again = Dashboard(dashboard.settings, dashboard.stores)
    assert "Taken in last" in shown(again)
    assert "Taken back." in shown(again, send(again, "import/notes/back"))
    assert texts(dashboard) == {}
    send(again, "import/notes/back", expect=404)


def test_the_undo_on_the_page_takes_back_that_import_and_no_later_one(dashboard: Dashboard) -> None:
    first = send(dashboard, "import/notes/take", look=look(dashboard).partition("look=")[2])
    send(dashboard, "import/notes/take", look=look(dashboard, b"handle,note\ntomoreads,Rain\n").partition("look=")[2])
    send(dashboard, "undo", undo=first.partition("undo=")[2])
    assert texts(dashboard) == {"@tomoreads": "Rain"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{broken", "damaged or cut off"),
        (b"\x89PNG\x00", "not text in UTF-8"),
        (b"colour,size\nred,7\n", "not an export that Mutuals knows"),
    ],
)
def test_what_is_no_tools_file_is_refused_in_a_sentence(dashboard: Dashboard, data: bytes, said: str) -> None:
    assert said in look(dashboard, data, expect=422)


def test_a_file_needs_the_forms_token_and_a_sensible_size(dashboard: Dashboard) -> None:
    assert "form" in look(dashboard, expect=403, token="guess")
    assert "mutuals import notes" in look(dashboard, b"x" * (PART_BYTES + 1), expect=422)
    assert "looked at too long ago" in shown(dashboard, "/web/import/notes?look=nothing", expect=404)


def test_what_another_tool_kept_is_shown_as_text(dashboard: Dashboard) -> None:
    page = shown(dashboard, look(dashboard, b'handle,note\nwrenwrites,"<script>alert(1)</script>"\n'))
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_conflicts_are_counted_and_explained_and_without_any_there_is_no_word_of_them(dashboard: Dashboard) -> None:
    words = "the other text goes below yours under a dated line"
    assert words not in shown(dashboard, look(dashboard))
    dashboard.stores.notebook.write("op-1", "note", "@inesmakes", {"text": "Mine"}, None, NOW, "1000001")
    page = shown(dashboard, look(dashboard))
    assert words in page
    assert "<dt>Something else is here</dt><dd>1</dd>" in page
