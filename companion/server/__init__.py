"""The HTTP server and the WSGI layers before Flask."""
