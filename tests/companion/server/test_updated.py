"""Files that an update replaces under a running companion: a page says so, and it ends for its service to start."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from werkzeug.test import Client

import companion
from companion.cli.exit_codes import UPDATED, exit_code
from companion.install.plan import Service, systemd_unit
from companion.server.app import whole_of
from companion.server.updated import Installed, UpdatedError
from tests.companion.conftest import House
from tests.companion_process import free_port

ROOT = Path(companion.__file__).parent.parent


@pytest.fixture
def ended(house: House, tmp_path: Path) -> list[str]:
    """How often the companion was told to end; its installation is a file of this test."""
    marker = tmp_path / "marker.py"
    marker.write_text("1")
    told: list[str] = []
    whole_of(house.app).flask.installed = Installed(marker, lambda: told.append("end"))
    return told


def test_nothing_is_said_or_ended_while_the_files_are_the_same(house: House, ended: list[str]) -> None:
    assert Client(house.app).get("/web/circles").status_code != 503
    assert ended == []


@pytest.mark.parametrize("change", ["written", "gone"])
def test_a_page_that_says_so_comes_instead_of_one_of_two_versions(
    house: House, ended: list[str], tmp_path: Path, change: str
) -> None:
    marker = tmp_path / "marker.py"
    marker.unlink()
    if change == "written":
        marker.write_text("another version")
    page = Client(house.app).get("/web/circles")
    assert page.status_code == 503
    assert "Mutuals was updated, one moment" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert ended == ["end"]


def test_what_the_extension_asks_all_the_time_is_answered_until_the_end(
    house: House, ended: list[str], tmp_path: Path
) -> None:
    (tmp_path / "marker.py").unlink()
    assert house.raw("/v1/status").status_code == 200
    assert ended == []


def test_a_service_takes_this_end_for_none_that_is_final() -> None:
    final = re.search("RestartPreventExitStatus=(.*)", systemd_unit(Service(("mutuals",), 17653, None, Path("log"))))
    assert final
    assert exit_code(UpdatedError("x")) == UPDATED
    assert str(UPDATED) not in final[1].split()


@pytest.mark.kill
def test_a_real_companion_ends_in_good_order_when_its_package_was_replaced(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "companion", tmp_path / "program/companion", ignore=shutil.ignore_patterns("__pycache__"))
    port, data = free_port(), tmp_path / "data"
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "program"), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-P", "-m", "companion", "start", "--port", str(port), "--data", str(data)]
    with subprocess.Popen(
        words, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert any("is ready" in line for line in process.stdout)
        marker = tmp_path / "program/companion/__init__.py"
        marker.write_text(marker.read_text(encoding="utf-8") + "# another version\n", encoding="utf-8")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/web/circles")
        assert connection.getresponse().status == 503
        connection.close()
        _, told = process.communicate(timeout=60)
    assert process.returncode == UPDATED
    assert "Mutuals was updated and has ended" in told
