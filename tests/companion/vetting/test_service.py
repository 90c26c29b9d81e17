"""Vetting a person from what the stores hold: rows, counts, examples, the verdict's line, and what a look adds."""

from __future__ import annotations

import threading

import pytest

from companion.cli.vet_report import text_of
from companion.domain.dates import DAY
from companion.domain.page_kinds import WHOLE
from companion.domain.sightings import Post
from companion.store.faces import face_of
from companion.store.notebook.named_rows import GOALS
from companion.vetting import look as vetting_look
from companion.vetting.look import STORED_DAYS, Inspectors
from companion.vetting.network.results import Opened, Picture
from companion.vetting.presentation.rows import Row
from companion.vetting.service import Vetted, vet_person
from companion.vetting.topics import relevant
from companion.vetting.user_lists import set_topics
from tests.companion.conftest import NOW, House
from tests.companion.vetting.service_help import account, bola, eyes, offers, shop, show


def vetted(house: House, pid: str = "2000008", at: int = NOW, look: Inspectors | None = None) -> Vetted:
    return vet_person(account(house), pid, None, at, house.settings.data, look)


def row(report: Vetted, name: str) -> Row:
    return next(row for row in report.rows if row.name == name)


def words(report: Vetted, name: str) -> str:
    found = row(report, name)
    return " ".join(filter(None, [" · ".join(piece.text for piece in found.pieces), found.end]))


def test_a_shop_is_told_by_counts_with_their_denominator_and_posts_that_open(house: House) -> None:
    show(house, shop(), offers(27, 13))
    report = vetted(house)
    assert "27 of" in report.line
    assert "40 seen, last within the hour" in words(report, "posts")
    told = [piece for piece in row(report, "posts").pieces if piece.examples]
    assert told[0].level == "caution"
    assert told[0].examples[0].url.startswith("https://x.com/bargainbarn/status/")
    assert "4,980" in words(report, "account")


def test_the_rows_stand_in_the_order_in_which_people_look(house: House) -> None:
    show(house, bola())
    names = [row.name for row in vetted(house, "2000004").rows]
    assert names == ["photo", "bio", "account", "posts", "link", "relation", "relevance"]


def test_the_page_alone_says_what_was_not_opened(house: House) -> None:
    show(house, bola())
    report = vetted(house, "2000004")
    assert words(report, "link") == "bolaprints.example, not opened yet"
    assert {"link", "photo", "posts"} <= set(report.missing)
    assert report.looked_at is None


def test_a_look_opens_the_link_and_compares_the_photo_and_is_kept_for_the_next_time(house: House) -> None:
    show(house, shop())
    report = vetted(house, look=eyes())
    assert words(report, "link") == "bit.example → shop.example 200, “Spring sale”, 2 hops"
    assert words(report, "photo") == "Own picture not seen on another account"
    again = vetted(house)
    assert (again.looked_at, words(again, "link")) == (NOW, words(report, "link"))
    assert "not opened yet" in words(vetted(house, at=NOW + (STORED_DAYS + 1) * DAY), "link")


def test_a_link_that_changed_is_not_told_by_the_old_look(house: House) -> None:
    show(house, shop())
    vetted(house, look=eyes())
    show(house, shop(link="https://other.example/"), at=NOW)
    assert words(vetted(house), "link") == "other.example, not opened yet"


def test_a_look_says_what_holds_after_it_if_the_page_showed_more_meanwhile(house: House) -> None:
    show(house, shop())
    usual = eyes()

    def link(url: str) -> Opened:
        show(house, shop(link="https://other.example/", bio="Only tea."), at=NOW)
        return usual.link(url)

    report = vetted(house, look=Inspectors(link, usual.picture))
    assert words(report, "link") == "other.example, not opened yet"
    assert report.look_due
    assert report.fingerprint == vetted(house).fingerprint
    assert not vetted(house, look=eyes()).look_due


def test_a_look_at_somebody_not_seen_yet_is_not_spent(house: House) -> None:
    report = vet_person(account(house), "@bargainbarn", "bargainbarn", NOW, house.settings.data, eyes())
    assert (report.looked_at, report.look_due) == (None, False)
    show(house, shop())
    assert vetted(house).look_due


def test_a_look_is_filed_under_the_id_that_the_page_showed_meanwhile(house: House) -> None:
    show(house, shop(id=None))
    usual = eyes()

    def link(url: str) -> Opened:
        show(house, shop(), at=NOW)
        return usual.link(url)

    looked = Inspectors(link, usual.picture)
    report = vet_person(account(house), "@bargainbarn", "bargainbarn", NOW, house.settings.data, looked)
    assert (report.id, report.looked_at, report.look_due) == ("2000008", NOW, False)
    assert "200" in words(vetted(house), "link")


