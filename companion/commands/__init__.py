"""One file per command of `mutuals`; each has a ``command``."""
