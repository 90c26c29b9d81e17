"""A table of `mutuals export` that is imported into an empty notebook gives the same table again."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from companion.domain.facts import CHANNELS, CONTEXTS, FITNESS, HOW_MET
from companion.export.csv_file import HEADINGS, table
from companion.export.people import everybody
from companion.settings import Settings
from companion.sources.other_tools.merging import NotesImport
from companion.sources.other_tools.parse import parse
from companion.sources.other_tools.undo import undo
from companion.store.documents import Document
from companion.store.notebook.results import LATEST
from companion.store.readonly import open_read_only
from companion.stores import Stores

NOW = 1_790_000_000
WREN = "2000001"
Facts = list[tuple[str, Document]]
LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip
WORDS = st.one_of(
    LINE, st.sampled_from(["=1; =2", "a; b", '"quoted"', "'til", "-x", "A chat (a guess) x", ";", "a,b", '"; "', "@x"])
)
NOTES = st.one_of(WORDS, st.lists(WORDS, min_size=1, max_size=3).map("\n".join))


def facts() -> st.SearchStrategy[Facts]:
    """Return facts as the dashboard lets them be written."""
    origin = st.builds(
        lambda how, words, guess: {"how": how, "words": words, "guess": guess},
        st.sampled_from(sorted(HOW_MET)), WORDS, st.booleans(),
    )  # fmt: skip
    roles = st.lists(WORDS, min_size=1, max_size=3, unique_by=str.casefold).map(lambda names: {"roles": names})
    manner = st.dictionaries(st.sampled_from(["online", "in_person"]), WORDS, min_size=1)
    channel = st.one_of(
        st.sampled_from([("mail", "fern@kiln.example"), ("phone", "+1 555 0100"), ("feed", "https://a.example/;x")]),
        st.tuples(st.sampled_from([name for name in CHANNELS if name not in ("mail", "phone", "feed", "site")]), WORDS),
    ).map(lambda pair: {"what": pair[0], "address": pair[1]})
    suited = st.builds(
        lambda purpose, fits, basis: {"purpose": purpose, "fits": fits, "basis": basis},
        WORDS, st.sampled_from(sorted(FITNESS)), WORDS,
    )  # fmt: skip
    one = st.one_of(
        st.tuples(st.just("origin"), origin), st.tuples(st.just("roles"), roles), st.tuples(st.just("manner"), manner),
        st.tuples(st.just("context"), st.sampled_from(sorted(CONTEXTS)).map(lambda name: {"context": name})),
        st.tuples(st.just("note"), NOTES.map(lambda text: {"text": text})),
        st.tuples(st.just("alias"), WORDS.map(lambda text: {"alias": text})),
        st.tuples(st.just("tags"), st.lists(WORDS, min_size=1, max_size=3).map(lambda names: {"tags": names})),
    )  # fmt: skip
    several = st.one_of(st.tuples(st.just("channel"), channel), st.tuples(st.just("suited"), suited))
    key = lambda fact: str(fact[1].get("address") or fact[1].get("purpose"))  # noqa: E731
    return st.builds(
        lambda single, many: [*single, *many],
        st.lists(one, min_size=1, max_size=5, unique_by=lambda fact: fact[0]),
        st.lists(several, max_size=3, unique_by=key),
    )


def written(data: Path, told: Facts) -> None:
    stores = Stores.open(Settings(data=data))
    for number, (kind, body) in enumerate(told):
        stores.notebook.write(f"op-{number}", kind, WREN, body, LATEST, NOW, "")
    stores.close()


def exported(data: Path) -> bytes:
    with open_read_only(Settings(data=data)) as stores:
        return b"".join(table(everybody(stores, NOW)))


def taken_in(data: Path, text: bytes) -> list[str]:
    stores = Stores.open(Settings(data=data))
    merged = NotesImport(stores.notebook, stores.ledger, Settings(data=data), NOW).merge(parse(text, "p.csv"), "p.csv")
    stores.close()
    return merged.problems


@given(facts())
@property_settings(max_examples=60, deadline=None)
def test_own_table_comes_back_exactly(told: Facts) -> None:
    with TemporaryDirectory() as here:
        first, second = Path(here) / "first", Path(here) / "second"
        written(first, told)
        text = exported(first)
        assert taken_in(second, text) == []
        assert exported(second) == text
        assert taken_in(second, text) == []
        assert exported(second) == text


EVERYTHING: Facts = [
    ("origin", {"how": "card", "words": "at the fair"}), ("roles", {"roles": ["mentor"]}),
    ("context", {"context": "both"}), ("manner", {"online": "quiet", "in_person": "loud"}),
    ("channel", {"what": "mail", "address": "fern@kiln.example"}),
    ("suited", {"purpose": "speaker", "fits": "yes", "basis": "heard her"}),
]  # fmt: skip


def told_of(data: Path) -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(exported(data).decode("utf-8-sig"), newline=""))
    return {name: cell for row in rows for name, cell in row.items() if name in HEADINGS[18:] and cell}


def test_an_undo_takes_the_facts_back(tmp_path: Path) -> None:
    written(tmp_path / "first", EVERYTHING)
    taken_in(tmp_path / "second", exported(tmp_path / "first"))
    assert told_of(tmp_path / "second")["suited"] == "suited as speaker: heard her"
    stores = Stores.open(Settings(data=tmp_path / "second"))
    assert undo(stores.notebook, NOW, "").restored == len(EVERYTHING)
    stores.close()
    assert told_of(tmp_path / "second") == {}


def test_a_fact_that_is_there_stays_and_the_other_is_told(tmp_path: Path) -> None:
    written(tmp_path / "first", EVERYTHING)
    written(tmp_path / "second", [("origin", {"how": "linkedin"}), ("roles", {"roles": ["vendor"]})])
    problems = taken_in(tmp_path / "second", exported(tmp_path / "first"))
    assert problems == [f"@{WREN}: “A business card at the fair” was left out: “LinkedIn” is there."]
    told = told_of(tmp_path / "second")
    assert (told["how_met"], told["roles"], told["mail"]) == ("LinkedIn", "vendor; mentor", "fern@kiln.example")


@pytest.mark.parametrize(("heading", "cell"), [("mail", "no address"), ("suited", "suited as speaker")])
def test_a_cell_that_was_spoilt_is_told_and_the_rest_is_taken_in(tmp_path: Path, heading: str, cell: str) -> None:
    written(tmp_path / "first", EVERYTHING)
    rows = list(csv.DictReader(io.StringIO(exported(tmp_path / "first").decode("utf-8-sig"), newline="")))
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS)
    writer.writeheader()
    writer.writerow({**rows[0], heading: cell})
    assert len(taken_in(tmp_path / "second", out.getvalue().encode())) == 1
    assert heading not in told_of(tmp_path / "second")
    assert told_of(tmp_path / "second")["roles"] == "mentor"
