"""Terms that every package shares: identities, handles, sightings, dates and decisions (pure)."""
