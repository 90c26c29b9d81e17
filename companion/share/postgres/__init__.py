"""Sharing through PostgreSQL: tables, the connection, and the link; nothing here is imported unless it is used."""
