"""One of the user's accounts together with both stores, as the practice features receive it."""

from __future__ import annotations

from dataclasses import dataclass

from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Account:
    """One account and its stores.

    Attributes:
        notebook: what the user wrote.
        ledger: what was seen.
        owner: the ledger's key of the account: its id, or "@handle" until the id is known.
    """

    notebook: Notebook
    ledger: Ledger
    owner: str
