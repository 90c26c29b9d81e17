"""Queries over many people at once: the directory and the statistics of the dashboard."""
