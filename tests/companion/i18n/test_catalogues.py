"""Every catalogue has every message, with the same places and HTML, and the plurals and typography of its language."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from gettext import c2py
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from companion.domain.decisions import DECISIONS
from companion.domain.kinds import KINDS
from companion.domain.wording import HABITS, SOURCES, STAGES, STATES
from companion.i18n.catalogue import HELP, TRANSLATED, text_of
from companion.i18n.languages import LANGUAGES, tag
from companion.i18n.po_file import CONTEXT_END, Entry, Parsed, parse
from companion.i18n.sentences import PLACE
from tests.extension.test_locales import CATALOGUES as EXTENSION
from tests.extension.test_locales import FORBIDDEN

ROOT = Path(__file__).resolve().parents[3]
OF_HELP = {code: parse(text_of(code, HELP)) for code in TRANSLATED}
PARSED = {code: parse(text_of(code)) for code in TRANSLATED}
BOTH = {code: Parsed(parsed.header, {**OF_HELP[code].entries, **parsed.entries}) for code, parsed in PARSED.items()}
OTHERS = list(TRANSLATED)
VALUE = re.compile(r"%\(\w+\)s|\{\w+(?:!r)?\}")
TAG = re.compile(r"</?\w+[^>]*>")
TYPED = re.compile(r"`[^`]+`|<code[^>]*>[^<]*</code>")
KEPT = re.compile(r"<(bdi|em)>[^<]*</\1>|X User Notes.*?UTags")
"""The language of filters, and names of other tools."""
CLICKS_NOUN = "{name} {filename!r}"
"""Click says "File" or "Directory" in English there; the translations do without."""
NUMBERS = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1000]
Message = tuple[str, str]


TRANSLATED_TEMPLATES = (
    "base", "chats", "circles", "closed", "conflict", "enter", "first", "goals", "home", "import", "mirror", "notes",
    "outreach", "pair", "parts", "people", "person", "person_belongs", "person_facts", "person_ties", "pictures",
    "quiz", "referrals", "reminders", "sorry", "triage", "words", "year",
)  # fmt: skip
"""Templates that are wholly translated; a new one joins when its words are in the catalogues."""


def of_templates(names: Iterable[str]) -> set[Message]:
    """The messages of the named templates: (with its context, plural)."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.policies["ext.i18n.trimmed"] = True
    found: set[Message] = set()
    for path in (ROOT / f"companion/web/templates/{name}.html" for name in names):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for _, function, texts in extract_from_ast(tree, ("_", "gettext", "ngettext", "pgettext")):
            parts = [text for text in ((texts,) if isinstance(texts, str) else texts or ()) if text]
            if function == "pgettext" and len(parts) < 2:
                continue  # said of a value, which the language that nobody speaks shows
            if function == "pgettext":
                found.add((CONTEXT_END.join(parts), ""))
            elif parts:
                found.add((parts[0], parts[1] if len(parts) > 1 else ""))
    return found


def texts(entry: Entry) -> str:
    return " ".join(entry.forms)


def bare(text: str) -> str:
    """A translation without HTML, values, and what is typed or is the language of filters."""
    for pattern in (TYPED, KEPT, TAG, VALUE, re.compile(r"&\w+;|\b(?:tag|circle): \w+(?: \w+)?")):
        text = pattern.sub("0", text)
    return text


def test_there_is_a_catalogue_for_every_language_but_english() -> None:
    folder = ROOT / "companion/i18n/locales"
    assert {path.stem for path in folder.glob("*.po")} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_of_the_translated_templates_is_in_it(code: str) -> None:
    known = {(key, entry.plural) for key, entry in PARSED[code].entries.items()}
    assert of_templates(TRANSLATED_TEMPLATES) - known == set()


@pytest.mark.parametrize("code", OTHERS)
def test_all_catalogues_hold_the_same_messages_none_of_them_empty(code: str) -> None:
    assert set(BOTH[code].entries) == set(BOTH["de"].entries)
    assert [key for key, entry in BOTH[code].entries.items() if not all(form.strip() for form in entry.forms)] == []


def is_said(message: str, source: str) -> bool:
    """Whether two words in a row of a message stand in the source, or each of its words somewhere."""
    runs = [
        [word.strip(".,;:()") for word in part.split()]
        for part in PLACE.split(message.rpartition(CONTEXT_END)[2].casefold())[::2]
    ]
    long = [" ".join(words[at : at + 2]) for words in runs for at in range(len(words) - 1)]
    return any(run in source for run in long) or all(word in source for words in runs for word in words)


