"""Lays a report out in rows: photo, bio, account, posts, link, relation, relevance; each has a few pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from companion.domain.dates import ago
from companion.vetting.facts import Facts
from companion.vetting.findings import CAUTION, FACT, Example, Finding
from companion.vetting.hosts import host_of
from companion.vetting.presentation.phrases import GOOD, row_of, short
from companion.vetting.report import Report

PLAIN, GOOD_SIGN = "plain", "good"
NOT_SEEN = "Not seen yet"
SAID_ELSEWHERE = frozenset({"relation_decided", "profile_no_place", "profile_no_link", "posts_too_few", "link_hops"})
"""Findings that another row, the row's end or the card's own line shows."""
SHARES = {
    "posts_share_replies": ("reply", "replies"),
    "posts_share_reposts": ("repost", "reposts"),
    "posts_share_quotes": ("quote", "quotes"),
}
OF_PART = frozenset({"posts_talks", "posts_broadcast"})
"""Findings that are counted only among posts of pages that could have shown a reply."""


class Sample(msgspec.Struct, frozen=True, omit_defaults=True):
    """An example that can be opened."""

    text: str
    url: str


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """A few words; ``level`` is plain, good, caution or serious."""

    text: str
    level: str = PLAIN
    examples: tuple[Sample, ...] = ()


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row; ``end`` are plain words after the pieces ("of 40 seen, last 2 hours ago")."""

    name: str
    pieces: tuple[Piece, ...]
    end: str = ""


def rows_of(facts: Facts, report: Report) -> list[Row]:
    """Return the rows that have pieces, in the order in which they are shown."""
    rows = {name: build(facts, _in_row(report, name)) for name, build in BUILDERS.items()}
    return [row for row in rows.values() if row.pieces]


def _in_row(report: Report, name: str) -> list[Finding]:
    """Return a row's findings, cautions first."""
    findings = [finding for finding in report.findings if row_of(finding) == name]
    shown = [finding for finding in findings if finding.code not in SAID_ELSEWHERE]
    return sorted(shown, key=lambda finding: finding.level == FACT)


def _pieces(facts: Facts, findings: Sequence[Finding]) -> list[Piece]:
    worded = ((finding, _words(facts, finding)) for finding in findings)
    return [Piece(words, level_of(finding), _examples(facts, finding)) for finding, words in worded if words]


def _words(facts: Facts, finding: Finding) -> str:
    """Return a finding in a few words, with what was counted if that is not all posts that were seen."""
    words = short(finding, facts.now, facts.zone)
    part = finding.code in OF_PART and finding.of != len(facts.posts)
    return f"{words} among {finding.of}" if words and part else words


def level_of(finding: Finding) -> str:
    """Return the level by which a finding is drawn."""
    if finding.level != FACT:
        return finding.level
    return GOOD_SIGN if finding.code in GOOD else PLAIN


def _examples(facts: Facts, finding: Finding) -> tuple[Sample, ...]:
    targets = ((example.text, _url(facts, example)) for example in finding.examples)
    return tuple(Sample(text, url) for text, url in targets if url)


def _url(facts: Facts, example: Example) -> str:
    if example.post and example.post.isdigit():
        return f"https://x.com/{facts.person.handle or 'i'}/status/{example.post}"
    return example.url if example.url and example.url.startswith(("https://", "http://")) else ""


def _photo(facts: Facts, findings: Sequence[Finding]) -> Row:
    person, picture = facts.person, facts.picture
    pieces = _pieces(facts, findings)
    if not pieces:
        pieces = [Piece("Own picture" if person.avatar or person.default_avatar is False else NOT_SEEN)]
    if picture is None or person.default_avatar or picture.problem:
        return Row("photo", tuple(pieces))
    return Row("photo", tuple(pieces), "" if picture.same_as else "not seen on another account")


def _bio(facts: Facts, findings: Sequence[Finding]) -> Row:
    bio = facts.person.bio
    if bio is None:
        return Row("bio", (Piece(NOT_SEEN),))
    present = [Piece("Present")] if bio.strip() else []
    return Row("bio", (*present, *_pieces(facts, findings)))


