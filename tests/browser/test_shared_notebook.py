"""A team of two: what one writes in her browser is on the other's card, in his browser, while both keep their pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.share.membership import last_meeting
from companion.share.postgres import admin
from tests.browser.chromium import Chromium, start_chromium
from tests.browser.devtools import until
from tests.browser.house import House
from tests.browser.options import OptionsPage
from tests.browser.pages import XPage
from tests.companion.cli.runs import run
from tests.companion_process import CompanionProcess
from tests.postgres_server import Server
from tests.replica.server import Replica


@pytest.fixture
def kens(tmp_path: Path, replica: Replica) -> Iterator[tuple[CompanionProcess, Chromium]]:
    """Ken's companion, and his own browser that is paired with it."""
    with CompanionProcess(tmp_path / "ken") as companion:
        browser = start_chromium(replica)
        page = OptionsPage(browser)
        page.open()
        page.set_port(companion.port)
        page.pair(companion.open_pairing())
        yield companion, browser
        browser.quit()


def test_a_note_written_in_one_browser_is_on_the_open_card_in_the_other_without_a_reload(
    x: XPage, house: House, kens: tuple[CompanionProcess, Chromium], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    companion, browser = kens
    ines, ken = server.login(), server.login()
    database = server.database(ines, ken)
    with server.admin(database) as session:
        admin.create(session, [(ines, "owner"), (ken, "member")], portable=False)
    monkeypatch.setenv("MUTUALS_PASSPHRASE", "four plain words here")
    for data, login in ((house.process.data, ines), (companion.data, ken)):
        assert run(data, "share", "join", server.place(login, database, socket=True)).code == 0
    theirs = XPage(browser)
    theirs.open_profile("wrenwrites")
    until(lambda: last_meeting(companion.settings).at > 0, "the first meeting", 60)
    theirs.go("/tomoreads")
    theirs.go("/wrenwrites")  # the card of a notebook that is shared by now; it stays open from here on
    assert theirs.card().note() == ""
    card = x.open_profile("wrenwrites")
    card.write("Promised her the Abeokuta interview.")
    card.saved()
    there = theirs.card()
    until(lambda: there.note() == "Promised her the Abeokuta interview.", "the note on the other's open card", 60)
    card.write("She sent the questions.")
    card.saved()
    until(lambda: there.note() == "She sent the questions.", "its next text", 60)
