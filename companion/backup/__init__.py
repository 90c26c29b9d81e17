"""Dated copies of everything kept: made, encrypted, restored, and forgotten persons marked in them."""
