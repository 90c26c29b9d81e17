"""What the extension's folder promises: files that are there, words that are used, permissions that are explained."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
MANIFEST = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
MESSAGES: dict[str, dict[str, str]] = json.loads((EXTENSION / "_locales/en/messages.json").read_text(encoding="utf-8"))
SCRIPTS = sorted(EXTENSION.rglob("*.js"))
PAGES = sorted(EXTENSION.rglob("*.html"))
CONTENT_BUDGET = 146_000
"""Bytes of unminified content code on X's page at most (DESIGN: Vimium ships 263 kB on every page)."""


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", text, flags=re.DOTALL)


def files_in(value: object) -> set[str]:
    """Every path that the manifest names."""
    if isinstance(value, dict):
        return {path for one in value.values() for path in files_in(one)}
    if isinstance(value, list):
        return {path for one in value for path in files_in(one)}
    return {value} if isinstance(value, str) and re.search(r"^[\w/-]+\.(js|html|png|css)$", value) else set()


def test_every_file_that_the_manifest_names_is_there() -> None:
    assert {path for path in files_in(MANIFEST) if not (EXTENSION / path).is_file()} == set()


def there(*folders: str) -> set[str]:
    """Every script in these folders of the extension."""
    paths = {path.relative_to(EXTENSION) for path in SCRIPTS}
    return {str(path) for path in paths if path.parts[0] in folders}


def test_every_content_file_is_loaded_and_none_twice() -> None:
    named = [path for block in MANIFEST["content_scripts"] for path in block["js"]]
    assert there("content", "page") <= set(named) <= there("content", "page", "drawing", "lib")
    assert len(named) == len(set(named))


def test_every_file_of_the_card_is_loaded_in_the_frame_and_none_twice() -> None:
    sources = re.findall(r'<script defer src="([^"]+)"', text_of(EXTENSION / "card/card.html"))
    named = [str((EXTENSION / "card" / path).resolve().relative_to(EXTENSION)) for path in sources]
    assert there("card", "drawing") <= set(named) <= there("card", "drawing", "lib")
    assert len(named) == len(set(named))


def test_the_card_asks_the_network_for_nothing_and_runs_its_own_code_alone() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text_of(EXTENSION / "card/card.html"))
    assert policy
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'none'"} <= set(policy[1].split("; "))


def test_every_script_and_style_of_a_page_is_there() -> None:
    for page in PAGES:
        for link in re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', text_of(page)):
            assert (page.parent / link).is_file(), f"{page.name} loads {link}"


def test_pages_have_no_inline_code() -> None:
    for page in PAGES:
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|<style|style=", text_of(page)), page.name


def keys_named() -> set[str]:
    """Every locale key that code, pages or the manifest name outright."""
    code = "\n".join(without_comments(text_of(path)) for path in SCRIPTS)
    pages = "\n".join(text_of(path) for path in PAGES)
    found = set(re.findall(r'data-(?:t|placeholder|label)="(\w+)"', pages))
    found |= set(re.findall(r"__MSG_(\w+)__", text_of(EXTENSION / "manifest.json")))
    found |= set(re.findall(r"[\"'`](\w+)[\"'`]", code)) & MESSAGES.keys()
    return found | {key for key in MESSAGES if re.sub(r"_(zero|one|two|few|many)$", "", key) in found}


def key_beginnings() -> set[str]:
    """Beginnings of keys that code completes, such as `link_${state}`."""
    return {start for path in SCRIPTS for start in re.findall(r"`(\w+_)\$\{", text_of(path))}


def test_every_word_on_the_screen_has_its_key_and_every_key_is_used() -> None:
    used = keys_named() | {key for key in MESSAGES for start in key_beginnings() if key.startswith(start)}
    assert set(MESSAGES) - used == set(), "keys that nothing shows"
    asked = {key for path in SCRIPTS for key in re.findall(r"Dom\.t\(\"(\w+)\"", text_of(path))}
    assert (asked | keys_named()) - set(MESSAGES) == set(), "words without a key"


def test_every_message_says_something_and_fills_what_it_takes() -> None:
    for key, entry in MESSAGES.items():
        assert entry["message"].strip(), key


def test_no_html_is_ever_made_from_text_and_nothing_is_evaluated() -> None:
    sinks = re.compile(r"\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML")
    assert [path.name for path in SCRIPTS if sinks.search(without_comments(text_of(path)))] == []


def test_the_only_hosts_in_the_code_are_this_computer_and_links_to_x() -> None:
    address = re.compile(r"[\"'`](?:https?|wss?)://([\w.*-]+)")
    hosts = {host for path in SCRIPTS for host in address.findall(without_comments(text_of(path)))}
    assert hosts <= {"127.0.0.1", "x.com", "twitter.com", "*.x.com", "*.twitter.com", "www.w3.org"}


def test_only_the_companion_file_fetches_and_one_that_reads_our_own_words() -> None:
    fetching = {str(path.relative_to(EXTENSION)) for path in SCRIPTS
                if re.search(r"(?<![.\w])fetch\(", without_comments(text_of(path)))}  # fmt: skip
    assert fetching <= {"background/companion.js", "background/languages.js", "page/tap.js"}


def test_the_tap_stays_small() -> None:
    assert len(text_of(EXTENSION / "page/tap.js").splitlines()) <= 115


def test_the_content_code_stays_within_its_budget() -> None:
    on_x = [block for block in MANIFEST["content_scripts"] if "https://x.com/*" in block["matches"]]
    named = {path for block in on_x for path in block["js"]}
    assert sum((EXTENSION / path).stat().st_size for path in named) <= CONTENT_BUDGET


@pytest.mark.parametrize("permission", [*MANIFEST["permissions"], *MANIFEST["host_permissions"]])
def test_every_permission_is_explained(permission: str) -> None:
    assert f"`{permission}`" in text_of(ROOT / "docs/permissions.md")


def test_the_frames_page_alone_can_be_loaded_by_x_and_by_no_other_page() -> None:
    [entry] = MANIFEST["web_accessible_resources"]
    assert entry["resources"] == ["card/card.html"]
    assert entry["use_dynamic_url"] is True, "else X's page could ask for it by the extension's lasting address"
    assert entry["matches"] == MANIFEST["content_scripts"][0]["matches"]
    assert "externally_connectable" not in MANIFEST
    assert MANIFEST["incognito"] == "not_allowed"


def test_the_loopback_permission_names_no_port() -> None:
    """Firefox lists a pattern with a port as granted and then never honours it."""
    assert [host for host in MANIFEST["host_permissions"] if "127.0.0.1" in host] == ["http://127.0.0.1/*"]


GENERIC = {"inherit", "system-ui", "sans-serif", "serif", "monospace"}


def test_what_is_drawn_in_xs_document_asks_for_generic_fonts_alone() -> None:
    """X's page can define a font under any name and see when a letter of it is fetched."""
    styles = "\n".join(text_of(path) for path in sorted((EXTENSION / "content").rglob("*.js")))
    asked = [one.replace("!important", "") for one in re.findall(r"\bfont(?:-family)?:([^;}]+)", styles)]
    families = [family.strip().split()[-1] for one in asked for family in one.split(",")]
    assert "sans-serif" in families
    assert set(families) <= GENERIC
