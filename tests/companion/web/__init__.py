"""Tests of the dashboard's pages, through the real app with its gate."""
