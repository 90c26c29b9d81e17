"""Opens a person's link on the viewer's click: every hop is checked, recorded and bounded; nothing identifies anyone.

At every hop the host is resolved, all its addresses must be public, and the connection goes to the very address
that was checked, so that a name which changes in between leads nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from companion.vetting.hosts import host_of
from companion.vetting.network.fetch import Answer, FetchError, Network, fetch
from companion.vetting.network.page_reader import Page, read_page, sends_on, unpack
from companion.vetting.network.results import Hop, Opened
from companion.vetting.network.urls import AddressError, WebAddress, parse

HOPS = 5
SECONDS = 5.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(slots=True)
class _Trail:
    """The hops so far, and what the latest answer was."""

    url: str
    hops: list[Hop] = field(default_factory=list)
    status: int | None = None
    kind: str = ""
    page: Page = field(default_factory=Page)

    def ended(self, problem: str | None = None, detail: str = "") -> Opened:
        last = self.hops[-1].url if self.hops else self.url
        return Opened(
            self.url, tuple(self.hops), self.status, host_of(last), self.page.title, self.kind, self.page.parked,
            problem, detail,
        )  # fmt: skip


def open_link(url: str, network: Network | None = None, seconds: float = SECONDS) -> Opened:
    """Open a link and return where it ends and over which hops; never raises for what the network does.

    Args:
        url: as the profile shows it; without a scheme https is taken.
        network: for tests; the system's own by default.
        seconds: for everything together.
    """
    network = network or Network()
    until = network.clock() + seconds
    trail = _Trail(url if re.match(r"^[a-zA-Z][\w+.-]*:", url) else f"https://{url}")
    current: str | None = trail.url
    while current is not None:
        if len(trail.hops) > HOPS:
            return trail.ended("hops", f"It led on more than {HOPS} times.")
        if any(hop.url == current for hop in trail.hops):
            return trail.ended("loop", "It leads back to itself.")
        try:
            answer = fetch(current, lambda: until - network.clock(), network)
        except FetchError as error:
            trail.hops.append(Hop(current, by="end"))
            return trail.ended(error.problem, str(error))
        try:
            current = _step(trail, current, answer)
        except FetchError as error:
            return trail.ended(error.problem, str(error))
    return trail.ended()


def _step(trail: _Trail, url: str, answer: Answer) -> str | None:
    """Add one answer to the trail; return the next address, or None at the end."""
    trail.status, trail.kind = answer.status, answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    location = answer.headers.get("location")
    here = parse(url)
    if answer.status in _REDIRECTS and location:
        trail.hops.append(Hop(url, answer.status, "redirect"))
        return _joined(_readable(location), here).href
    trail.page = _page_of(trail, url, answer) if "html" in trail.kind or not trail.kind else Page()
    target = sends_on(_readable(answer.headers.get("refresh", ""))) or trail.page.refresh
    onward = _refreshed(target, trail.page, here) if target else None
    trail.hops.append(Hop(url, answer.status, "end" if onward is None else "refresh"))
    return onward.href if onward else None


def _refreshed(told: str, page: Page, here: WebAddress) -> WebAddress | None:
    """Return where a page sends on by itself; one that only loads itself anew, or names no address, stays."""
    try:
        target = parse(told, _base(page, here), page.codec)
    except AddressError:
        return None
    return None if target == here else target


def _base(page: Page, here: WebAddress) -> WebAddress:
    try:
        return parse(page.base, here) if page.base else here
    except AddressError:
        return here


def _page_of(trail: _Trail, url: str, answer: Answer) -> Page:
    plain, problem = unpack(answer.body, answer.headers.get("content-encoding", "").strip().lower())
    if problem is None and not answer.whole:
        problem = "size"
    page = read_page(plain, answer.headers.get("content-type", ""))
    if problem is None:
        return page
    trail.page = Page(page.title)
    trail.hops.append(Hop(url, answer.status, "end"))
    words = {
        "bomb": "The page unpacks to far more than it sends.",
        "size": "The page is over 1 MiB or comes in crumbs; it was not read on.",
    }
    raise FetchError(problem, words.get(problem, "The page is damaged."))


def _joined(address: str, base: WebAddress) -> WebAddress:
    try:
        return parse(address, base)
    except AddressError as error:
        words = str(error) if error.problem == "scheme" else "It leads to an address that cannot be read."
        raise FetchError(error.problem, words) from error


def _readable(header: str) -> str:
    """Return a header's text: servers write raw UTF-8 where Python's HTTP reads each byte as a letter."""
    try:
        return header.encode("latin-1").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return header
