"""Recording of sightings in the ledger, one page at a time or in bulk."""
