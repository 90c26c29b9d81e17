"""One of the user's accounts with the two stores: what a practice reads and writes."""

from __future__ import annotations

from dataclasses import dataclass

from companion.store.ledger.ledger import Ledger
from companion.store.notebook.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Account:
    """What a practice works with.

    Attributes:
        notebook: what the user wrote.
        ledger: what was seen.
        owner: whose ledger it is, the viewer's id or "@handle".
    """

    notebook: Notebook
    ledger: Ledger
    owner: str
