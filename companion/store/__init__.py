"""What is kept: the notebook (what the user wrote) and the ledger (what was seen)."""
