"""Puts findings into words: a few words for a row, a sentence for the verdict; facts and counts, never insults.

Templates are filled with ``count``, ``of`` and the finding's own params; times become dates, long numbers get commas.
"""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

from companion.domain.dates import date_words
from companion.domain.decisions import DECISIONS, REASONS
from companion.vetting.findings import Finding

ROWS = ("photo", "bio", "account", "posts", "link", "relation", "relevance")
"""The rows of the report, in the order in which they are read. Findings about the rest of the profile are "account"."""
CHECK_ROWS = {"profile": "account", "about": "account"}
GOOD = frozenset(
    {
        "posts_talks", "relation_they_wrote", "relation_they_liked", "relevance_shared", "profile_listed",
        "profile_public_figure", "link_end",
    }
)  # fmt: skip
"""Findings that speak for somebody."""

SHORT = {
    "photo_default": "X's default picture",
    "photo_missing": "No picture",
    "photo_same_as": "Same picture as {seen_on}",
    "photo_not_looked_at": "Could not be looked at ({problem_words})",
    "bio_empty": "Empty",
    "bio_only_symbols": "Only symbols",
    "bio_sells_followers": "Offers followers: “{words}”",
    "bio_follow_back": "Trades follows: “{words}”",
    "bio_promo": "Offers promotion: “{words}”",
    "bio_adult": "Adult words: “{words}”",
    "bio_money": "Money words: “{words}”",
    "bio_prize": "Prize words: “{words}”",
    "bio_automated": "Says it is automated: “{words}”",
    "bio_feed": "Announces: “{words}”",
    "bio_links": "{count} links",
    "profile_no_place": "no place",
    "profile_no_link": "no link",
    "profile_few_followers": "{count} followers",
    "profile_follows_many": "follows {following}, followed by {followers}",
    "profile_few_posts": "{count} posts ever",
    "profile_unlisted": "on nobody's list",
    "profile_listed": "on {count} lists",
    "profile_public_figure": "public figure",
    "profile_name_pictures": "{pictures} in the name",
    "profile_handle_digits": "handle ends in {count} digits",
    "profile_joined": "joined {at}",
    "profile_new": "new here: {count} days",
    "about_suspended": "suspended by X",
    "about_gone": "not shown by X",
    "about_place": "based in {place}, says X",
    "about_place_unsure": "based in {place}, says X, and is not sure",
    "about_connected": "connected via {app}",
    "about_renamed": "renamed {times} by X's count, last {last}",
    "about_renamed_undated": "renamed {times} by X's count",
    "posts_a_day": "{count} a day",
    "posts_quiet": "quiet since {since}",
    "posts_unseen_replies": "replies not looked at",
    "posts_unseen_reposts": "reposts not looked at",
    "posts_broadcast": "{count} replies",
    "posts_talks": "{count} replies to others",
    "posts_mostly_links": "{count} links alone",
    "posts_mostly_sales": "{count} offers",
    "posts_catalogue": "{count} from one shop, {shop}",
    "posts_mostly_quotations": "{count} quotations",
    "posts_repeated": "{count} same text",
    "posts_automatic_thanks": "{count} automatic thank-yous",
    "link_not_opened": "{host}, not opened yet",
    "link_shortened": "{host} hides where it leads, not opened yet",
    "link_hops": "{count} hops",
    "link_end": "{host} “{title}”",
    "link_broken": "answers {status}",
    "link_parked": "{host} is parked or for sale",
    "link_not_a_page": "no page but {kind}",
    "link_not_encrypted": "not encrypted",
    "link_problem": "{host}: {detail}",
    "relation_follows_you": "Follows you",
    "relation_does_not_follow_you": "Does not follow you",
    "relation_you_follow": "You follow them",
    "relation_in_common": "{count} in common",
    "relation_they_wrote": "wrote to you {count} times, last {last}",
    "relation_they_liked": "liked or reposted you {count} times",
    "relation_only_automatic": "wrote to you {count} times, all automatic",
    "relation_some_automatic": "{count} of {of} messages to you automatic",
    "relation_decided": "{decided}",
    "relation_renamed": "renamed {times}, was {handles}",
    "relation_auto_message": "sent you an automatic message",
    "relevance_unknown": "You have set no topics",
    "relevance_unseen": "Nothing seen yet to compare with your topics",
    "relevance_none": "Shares 0 of your {of} topics",
    "relevance_shared": "Shares {count} of your {of} topics: {words}",
}

