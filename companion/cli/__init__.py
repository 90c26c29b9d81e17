"""The command line of `mutuals`, one module per command."""
