"""The fixture of one companion, for benchmarks that walk its routes."""

from tests.companion.conftest import house

__all__ = ["house"]
