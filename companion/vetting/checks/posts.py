"""Checks the posts that were seen: how many answer others, repeat, sell or thank, and how often it posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from companion.domain.dates import DAY
from companion.domain.link_posts import LINK, is_link_only
from companion.domain.page_kinds import OWN_TABS, shows_replies, shows_reposts
from companion.domain.sightings import Post
from companion.vetting.checks.bio import what_it_calls_itself
from companion.vetting.checks.profile import age_days, is_public_figure
from companion.vetting.checks.sales import catalogue_of, is_sale
from companion.vetting.checks.thanks import automatic_thanks_among, template_of
from companion.vetting.facts import Facts, is_reply, is_repost
from companion.vetting.findings import CAUTION, FACT, Example, Finding, Param
from companion.vetting.hosts import host_of
from companion.vetting.word_lists import readable

ENOUGH = 10
"""With fewer posts than this no habit is reported."""
ENOUGH_FOR_REPLIES = 20
FEW_REPLIES = 0.05
"""Replies to others among the posts, below which the account only broadcasts ("2 of 60", not "2 of 8")."""
MOSTLY = 0.5
NEARLY_ALL = 0.9
REPEATED = 3
"""A text sent this often is a repetition."""
A_DAY = 24
"""Posts a day from which the number is reported."""
QUIET_DAYS = 90
TABS = {"replies": "with_replies", "reposts": "reposts"}
"""Where X shows what the Posts tab leaves out."""
SHOWN = 3
"""Examples per finding."""

_QUOTED = re.compile(r"\W{0,2}[\"“«„].{20,}[\"”»“]")
_SIGNED = re.compile(r"[-–—~]\s?[A-Z]\w+(?: [A-Z][\w.]+){0,2}\W*$")


@dataclass(frozen=True, slots=True)
class SortedPosts:
    """The posts by kind; a post can be of several kinds.

    Replies are counted among ``for_replies``, reposts among ``for_reposts``: posts of pages that could have shown one.
    """

    posts: list[Post]
    own: list[Post]
    """Not reposts."""
    for_replies: list[Post]
    replies: list[Post]
    """To others."""
    speaking: list[Post]
    """Own posts that answer nobody else."""
    for_reposts: list[Post]
    reposts: list[Post]
    quotes: list[Post]
    link_only: list[Post]
    sales: list[Post]


def sort_posts(facts: Facts) -> SortedPosts:
    """Sort the posts into kinds."""
    handle, posts = facts.person.handle, list(facts.posts)
    own = [post for post in posts if not is_repost(post)]
    for_replies = posts_for_replies(facts)
    for_reposts = [post for post in posts if shows_reposts(post.pages)]
    replies = [post for post in own if is_reply(post, handle)]
    reply_ids = {id(post) for post in replies}
    speaking = [post for post in own if id(post) not in reply_ids]
    sites = [host_of(facts.person.link)] if facts.person.link else []
    return SortedPosts(
        posts,
        own,
        for_replies,
        [post for post in for_replies if id(post) in reply_ids],
        speaking,
        for_reposts,
        [post for post in for_reposts if is_repost(post)],
        [post for post in own if post.quote_of],
        [post for post in speaking if is_link_only(post.text or "", linked=bool(post.links))],
        [post for post in speaking if is_sale(post, facts.lists, sites)],
    )


def posts_for_replies(facts: Facts) -> list[Post]:
    """Return the posts among which a reply could have been seen.

    A Replies tab that was read completes what the other tabs of the profile show, even if there was nothing on it.
    """
    read = OWN_TABS if facts.person.replies_at is not None else 0
    return [post for post in facts.posts if shows_replies(post.pages) or post.pages & read]


def check_posts(facts: Facts) -> list[Finding]:
    """Return findings about the posts; if too few were seen, only the first counts."""
    seen = sort_posts(facts)
    if not seen.posts:
        return []
    findings = [_how_many(seen), *_mix(facts, seen), *_pace(facts)]
    if len(seen.posts) < ENOUGH:
        return findings
    return [*findings, *_talk(facts, seen), *_content(facts, seen), *_repeats(seen), *_thanks(facts, seen)]


def _how_many(seen: SortedPosts) -> Finding:
    times = [post.at for post in seen.posts if post.at is not None]
    params: dict[str, Param] = {"since": min(times)} if times else {}
    code = "posts_seen" if len(seen.posts) >= ENOUGH else "posts_too_few"
    return Finding(code, count=len(seen.posts), of=ENOUGH if code == "posts_too_few" else None, params=params)


def _mix(facts: Facts, seen: SortedPosts) -> list[Finding]:
    """Return the shares of kinds of post, and for kinds that no page could have shown, that they were not looked at."""
    findings = []
    for name, posts, of in (("replies", seen.replies, seen.for_replies), ("reposts", seen.reposts, seen.for_reposts)):
        if len(of) >= min(ENOUGH, len(seen.posts)):
            findings.append(Finding(f"posts_share_{name}", count=len(posts), of=len(of)))
        else:
            tab = Example(name.capitalize(), url=f"https://x.com/{facts.person.handle}/{TABS[name]}")
            findings.append(Finding(f"posts_unseen_{name}", examples=(tab,) if facts.person.handle else ()))
    shares = (("quotes", seen.quotes), ("link_only", seen.link_only))
    return [*findings, *(Finding(f"posts_share_{name}", count=len(own), of=len(seen.posts)) for name, own in shares)]


def _pace(facts: Facts) -> list[Finding]:
    """Return findings about posts a day over the account's life, and about a long silence."""
    findings = []
    days = age_days(facts)
    if facts.person.posts is not None and days:
        a_day = facts.person.posts / days
        if a_day >= A_DAY:
            findings.append(Finding("posts_a_day", count=round(a_day)))
    last = max((post.at for post in facts.posts if post.at is not None), default=None)
    if last is not None and facts.now - last > QUIET_DAYS * DAY:
        findings.append(Finding("posts_quiet", FACT, params={"since": last, "days": (facts.now - last) // DAY}))
    return findings


def _talk(facts: Facts, seen: SortedPosts) -> list[Finding]:
    """Return a finding about talking with others: nearly never is a caution, often is a good sign.

    Nothing is said where too few posts come from pages that could have shown a reply.
    """
    replies, of = len(seen.replies), len(seen.for_replies)
    if of < ENOUGH:
        return []
    if replies >= FEW_REPLIES * of:
        return [Finding("posts_talks", FACT, replies, of, degree=min(1.0, replies / of / 0.3))]
    if of < ENOUGH_FOR_REPLIES or _may_broadcast(facts):
        return []
    others = replies + sum(1 for post in seen.for_replies if is_repost(post))
    speaking = {id(post) for post in seen.speaking}
    others += sum(1 for post in seen.for_replies if id(post) in speaking and _names_somebody(post))
    alone = 1.0 - min(1.0, others / of / 0.4)
    return [Finding("posts_broadcast", CAUTION, replies, of, degree=alone)]


def _names_somebody(post: Post) -> bool:
    return bool(post.mentions) or "@" in (post.text or "")


def _may_broadcast(facts: Facts) -> bool:
    """Return whether broadcasting is expected: of public figures, and of accounts that call themselves feed or bot."""
    return is_public_figure(facts.person) or bool(what_it_calls_itself(facts.person, facts.lists))


def _content(facts: Facts, seen: SortedPosts) -> list[Finding]:
    """Return findings about links, sales and quotations that are over half of the posts, or nearly all."""
    findings = []
    own = len(seen.own)
    if own >= ENOUGH and len(seen.link_only) > NEARLY_ALL * own:
        findings.append(_shown("posts_mostly_links", CAUTION, seen.link_only, own))
    if own >= ENOUGH and len(seen.sales) > MOSTLY * own:
        findings.append(_shown("posts_mostly_sales", CAUTION, seen.sales, own))
    shop = catalogue_of(seen.own, seen.sales)
    if shop is not None:
        findings.append(_shown("posts_catalogue", CAUTION, shop[1], own, params={"shop": shop[0]}))
    quotations = [post for post in seen.own if _is_quotation(post, facts)]
    if own >= ENOUGH and len(quotations) > MOSTLY * own:
        findings.append(_shown("posts_mostly_quotations", CAUTION, quotations, own))
    return findings


def _repeats(seen: SortedPosts) -> list[Finding]:
    """Return a finding about texts that were sent at least three times."""
    counted = Counter(template for post in seen.own if len(template := template_of(post.text or "")) >= 10)
    often = {template for template, count in counted.items() if count >= REPEATED}
    repeated = [post for post in seen.own if template_of(post.text or "") in often]
    if not repeated:
        return []
    first: dict[str, Post] = {}
    for post in repeated:
        first.setdefault(template_of(post.text or ""), post)
    share = len(repeated) / len(seen.own)
    level = CAUTION if share >= 0.2 else FACT
    samples = list(first.values())
    return [_shown("posts_repeated", level, repeated, len(seen.own), samples=samples, degree=min(1.0, share / 0.5))]


def _thanks(facts: Facts, seen: SortedPosts) -> list[Finding]:
    """Return a finding about automated thank-yous; a caution only if they are nearly all posts to others.

    Whether they are is known only where a page could have shown the other replies.
    """
    automatic = automatic_thanks_among(seen.own, facts.lists)
    if not automatic:
        return []
    to_others = [post for post in seen.own if "@" in (post.text or "")]
    looked = len(seen.for_replies) >= ENOUGH
    sole = looked and len(automatic) >= REPEATED and len(automatic) > NEARLY_ALL * len(to_others)
    return [_shown("posts_automatic_thanks", CAUTION if sole else FACT, automatic, len(seen.own))]


def _is_quotation(post: Post, facts: Facts) -> bool:
    text = LINK.sub("", post.text or "").strip()
    if _QUOTED.match(text) or _SIGNED.search(text):
        return True
    return bool(facts.lists.find(post.text or "", "quotation_authors")) and len(readable(text)) > 30


def _shown(
    code: str,
    level: str,
    posts: Sequence[Post],
    of: int,
    *,
    params: dict[str, Param] | None = None,
    samples: Sequence[Post] | None = None,
    degree: float | None = None,
) -> Finding:
    """Return a finding with the first few posts as examples; the degree is the share unless given."""
    examples = tuple(Example(post.text or "", post=post.id) for post in (samples or posts)[:SHOWN])
    share = len(posts) / of if of else 0.0
    return Finding(code, level, len(posts), of, examples, params or {}, share if degree is None else degree)
