"""Rebuilding, checking and ranking the reciprocity scores kept in the ledger."""
