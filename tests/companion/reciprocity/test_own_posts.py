"""Where the user's words began, and how many of their posts are links elsewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.domain.page_kinds import BOTH_TABS, HOME, LIST, NOTIFICATIONS
from companion.domain.sightings import Post
from companion.reciprocity import own_posts
from companion.reciprocity.own_posts import Word, discussing, offsite, part_of, parts_of

WORDS = st.lists(
    st.builds(Word, st.booleans(), st.booleans(), st.booleans(), st.sampled_from([0, HOME, LIST, BOTH_TABS, 8191]))
)


def word(*, chat: bool = False, beginning: bool = False, answer: bool = False, pages: int = 0) -> Word:
    return Word(chat, beginning, answer, pages)


def test_a_chat_goes_before_an_answer_a_list_before_home_and_what_was_not_seen_is_called_that() -> None:
    assert part_of(word(chat=True, answer=True, pages=HOME)) == own_posts.CHATS
    assert part_of(word(beginning=True)) == own_posts.OWN
    assert part_of(word(answer=True, pages=HOME | NOTIFICATIONS)) == own_posts.ANSWERS
    assert part_of(word(pages=HOME | LIST)) == own_posts.LISTS
    assert part_of(word(pages=HOME | BOTH_TABS)) == own_posts.HOME_FEED
    assert part_of(word(pages=BOTH_TABS)) == own_posts.ELSEWHERE
    assert part_of(word()) == own_posts.UNKNOWN


@given(WORDS)
def test_the_parts_add_up_to_all_words_in_their_order(words: list[Word]) -> None:
    told = parts_of(words)
    assert sum(number for _, number in told) == len(words)
    assert [part for part, _ in told] == [part for part in own_posts.PARTS if part in dict(told)]
    assert all(number for _, number in told)


def test_links_are_counted_among_posts_to_nobody_of_that_time_alone() -> None:
    posts = [
        Post("1", "9", "ada", "https://a.example/1", 100),
        Post("2", "9", "ada", "A quiet week.", 100),
        Post("3", "9", "ada", "https://a.example/2", 100, reply_to_post="7", reply_to_id="8"),
        Post("4", "9", "ada", "And the second part.", 100, reply_to_post="2", reply_to_id="9"),
        Post("5", "9", "ada", "https://a.example/3", 99),
        Post("6", "9", "ada", None, 100),
        Post("7", "9", "ada", "https://a.example/4", 100, repost_of="77"),
    ]
    seen = offsite(posts, 100)
    assert (seen.count, seen.of, seen.share) == (1, 3, None)


def test_who_says_more_than_they_link_discusses_and_of_too_few_posts_nobody_does() -> None:
    says, link = ("A quiet week.", False), ("https://a.example/1", False)
    posts = [("wren", *one) for one in (says, says, says, link, link)]
    posts += [("barn", *one) for one in (says, says, link, link)] + [("barn", "Ten deals", True), ("ines", *says)]
    assert discussing(posts) == ["wren"]
