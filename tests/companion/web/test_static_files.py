"""Scripts and styles are kept by the browser for as long as they are the same; pages are never kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.web import static_files
from tests.companion.web.browser import Browser


def addresses(web: Browser, page: str) -> list[str]:
    """The addresses of a page's scripts and styles."""
    found = web.get(page)
    assert found.status == 200
    nodes = [*found.all("script[src]"), *found.all("link[rel=stylesheet]")]
    return [node.attributes.get("src") or node.attributes.get("href") or "" for node in nodes]


@pytest.mark.parametrize("page", ["/web", "/web/import", "/web/import/notes"])
def test_every_script_and_style_may_be_kept_and_the_page_may_not(web: Browser, page: str) -> None:
    found = addresses(web, page)
    assert len(found) > 1
    for address in found:
        answer = web.fetch(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, max-age=31536000, immutable")
    assert web.fetch(page).headers["Cache-Control"] == "no-store"


def test_a_script_that_another_imports_lies_under_the_same_version(web: Browser) -> None:
    (script,) = [address for address in addresses(web, "/web/import") if address.endswith("/import.js")]
    imported = web.fetch(script.replace("import.js", "import-plan.js"))
    assert imported.status_code == 200
    assert "immutable" in imported.headers["Cache-Control"]


def test_an_address_of_an_earlier_version_still_answers_but_is_not_kept(web: Browser) -> None:
    answer = web.fetch("/web/static/000000000000/dashboard.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_a_missing_file_is_not_kept_either(web: Browser) -> None:
    for path in (f"/web/static/{static_files.version()}/none.css", "/web/static/x/../blueprint.py"):
        answer = web.fetch(path)
        assert answer.status_code != 200
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_version_changes_with_a_files_content_and_with_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(static_files, "FOLDER", tmp_path)
    seen = set()
    for name, text in (("a.css", "one"), ("a.css", "two"), ("b.css", "two")):
        (tmp_path / name).write_text(text)
        static_files.version.cache_clear()
        seen.add(static_files.version())
    static_files.version.cache_clear()
    assert len(seen) == 3


def test_the_keys_of_a_page_count_before_the_rest_of_it_is_read(web: Browser) -> None:
    (script,) = web.get("/web/circles").all("head script[src$='/dashboard.js']")
    assert not {"defer", "async", "type"} & set(script.attributes)
