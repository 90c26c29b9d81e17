"""The documents say what the companion does: they are made from it, and everything it can answer is in them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from companion import errors
from companion.cli.exit_codes import WORDS
from companion.cli.main import mutuals
from scripts.docs import api_reference, cli_reference

ROOT = Path(__file__).resolve().parents[3]
DOCS = ROOT / "docs"
API = (DOCS / "api.md").read_text("utf-8")
CLI = (DOCS / "cli.md").read_text("utf-8")


def test_the_api_page_is_what_the_types_say() -> None:
    assert api_reference.renewed(API, api_reference.markdown()) == API, api_reference.AGAIN


def test_the_openapi_description_is_what_the_types_say() -> None:
    kept = json.loads((DOCS / "openapi.json").read_text("utf-8"))
    assert kept == json.loads(json.dumps(api_reference.openapi())), api_reference.AGAIN


def test_the_command_page_is_what_the_commands_say() -> None:
    made = cli_reference.markdown()
    assert api_reference.renewed(CLI, made) == CLI, "Run `python -m scripts.docs.cli_reference` to write it again."


def test_every_resource_is_on_the_page_with_words_of_its_own() -> None:
    found = api_reference.resources()
    assert len(found) >= 12
    for resource in found:
        assert f"### POST {resource.path}\n" in API
        assert len(resource.words) > 20


def test_every_error_code_is_on_the_page() -> None:
    gate = (ROOT / "companion/access/gate.py").read_text("utf-8")
    codes = set(re.findall(r'GateError\(\s*"([a-z-]+)"', gate)) | {kind.code for kind in kinds(errors.MutualsError)}
    assert {code for code in codes if f"`{code}`" not in API} == set()


def kinds(base: type[errors.MutualsError]) -> set[type[errors.MutualsError]]:
    """All errors that companion/errors.py knows."""
    return {base, *(one for kind in base.__subclasses__() for one in kinds(kind) if one.__module__ == errors.__name__)}


def test_every_command_takes_the_data_folder_and_is_on_the_page() -> None:
    for path, command in leaves(mutuals, "mutuals"):
        assert f"## {path}\n" in CLI
        assert command.help, path
        if path != "mutuals share create":  # the server's administrator runs it, who has no data folder
            assert "--data" in {name for option in command.params for name in option.opts}, path


def leaves(group: click.Group, path: str) -> list[tuple[str, click.Command]]:
    """Every command that is no group, with its words."""
    context = click.Context(group)
    found: list[tuple[str, click.Command]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found += (
            leaves(command, f"{path} {name}") if isinstance(command, click.Group) else [(f"{path} {name}", command)]
        )
    return found


def test_every_exit_code_is_on_the_page() -> None:
    for code, words in WORDS.items():
        assert f"| {code} | {words} |" in CLI


def test_every_reference_in_the_description_leads_somewhere() -> None:
    text = (DOCS / "openapi.json").read_text("utf-8")
    shapes = json.loads(text)["components"]["schemas"]
    for name in re.findall(r"#/components/schemas/([\w.]+)", text):
        assert name in shapes
