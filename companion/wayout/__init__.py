"""The way out: everything the user has, or one person, in open formats; backups and their restoring; forgetting."""
