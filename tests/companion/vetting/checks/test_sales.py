"""Posts that sell are told from those that only speak of money, and a catalogue from a blog."""

from __future__ import annotations

import pytest

from companion.domain.sightings import Post
from companion.vetting.checks.sales import catalogue_of, is_sale, signs_of_sale
from companion.vetting.word_lists import supplied_lists
from tests.companion.vetting.people import corpus, posts

LISTS = supplied_lists()


def test_precision_and_recall_on_the_labelled_corpora() -> None:
    sales, others = posts(corpus("sales")), posts(corpus("not_sales"))
    assert len(sales) >= 60
    assert len(others) >= 60
    found = [post.text for post in sales if is_sale(post, LISTS)]
    wrong = [post.text for post in others if is_sale(post, LISTS)]
    precision, recall = len(found) / (len(found) + len(wrong)), len(found) / len(sales)
    print(f"selling posts: precision {precision:.3f}, recall {recall:.3f}, n = {len(sales)} + {len(others)}")
    assert precision >= 0.95
    assert recall >= 0.9


def goods(count: int) -> list[Post]:
    names = ["kettle", "scarf", "lamp", "mug", "rug", "chair", "plate", "knife", "towel", "clock", "vase", "stool"]
    shop = "https://bargainbarn.example/products"
    return posts([f"New in store: {name} for ${9 + n}. {shop}/{name}" for n, name in enumerate(names[:count])])


def test_twelve_products_of_one_shop_are_a_catalogue() -> None:
    shelf = goods(12)
    found = catalogue_of(shelf, [post for post in shelf if is_sale(post, LISTS)])
    assert found is not None
    assert found[0] == "bargainbarn.example"
    assert len(found[1]) == 12


def test_twelve_articles_of_one_blog_are_none() -> None:
    topics = ["bees", "rain", "soup", "maps", "tides", "moss", "owls", "looms", "tin", "salt", "kites", "ink"]
    blog = posts([f"I wrote about {topic} https://wren.example/blog/{topic}" for topic in topics])
    assert catalogue_of(blog, [post for post in blog if is_sale(post, LISTS)]) is None


def test_a_few_products_among_much_talk_are_none() -> None:
    shelf = goods(5)
    assert catalogue_of(shelf, shelf) is None


@pytest.mark.parametrize(
    "text",
    [
        "Now $5",
        "only 9,99 €",
        "Rp 500",
        "rs500 each",
        "1.200,00 TL",
        "$20k",
        "£3.",
        "usd. 12",
        "30 dollars",
        "20% off",
        "5% rabatt",
    ],
)
def test_a_number_with_its_currency_is_a_price(text: str) -> None:
    assert "price" in signs_of_sale(Post("1", text=f"On sale: {text}"), LISTS)


@pytest.mark.parametrize(
    "text", ["Since 2020", "$abc", "room 5tlc", "abc5 €", "100% offline", "see https://shop.example/$5", "$5abc", "kr"]
)
def test_other_numbers_are_no_price(text: str) -> None:
    assert "price" not in signs_of_sale(Post("1", text=f"On sale: {text}"), LISTS)


def test_a_price_alone_is_not_selling() -> None:
    assert signs_of_sale(Post("1", text="The bus is $5 now"), LISTS) == ()
