"""Posts are counted, shown, and judged only where enough of them were seen."""

from __future__ import annotations

import msgspec
import pytest

from companion.domain.page_kinds import BOTH_TABS, HOME, ORIGINALS_TAB, POSTS_TAB, REPLIES_TAB, WHOLE
from companion.domain.sightings import Person, Post
from companion.vetting.checks.posts import check_posts
from companion.vetting.findings import CAUTION, FACT
from tests.companion.vetting.checks.test_sales import goods
from tests.companion.vetting.people import NOW, by_code, facts, posts, somebody

WORDS = ["high", "low", "grey", "slow", "cold", "loud", "green"]
PLAIN = [f"Day {number}: the river is {word}" for number, word in enumerate(WORDS * 10)]


def codes(texts: list[str], person: Person | None = None) -> set[str]:
    return set(by_code(check_posts(facts(person, posts=posts(texts)))))


def mixed(replies: int, of: int) -> list[str]:
    talk = [f"@tomoreads I think chapter {n} says {'so' * (n % 3 + 1)}" for n in range(replies)]
    return talk + [
        f"{n} herons counted near bridge {'abcdefghij'[n % 10] * (n // 10 + 1)}" for n in range(of - replies)
    ]


def test_the_shares_equal_the_hand_counts() -> None:
    texts = ["@inesmakes lovely!", "RT @tomoreads: a book", "Look https://wren.example/a", "A walk", "@tomoreads yes"]
    found = by_code(check_posts(facts(posts=posts(texts))))
    told = {code: (finding.count, finding.of) for code, finding in found.items() if code.startswith("posts_share")}
    assert told == {
        "posts_share_replies": (2, 5),
        "posts_share_reposts": (1, 5),
        "posts_share_quotes": (0, 5),
        "posts_share_link_only": (1, 5),
    }


def test_too_few_posts_say_nothing_but_that() -> None:
    found = check_posts(facts(posts=posts(mixed(0, 8))))
    assert found[0].code == "posts_too_few"
    assert all(finding.level == FACT for finding in found)


def test_two_replies_of_sixty_is_broadcasting_and_two_of_eight_is_too_few() -> None:
    assert "posts_broadcast" in codes(mixed(2, 60))
    assert "posts_broadcast" not in codes(mixed(2, 8))
    assert "posts_broadcast" not in codes(mixed(20, 60))


def test_reposting_and_naming_others_make_it_less_of_a_broadcast_by_their_share() -> None:
    alone = by_code(check_posts(facts(posts=posts(mixed(0, 60)))))["posts_broadcast"]
    sharing = [f"RT @tomoreads: chapter {n}" for n in range(6)]
    some = by_code(check_posts(facts(posts=posts([*sharing, *mixed(0, 54)]))))["posts_broadcast"]
    assert alone.degree == 1.0
    assert some.degree == pytest.approx(0.75)


def test_answering_oneself_is_a_thread_and_no_talk() -> None:
    thread = posts(mixed(0, 40))
    for post in thread:
        post.reply_to_handle = "WrenWrites"
    assert "posts_broadcast" in by_code(check_posts(facts(posts=thread)))


@pytest.mark.parametrize(
    "person",
    [
        somebody(followers=400_000),
        somebody(bio="Follow this account for job alerts"),
        somebody(bio="I am a bot"),
    ],
)
def test_those_who_announce_are_not_scolded_for_it(person: Person) -> None:
    assert "posts_broadcast" not in codes(mixed(0, 60), person)


def test_a_third_of_links_is_a_fact_and_no_fault() -> None:
    texts = [*mixed(8, 20), *[f"Read https://wren.example/{n}" for n in range(9)]]
    found = check_posts(facts(posts=posts(texts)))
    assert all(finding.level == FACT for finding in found if finding.code != "posts_repeated")


def test_nothing_but_links_is_marked() -> None:
    headlines = [f"{'abcdefghijklmnopqrst'[n] * 4} happened https://news.example/{n}" for n in range(20)]
    assert "posts_mostly_links" in codes(headlines)


def test_twelve_goods_are_a_catalogue_and_mostly_sales() -> None:
    found = by_code(check_posts(facts(posts=goods(12))))
    assert found["posts_catalogue"].params == {"shop": "bargainbarn.example"}
    assert (found["posts_mostly_sales"].count, found["posts_mostly_sales"].of) == (12, 12)
    assert len(found["posts_mostly_sales"].examples) == 3


