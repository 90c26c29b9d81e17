"""Rebuild, recount and ranking of the reciprocity scores stored in the ledger."""
