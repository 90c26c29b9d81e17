"""Taking sightings into the ledger, one page at a time or in bulk."""
