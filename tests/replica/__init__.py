"""A local stand-in for x.com: the page's structure, routes and traffic with invented people, for tests and the demo."""
