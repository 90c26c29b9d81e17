"""Copies `extension/` into the wheel as `companion/extension`, and makes the readme's links absolute for an index page.

Where the project is published is not known here: a build in GitHub's workflow is told (GITHUB_REPOSITORY), any other
by MUTUALS_REPOSITORY. Without either the links stay as they are.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)\s]+)\)")


def repository() -> str:
    """Return the address of the published repository, "" if it is not known."""
    github = os.environ.get("GITHUB_REPOSITORY")
    known = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{github}" if github else ""
    return os.environ.get("MUTUALS_REPOSITORY", known).rstrip("/")


def absolute(text: str, address: str) -> str:
    """Return a page whose relative links and pictures name the repository."""
    kinds = {"": "blob", "!": "raw"}
    return LINK.sub(lambda link: f"{link[1]}[{link[2]}]({address}/{kinds[link[1]]}/HEAD/{link[3]})", text)


def metadata() -> dict[str, object]:
    """Return the readme and the addresses for the package's page."""
    text, address = Path("README.md").read_text(encoding="utf-8"), repository()
    long = {"long_description": absolute(text, address) if address else text,
            "long_description_content_type": "text/markdown"}  # fmt: skip
    pages = {"Homepage": "", "Changelog": "/blob/HEAD/CHANGELOG.md", "Privacy": "/blob/HEAD/PRIVACY.md",
             "Security": "/blob/HEAD/SECURITY.md", "Issues": "/issues"}  # fmt: skip
    return {**long, "project_urls": {name: address + path for name, path in pages.items()} if address else {}}


class BuildWithExtension(build_py):
    """Builds the package; an editable install reads the extension from the repository instead of a copy."""

    def run(self) -> None:
        """Copy the modules, then the extension, without files of an earlier build."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "companion" / "extension"
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree("extension", target)


setup(cmdclass={"build_py": BuildWithExtension}, **metadata())
