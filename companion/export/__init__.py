"""Everything the user has, or one person, in open formats."""
