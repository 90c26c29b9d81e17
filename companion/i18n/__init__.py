"""Languages of the dashboard: catalogues, plurals, dates, numbers, and the choice of a language."""
