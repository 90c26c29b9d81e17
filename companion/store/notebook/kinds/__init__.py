"""The kinds of documents that users write about a person, one module each."""
