"""Dated backups of both stores: creation, encryption, restoring, and expiry after a person was forgotten."""
