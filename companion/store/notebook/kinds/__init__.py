"""The kinds of things that can be written about a person, one file each."""
