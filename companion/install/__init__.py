"""What a system needs to have Mutuals for good: the extension's folder, the start at login, the log file."""