def test_no_message_is_left_over_that_neither_a_template_nor_the_program_says() -> None:
    files = [*(ROOT / "companion").rglob("*.py"), *(ROOT / "companion/web/static").glob("*.js")]
    source = " ".join(re.sub(r'"\s*\n\s*f?"', "", path.read_text(encoding="utf-8")) for path in files)
    source = source.casefold()
    everything = (path.stem for path in (ROOT / "companion/web/templates").glob("*.html"))
    listed = {key for key, _ in of_templates(everything)}
    assert [key for key in PARSED["de"].entries if key not in listed and not is_said(key, source)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_values_tags_and_typed_words_are_those_of_the_english_message(code: str) -> None:
    def parts(pattern: re.Pattern[str], text: str) -> list[str]:
        return sorted(pattern.findall(text))

    for key, entry in BOTH[code].entries.items():
        for form in entry.forms:
            values = set(VALUE.findall(form))
            assert values <= set(VALUE.findall(key + entry.plural)), key
            if not entry.plural and not key.startswith(CLICKS_NOUN):
                assert values == set(VALUE.findall(key)), key
            assert parts(TAG, form) == parts(TAG, key), key
            assert parts(TYPED, form) == parts(TYPED, key), key


@pytest.fixture(scope="module")
def categories() -> dict[str, list[str]]:
    """The plural category of each number in each language, as browsers know it (CLDR)."""
    node = shutil.which("node")
    assert node, "Node is needed, as for the extension's tests"
    ask = "const [tags, numbers] = JSON.parse(process.argv[1]); console.log(JSON.stringify(tags.map((tag) =>" \
          " numbers.map((one) => new Intl.PluralRules(tag).select(one)))))"  # fmt: skip
    asked = json.dumps([[tag(code) for code in OTHERS], NUMBERS])
    answer = subprocess.run([node, "-e", ask, asked], capture_output=True, check=True, text=True, encoding="utf-8")
    return dict(zip(OTHERS, json.loads(answer.stdout), strict=True))


@pytest.mark.parametrize("code", OTHERS)
def test_the_plural_forms_are_those_that_the_languages_own_rules_ask_for(
    code: str, categories: dict[str, list[str]]
) -> None:
    rule = re.fullmatch(r"nplurals=(\d); plural=(.*);", PARSED[code].header["Plural-Forms"])
    assert rule
    form: Callable[[int], int] = c2py(rule[2])
    of_category = {name: form(number) for name, number in zip(categories[code], NUMBERS, strict=True)}
    assert [of_category[name] for name in categories[code]] == [form(number) for number in NUMBERS]
    assert len(set(of_category.values())) == len(of_category) == int(rule[1])
    plurals = [entry for entry in BOTH[code].entries.values() if entry.plural]
    assert len(plurals) > 15
    assert {len(entry.forms) for entry in plurals} == {int(rule[1])}


@pytest.mark.parametrize("code", OTHERS)
def test_the_glossarys_forbidden_words_are_not_used(code: str) -> None:
    used = {key: bare(texts(entry)) for key, entry in BOTH[code].entries.items()}
    assert {key: text for key, text in used.items() if re.search(FORBIDDEN[code], text)} == {}


@pytest.mark.parametrize("code", OTHERS)
def test_the_typography_is_that_of_the_language(code: str) -> None:
    wrong = {"ar": r"[,;?]", "ja": r"[,;?!]|[。、] ", "fr": r"[^\u202f\d][:;?!»](?!//)|«[^\u202f]"}.get(code, r"(?!)")
    told = {key: bare(text) for key, entry in BOTH[code].entries.items() for text in entry.forms}
    assert {key: text for key, text in told.items() if re.search(wrong, text)} == {}
    assert [key for key, text in told.items() if "..." in text or '"' in text] == []


@pytest.mark.parametrize("code", OTHERS)
def test_card_and_dashboard_say_the_same_words(code: str) -> None:
    card, ours = EXTENSION[code], PARSED[code].entries

    def same(key: str, words: str) -> bool:
        return card[key].casefold().rstrip(".。") == ours[words].forms[0].casefold()

    words = {f"markState_{name}": text for name, text in STATES.items() if name != "unknown"}
    words |= {f"source_{name.replace('-', '_')}": text for name, text in SOURCES.items()}
    words |= {f"stage_{name}": text for name, text in STAGES.items()}
    words |= {f"vetDid_{name}": text for name, text in DECISIONS.items()}
    words |= {
        f"act_{kind.name}_{way}": text for kind in KINDS.values()
        for way, text in (("in", kind.they), ("out", kind.you), ("both", kind.together)) if text
    }  # fmt: skip
    assert [key for key, text in words.items() if not same(key, text)] == []
    assert all(any(key.startswith(code) for key in ours) for code in (text.split("(")[0] for text in HABITS.values()))


@pytest.mark.parametrize("code", OTHERS)
def test_shut_and_near_are_told_apart(code: str) -> None:
    entries = PARSED[code].entries
    assert entries[f"button{CONTEXT_END}Close"].forms != entries["Close"].forms


@pytest.mark.parametrize("code", OTHERS)
def test_the_catalogue_says_that_it_wants_a_native_reader(code: str) -> None:
    for folder in ("", HELP):
        assert "wants a native reader" in text_of(code, folder).split("msgid")[0]