SENTENCES = {
    "photo_default": "Has X's default picture.",
    "photo_missing": "Has no picture.",
    "photo_same_as": "Has the same picture as {seen_on}.",
    "bio_empty": "The bio is empty.",
    "bio_only_symbols": "The bio has only symbols.",
    "bio_automated": "Calls itself automated.",
    "bio_feed": "Calls itself an announcing account.",
    "profile_no_place": "Names no place.",
    "profile_no_link": "Has no link.",
    "profile_few_followers": "Has {count} followers.",
    "profile_follows_many": "Follows {following}, followed by {followers}.",
    "profile_few_posts": "Has posted {count} times in all.",
    "profile_unlisted": "Is on nobody's list.",
    "profile_listed": "Is on {count} lists.",
    "profile_public_figure": "Is a public figure, who cannot answer everybody.",
    "profile_new": "Is new here: {count} days.",
    "profile_joined": "Joined {at}.",
    "about_suspended": "X has suspended this account.",
    "posts_seen": "{count} posts were seen.",
    "posts_too_few": "Only {count} posts were seen: too few to say.",
    "posts_unseen_replies": "Replies were not looked at: the Posts tab does not show them.",
    "posts_unseen_reposts": "Reposts were not looked at: the Posts tab does not show them.",
    "posts_broadcast": "Talks to almost no one: replies are {count} of {of}.",
    "posts_talks": "Talks with others: replies are {count} of {of}.",
    "posts_mostly_links": "Mostly links: {count} of {of} posts are a link alone.",
    "posts_mostly_sales": "Mostly sells: {count} of {of} posts are offers.",
    "posts_catalogue": "A catalogue: {count} of {of} posts are things from {shop}.",
    "posts_mostly_quotations": "Mostly quotes others' wisdom: {count} of {of} posts.",
    "posts_repeated": "Repeats itself: {count} of {of} posts have the same text.",
    "posts_automatic_thanks": "Thanks automatically: {count} of {of} posts.",
    "link_parked": "The link is parked or for sale.",
    "link_problem": "The link could not be opened: {detail}",
    "relation_they_wrote": "Wrote to you {count} times.",
    "relation_they_liked": "Liked or reposted you {count} times.",
    "relation_only_automatic": "Wrote to you only automatically.",
    "relation_auto_message": "Sent you an automatic message.",
}
"""A finding without an entry here is said by its short words and a full stop."""
PROBLEMS = {
    "host": "it is not on X's picture host",
    "size": "too large",
    "time": "no answer in time",
    "connection": "no connection",
    "answer": "no proper answer",
    "pixels": "too many pixels",
    "damaged": "the file is damaged",
    "kind": "it is no picture",
}
TIMES = frozenset({"at", "since", "last"})


def row_of(finding: Finding) -> str:
    """Return the row that a finding belongs to."""
    return CHECK_ROWS.get(finding.check, finding.check)


def short(finding: Finding, now: int, zone: tzinfo = UTC) -> str:
    """Return a finding in a few words; "" for findings that their row shows in another way."""
    template = SHORT.get(finding.code, "")
    return _counted(template.format_map(_filled(finding, now, zone)), finding)


def sentence(finding: Finding, now: int, zone: tzinfo = UTC) -> str:
    """Return a finding as a sentence of the verdict."""
    template = SENTENCES.get(finding.code)
    if template:
        return _counted(template.format_map(_filled(finding, now, zone)), finding)
    words = short(finding, now, zone)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _filled(finding: Finding, now: int, zone: tzinfo) -> dict[str, str]:
    values: dict[str, int | float | str | None] = {"count": finding.count, "of": finding.of, **finding.params}
    words = {name: _worded(name, value, now, zone) for name, value in values.items()}
    words["seen_on"] = ", ".join(example.text for example in finding.examples)
    words["problem_words"] = PROBLEMS.get(words.get("problem", ""), "it failed")
    words["times"] = "once" if finding.count == 1 else f"{finding.count} times"
    words["decided"] = _decided(finding, now, zone) if finding.code == "relation_decided" else ""
    return words


def _worded(name: str, value: float | str | None, now: int, zone: tzinfo) -> str:
    if name in TIMES and isinstance(value, int):
        return date_words(value, now, zone)
    return f"{value:,}" if isinstance(value, int) else str(value or "")


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def _decided(finding: Finding, now: int, zone: tzinfo) -> str:
    reason = str(finding.params.get("reason", ""))
    at = finding.params.get("at")
    when = f" on {date_words(at, now, zone)}" if isinstance(at, int) else ""
    words = REASONS.get(reason, reason)
    verb = _lower(DECISIONS.get(str(finding.params.get("decision")), "You decided"))
    return f"{verb}{when}{f': {words}' if words else ''}"


def _counted(words: str, finding: Finding) -> str:
    """Return the words, with a count of 1 in the singular."""
    return _ONE.sub(lambda match: f"1 {ONE[match[1]]}", words) if finding.count == 1 else words


ONE = {
    "links": "link", "followers": "follower", "lists": "list", "days": "day", "replies": "reply", "offers": "offer",
    "quotations": "quotation", "hops": "hop", "digits": "digit", "posts were": "post was", "posts": "post",
    "times": "time", "automatic thank-yous": "automatic thank-you",
}  # fmt: skip
_ONE = re.compile(rf"(?<![\d,.])1 ({'|'.join(ONE)})\b")
