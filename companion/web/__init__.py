"""The dashboard: HTML pages for the user, in a browser on the same machine."""
