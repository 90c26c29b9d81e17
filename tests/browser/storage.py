"""Reads, saves and puts back what the extension keeps in the browser."""

from __future__ import annotations

import json

from tests.browser.chromium import Chromium


class Storage:
    """``storage.local`` of the extension, reached through one of its own pages in a tab of its own."""

    def __init__(self, browser: Chromium, page: str = "pages/options.html") -> None:
        self.browser = browser
        self.page = page

    def read(self) -> dict[str, object]:
        """Return everything that is kept."""
        found = self._run("chrome.storage.local.get(null)")
        assert isinstance(found, dict)
        return found

    def replace(self, content: dict[str, object]) -> None:
        """Keep exactly this."""
        given = json.dumps(content)
        self._run(f"chrome.storage.local.clear().then(() => chrome.storage.local.set({given})).then(() => true)")

    def _run(self, expression: str) -> object:
        worker = self.browser.devtools.worker()
        if worker:
            try:
                return self.browser.devtools.in_target(worker, expression)
            except RuntimeError as error:
                if "chrome is not defined" not in str(error):  # so it is in a worker that is only just starting
                    raise
        driver = self.browser.driver
        driver.get(self.browser.url(self.page))
        return driver.execute_async_script(f"({expression}).then(arguments[0])")
