"""Sharing one notebook between machines: lines that are sealed and carried in a folder."""
