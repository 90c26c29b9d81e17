"""The checks of a vetting report, one file each (pure)."""
