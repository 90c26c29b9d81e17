"""Where the real saved data lies for the tests that use it: ``MUTUALS_SHARED``, else ``../shared``."""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = Path(os.environ.get("MUTUALS_SHARED") or _ROOT.parent / "shared")

SHARED: Path | None = _FOLDER if (_FOLDER / "data").is_dir() else None
"""The folder, or None where it is absent; then the tests that need it are not collected."""