def test_the_same_picture_on_another_account_is_told_with_that_account(house: House) -> None:
    show(house, shop())
    show(house, bola())
    vetted(house, look=eyes())
    report = vetted(house, "2000004", look=eyes())
    assert words(report, "photo") == "Same picture as @bargainbarn"
    assert row(report, "photo").pieces[0].examples[0].url == "https://x.com/bargainbarn"


def test_what_was_looked_at_is_forgotten_with_the_person(house: House) -> None:
    show(house, shop())
    show(house, bola())
    vetted(house, look=eyes())
    house.stores.notebook.forget("2000008")
    assert "not seen" in words(vetted(house, "2000004", look=eyes()), "photo")


def test_the_picture_that_was_looked_at_is_kept_until_a_new_one_was_seen(house: House) -> None:
    show(house, shop())
    kept = Picture("ff00ff00ff00ff00", face=b"small copy")
    vetted(house, look=Inspectors(eyes().link, lambda _address, _known: kept))
    vetted(house, look=Inspectors(eyes().link, lambda _address, _known: Picture(problem="answer")))
    assert face_of(house.stores.notebook, "2000008") == b"small copy"
    assert "small copy" not in str(list(house.stores.notebook.table("looks")))
    house.stores.notebook.forget("2000008")
    assert face_of(house.stores.notebook, "2000008") is None


def test_a_name_that_never_resolves_holds_nobody_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    show(house, shop())
    monkeypatch.setattr(vetting_look, "SECONDS", 0.05)
    never = threading.Event()

    def stuck(url: str) -> Opened:
        never.wait()
        return Opened(url)

    report = vetted(house, look=Inspectors(stuck, lambda _address, _known: Picture("00ff00ff00ff00ff")))
    never.set()
    assert "did not answer" in words(report, "link")
    assert "not seen on another account" in words(report, "photo")


def test_somebody_never_seen_cannot_be_told_and_it_says_what_to_open(house: House) -> None:
    report = vet_person(account(house), "@neverseen", "neverseen", NOW, house.settings.data)
    assert (report.verdict, report.handle, report.missing[0]) == ("cant_tell", "neverseen", "profile")
    assert report.line


def test_topics_from_the_users_file_make_relevance_known(house: House) -> None:
    show(house, bola())
    assert "no topics" in words(vetted(house, "2000004"), "relevance")
    folder = house.settings.data / "vetting"
    folder.mkdir()
    (folder / "topics.txt").write_text("# mine\nriso\nletterpress\n", encoding="utf-8")
    assert words(vetted(house, "2000004"), "relevance") == "Shares 1 of your 2 topics: riso"


def test_the_topics_of_goals_count_in_a_report_beside_the_users_own(house: House) -> None:
    show(house, bola())
    house.stores.notebook.shared.save_row(GOALS, {"tag": "zine fair", "topics": "riso, falconry"})
    assert words(vetted(house, "2000004"), "relevance") == "Shares 1 of your 2 topics: riso"
    set_topics(house.settings.data, ["Riso", "letterpress"])
    assert words(vetted(house, "2000004"), "relevance") == "Shares 1 of your 3 topics: riso"
    assert relevant(account(house), "2000004", house.settings.data)
    house.stores.notebook.shared.save_row(GOALS, {"tag": "zine fair", "gone": True})
    assert words(vetted(house, "2000004"), "relevance") == "Shares 1 of your 2 topics: riso"


def test_an_earlier_decision_and_its_reason_are_told_again(house: House) -> None:
    show(house, shop())
    house.write("decision", {"decision": "no", "reasons": ["sells_followers"]}, person={"id": "2000008"})
    report = vetted(house)
    assert report.decision is not None
    assert report.decision.sentence.endswith(": sells followers")
    assert report.decision.sentence.startswith("You passed on ")


def test_ones_own_account_is_told_as_a_mirror_and_without_a_relation_to_oneself(house: House) -> None:
    ada = bola(id="1000001", handle="adaquill", name="Ada Quill")
    show(
        house,
        ada,
        [Post(str(at), "1000001", "adaquill", f"Plain day {at}", NOW - at, pages=WHOLE) for at in range(1, 30)],
    )
    report = vet_person(account(house), "1000001", None, NOW, house.settings.data)
    assert (report.own, report.handle, report.history) == (True, "adaquill", [])
    assert "relation" not in [row.name for row in report.rows]
    assert "29 seen" in words(report, "posts")
    assert "0 replies" in words(report, "posts")
    assert text_of(report).startswith("How you look to a vetter: Ada Quill (@adaquill)")


def test_nobody_else_is_told_as_oneself(house: House) -> None:
    show(house, shop())
    assert not vetted(house).own
