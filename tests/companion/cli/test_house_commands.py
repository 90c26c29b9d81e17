"""The commands around the running companion: pair, clients, unpair, open, doctor, read; sentences and exit codes."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import click
import pytest

from companion.access.clients import Clients
from companion.cli.options import holder
from companion.settings import Settings
from companion.store.lock import acquire_lock
from companion.stores import Stores, sessions
from tests.companion.cli.runs import Done, run
from tests.companion_process import ORIGIN, ROOT, CompanionProcess
from tests.x_json import UserFacts, user_json
from tests.x_timeline import profile_json

WREN = UserFacts("2000001", "wrenwrites", "Wren Okafor", follows_me=True)


def well(done: Done) -> str:
    """The command succeeded; return what it printed."""
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    return done.out


def told(done: Done, code: int) -> str:
    """The command failed with this code and one sentence; return it."""
    assert done.code == code, f"{done.code}: {done.out}{done.err}"
    assert "Traceback" not in done.err
    return done.err


def test_pair_prints_a_code_that_the_running_companion_takes(tmp_path: Path) -> None:
    with CompanionProcess(tmp_path / "data") as companion:
        printed = well(run(companion.data, "pair", "--no-open"))
        code = re.search(r"Pairing code: ([2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5})\n", printed)
        assert code is not None, printed
        assert "within 15 minutes" in printed
        companion.pair(code=code[1].lower())
        assert companion.post("status", {})["api"] == 2


def test_pair_says_when_no_companion_runs(tmp_path: Path) -> None:
    done = run(tmp_path / "data", "pair")
    assert "Pairing code" in well(done)
    assert "mutuals start" in done.err


def test_clients_lists_and_unpair_shuts_out_at_once(tmp_path: Path) -> None:
    with CompanionProcess(tmp_path / "data") as companion:
        assert "No extension is paired" in well(run(companion.data, "clients"))
        companion.pair()
        assert re.search(rf"\d{{4}}-\d\d-\d\d  {ORIGIN}  test\n", well(run(companion.data, "clients")))
        assert companion.post("status", {})["api"] == 2
        assert "shut out" in well(run(companion.data, "unpair", ORIGIN))
        companion.post("status", {}, expect=401)


def test_unpair_all_and_unpair_of_a_stranger(tmp_path: Path) -> None:
    clients = Clients(tmp_path / "clients.json")
    for letter in "ab":
        clients.add(f"chrome-extension://{letter * 32}", "x", bytes(32), 1)
    assert "not paired" in told(run(tmp_path, "unpair", "chrome-extension://nobody"), 1)
    assert well(run(tmp_path, "unpair", "--all")).count("shut out") == 2
    assert clients.all() == []
    assert "one origin" in told(run(tmp_path, "unpair"), 2)


def test_a_clients_name_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    Clients(tmp_path / "clients.json").add(ORIGIN, "evil\x1b[2J\nname", bytes(32), 1)
    assert "evil?[2J?name" in well(run(tmp_path, "clients"))


def test_open_prints_a_link_that_the_running_companion_lets_in_once(tmp_path: Path) -> None:
    with CompanionProcess(tmp_path / "data") as companion:
        url = urlsplit(well(run(companion.data, "open", "--print")).strip())
        assert re.fullmatch(rf"mutuals-[0-9a-f]{{32}}\.localhost:{companion.port}", url.netloc)
        # a browser knows where *.localhost is; this program says so itself
        first = companion.send(url.path, b"", {"Host": url.netloc}, "GET")
        assert first[0] == 200
        assert "HttpOnly" in first[1]["Set-Cookie"]
        assert companion.send(url.path, b"", {"Host": url.netloc}, "GET")[0] == 403


@pytest.mark.parametrize(("opened", "printed"), [(0, False), (1, True)])
def test_open_prints_the_link_only_if_no_browser_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: int, printed: bool
) -> None:
    monkeypatch.setattr(click, "launch", lambda _url: opened)
    settings = Settings(data=tmp_path)
    sessions(settings).publish_name()
    with acquire_lock(settings.lock_path, 4711):
        assert (".localhost:4711/web/enter/" in well(run(tmp_path, "open"))) is printed


def test_open_without_a_companion_says_what_to_do(tmp_path: Path) -> None:
    assert "mutuals start" in told(run(tmp_path / "data", "open", "--print"), 6)


def test_looking_who_holds_the_folder_leaves_it_free(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert holder(settings) is None
    with acquire_lock(settings.lock_path, 4711):
        running = holder(settings)
        assert running is not None
        assert running.port == 4711
    assert holder(settings) is None


def test_doctor_on_nothing_on_a_healthy_folder_and_beside_a_running_companion(tmp_path: Path) -> None:
    data = tmp_path / "data"
    companion = CompanionProcess(data)
    port = ("--port", str(companion.port))
    assert "no data yet" in well(run(data, "doctor", *port))
    with companion:
        companion.pair()
        words = well(run(data, "doctor", *port))
        assert f"The companion runs (process {companion.pid})" in words
        assert "1 paired extension" in words
        companion.stop()
    words = well(run(data, "doctor", "--recount", *port))
    assert "The ledger is sound" in words
    assert "0 score(s) differed" in words


def test_doctor_says_what_xs_page_may_hand_over_and_that_more_came(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with CompanionProcess(data) as companion:
        companion.pair()
        port = ("--port", str(companion.port))
        assert "240 answers a minute and 20,000 a day; nothing was left out" in well(run(data, "doctor", *port))
        companion.post("sightings", {"viewer": {"id": "1000001"}, "left_out": 1234})
        done = run(data, "doctor", *port)
    assert done.code == 1
    assert "1,234 of today were left out" in done.out


def test_doctor_names_what_is_wrong_and_fails(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o755)
    (data / "clients.json").write_text("{torn")
    done = run(data, "doctor", "--port", str(CompanionProcess(data).port))
    assert done.code == 1
    assert "chmod 700" in done.out
    assert "is damaged" in done.out


def test_doctor_fails_where_a_newer_mutuals_wrote_the_data(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir(mode=0o700)
    Stores.open(settings).close()
    with closing(sqlite3.connect(settings.ledger_path)) as database, database:
        database.execute("update meta set value = '999' where key = 'schema'")
    done = run(settings.data, "doctor", "--port", str(CompanionProcess(settings.data).port))
    assert done.code == 1
    assert re.search(r"^!! .*newer", done.out, re.MULTILINE), done.out


def test_doctor_recognises_another_program_on_the_port(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=tmp_path, text=True,
    ) as other:  # fmt: skip
        try:
            assert other.stdout is not None
            port = re.search(r"port (\d+)", other.stdout.readline())
            assert port is not None
            done = run(tmp_path / "data", "doctor", "--port", port[1])
        finally:
            other.kill()
    assert done.code == 1
    assert "another program answers (SimpleHTTP" in done.out


class Refusing(BaseHTTPRequestHandler):
    """A server that answers in one of the two ways of a companion, but not in both."""

    status, policy = 403, "cross-origin"

    def do_POST(self) -> None:
        self.send_response(self.status)
        self.send_header("Cross-Origin-Resource-Policy", self.policy)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.mark.parametrize(("status", "policy"), [(403, "cross-origin"), (200, "same-origin")])
def test_doctor_takes_no_other_refusal_for_a_companion(tmp_path: Path, status: int, policy: str) -> None:
    handler = type("Handler", (Refusing,), {"status": status, "policy": policy})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = run(tmp_path / "data", "doctor", "--port", str(server.server_port))
        server.shutdown()
    assert (done.code, "another program answers (BaseHTTP" in done.out) == (1, True)


def test_read_prints_json_with_ids_and_handles(tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(profile_json(user_json(WREN))))
    printed = json.loads(well(run(None, "read", "--json", str(saved))))
    assert set(printed) == {"people", "posts", "relations", "interactions", "problems"}
    person = printed["people"][0]
    assert (person["id"], person["handle"]) == ("2000001", "wrenwrites")
    assert printed["relations"][0]["follows_me"] is True
    assert "1 people" in well(run(None, "read", str(saved)))


def test_read_goes_on_after_a_file_that_it_cannot_understand(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(profile_json(user_json(WREN))))
    bad.write_text('{"data": {"user"')
    printed = json.loads(well(run(None, "read", "--json", str(bad), str(good))))
    assert len(printed["people"]) == 1
    assert printed["problems"][0].startswith("bad.json: ")
    assert "None of the files" in told(run(None, "read", str(bad)), 7)
    assert "does not exist" in told(run(None, "read", str(tmp_path / "absent.json")), 2)


def test_the_module_is_the_command_and_help_needs_no_data() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "companion", "start", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "--data" in shown.stdout
    assert "--port" in shown.stdout


def test_a_folder_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for arguments in (("pair",), ("start", "--port", "20000")):
        done = run(tmp_path / "file" / "data", *arguments)
        assert done.code == 1
        assert done.err.startswith("Error: ")


def test_read_prints_a_line_for_each_thing_and_the_counts(tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(profile_json(user_json(WREN))))
    lines = well(run(None, "read", str(saved))).splitlines()
    person = next(line for line in lines if line.startswith("people: "))
    assert {"id=2000001", "handle=wrenwrites", "name=Wren Okafor"} <= set(person.removeprefix("people: ").split("  "))
    assert any(line.startswith("relation: ") and "follows_me=True" in line for line in lines)
    assert lines[-1] == "1 people, 0 posts, 1 relations, 0 interactions, 0 problems"


def test_read_prints_a_problem_as_its_sentence(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(profile_json(user_json(WREN))))
    bad.write_text('{"data": {"user"')
    lines = well(run(None, "read", str(bad), str(good))).splitlines()
    assert any(line.startswith("problem: bad.json: ") for line in lines)
    assert lines[-1].endswith("1 problems")
