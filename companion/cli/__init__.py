"""The command `mutuals`, one file per command."""
