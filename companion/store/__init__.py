"""Storage: the notebook (what the user wrote), the ledger (what was seen), and the files and locks under both."""
