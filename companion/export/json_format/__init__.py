"""The JSON export: its schema, writing, reading, and merging into what is there."""
