"""Checks that look at bio, photo, posts, link, relation and relevance, and the report that joins them."""
