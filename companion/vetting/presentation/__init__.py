"""The words and rows of a vetting report (pure)."""
