"""Gives one name to every answer by which ChromeDriver says that an element's document was replaced meanwhile."""

from __future__ import annotations

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.remote.errorhandler import ErrorHandler

REPLACED = (
    "Node with given id does not belong to the document",
    "No node with given id found",
    "Cannot find context with specified id",
    "Could not find node with given id",
)
"""What DevTools answers while a navigation commits; ChromeDriver hands it on as an "unknown error"."""


class Handler(ErrorHandler):
    """Raises what W3C WebDriver calls a stale element reference for those answers too."""

    def check_response(self, response: dict[str, object]) -> None:
        """Raise what the driver answered, if that is an error.

        Raises:
            StaleElementReferenceException: the page was replaced while it was looked at.
            WebDriverException: anything else.
        """
        try:
            super().check_response(response)
        except WebDriverException as error:
            if any(said in str(error.msg) for said in REPLACED):
                raise StaleElementReferenceException(error.msg) from error
            raise
