"""The dashboard: pages for one user in a browser of their own machine, in the direction "people first"."""
