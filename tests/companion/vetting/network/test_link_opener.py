"""Every hostile link is survived with a finding, and nothing inside the machine is ever reached."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from companion.vetting.checks.link import check_link, findings_of
from companion.vetting.findings import CAUTION, FACT, SERIOUS
from companion.vetting.network.link_opener import open_link
from companion.vetting.network.results import PROBLEMS, Opened
from tests.companion.vetting.network.farm import PUBLIC, Farm, Play, Request, bomb, running_farm
from tests.companion.vetting.people import by_code, facts, somebody


@pytest.fixture
def farm() -> Iterator[Farm]:
    with running_farm() as farm:
        yield farm


def opened(farm: Farm, url: str) -> Opened:
    found = open_link(url, farm.network())
    assert found.problem is None or found.problem in PROBLEMS
    return found


def test_a_page_is_opened_and_told_by_host_title_and_certificate(farm: Farm) -> None:
    farm.pages["/"] = lambda request: request.page("<title> Bread &amp; \n rivers </title>")
    found = opened(farm, "https://wren.example")
    assert (found.problem, found.host, found.title, found.status) == (None, "wren.example", "Bread & rivers", 200)


def test_an_answer_without_a_type_is_read_as_a_page(farm: Farm) -> None:
    farm.pages["/"] = lambda request: request.answer("200 OK", {}, b"<title>Pots</title>")
    assert opened(farm, "http://wren.example/").title == "Pots"


def test_nothing_about_the_viewer_is_sent(farm: Farm) -> None:
    farm.pages["/a"] = lambda request: request.answer("302 Found", {"Location": "/b", "Set-Cookie": "me=1"})
    farm.pages["/b"] = lambda request: request.page("<title>b</title>")
    opened(farm, "http://wren.example/a")
    sent = [set(request.headers) for request in farm.requests]
    assert sent == [{"host", "user-agent", "accept", "accept-encoding", "connection"}] * 2
    assert [request.headers["host"] for request in farm.requests] == ["wren.example"] * 2


def test_every_hop_is_shown(farm: Farm) -> None:
    farm.pages["/s"] = lambda request: request.redirect("https://ines.example/two?x=1")
    farm.pages["/two"] = lambda request: request.page(
        '<meta http-equiv="Refresh" content="0; URL=http://bola.example/end">'
    )
    farm.pages["/end"] = lambda request: request.page("<title>End</title>")
    found = opened(farm, "http://t.example/s")
    assert [hop.url for hop in found.hops] == [
        "http://t.example/s",
        "https://ines.example/two?x=1",
        "http://bola.example/end",
    ]
    assert [hop.by for hop in found.hops] == ["redirect", "refresh", "end"]
    told = by_code(findings_of(found))
    assert told["link_hops"].count == 2
    assert told["link_end"].params["host"] == "bola.example"
    assert "link_not_encrypted" in told


@pytest.mark.parametrize(("redirects", "problem"), [(5, None), (6, "hops")])
def test_five_redirects_are_followed_and_no_sixth(farm: Farm, redirects: int, problem: str | None) -> None:
    for number in range(redirects):
        to = f"/{number + 1}"
        farm.pages[f"/{number}"] = partial(Request.redirect, to=to)
    farm.pages[f"/{redirects}"] = lambda request: request.page("<title>there</title>")
    assert opened(farm, "http://hops.example/0").problem == problem
    assert len(farm.requests) <= 6


def test_a_loop_ends(farm: Farm) -> None:
    farm.pages["/a"] = lambda request: request.redirect("/b")
    farm.pages["/b"] = lambda request: request.redirect("/a")
    assert opened(farm, "http://loop.example/a").problem == "loop"
    assert len(farm.requests) == 2


INSIDE = [
    "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/", "http://127.1/",
    "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://10.0.0.1/",
    "http://172.16.3.4/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/",
    "http://0.0.0.0/", "http://224.0.0.1/", "http://255.255.255.255/", "http://198.18.0.1/", "http://[ff02::1]/",
    "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://user@127.0.0.1/", "http://wren.example@127.0.0.1/", "http://[::]/",
    "http://127.0.0.1.:80/", "https://127.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_an_address_inside_is_refused_however_it_is_written(farm: Farm, url: str) -> None:
    farm.names["localhost"] = [["127.0.0.1"]]
    found = opened(farm, url)
    assert found.problem == "private"
    assert by_code(findings_of(found))["link_problem"].level == SERIOUS
    assert farm.dialled == []


@pytest.mark.parametrize("url", INSIDE)
def test_a_redirect_to_the_inside_is_refused(farm: Farm, url: str) -> None:
    farm.names["localhost"] = [["127.0.0.1"]]
    farm.pages["/go"] = lambda request: request.answer("302 Found", {"Location": _sent(url)})
    assert opened(farm, "http://out.example/go").problem in ("private", "address", "answer")
    assert farm.dialled == [PUBLIC]


def _sent(url: str) -> str:
    """Headers are bytes; names in other scripts are sent as UTF-8."""
    return url.encode().decode("latin-1")


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], [PUBLIC, "10.0.0.5"], ["::1"], ["::ffff:10.0.0.1"], ["fe80::1%eth0"]]
)
def test_a_name_that_leads_inside_is_refused(farm: Farm, addresses: list[str]) -> None:
    farm.names["inside.example"] = [addresses]
    assert opened(farm, "http://inside.example/").problem == "private"
    assert farm.dialled == []


def test_a_name_that_changes_after_the_check_leads_nowhere(farm: Farm) -> None:
    farm.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    farm.pages["/"] = lambda request: request.page("<title>outside</title>")
    assert opened(farm, "http://rebind.example/").title == "outside"
    assert (farm.resolved, farm.dialled) == (["rebind.example"], [PUBLIC])


def test_a_name_that_changes_before_the_next_hop_is_checked_again(farm: Farm) -> None:
    farm.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    farm.pages["/"] = lambda request: request.redirect("/admin")
    assert opened(farm, "http://rebind.example/").problem == "private"
    assert len(farm.requests) == 1


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433"])
def test_the_real_network_never_reaches_this_machine(name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        assert open_link(f"http://{name}:{server.getsockname()[1]}/").problem == "private"
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://wren.example/", "gopher://x.example/"],
)
def test_only_web_addresses_are_opened(farm: Farm, url: str) -> None:
    assert opened(farm, url).problem == "scheme"
    farm.pages["/go"] = lambda request: request.redirect(url)
    assert opened(farm, "http://out.example/go").problem == "scheme"


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://[::1",
        "http://x.example:99999/",
        "http://" + "a" * 70 + ".example/",
        "http://x.example:22/",
        "http://300.1.1.1/",
    ],
)
def test_an_address_that_cannot_be_read_is_said_to_be_that(farm: Farm, url: str) -> None:
    assert opened(farm, url).problem == "address"
    assert farm.dialled == []


def test_a_name_that_does_not_exist_is_not_found(farm: Farm) -> None:
    farm.names["gone.example"] = [[]]
    assert opened(farm, "https://gone.example").problem == "not_found"


def drip(head: bytes, part: bytes, time_is_up: Callable[[], None]) -> Play:
    """Send a head and a few parts, let the opener's time run out, and go on sending."""

    def play(request: Request) -> None:
        request.connection.sendall(head + part)
        time_is_up()
        while not request.ended.wait(0.01):
            request.connection.sendall(part or b" ")

    return play


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b""),
    ],
    ids=["body", "headers", "one header", "chunks", "silence"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_slow_drip_ends_with_the_time(farm: Farm, scheme: str, head: bytes, part: bytes) -> None:
    farm.pages["/"] = drip(head, part, farm.time_is_up)
    assert opened(farm, f"{scheme}://slow.example/").problem == "time"


def test_a_server_that_never_shakes_hands_ends_with_the_time(farm: Farm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        farm.ports["https"], farm.ring_at_once = silent.getsockname()[1], True
        assert opened(farm, "https://mute.example/").problem == "time"


def test_a_resolver_that_hangs_ends_with_the_time(farm: Farm) -> None:
    network = farm.network()
    hang = replace(network, resolve=lambda _host, _port: [PUBLIC] if farm.ended.wait() else [])
    assert open_link("http://hang.example/", hang, 0.01).problem == "time"


def test_a_huge_body_is_not_read_to_its_end(farm: Farm) -> None:
    def huge(request: Request) -> None:
        request.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Big</title>")
        while not request.ended.is_set():
            request.connection.sendall(b"x" * 65_536)

    farm.pages["/"] = huge
    found = opened(farm, "http://big.example/")
    assert (found.problem, found.title) == ("size", "Big")
    assert by_code(findings_of(found))["link_problem"].level == FACT


@pytest.mark.parametrize(("megabytes", "problem"), [(3, None), (6, "bomb")])
def test_a_gzip_bomb_is_not_unpacked(farm: Farm, megabytes: int, problem: str | None) -> None:
    packed = bomb(megabytes)
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    farm.pages["/"] = lambda request: request.answer("200 OK", headers, packed)
    assert opened(farm, "http://zip.example/").problem == problem


@pytest.mark.parametrize("encoding", ["br", "gzip", "compress", "zstd"])
def test_an_encoding_that_is_not_what_it_says_is_no_proper_answer(farm: Farm, encoding: str) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": encoding}
    farm.pages["/"] = lambda request: request.answer("200 OK", headers, b"not packed at all")
    assert opened(farm, "http://odd.example/").problem == "answer"


@pytest.mark.parametrize("packed", [zlib.compress(b"<title>Pots</title>"), zlib.compress(b"<title>Pots</title>")[2:-4]])
def test_deflate_is_read_with_its_wrapping_and_bare(farm: Farm, packed: bytes) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": "deflate"}
    farm.pages["/"] = lambda request: request.answer("200 OK", headers, packed)
    assert opened(farm, "http://wren.example/").title == "Pots"


@pytest.mark.parametrize("encoding", ["br", "gzip, br", "identity, gzip"])
def test_a_page_in_an_encoding_that_was_not_asked_for_is_not_unpacked(farm: Farm, encoding: str) -> None:
    headers = {"Content-Type": "text/html", "Content-Encoding": encoding}
    farm.pages["/"] = lambda request: request.answer("200 OK", headers, gzip.compress(b"<title>Inside</title>"))
    found = opened(farm, "http://odd.example/")
    assert (found.problem, found.title) == ("answer", "")


@pytest.mark.parametrize("kind", ["expired", "selfsigned", "wrong"])
def test_a_bad_certificate_is_a_finding_and_the_page_is_not_asked_for(farm: Farm, kind: str) -> None:
    found = opened(farm, f"https://{kind}.example/")
    assert found.problem == "certificate"
    assert by_code(findings_of(found))["link_problem"].level == CAUTION
    assert farm.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 banana\r\n\r\n",
        b"\x00" * 5000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
    ],
)
def test_no_proper_answer_is_said_to_be_that(farm: Farm, answer: bytes) -> None:
    farm.pages["/"] = lambda request: request.connection.sendall(answer)
    assert opened(farm, "http://odd.example/").problem in ("answer", "connection", None)


