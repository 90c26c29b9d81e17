"""`mutuals doctor` says which of X's clients drew the page, and what the extension missed on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.settings import Settings
from companion.store.page_health import FILE
from tests.companion.cli.runs import run
from tests.companion_process import CompanionProcess


@pytest.mark.parametrize(
    ("body", "says", "well"),
    [
        ('{"at": 1, "client": "classic"}', "was drawn by its usual client", True),
        ('{"at": 1, "client": "x-web"}', "was drawn by its new client (x-web)", False),
        ('{"at": 1, "client": null}', "a client that does not say which", True),
        (
            '{"at": 1, "client": "classic", "missing": [{"place": "post", "page": "home", "since": 1}]}',
            "X changed: post has been missing on its home page since",
            False,
        ),
    ],
)
def test_doctor_names_the_client_that_drew_the_page_and_what_was_missed(
    tmp_path: Path, body: str, says: str, well: bool
) -> None:
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir(mode=0o700)
    (settings.data / FILE).write_text(body)
    done = run(settings.data, "doctor", "--port", str(CompanionProcess(settings.data).port))
    assert says in done.out
    assert (done.code == 0) is well
