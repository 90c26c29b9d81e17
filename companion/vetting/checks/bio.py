"""Checks the bio: empty or only symbols, what it offers, and what it calls the account."""

from __future__ import annotations

from companion.domain.sightings import Person
from companion.vetting.facts import Facts
from companion.vetting.findings import CAUTION, FACT, SERIOUS, Example, Finding
from companion.vetting.word_lists import WordLists, is_only_symbols

MARKED = {
    "sells_followers": SERIOUS,
    "follow_back": CAUTION,
    "promo": CAUTION,
    "adult": CAUTION,
    "money": CAUTION,
    "prize": CAUTION,
}
"""Word categories that make a finding, with its level."""
CONTACTS = 3
"""Addresses in one bio from which it is a list of links rather than a description."""


def check_bio(facts: Facts) -> list[Finding]:
    """Return findings about the bio; nothing where it was not seen."""
    bio = facts.person.bio
    if bio is None:
        return []
    if not bio.strip():
        return [Finding("bio_empty")]
    findings = [Finding("bio_only_symbols", examples=(Example(bio.strip()),))] if is_only_symbols(bio) else []
    return (
        findings + _marked(facts.person, facts.lists) + what_it_calls_itself(facts.person, facts.lists) + _links(facts)
    )


def _marked(person: Person, lists: WordLists) -> list[Finding]:
    """Return a finding for each marked category with words in bio or name."""
    text = f"{person.name or ''} \n {person.bio or ''}"
    return [
        Finding(
            f"bio_{category}",
            MARKED[category],
            count=len(words),
            examples=(Example((person.bio or "").strip()),),
            params={"words": ", ".join(words)},
        )
        for category in MARKED
        if (words := lists.find(text, category))
    ]


def what_it_calls_itself(person: Person, lists: WordLists) -> list[Finding]:
    """Return findings that the account calls itself automated, or an announcing account (a feed)."""
    text = f"{person.name or ''} \n {person.bio or ''}"
    own_words, denied = lists.find(text, "automated"), lists.find(text, "not_automated")
    findings = []
    named_bot = (person.handle or "").casefold().endswith("bot")
    if person.automated or named_bot or (own_words and not denied):
        words = ", ".join(own_words) or ("X's own label" if person.automated else f"@{person.handle}")
        findings.append(Finding("bio_automated", FACT, params={"words": words}))
    feed = (*lists.find(text, "feed"), *lists.find(person.name or "", "feed_names"))
    if feed:
        findings.append(Finding("bio_feed", FACT, params={"words": ", ".join(dict.fromkeys(feed))}))
    return findings


def _links(facts: Facts) -> list[Finding]:
    links = facts.person.bio_links or []
    if len(links) < CONTACTS:
        return []
    return [Finding("bio_links", FACT, count=len(links), examples=tuple(Example(link, url=link) for link in links))]
