"""Mutation testing: a seeded sample of code changes per package, and the share of them that the tests notice."""
