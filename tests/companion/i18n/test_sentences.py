"""English sentences with values are recognised and said anew; what is not known stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.i18n.catalogue import TRANSLATED, Catalogue, catalogue
from companion.i18n.po_file import Entry, Parsed
from companion.i18n.sentences import Recogniser, pattern

HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=n != 1;"}


def spoken(*entries: tuple[str, str] | tuple[str, str, str, str]) -> Catalogue:
    made = [
        Entry(one[0], "", [one[1]]) if len(one) == 2 else Entry(one[0], one[1], [one[2], one[3]]) for one in entries
    ]
    return Catalogue("de", Parsed(HEADER, {one.msgid: one for one in made}))


@pytest.mark.parametrize(
    ("said", "told"),
    [("3 days", "3 Tage"), ("1 day", "1 Tag"), ("1,234 days", "1.234 Tage"),
     ("Seen 3 days ago by Wren.", "Wren: 3 Tage"),
     ("Seen on 3 Mar 2026.", "Am 03.03.2026"), ("Wren is in Home.", "Wren in Heim."), ("Wren is in Xy.", "Wren in Xy."),
     ("Wren is in Xy. 3 days", "Wren is in Xy. 3 days"), ("Home", "Heim"),
     ("Seen home ago by Wren.", "Wren: Heim"), ("", ""), ("18%", "18\xa0%"),
     ("2,000", "2.000"), ("3 Mar 2026", "03.03.2026"), ("–", "–")],
)  # fmt: skip
def test_values_are_put_into_the_translation(said: str, told: str) -> None:
    german = spoken(
        ("{n} day", "{n} days", "{n} Tag", "{n} Tage"), ("Seen {said_span} ago by {name}.", "{name}: {said_span}"),
        ("Seen on {date}.", "Am {date}"), ("{name} is in {known_place}.", "{name} in {known_place}."), ("Home", "Heim"),
    )  # fmt: skip
    assert german.say(said) == told


def test_a_list_is_said_word_by_word_with_the_languages_comma() -> None:
    japanese = spoken(
        ("once ({list_kinds})", "1回（{list_kinds}）"), ("advice", "助言"), ("a share", "共有"), ("list\x04, ", "、")
    )
    assert japanese.say("once (advice, a share)") == "1回（助言、共有）"
    assert japanese.say("once (xy, advice)") == "1回（xy、助言）"


def test_a_plural_is_recognised_also_where_the_singular_has_no_number() -> None:
    german = spoken(("On one day.", "On {n} days ({n_messages}).", "An einem Tag.", "An {n} Tagen ({n_messages})."))
    assert german.say("On one day.") == "An einem Tag."
    assert german.say("On 12 days (1,200).") == "An 12 Tagen (1.200)."


def test_one_thing_without_its_number_is_counted_where_the_language_has_one_form() -> None:
    one_form = spoken(
        ("A page of {name} turned.", "{n} pages of {name} turned.", "Seiten in {name}: {n}.", "Seiten in {name}: {n}."),
        ("a page", "{n} pages", "Seiten: {n}", "Seiten: {n}"), ("Seen {said_what}.", "Gesehen: {said_what}."),
    )  # fmt: skip
    assert one_form.say("A page of Zq turned.") == "Seiten in Zq: 1."
    assert one_form.say("Seen a page.") == "Gesehen: Seiten: 1."


@pytest.mark.parametrize(
    ("told", "said"),
    [("2026-03-24", "24.03.2026"), ("2026-03-24 07:05 UTC", "24.03.2026 07:05 UTC"), ("3 Mar", "3.3."),
     ("3 Mar 2026", "03.03.2026"), ("2026-02-31", "2026-02-31")],
)  # fmt: skip
def test_a_day_is_written_as_the_language_does_however_it_was_told(told: str, said: str) -> None:
    assert spoken(("Made on {date_made}.", "Vom {date_made}.")).say(f"Made on {told}.") == f"Vom {said}."


def test_two_sentences_are_said_one_by_one_if_both_are_known() -> None:
    german = spoken(("{name} is in.", "{name} ist drin."), ("It is full.", "Er ist voll."))
    assert german.say("Wren is in. It is full.") == "Wren ist drin. Er ist voll."
    assert german.say("Wren is in. It is odd.") == "Wren is in. It is odd."


def test_a_sentence_of_hardly_any_letters_of_its_own_is_not_found_in_others() -> None:
    german = spoken(("{done} of {all}", "{done} von {all}"), ("{n_done} of {n_all}", "{n_done} von {n_all}"))
    assert german.say("{done} of {all}") == "{done} von {all}"
    assert german.say("Expected text of length 8") == "Expected text of length 8"
    assert german.say("3 of 1,234") == "3 von 1.234"


def test_words_that_are_to_be_said_and_are_not_known_leave_the_sentence_alone() -> None:
    german = spoken(("Seen {said_when}.", "Gesehen {said_when}."))
    assert german.say("Seen once.") == "Seen once."


def test_the_pattern_with_most_fixed_letters_is_tried_first() -> None:
    both = Recogniser([pattern("{a}.", "short"), pattern("{a} is a circle.", "long")])
    assert [one.msgid for one in both.all("Xy is a circle.")] == ["long", "short"]


@given(st.text())
def test_english_says_everything_as_it_stands(text: str) -> None:
    assert catalogue("en").say(text) == text


@given(name=st.text(min_size=1))
def test_a_name_comes_out_of_a_sentence_as_it_went_in(name: str) -> None:
    german = spoken(("“{name}” is in.", "„{name}“ ist drin."))
    assert german.say(f"“{name}” is in.") == f"„{name}“ ist drin."


def test_names_are_kept_apart_where_the_language_runs_the_other_way() -> None:
    assert catalogue("ar").say("@wren is changed.") == "تم تغيير \u2068@wren\u2069."


@given(
    sentence=st.text("ab “”.", max_size=8),
    made=st.lists(st.text("ab “”.", max_size=4).map(lambda text: text.replace("a", "{a}", 1)), max_size=8),
)
def test_no_pattern_that_fits_is_passed_over_for_the_way_a_sentence_begins(sentence: str, made: list[str]) -> None:
    patterns = [pattern(text, str(number)) for number, text in enumerate(made)]
    found = [one.msgid for one in Recogniser(patterns).all(sentence)]
    assert sorted(found) == sorted(one.msgid for one in patterns if one.expression.fullmatch(sentence))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("words", [", ".join(f"word{number}" for number in range(60)), "a, " * 600, "x: " * 600])
def test_a_long_list_of_unknown_words_stays_english_soon_and_without_an_error(language: str, words: str) -> None:
    """Each further comma doubled the readings that were tried: ten words took minutes, hundreds no end or an error."""
    text = f"There is nothing like it. Known: {words.strip()}."
    assert catalogue(language).say(text) == text
