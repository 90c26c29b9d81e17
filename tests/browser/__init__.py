"""Tests that drive real browsers with the real extension, a real companion process and the replica of x.com."""
