"""Nothing is posted, followed, liked or sent for the user: what presses, and what asks X, is counted by name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.companion_process import ROOT
from tests.extension.test_manifest import without_comments

EXTENSION, COMPANION = ROOT / "extension", ROOT / "companion"
PRESS = re.compile(r"\.click\(|requestSubmit\(|\.submit\(|new (?:Mouse|Keyboard|Pointer|Input|Submit)Event\(")
PRESSING = {
    "card/clicks.js",  # the user's own click in our frame, sent on once it is known that the control lay open
    "card/key_order.js",  # the user's own keys, sent on to the note that they were meant for
    "pages/options.js",  # the link by which a file is saved
}
"""Scripts that make an event, all of them in documents of our own."""
READS = {"get_me", "get_user", "get_users_tweets", "get_users_mentions", "get_liked_tweets"}
"""What tweepy is asked for."""
CLIENTS = {"requests", "tweepy", "urllib3", "http.client", "urllib.request", "socket"}
REACHING = {
    "vetting/network/fetch.py": "a link or picture, on the user's click",
    "vetting/network/addresses.py": "the names of such links",
    "sources/x_api/client.py": "X's API, which it only reads",
    "sources/x_api/transport.py": "the same",
    "share/postgres/driver.py": "the user's own database",
    "share/postgres/listening.py": "the same",
    "cli/doctor.py": "this computer",
    "cli/running.py": "this computer",
    "cli/service.py": "this computer",
    "server/connections.py": "whoever calls, on this computer",
    "server/early_refusal.py": "the same",
    "server/serve.py": "the same",
}
"""Module that can open a connection -> with what."""


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a module imports, also inside of functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def roots(path: Path) -> set[str]:
    """Return the first parts of what a module imports."""
    return {name.partition(".")[0] for name in imports(path)}


def test_nothing_on_xs_page_is_pressed_typed_or_sent_for_the_user() -> None:
    pressing = {
        str(path.relative_to(EXTENSION)) for path in EXTENSION.rglob("*.js")
        if PRESS.search(without_comments(path.read_text("utf-8")))
    }  # fmt: skip
    assert pressing == PRESSING
    assert not any(name.startswith(("content/", "page/")) for name in pressing), "what runs in X's document"


def test_xs_composer_is_only_ever_opened_by_a_link_that_the_user_presses() -> None:
    naming = {
        str(path.relative_to(ROOT)): path.read_text("utf-8") for folder in (EXTENSION, COMPANION)
        for path in (*folder.rglob("*.js"), *folder.rglob("*.py")) if "/intent/" in path.read_text("utf-8")
    }  # fmt: skip
    assert naming.keys() == {
        "extension/card/post_length.js", "companion/web/static/post_length.js", "companion/domain/post_length.py",
    }  # fmt: skip
    opening = re.compile(r"tabs\.(?:create|update)|window\.open|location\.(?:href\s*=|assign)|fetch\(|\.open\(")
    assert not any(opening.search(text) for text in naming.values())
    for script in ("extension/card/compose.js", "companion/web/static/drafts.js"):
        assert not opening.search(without_comments((ROOT / script).read_text("utf-8"))), script


def test_xs_api_is_asked_to_read_and_never_to_write() -> None:
    text = (COMPANION / "sources/x_api/client.py").read_text("utf-8")
    called = {
        node.func.attr for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "client"
    }  # fmt: skip
    assert called == READS


def test_every_module_that_can_open_a_connection_is_known() -> None:
    reaching = {
        str(path.relative_to(COMPANION)) for path in COMPANION.rglob("*.py") if CLIENTS & {*imports(path), *roots(path)}
    }  # fmt: skip
    assert reaching == REACHING.keys()
