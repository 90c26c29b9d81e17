"""The field cases of the extension, where they are present: each is run as it was given, against today's page objects.

Their kinds have tests of their own with invented input; these only try the given ones. The cases reach into an open
shadow root of version 0.1.0; the card stands in a frame now, so what they ask of it is asked in that frame.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.pages import Card, XPage
from tests.shared_data import SHARED

ROOT = Path(__file__).parents[2]
MOVED = {
    'bool(card.root().find_elements(By.CSS_SELECTOR, ".note textarea"))': 'card.has(".note textarea")',
    'bool(card.root().find_elements(By.CSS_SELECTOR, ".vet"))': 'card.has(".vet")',
    'card.root().find_elements(By.CSS_SELECTOR, ".note .picks button")[2].click()':
        'card.click(".note .picks button:nth-of-type(3)")',
    "chromium.driver.execute_script(TYPE, box, ": 'inside(card, ".note textarea", TYPE, ',
    'chromium.driver.execute_script("arguments[0].setSelectionRange(0, 2)", box)':
        'inside(card, ".note textarea", "arguments[0].setSelectionRange(0, 2)")',
    "extension/content/words.js": "extension/drawing/links.js",
    "Words.linked": "Links.linked",
}  # fmt: skip
"""What the cases say -> what it is called now."""
CASES = {case.name[:2]: case for case in SHARED.glob("cases/1[789]-*")} if SHARED else {}


def inside(card: Card, css: str, script: str, *values: str) -> None:
    """Run a script on one part of the card."""
    with card.inside() as frame:
        part: WebElement = frame.find_element("css selector", css)
        frame.execute_script(script, part, *values)


def moved(text: str) -> str:
    for old, new in MOVED.items():
        text = text.replace(old, new)
    return text


for number in ("17", "18"):
    if number in CASES:
        given: dict[str, object] = {"inside": inside}
        exec(compile(moved((CASES[number] / "test_case.py").read_text("utf-8")), CASES[number].name, "exec"), given)
        globals().update({f"{name}_of_case_{number}": one for name, one in given.items() if name.startswith("test_")})

if "19" in CASES:

    def test_addresses_of_case_19_end_where_they_should(tmp_path: Path) -> None:
        script = tmp_path / "run.mjs"
        script.write_text(moved((CASES["19"] / "run.mjs").read_text("utf-8")), "utf-8")
        node = shutil.which("node")
        assert node
        environment = os.environ | {"REPO": str(ROOT)}
        done = subprocess.run([node, script], env=environment, capture_output=True, encoding="utf-8", check=False)
        assert "PASS" in done.stdout, done
        assert "FAIL" not in done.stdout, done.stdout


@pytest.mark.parametrize("keyboard", ["Ukrainian", "Arabic", "Thai", "Armenian"])
def test_keys_act_by_their_place_where_the_keyboard_writes_no_latin_letters(x: XPage, keyboard: str) -> None:
    letters = {"Ukrainian": "у", "Arabic": "ث", "Thai": "ำ", "Armenian": "է"}
    card = x.open_profile("wrenwrites")
    letter = letters[keyboard]
    for kind in ("keyDown", "keyUp"):
        text = letter if kind == "keyDown" else ""
        x.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, "key": letter, "code": "KeyE", "text": text})
    card.part(".note textarea")
