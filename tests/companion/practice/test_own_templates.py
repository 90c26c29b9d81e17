"""The user's own templates: kept once by name, out and in as a file, and never half."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.errors import BodyError
from companion.practice import own_templates
from companion.practice.own_templates import Template
from companion.store.notebook.notebook import Notebook
from tests.companion.store.notebook.sharing import Machine


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    """An empty notebook."""
    with Notebook.open(tmp_path / "notebook.json") as opened:
        yield opened


def test_a_template_is_kept_once_by_its_name_and_comes_back_from_a_file(notebook: Notebook, tmp_path: Path) -> None:
    own_templates.save(notebook, Template("Tea", "Tea, {handle}?"))
    before = own_templates.save(notebook, Template("tea", "More tea, {handle}?", "hello"))
    assert before == Template("Tea", "Tea, {handle}?")
    kept = [Template("tea", "More tea, {handle}?", "hello")]
    assert own_templates.all_templates(notebook) == kept
    assert own_templates.read_file(own_templates.as_file(notebook)) == kept
    assert own_templates.drop(notebook, "TEA") == kept[0]
    assert own_templates.all_templates(notebook) == []
    assert own_templates.drop(notebook, "tea") is None


@pytest.mark.parametrize(
    "template",
    [
        Template("", "x"), Template("x", ""), Template("x" * 61, "x"), Template("x", "x" * 1001),
        Template("x", "{nobody}"), Template("x", "x", "shout"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(notebook: Notebook, template: Template) -> None:
    with pytest.raises(BodyError):
        own_templates.save(notebook, template)
    assert own_templates.all_templates(notebook) == []


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b'{"format":"other","templates":[]}',
        b'{"format":"mutuals-templates","templates":[{"name":"x","text":"{y}"}]}',
    ],
)  # fmt: skip
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(BodyError):
        own_templates.read_file(data)


def test_templates_are_the_same_on_every_machine_and_a_dropped_one_stays_dropped(tmp_path: Path) -> None:
    desk, lap = Machine(tmp_path, "d" * 16), Machine(tmp_path, "e" * 16)
    own_templates.save(desk.notebook, Template("Tea", "Tea, {handle}?"))
    lap.hear(desk)
    assert own_templates.all_templates(lap.notebook) == [Template("Tea", "Tea, {handle}?")]
    own_templates.drop(lap.notebook, "Tea")
    desk.hear(lap)
    assert own_templates.all_templates(desk.notebook) == []
