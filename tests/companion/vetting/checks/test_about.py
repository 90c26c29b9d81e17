"""X's page about an account gives facts and no verdict; what it left out is not said."""

from __future__ import annotations

from companion.domain.dates import date_words
from companion.domain.sightings import Person
from companion.vetting.checks.about import check_about
from companion.vetting.findings import FACT, SERIOUS
from companion.vetting.presentation.phrases import row_of, short
from companion.vetting.report import vet
from tests.companion.vetting.people import NOW, facts, somebody


def said(person: Person) -> list[str]:
    return [short(finding, NOW) for finding in check_about(facts(person))]


def test_what_x_says_about_an_account_is_said_as_xs_word() -> None:
    told = somebody(
        based_in="Portugal", based_in_sure=True, connected_via="Japan Android App", renames=2, renamed_at=NOW
    )
    last = date_words(NOW, NOW)
    place, app, names = said(told)
    assert (place, app) == ("based in Portugal, says X", "connected via Japan Android App")
    assert names == f"renamed 2 times by X's count, last {last}"
    assert said(somebody(based_in="Europe", based_in_sure=False)) == ["based in Europe, says X, and is not sure"]
    assert said(somebody(renames=1)) == ["renamed once by X's count"]


def test_what_x_left_out_is_not_said() -> None:
    assert said(somebody()) == said(somebody(renames=0, based_in_sure=None)) == []


def test_none_of_it_changes_the_verdict() -> None:
    told = somebody(based_in="Europe", based_in_sure=False, connected_via="Web", renames=7)
    assert all(finding.level == FACT for finding in check_about(facts(told)))
    assert (vet(facts(told)).score, vet(facts(told)).verdict) == (vet(facts()).score, vet(facts()).verdict)


def test_a_suspended_account_is_said_to_be_suspended_in_the_line_and_the_account_row() -> None:
    report = vet(facts(somebody(gone="Suspended")))
    finding = next(one for one in report.findings if one.code == "about_suspended")
    assert (finding.level, row_of(finding)) == (SERIOUS, "account")
    assert finding in report.reasons
    assert said(somebody(gone="NoReason")) == ["not shown by X"]
