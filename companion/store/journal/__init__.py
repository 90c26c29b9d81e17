"""TinyDB over a checksummed journal: storage, compaction, snapshots."""
