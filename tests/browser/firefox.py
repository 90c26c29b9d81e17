"""Starts Firefox ESR with the extension folder loaded and x.com mapped to the replica, over plain WebDriver BiDi."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.bidi import Bidi
from tests.browser.chromium import EXTENSION
from tests.browser.devtools import until
from tests.browser.programs import FIREFOX, needed
from tests.replica.server import Replica

UUID = "8b1f3a52-6a1c-4a0e-9a53-1f0c55d1d2aa"
"""Fixed for the tests so that the extension's own pages can be opened; a user's Firefox chooses its own."""


def preferences(replica: Replica) -> dict[str, object]:
    """Return what maps our hosts to the replica's port, counts it as public, and keeps Firefox quiet."""
    manifest = json.loads((EXTENSION / "manifest.json").read_text())
    gecko = manifest["browser_specific_settings"]["gecko"]["id"]
    return {
        "network.dns.localDomains": "x.com,twitter.com,pbs.twimg.com,abs.twimg.com,hostile.example",
        "network.socket.forcePort": f"443={replica.port}",
        "network.lna.address_space.public.override": f"127.0.0.1:{replica.port}",
        "extensions.webextensions.uuids": json.dumps({gecko: UUID}),
        "extensions.background.idle.timeout": 1500,
        "extensions.webextOptionalPermissionPrompts": False,  # the question about data is answered with yes
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "app.update.enabled": False,
        "datareporting.healthreport.uploadEnabled": False,
        "toolkit.telemetry.enabled": False,
        "browser.safebrowsing.malware.enabled": False,
        "browser.safebrowsing.phishing.enabled": False,
        "extensions.getAddons.cache.enabled": False,
        "services.settings.server": "data:,#remote-settings-dummy/v1",
        "browser.shell.checkDefaultBrowser": False,
    }


def start_firefox(replica: Replica, profile: Path, extension: Path = EXTENSION) -> Bidi:
    """Start Firefox on the replica, with the extension installed."""
    (binary,) = needed(FIREFOX)
    browser = Bidi(binary, profile, preferences(replica))
    browser.install(extension)
    until(lambda: len(browser.tabs()) > 1, "the extension's first page")
    for tab in browser.tabs():
        if tab != browser.tab:
            browser.call("browsingContext.close", context=tab)
    return browser


def extension_url(page: str) -> str:
    """Return the address of one of the extension's own pages."""
    return f"moz-extension://{UUID}/{page}"
