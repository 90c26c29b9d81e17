"""What an import changed in the ledger, so that it can be undone."""
