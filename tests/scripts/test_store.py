"""What the stores are told is so: every permission has its reason, pictures have the stores' sizes, texts fit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from scripts.docs import store_pictures
from tests.companion_process import ROOT

PAGE = (ROOT / "docs/store/README.md").read_text(encoding="utf-8")
MANIFEST = json.loads((ROOT / "extension/manifest.json").read_text(encoding="utf-8"))
LOCALES = sorted((ROOT / "extension/_locales").iterdir())


def test_every_permission_has_a_reason_of_its_own_and_none_is_invented() -> None:
    rows = re.findall(r"^\| (`.+`) \| (.+) \|$", PAGE.split("## A reason")[1].split("\n## ")[0], re.MULTILINE)
    named = {name for names, _ in rows for name in re.findall(r"`([^`]+)`", names)}
    assert named == {*MANIFEST["permissions"], *MANIFEST["host_permissions"]}
    assert all(len(reason) > 40 for _, reason in rows)


def test_no_host_is_asked_for_that_no_script_runs_on() -> None:
    scripts = {pattern for block in MANIFEST["content_scripts"] for pattern in block["matches"]}
    assert {host for host in MANIFEST["host_permissions"] if "127.0.0.1" not in host} <= scripts


@pytest.mark.parametrize("folder", LOCALES, ids=lambda path: path.name)
def test_the_short_description_fits_the_stores_in_every_language(folder: Path) -> None:
    words = json.loads((folder / "messages.json").read_text(encoding="utf-8"))
    assert 0 < len(words["extensionDescription"]["message"]) <= 132
    assert len(words["extensionName"]["message"]) <= 75


def test_the_data_types_of_the_manifest_are_those_that_are_asked_for() -> None:
    asked = re.findall(r'"(\w+)"', (ROOT / "extension/lib/consent.js").read_text(encoding="utf-8").split("TYPES = [")[1]
                       .split("]")[0])  # fmt: skip
    declared = MANIFEST["browser_specific_settings"]["gecko"]["data_collection_permissions"]
    assert declared == {"required": ["none"], "optional": asked}


def test_the_pictures_are_those_that_the_script_makes_in_the_stores_sizes(tmp_path: Path) -> None:
    store_pictures.main(tmp_path)
    sizes = {path.name: Image.open(path).size for path in tmp_path.iterdir()}
    assert sizes.pop("icon-128.png") == (128, 128)
    assert sizes.pop("tile-440x280.png") == (440, 280)
    assert set(sizes.values()) == {(1280, 800)}
    assert len(sizes) == 4
    assert {path.name for path in (ROOT / "docs/store").glob("*.png")} == {path.name for path in tmp_path.iterdir()}
    drawn = Image.open(tmp_path / "icon-128.png").getchannel("A").getbbox()
    assert drawn is not None
    left, top, right, bottom = drawn
    assert (left, right) == (16, 112)
    assert top >= 16
    assert bottom <= 112
