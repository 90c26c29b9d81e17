"""Every rule of sharing is needed: a schedule that holds with it fails without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.companion.share.rules_of_carriers import CARRIER_RULES
from tests.companion.share.rules_taken_away import RULES, Rule


@pytest.mark.parametrize("rule", [*RULES, *CARRIER_RULES], ids=lambda rule: rule.name)
def test_a_schedule_holds_with_the_rule_and_fails_without_it(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule.schedule(tmp_path / "with")
    with monkeypatch.context() as patch:
        rule.take_away(patch)
        with pytest.raises(AssertionError):
            rule.schedule(tmp_path / "without")
