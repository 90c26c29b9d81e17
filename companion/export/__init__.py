"""Exports of all data, or of one person, in open formats: JSON, CSV, Markdown and vCard."""
