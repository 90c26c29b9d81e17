"""Posts that are nothing but a link elsewhere."""

from __future__ import annotations

import pytest

from companion.domain.link_posts import is_link_only


@pytest.mark.parametrize(
    ("text", "linked", "only"),
    [
        ("https://shop.example/1", False, True),
        ("Five rules for a better headline https://t.co/a", False, True),
        ("Five rules for a better headline", True, True),
        ("A quiet week.", False, False),
        ("@tomoreads this one https://t.co/a", False, False),
        ("I read it twice, and what stays with me is the ferry, the goat and the rain https://t.co/a", False, False),
    ],
)
def test_a_headline_and_a_link_is_one_and_a_word_to_somebody_is_not(text: str, linked: bool, only: bool) -> None:
    assert is_link_only(text, linked=linked) is only
