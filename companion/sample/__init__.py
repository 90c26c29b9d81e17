"""Invented people in a data folder of their own, to look at before one has people of one's own; wiped by one press."""