def test_a_fifth_of_sales_passes() -> None:
    texts = [*(post.text or "" for post in goods(4)), *mixed(10, 16)]
    assert codes(texts) & {"posts_mostly_sales", "posts_catalogue"} == set()


def test_the_same_words_three_times_are_a_repetition_with_a_sample() -> None:
    texts = [
        "Join our morning walk today",
        *mixed(6, 15),
        "Join our morning walk today!",
        "join our MORNING walk today 2",
    ]
    found = by_code(check_posts(facts(posts=posts(texts))))["posts_repeated"]
    assert (found.count, found.of) == (3, 18)
    assert found.examples[0].post is not None


def test_seven_of_ten_quotations_are_marked_with_examples() -> None:
    said = [f"“The {word} you seek is already on its way to you”" for word in WORDS]
    found = by_code(check_posts(facts(posts=posts([*said, "Rain again", "Soup", "@tomoreads hi"]))))
    assert (found["posts_mostly_quotations"].count, found["posts_mostly_quotations"].of) == (7, 10)


def test_one_automatic_thanks_among_talk_is_only_a_fact() -> None:
    thanks = "Our top interactors this week: @a @b @c via commun.it"
    alone = by_code(check_posts(facts(posts=posts([*PLAIN[:12], *[thanks] * 4]))))
    among = by_code(check_posts(facts(posts=posts([thanks, *mixed(6, 15)]))))
    assert alone["posts_automatic_thanks"].level == CAUTION
    assert among["posts_automatic_thanks"].level == FACT


def test_a_quiet_account_and_a_very_busy_one_are_told() -> None:
    old = posts(mixed(5, 12), days_apart=200)
    assert "posts_quiet" in by_code(check_posts(facts(posts=old)))
    assert by_code(check_posts(facts(somebody(posts=80_000), posts=old)))["posts_a_day"].count == 40


def test_fields_from_x_count_as_much_as_the_text() -> None:
    seen = [Post("1", "2000001", "wrenwrites", "yes", reply_to_handle="tomoreads"), Post("2", text="x", repost_of="9")]
    for post in seen:
        post.pages = WHOLE
    found = by_code(check_posts(facts(posts=seen)))
    assert (found["posts_share_replies"].count, found["posts_share_reposts"].count) == (1, 1)


@pytest.mark.parametrize("pages", [0, ORIGINALS_TAB, POSTS_TAB, HOME])
def test_pages_that_show_no_replies_say_nothing_of_talking(pages: int) -> None:
    found = by_code(check_posts(facts(posts=posts(mixed(0, 60), pages=pages))))
    assert found.keys() & {"posts_broadcast", "posts_talks", "posts_share_replies"} == set()
    assert found["posts_unseen_replies"].level == FACT
    assert found["posts_unseen_replies"].examples[0].url == "https://x.com/wrenwrites/with_replies"


def test_who_answers_others_only_where_the_posts_tab_does_not_show_it_is_not_called_a_broadcaster() -> None:
    tab = posts(mixed(0, 21), pages=ORIGINALS_TAB)
    replies = [msgspec.structs.replace(post, id=f"7{post.id}", pages=REPLIES_TAB) for post in posts(mixed(12, 12))]
    found = by_code(check_posts(facts(somebody(replies_at=NOW), posts=[*tab, *replies])))
    assert (found["posts_talks"].count, found["posts_talks"].of) == (12, 33)


def test_a_broadcaster_is_found_once_the_replies_tab_was_read_even_if_there_is_nothing_on_it() -> None:
    tab = posts(mixed(0, 21), pages=ORIGINALS_TAB)
    found = by_code(check_posts(facts(somebody(replies_at=NOW), posts=tab)))
    assert (found["posts_broadcast"].count, found["posts_broadcast"].of) == (0, 21)
    both = by_code(check_posts(facts(posts=posts(mixed(1, 60), pages=BOTH_TABS))))
    assert (both["posts_broadcast"].count, both["posts_broadcast"].of) == (1, 60)


def test_reposts_are_counted_only_among_posts_of_pages_that_show_them() -> None:
    texts = ["RT @tomoreads: a book", *mixed(0, 14)]
    older = by_code(check_posts(facts(posts=posts(texts, pages=POSTS_TAB))))
    newer = by_code(check_posts(facts(posts=posts(texts, pages=ORIGINALS_TAB))))
    assert (older["posts_share_reposts"].count, older["posts_share_reposts"].of) == (1, 15)
    assert "posts_share_reposts" not in newer
    assert newer["posts_unseen_reposts"].examples[0].url == "https://x.com/wrenwrites/reposts"
