"""The package is whole: installed as a wheel, far from any checkout, every command works; the sdist holds all."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import sysconfig
import tarfile
import time
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from companion import __version__
from companion.settings import Settings
from companion.store.account import Account
from companion.stores import Stores
from scripts.packages import Distributions, pack, store_zip, tracked
from tests.companion.web.town import settle
from tests.companion_process import ROOT, free_port
from tests.replica.people import ADA, WREN

PAGE = """<!doctype html><html><body><main role="main"><article data-testid="tweet">
<div data-testid="User-Name"><a href="/wrenwrites"><span>Wren</span></a>
<a href="/wrenwrites" tabindex="-1">@wrenwrites</a></div>
<div data-testid="tweetText" lang="en" dir="auto">Tea and ink</div>
<a href="/wrenwrites/status/1966500000000000001"><time datetime="2025-09-12T12:00:00.000Z">1h</time></a>
</article></main></body></html>"""


SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def installed(wheel: Path, folder: Path) -> Path:
    """Install a wheel into a clean environment that has this one's dependencies; return its `mutuals` command."""
    venv.create(folder, with_pip=False)
    command = [sys.executable, "-m", "pip", "--python", str(folder / SCRIPTS / "python"), "install", "--quiet"]
    subprocess.run([*command, "--no-deps", "--no-index", str(wheel)], cwd=folder, check=True)
    scheme = "nt" if os.name == "nt" else "posix_prefix"
    packages = Path(sysconfig.get_path("purelib", scheme, {"base": str(folder), "platbase": str(folder)}))
    # A path in a .pth file is only added: the editable install that lies there is not taken up.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / SCRIPTS / "mutuals"


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    return Distributions.made_in(tmp_path_factory.mktemp("distributions"))


