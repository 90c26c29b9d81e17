"""The dashboard speaks the browser's language, or the one that was chosen; its pages leave no word in English."""

from __future__ import annotations

import json
import re

import pytest

from companion.domain.outcomes import OUTCOMES
from companion.i18n.languages import LANGUAGES
from companion.web import language
from companion.web.imports.wording import ARCHIVE_SCRIPT, NOTES_SCRIPT
from companion.web.static_files import FOLDER
from companion.web.wording import DRAFTS_SCRIPT
from tests.companion.i18n.pseudo import pseudo_catalogue, untranslated
from tests.companion.web.browser import Browser, Page
from tests.companion.web.town import NEIGHBOURS
from tests.replica import people

WREN, INES = f"/web/person/{people.WREN.id}", f"/web/person/{people.INES.id}"
COVERED = {
    "home": "/web", "people": "/web/people", "filtered": "/web/people?filter=score+%3E+20&q=a",
    "wrong": "/web/people?filter=x+y", "nobody": "/web/people?q=zzzz", "circles": "/web/circles",
    "pictures": "/web/pictures", "import": "/web/import", "notes": "/web/import/notes", "pair": "/web/pair",
    "person": WREN,
    "mirror": "/web/mirror", "month": "/web/mirror?span=30", "outreach": "/web/outreach",
    "goals": "/web/outreach/goals", "chats": "/web/chats",
    "first": "/web/first", "year": "/web/year", "referrals": "/web/referrals", "triage": "/web/triage?list=mentioned",
    "quiz": "/web/quiz", "words": "/web/words", "reminders": "/web/reminders",
    "more": "/web?more=1",
    "older": f"{WREN}?before=1750000000", "off X": INES, "unknown": "/web/person/99",
}  # fmt: skip
"""Pages that are wholly translated, by name; a new page belongs here once its words are in the catalogues."""
NAMES = {
    text
    for one in (*people.VIEWERS, *people.FEATURED, *people.invent(NEIGHBOURS))
    for text in (one.name, f"@{one.handle}")
}
PRODUCTS = {"Mutuals", "LinkedIn", "Mastodon", "Bluesky", "Instagram", "Facebook", "vCard 4.0", "Markdown"}
KEPT = NAMES | PRODUCTS | {"score > 60 and not met", "3 weeks", "@handle", "#bookchat"}
"""Names, and the language of filters, which is the same everywhere."""
Fields = dict[str, str | list[str]]


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every page speak the language that nobody speaks."""
    spoken = pseudo_catalogue()
    monkeypatch.setattr(language, "catalogue", lambda _code: spoken)


def english(page: Page) -> list[str]:
    return [text for text in untranslated(page.html) if text not in KEPT]


@pytest.mark.parametrize("name", COVERED)
@pytest.mark.usefixtures("pseudo")
def test_no_word_of_a_covered_page_stays_english(web: Browser, name: str) -> None:
    assert english(web.get(COVERED[name])) == []


EMPTY = [
    "home", "people", "circles", "pictures", "import", "notes", "pair", "first", "words", "reminders", "mirror", "year",
    "referrals",
]  # fmt: skip


@pytest.mark.parametrize("name", EMPTY)
@pytest.mark.usefixtures("pseudo")
def test_nor_of_a_page_where_nobody_was_seen_yet(empty: Browser, name: str) -> None:
    assert english(empty.get(COVERED[name])) == []


WRITTEN: list[tuple[str, str, Fields]] = [
    (WREN, "/note", {"text": "Xy"}),
    (WREN, "/name", {"alias": "Wren Achebe"}),
    (WREN, "/cadence", {"every": "3 weeks"}),
    (WREN, "/step", {"words": "Xy", "day": "2025-10-09", "every": "2 months"}),
    (WREN, "/outcome", {"what": "work", "day": "2025-10-01", "words": "Xy", "worth": "Xy"}),
    (WREN, "/touch", {"what": "meal", "day": "2025-10-01", "words": ""}),
    (WREN, "/tags", {"tags": "xy"}),
    (WREN, "/circles", {"circle": "watchlist"}),
    (WREN, "/delete", {}),
    ("/web", "/later", {}),
    ("/web/reminders", "/rhythm", {"every": "2 weeks"}),
    ("/web/reminders", "/feed", {"do": "make"}),
    ("/web", "/aim", {"day": "2", "week": "5"}),
    ("/web/words", "/words", {"name": "Xy", "text": "Xy {topic}"}),
    (WREN, "/origin", {"how": "card", "words": "Xy", "day": "2025-01-01"}),
    (WREN, "/roles", {"role": ["media"], "own": "xy"}),
    (WREN, "/context", {"context": "both"}),
    (WREN, "/channel", {"what": "mail", "address": "xy@xy.example"}),
    (WREN, "/manner", {"online": "Xy", "in_person": "Xy"}),
    (WREN, "/suited", {"purpose": "xy", "fits": "no", "basis": "Xy"}),
    (WREN, "/sent-by", {"who": "@inesmakes", "day": "2025-01-01", "words": "Xy"}),
    (INES, "/sent", {"who": "@wrenwrites"}),
    (WREN, "/vouch", {"who": "@inesmakes", "purpose": "Xy", "basis": "Xy"}),
    (WREN, "/ask", {"who": "@inesmakes", "words": "Xy"}),
    (WREN, "/favour", {"way": "you", "what": "share", "day": "2025-01-01", "words": "Xy"}),
    (WREN, "/sent-by", {"who": "@xy"}),
    (WREN, "/vouch", {"who": "@xy", "purpose": "xy", "basis": "xy"}),
    (WREN, "/ask", {"who": "@xy", "words": "xy"}),
    (WREN, "/favour", {"way": "you", "what": "intro", "day": "2025-10-01"}),
    (
        "/web/chats",
        "/save",
        {"tag": "#xy", "day": "2025-10-01", "time": "20:00", "zone": "Europe/Lisbon", "rule": "week", "minutes": "60"},
    ),
    ("/web/outreach/goals", "/goal", {"tag": "xy", "topics": "xy"}),
    ("/web/circles", "/circles", {"name": "Xy", "cap": "1"}),
    ("/web/people?q=e", "/filters", {"name": "xy"}),
    ("/web/people?q=e", "/tags", {"tag": "riso", "all": "1", "do": "add"}),
]


@pytest.mark.parametrize(("at", "form", "fields"), WRITTEN, ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.usefixtures("pseudo")
def test_what_was_done_is_told_in_the_language_too(web: Browser, at: str, form: str, fields: Fields) -> None:
    page = web.send(web.get(at), form, **fields)
    assert page.status == 200
    assert page.texts(".said form span")
    assert english(page) == []


@pytest.mark.parametrize(
    ("form", "fields", "status"),
    [("/note", {"text": "x" * 10_001}, 422), ("/step", {"words": "Xy", "every": "2 days"}, 422),
     ("/step", {"words": ""}, 422), ("/sent-by", {"who": "@wrenwrites"}, 422),
     ("/vouch", {"who": "xy z", "purpose": "Xy", "basis": "Xy"}, 422),
     ("/channel", {"what": "mail", "address": "xy"}, 422),
     ("/suited", {"purpose": "xy", "fits": "no", "basis": " "}, 422), ("/cadence", {"every": "xy"}, 422),
     ("/touch", {"what": "call", "day": "2999-01-01"}, 422),
     ("/touch", {"what": "call", "day": "soon"}, 422), ("/delete", {"ref": "999"}, 404)],
)  # fmt: skip
@pytest.mark.usefixtures("pseudo")
def test_and_so_is_what_was_not_done(web: Browser, form: str, fields: Fields, status: int) -> None:
    page = web.send(web.get(WREN), form, **fields)
    assert (page.status, english(page)) == (status, [])


@pytest.mark.usefixtures("pseudo")
def test_a_refusal_is_told_in_the_language_without_a_page_around_it(web: Browser) -> None:
    web.leave()
    page = web.get("/web")
    assert (page.status, english(page)) == (403, [])


@pytest.mark.parametrize(("wish", "tag", "heading"), [
    ("en-GB,en;q=0.9", "en", "Talk with"),
    ("de-AT,de;q=0.9,en;q=0.8", "de", "Reden mit"),
    ("pt-PT", "pt-BR", "Para conversar"),
    ("xx, ja;q=0.5", "ja", "話したい人"),
    ("", "en", "Talk with"),
    ("tlh", "en", "Talk with"),
])  # fmt: skip
def test_the_browsers_language_is_spoken(web: Browser, wish: str, tag: str, heading: str) -> None:
    web.language = wish
    page = web.get("/web")
    assert page.one("html").attributes["lang"] == tag
    assert page.one("#today").text().startswith(heading)


def test_a_chosen_language_goes_before_the_browsers_until_it_is_given_up(web: Browser) -> None:
    web.language = "fr"
    after = web.send(web.get("/web/people"), "/language", language="ko")
    assert after.address == "/web/people"
    assert after.texts("h1") == ["사람들"]
    assert after.one("#language option[selected]").attributes["value"] == "ko"
    given_up = web.send(after, "/language", language="")
    assert given_up.texts("h1") == ["Personnes"]


def test_every_language_is_offered_by_its_own_name_and_no_other_is_taken(web: Browser) -> None:
    page = web.get("/web")
    assert page.texts("#language option")[1:] == list(LANGUAGES.values())
    assert web.send(page, "/language", language="tlh").status == 422


def test_the_way_back_leads_to_a_page_of_ours_alone(web: Browser) -> None:
    assert web.send(web.get("/web"), "/language", language="de", back="https://a.example/").address == "/web"


def test_arabic_runs_from_right_to_left_and_keeps_handles_and_names_apart(web: Browser) -> None:
    web.language = "ar"
    page = web.get(WREN)
    assert page.one("html").attributes["dir"] == "rtl"
    assert page.one(".person-head bdi[dir=ltr]").text() == f"@{people.WREN.handle}"
    assert page.one("h1 bdi").text() == people.WREN.name


def test_what_the_user_wrote_stays_as_it_is_even_if_it_is_a_word_of_ours(web: Browser) -> None:
    web.language = "de"
    page = web.send(web.get(WREN), "/note", text="Done")
    page = web.send(page, "/outcome", what="work", day="2025-10-01", words="Undo", worth="")
    page = web.send(page, "/name", alias="Home")
    assert page.one("textarea.note").text().strip() == "Done"
    assert "Undo" in page.texts("section[aria-labelledby=outcomes] bdi")
    assert page.texts("h1") == ["Home"]


def test_a_renamed_circle_keeps_its_name_and_a_first_one_is_translated(web: Browser) -> None:
    web.language = "de"
    page = web.get("/web/circles")
    assert page.one("#c-watchlist").text() == "Im Blick"
    renamed = web.send(page, "/circles", circle="watchlist", name="Work", cap="100")
    assert renamed.one("#c-watchlist").text() == "Work"


def test_the_words_of_kinds_and_outcomes_are_in_every_language(web: Browser) -> None:
    web.language = "es"
    shown = web.get(WREN).texts("#what option")
    assert len(shown) == len(OUTCOMES)
    assert not set(shown) & set(OUTCOMES.values())


SCRIPTS = {"import.js": ARCHIVE_SCRIPT, "notes.js": NOTES_SCRIPT, "drafts.js": DRAFTS_SCRIPT}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_scripts_sentences_are_those_that_the_page_translates_for_it(name: str) -> None:
    source = re.sub(r"\s+", " ", (FOLDER / name).read_text(encoding="utf-8"))
    told = set(re.findall(r'tell\(\s?"([^"]+)"', source))
    named = {source.split(f"{constant} =")[1].split('"')[1] for constant in re.findall(r"tell\(([A-Z]+)\)", source)}
    assert told | named == set(SCRIPTS[name])


@pytest.mark.parametrize(
    ("at", "which"), [("/web/import", "#import"), ("/web/import/notes", "#notes"), (WREN, "#first-draft ~ .draft")]
)
@pytest.mark.usefixtures("pseudo")
def test_a_page_carries_every_sentence_of_its_script_in_the_language(web: Browser, at: str, which: str) -> None:
    table = json.loads(web.get(at).one(which).attributes["data-words"] or "{}")
    assert set(table) in map(set, SCRIPTS.values())
    assert [text for text in table.values() if not re.fullmatch("⟦.*⟧", text)] == []


def test_an_english_page_carries_none(web: Browser) -> None:
    assert web.get("/web/import").one("#import").attributes["data-words"] == "{}"