def _account(facts: Facts, findings: Sequence[Finding]) -> Row:
    person = facts.person
    pieces = _pieces(facts, findings)
    counted = any(finding.code == "profile_follows_many" for finding in findings)
    if person.followers is not None and person.following is not None and not counted:
        pieces.append(Piece(f"follows {person.following:,}, followed by {person.followers:,}"))
    return Row("account", tuple(_capital(pieces)))


def _posts(facts: Facts, findings: Sequence[Finding]) -> Row:
    posts = facts.posts
    if not posts:
        return Row("posts", (Piece("None seen yet"),))
    unseen = [finding for finding in findings if finding.code.startswith("posts_unseen_")]
    pieces = _pieces(facts, [finding for finding in findings if finding not in unseen])
    codes = {finding.code for finding in findings}
    if not codes & {"posts_talks", "posts_broadcast"} or not pieces:
        pieces += [Piece(words) for finding in findings if (words := _share(finding, len(posts)))][:2]
    last = max((post.at for post in posts if post.at is not None), default=None)
    few = ": too few to say" if len(posts) < 10 else ""
    end = f"{len(posts)} seen{few}" + (f", last {ago(last, facts.now, facts.zone)}" if last is not None else "")
    if unseen:  # which no post is one of
        return Row("posts", tuple(_capital([*pieces, Piece(end), *_pieces(facts, unseen)])))
    return Row("posts", tuple(_capital(pieces or [Piece("no replies")])), f"of {end}")


def _share(finding: Finding, seen: int) -> str:
    """Return how many replies, reposts or quotes there are, and among how many if that is not all that was seen."""
    if finding.code not in SHARES or not finding.count:
        return ""
    words = f"{finding.count} {SHARES[finding.code][finding.count > 1]}"
    return words if finding.of == seen else f"{words} among {finding.of}"


def _link(facts: Facts, findings: Sequence[Finding]) -> Row:
    link, opened = facts.person.link, facts.opened
    if not link:
        return Row("link", (Piece("None" if link is not None or facts.person.bio is not None else NOT_SEEN),))
    if opened is None or opened.problem is not None:
        return Row("link", tuple(_pieces(facts, findings)))
    first, final = host_of(opened.url), opened.host
    route = f"{first} → {final}" if first != final else final
    shown = tuple(shown for finding in findings for shown in _examples(facts, finding))[:1]
    well = opened.status is not None and opened.status < 400
    rest = _pieces(facts, [finding for finding in findings if finding.code != "link_end"])
    hops = len(opened.hops) - 1
    end = ", ".join(
        filter(None, [str(opened.status or ""), f"“{opened.title}”" if opened.title else "", _many(hops, "hop")])
    )
    return Row("link", (Piece(route, GOOD_SIGN if well else CAUTION, shown), *rest), end)


def _relation(facts: Facts, findings: Sequence[Finding]) -> Row:
    pieces = _pieces(facts, findings)
    if not any(finding.code.startswith(("relation_they", "relation_only")) for finding in findings):
        pieces.append(Piece("no contact seen"))
    return Row("relation", tuple(_capital(pieces)))


def _relevance(facts: Facts, findings: Sequence[Finding]) -> Row:
    return Row("relevance", tuple(_pieces(facts, findings)))


BUILDERS: dict[str, Callable[[Facts, Sequence[Finding]], Row]] = {
    "photo": _photo, "bio": _bio, "account": _account, "posts": _posts, "link": _link, "relation": _relation,
    "relevance": _relevance,
}  # fmt: skip


def _capital(pieces: Sequence[Piece]) -> list[Piece]:
    return [
        msgspec.structs.replace(piece, text=f"{piece.text[:1].upper()}{piece.text[1:]}") if at == 0 else piece
        for at, piece in enumerate(pieces)
    ]


def _many(count: int, word: str) -> str:
    return "" if count <= 0 else f"{count} {word}" if count == 1 else f"{count} {word}s"