def test_a_refused_connection_is_no_connection(farm: Farm) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closing:
        farm.ports["http"] = closing.getsockname()[1]
    assert opened(farm, "http://shut.example/").problem == "connection"


def test_what_is_no_page_is_told_by_its_kind(farm: Farm) -> None:
    farm.pages["/"] = lambda request: request.answer("200 OK", {"Content-Type": "application/zip"}, b"PK")
    assert by_code(findings_of(opened(farm, "http://file.example/")))["link_not_a_page"].params == {
        "kind": "application/zip"
    }


def test_a_parked_name_and_a_broken_page_are_told(farm: Farm) -> None:
    farm.pages["/"] = lambda request: request.page("<h1>This domain is for sale!</h1>")
    assert "link_parked" in by_code(findings_of(opened(farm, "http://parked.example/")))
    assert by_code(findings_of(opened(farm, "http://gone.example/none")))["link_broken"].params["status"] == 404


@pytest.mark.parametrize("html", ["<" * 5000, "<title>" * 900, "<meta http-equiv=refresh content='x'>", "\x00\xff", ""])
def test_odd_pages_are_read_without_harm(farm: Farm, html: str) -> None:
    farm.pages["/"] = lambda request: request.page(html, {"Content-Type": "text/html; charset=nonsense"})
    assert opened(farm, "http://odd.example/").hops


