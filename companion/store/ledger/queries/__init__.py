"""Questions about many people at once."""
