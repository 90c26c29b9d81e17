"""The /v1 routes, one file per noun, and the dashboard's pages under /web."""
