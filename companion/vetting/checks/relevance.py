"""Checks which of the viewer's own topics the account's bio and posts share."""

from __future__ import annotations

from companion.vetting.facts import Facts
from companion.vetting.findings import FACT, Example, Finding
from companion.vetting.word_lists import found_words

SHOWN = 3


def check_relevance(facts: Facts) -> list[Finding]:
    """Return a finding with the shared topics and posts that contain them, or that no topics are set or seen."""
    if not facts.topics:
        return [Finding("relevance_unknown")]
    if facts.person.bio is None and not facts.posts:
        return [Finding("relevance_unseen")]
    in_bio = found_words(f"{facts.person.name or ''} \n {facts.person.bio or ''}", facts.topics)
    posts = [(post, found_words(post.text or "", facts.topics)) for post in facts.posts]
    matches = [(post, words) for post, words in posts if words]
    shared = dict.fromkeys([*in_bio, *(word for _, words in matches for word in words)])
    if not shared:
        return [Finding("relevance_none", count=0, of=len(facts.topics))]
    examples = tuple(Example(post.text or "", post=post.id) for post, _ in matches[:SHOWN])
    params: dict[str, int | float | str] = {"words": ", ".join(shared), "posts": len(matches)}
    return [Finding("relevance_shared", FACT, len(shared), len(facts.topics), examples, params)]
