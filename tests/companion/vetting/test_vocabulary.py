"""The vocabulary is kind: facts before verdicts, and no insulting word in any code, reason or verdict."""

from __future__ import annotations

import json
import re
from pathlib import Path

import companion.vetting
from companion.vetting.findings import LEVELS
from companion.vetting.report import CHECKS, VERDICTS, vet
from tests.companion.vetting.checks.test_sales import goods
from tests.companion.vetting.people import empty_shell, facts, posts

PACKAGE = Path(companion.vetting.__file__).parent
INSULTS = re.compile(
    r"\b(spammers?|scammers?|frauds?|losers?|fake person|suspicious|shady|trash|idiots?|stupid|pathetic|creeps?|liars?|"
    r"cheaters?|bad account)\b",
    re.IGNORECASE,
)


def test_no_code_or_verdict_is_an_insult() -> None:
    codes = set(re.findall(r'"((?:about|bio|photo|profile|posts|link|relation|relevance)_\w+)"', _sources()))
    assert len(codes) > 40
    assert [code for code in (*codes, *VERDICTS, *LEVELS) if INSULTS.search(code.replace("_", " "))] == []


def test_no_text_that_is_shown_insults() -> None:
    weights = json.loads((PACKAGE / "data/weights.json").read_text())["weights"]
    assert [weight["why"] for weight in weights.values() if INSULTS.search(weight["why"])] == []
    assert INSULTS.findall(_sources()) == []


def test_the_relation_comes_first_and_facts_stand_with_their_counts() -> None:
    report = vet(facts(empty_shell(), posts=[*goods(12), *posts(["again"])]))
    assert CHECKS[0].__name__ == "check_relation"
    for finding in report.findings:
        if finding.level != "fact" and finding.code.startswith("posts_"):
            assert finding.count is not None
            assert finding.of is not None


def _sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("checks/*.py"))
