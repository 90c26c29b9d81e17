"""The ledger: what was seen, in SQLite."""
