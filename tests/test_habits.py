"""What the repository promises those who work on it: workflows and forms parse, name what exists, need no secret."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import cast

import pytest
import yaml

from tests.companion_process import ROOT

GITHUB = ROOT / ".github"
YAML = sorted(GITHUB.rglob("*.yml"))
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
Mapping = dict[str, object]


def read(path: Path) -> Mapping:
    """A YAML file; ``on`` is a truth value in YAML 1.1, and stays the word that GitHub reads."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else str(key): value for key, value in found.items()}


def jobs(path: Path) -> dict[str, Mapping]:
    return cast("dict[str, Mapping]", read(path)["jobs"])


def steps(path: Path) -> list[Mapping]:
    return [step for job in jobs(path).values() for step in cast("list[Mapping]", job.get("steps", []))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", YAML, ids=name)
def test_every_yaml_file_parses(path: Path) -> None:
    assert read(path)


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_actions_are_pinned_by_commit_with_the_version_beside(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line and "./" not in line]
    assert lines
    assert [line for line in lines if not re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_a_workflow_may_only_read_has_limits_and_needs_no_secret(path: Path) -> None:
    assert read(path)["permissions"] == {"contents": "read"}
    assert [key for key, job in jobs(path).items() if "uses" not in job and "timeout-minutes" not in job] == []
    assert "secrets." not in path.read_text(encoding="utf-8")


def test_only_the_publishing_job_may_speak_for_the_repository_and_only_after_the_tests() -> None:
    publish = jobs(GITHUB / "workflows/publish.yml")
    allowed = {key: job["permissions"] for key, job in publish.items() if "permissions" in job}
    assert allowed == {"publish": {"id-token": "write"}}
    assert publish["publish"]["needs"] == "test"
    assert (ROOT / cast("str", publish["test"]["uses"])).is_file()
    assert "workflow_call" in cast("Mapping", read(GITHUB / "workflows/test.yml")["on"])


def test_linux_runs_exactly_what_a_contributor_runs() -> None:
    ran = [cast("str", step["run"]).split("\n") for step in steps(GITHUB / "workflows/test.yml") if "run" in step]
    assert any(".ci/run" in lines for lines in ran)
    assert "exec scripts/test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_every_script_that_a_workflow_runs_is_there(path: Path) -> None:
    told = "\n".join(cast("str", step.get("run", "")) for step in steps(path))
    assert {
        script for script in re.findall(r"(?:scripts|\.ci)/[\w./-]+", told) if not (ROOT / script).is_file()
    } == set()


def test_what_is_published_is_what_was_tested() -> None:
    made = {cast("Mapping", step["with"])["name"] for step in steps(GITHUB / "workflows/test.yml")
            if "upload-artifact" in cast("str", step.get("uses", ""))}  # fmt: skip
    taken = {cast("Mapping", step["with"])["name"] for step in steps(GITHUB / "workflows/publish.yml")
             if "download-artifact" in cast("str", step.get("uses", ""))}  # fmt: skip
    assert made == {"python", "stores"}
    assert taken == {"python"}


def test_the_oldest_python_that_is_tested_is_the_oldest_allowed() -> None:
    job = jobs(GITHUB / "workflows/test.yml")["python"]
    versions = cast("dict[str, list[str]]", cast("Mapping", job["strategy"])["matrix"])["python"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert versions == ["3.11", "3.12", "3.13", "3.14"]
    assert project["requires-python"] == f">={versions[0]}"


@pytest.mark.parametrize("path", FORMS, ids=name)
def test_a_form_has_what_github_asks_for(path: Path) -> None:
    form = read(path)
    body = cast("list[Mapping]", form["body"])
    assert form["name"]
    assert form["description"]
    fields = [part for part in body if part["type"] != "markdown"]
    ids = [cast("str", part["id"]) for part in fields]
    assert len(set(ids)) == len(ids) > 0
    assert all(cast("Mapping", part["attributes"])["label"] for part in fields)
    assert {part["type"] for part in body} <= {"markdown", "textarea", "input", "dropdown", "checkboxes"}


def test_who_says_that_x_changed_is_asked_for_both_reports() -> None:
    fields = {
        part.get("id"): part for part in cast("list[Mapping]", read(GITHUB / "ISSUE_TEMPLATE/x-changed.yml")["body"])
    }
    for report, words in (("report", "Copy report"), ("doctor", "mutuals doctor")):
        assert cast("Mapping", fields[report]["validations"])["required"] is True
        assert words in str(cast("Mapping", fields[report]["attributes"])["description"])
    messages = (ROOT / "extension/_locales/en/messages.json").read_text(encoding="utf-8")
    assert '"Copy report"' in messages


@pytest.mark.parametrize("page", ["RELEASING.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_files_and_links_that_the_pages_name_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\((?!https?:)([\w./-]+)", text))
    named = set(re.findall(r"`((?:scripts|docs|companion|extension|\.github|\.ci)/[\w./-]+)`", text))
    assert {one for one in linked | named if not (ROOT / one).exists()} == set()
