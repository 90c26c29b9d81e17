"""Outside suites: others' own tests, run against our implementation of their interface."""