@pytest.fixture(scope="module")
def command(distributions: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(distributions.wheel, tmp_path_factory.mktemp("installed") / "environment")


class Installed:
    """The installed command, run in an empty folder."""

    def __init__(self, command: Path, folder: Path) -> None:
        self.command, self.folder, self.data = command, folder, folder / "data"
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def __call__(self, *arguments: str) -> str:
        """Run a command on the data folder and return what it printed."""
        done = subprocess.run(self._words(arguments), cwd=self.folder, env=self._environment, capture_output=True,
                              text=True, check=False)  # fmt: skip
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def started(self, port: int) -> subprocess.Popen[str]:
        """Start the companion and return once it said that it is ready."""
        process = subprocess.Popen(self._words(["start", "--port", str(port)]), cwd=self.folder, env=self._environment,
                                   text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "is ready on http://" in line:
                return process
        raise AssertionError(said)

    def _words(self, arguments: tuple[str, ...] | list[str]) -> list[str]:
        return [str(self.command), *arguments, "--data", str(self.data)]


@pytest.fixture
def mutuals(command: Path, tmp_path: Path) -> Installed:
    return Installed(command, tmp_path)


def test_the_installed_package_is_the_wheels_own(command: Path, tmp_path: Path) -> None:
    program = "import companion, companion.cli.main; print(companion.__file__)"
    where = subprocess.run(
        [str(command.parent / "python"), "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert Path(where).is_relative_to(command.parent.parent)
    assert not Path(where).is_relative_to(ROOT)


def test_a_saved_page_is_read_without_a_checkout(mutuals: Installed) -> None:
    (mutuals.folder / "page.html").write_text(PAGE, encoding="utf-8")
    told = json.loads(mutuals("read", "--json", "page.html"))
    assert [person["handle"] for person in told["people"]] == ["wrenwrites"]
    assert [post["text"] for post in told["posts"]] == ["Tea and ink"]


def test_notes_go_in_and_come_out_again(mutuals: Installed) -> None:
    (mutuals.folder / "notes.csv").write_text("handle,note,tags\nwrenwrites,Paper,friend\n", encoding="utf-8")
    assert "New: 1" in mutuals("import", "notes", "notes.csv")
    for ending in ("json", "csv", "vcf", "md"):
        mutuals("export", f"all.{ending}")
        assert "Paper" in (mutuals.folder / f"all.{ending}").read_text(encoding="utf-8")
    second = Installed(mutuals.command, mutuals.folder / "second")
    second.folder.mkdir()
    second("import", "mutuals", "../all.json")
    second("export", "again.csv")
    assert "Paper" in (second.folder / "again.csv").read_text(encoding="utf-8")


def test_a_person_is_vetted_by_the_lists_in_the_package(mutuals: Installed) -> None:
    stores = Stores.open(Settings(data=mutuals.data))
    settle(Account(stores.notebook, stores.ledger, ADA.id), int(time.time()))
    stores.close()
    report = json.loads(mutuals("vet", "--json", f"@{WREN.handle}"))
    assert (report["handle"], report["verdict"] is not None) == (WREN.handle, True)
    mutuals("vet", "--lists")
    assert list(mutuals.data.rglob("*words*.json"))


class Page(NamedTuple):
    status: int
    text: str


class Dashboard:
    """A browser of the dashboard: it knows where *.localhost is, which not every system's resolver does."""

    def __init__(self, port: int, host: str) -> None:
        self.port, self.headers = port, {"Host": host}

    def get(self, address: str) -> Page:
        """Return a page, and keep the cookie that it sets."""
        parts = urlsplit(address)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=self.headers)
        response = connection.getresponse()
        text = response.read().decode()
        if cookie := response.getheader("Set-Cookie"):
            self.headers["Cookie"] = cookie.partition(";")[0]
        connection.close()
        return Page(response.status, text)


@pytest.mark.kill
def test_it_starts_serves_its_dashboard_and_is_well(mutuals: Installed) -> None:
    port = free_port()
    process = mutuals.started(port)
    try:
        assert "a companion answers" in mutuals("doctor", "--port", str(port))
        address = mutuals("open", "--print").split()[-1]
        browser = Dashboard(port, urlsplit(address).netloc)
        assert browser.get(address).status == 200
        page = browser.get("/web/pictures")
        assert page.status == 200
        style = next(part for part in page.text.split('"') if part.endswith("/dashboard.css"))
        assert "color-scheme" in browser.get(style).text
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_every_file_of_the_package_is_in_the_wheel(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    extension = {f"companion/{name}" for name in tracked() if name.startswith("extension/")}
    assert packed == {name for name in tracked() if name.startswith("companion/")} | extension


def test_the_package_says_what_it_is_and_its_readme_is_the_projects(distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as wheel:
        told = wheel.read(f"mutuals-{__version__}.dist-info/METADATA").decode()
    assert "Requires-Python: >=3.11" in told
    assert "Classifier: Operating System :: Microsoft :: Windows" in told
    assert (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[2] in told


def test_on_an_index_page_the_readmes_links_lead_to_the_repository(tmp_path: Path) -> None:
    made = Distributions.made_in(tmp_path, repository="https://example.com/ada/mutuals")
    with zipfile.ZipFile(made.wheel) as wheel:
        told = wheel.read(f"mutuals-{__version__}.dist-info/METADATA").decode()
    assert "Project-URL: Changelog, https://example.com/ada/mutuals/blob/HEAD/CHANGELOG.md" in told
    assert "](https://example.com/ada/mutuals/raw/HEAD/docs/card-light.png)" in told
    assert "](docs/" not in told


def test_the_installed_command_lays_out_the_whole_extension(mutuals: Installed) -> None:
    folder = mutuals.folder / "there"
    assert str(folder) in mutuals("extension", str(folder))
    laid = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    ours = {name.removeprefix("extension/") for name in tracked() if name.startswith("extension/")}
    assert laid == ours | {"VERSION"}


def test_the_source_distribution_holds_what_git_does(distributions: Distributions) -> None:
    with tarfile.open(distributions.sdist) as archive:
        packed = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    made = {name for name in packed if name in ("PKG-INFO", "setup.cfg") or name.startswith("mutuals.egg-info/")}
    assert packed - made == tracked()


def test_nothing_in_the_package_reads_above_its_own_folder() -> None:
    """A path two folders up is the repository in a checkout, and somebody else's folder in an installation."""
    sources = {name: (ROOT / name).read_text(encoding="utf-8") for name in tracked() if name.startswith("companion/")
               and name.endswith(".py")}  # fmt: skip
    assert [name for name, text in sources.items() if "__file__" in text and ".parents" in text] == []


def test_packing_writes_the_packages_and_a_zip_for_each_store(tmp_path: Path) -> None:
    names = {path.name for path in pack(tmp_path / "dist")}
    zips = {f"mutuals-{store}-{__version__}.zip" for store in ("chrome", "firefox")}
    assert names == {f"mutuals-{__version__}.tar.gz", f"mutuals-{__version__}-py3-none-any.whl", *zips}
    for name in zips:
        with zipfile.ZipFile(tmp_path / "dist" / name) as packed:
            assert json.loads(packed.read("manifest.json"))["version"] == __version__
            assert {f"extension/{one}" for one in packed.namelist()} == {
                name for name in tracked() if name.startswith("extension/")
            }


def test_the_same_extension_gives_the_same_bytes(tmp_path: Path) -> None:
    store_zip(tmp_path / "one.zip")
    store_zip(tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
