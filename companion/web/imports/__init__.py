"""The import pages of the dashboard and the job that reads what was uploaded."""
