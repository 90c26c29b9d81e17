"""What every part speaks of: who is who, handles, sightings."""
