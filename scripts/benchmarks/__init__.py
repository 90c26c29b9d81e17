"""Benchmarks: each module prints its figures beside a peer or a baseline measured in the same run."""
