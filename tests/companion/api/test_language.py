"""What the companion refuses is said in the language that the browser sends as its own; the wire's code stays."""

from __future__ import annotations

import json

import pytest

from tests.companion.api.test_vet_and_queue import decide
from tests.companion.conftest import NOW, VIEWER, WREN, House
from tests.companion.vetting.service_help import offers, shop, show

BARGAIN = "2000008"


def refusal(house: House, **headers: str) -> dict[str, object]:
    """The answer to a note that is too long."""
    ask = {
        "instance": house.stores.notebook.instance, "viewer": VIEWER, "op": "op-too-long-a-note", "kind": "note",
        "person": WREN, "body": {"text": "x" * 10_001}, "base": None, "at": NOW,
    }  # fmt: skip
    answer = house.raw("/v1/writes", ask, **headers)
    assert answer.status_code == 422
    told: dict[str, object] = json.loads(answer.data)
    return told


@pytest.mark.parametrize(
    ("wish", "said"),
    [("de-AT,en;q=0.5", "hat 10.001 Zeichen; höchstens 10.000 passen"), ("ja", "入るのは10,000文字までです"),
     ("en", "has 10,001 characters; at most 10,000 fit"), ("", "has 10,001 characters")],
)  # fmt: skip
def test_a_refused_note_says_why_in_the_browsers_language(house: House, wish: str, said: str) -> None:
    told = refusal(house, Accept_Language=wish)
    assert told["error"] == "body"
    assert said in str(told["message"])


def test_the_card_and_the_report_are_said_in_the_requests_language(house: House) -> None:
    show(house, shop(), offers(27, 13))
    ask = {"viewer": VIEWER, "person": {"id": BARGAIN}}
    decide(house, BARGAIN, reasons=["only_sells"])
    told = {}
    for code in ("en", "de", "ja"):
        card = json.loads(house.raw("/v1/person", ask, Accept_Language=code).data)
        report = json.loads(house.raw("/v1/vet", ask, Accept_Language=code).data)
        words = [report["line"], *(piece["text"] for row in report["rows"] for piece in row["pieces"])]
        told[code] = [card["judgement"]["sentence"], card["decision"]["sentence"], *words]
    assert "Too little contact" in told["en"][0]
    assert told["de"][1].startswith("Du hast abgelehnt")
    for code in ("de", "ja"):
        assert len(told[code]) == len(told["en"])
        assert [one for one, other in zip(told["en"], told[code], strict=True) if one == other] == []