@pytest.mark.parametrize(
    "meta",
    ['<meta http-equiv="content-type" content="text/html">', '<meta http-equiv="x-ua-compatible" content="IE=edge">',
     '<meta http-equiv="content-security-policy" content="upgrade-insecure-requests">',
     '<meta name="refresh" content="0; url=/on">', '<meta http-equiv="refresh" content="30">', "<meta http-equiv>"],
)  # fmt: skip
def test_only_a_refresh_with_an_address_leads_on(farm: Farm, meta: str) -> None:
    farm.pages["/"] = lambda request: request.page(f"{meta}<title>Here</title>")
    found = opened(farm, "http://stays.example/")
    assert ([hop.by for hop in found.hops], found.title, found.problem) == (["end"], "Here", None)


def test_a_link_without_a_scheme_is_opened_encrypted(farm: Farm) -> None:
    farm.pages["/"] = lambda request: request.page("<title>Wren</title>")
    assert opened(farm, "wren.example").hops[0].url == "https://wren.example"


def test_before_the_click_nothing_is_opened() -> None:
    assert by_code(check_link(facts())).keys() == {"link_not_opened"}
    assert by_code(check_link(facts(somebody(link="https://bit.ly/abc")))).keys() == {"link_shortened"}
    assert check_link(facts(somebody(link=""))) == []
