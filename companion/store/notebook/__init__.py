"""The notebook: what the user wrote about people."""
