"""Mutuals: the local companion that keeps notes, remembers what the page showed, and does the thinking."""

__version__ = "0.1.0"
API_VERSION = 2
