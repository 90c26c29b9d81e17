"""The vetting benchmark's file mode: one line each, from the very checks the product runs."""

from __future__ import annotations

import json
from pathlib import Path

from companion.vetting.report import VERDICTS, vet
from scripts.benchmarks.vetting import confusion, main
from scripts.benchmarks.vetting_profiles import Row, facts_of

ROWS: list[Row] = [
    {
        "dataset": "invented", "account_id": "1", "screen_name": "wrenwrites", "name": "Wren",
        "description": "Rivers, bread", "url": "https://wren.example", "location": "Bristol",
        "created_at": "2013-11-24T05:30:36Z", "observed_at": "2015-05-01T13:58:35Z", "followers_count": "246",
        "friends_count": "172", "statuses_count": "1893", "listed_count": "3", "verified": "0",
        "default_profile_image": "0", "profile_image_url": "https://pbs.twimg.com/1.jpg",
    },
    {
        "dataset": "invented", "account_id": "2", "screen_name": "user77", "name": "User", "description": "", "url": "",
        "location": "", "followers_count": 2, "friends_count": 900, "statuses_count": 1, "listed_count": 0,
    },
    {"dataset": "invented", "account_id": "3", "tweets": ["@tomoreads yes", "Rain again", "RT @inesmakes: look"] * 6},
    {"dataset": "invented", "account_id": "4"},
]  # fmt: skip


def test_each_profile_gets_one_line_from_the_products_checks(tmp_path: Path) -> None:
    given, out = tmp_path / "profiles.jsonl", tmp_path / "out.jsonl"
    given.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n")
    assert main(["--profiles", str(given), "--out", str(out)]) == 0
    told = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["account_id"] for line in told] == ["1", "2", "3", "4"]
    for line, row in zip(told, ROWS, strict=True):
        report = vet(facts_of(row))
        assert line["verdict"] in VERDICTS
        assert (line["score"], line["verdict"]) == (report.score, report.verdict)
        assert line["findings"] == [finding.code for finding in report.findings]


def test_a_column_that_is_absent_was_not_seen_and_an_empty_one_was_seen_empty() -> None:
    assert facts_of({"account_id": "1"}).person.bio is None
    assert facts_of({"account_id": "1", "description": ""}).person.bio == ""


def test_correlation_and_shares_are_counted_right() -> None:
    found = confusion([True, True, False, False], [True, False, False, False])
    assert (found.true, found.false, found.missed, found.passed) == (1, 1, 0, 2)
    assert round(found.mcc, 3) == 0.577
    assert round(found.humans, 3) == 0.333
