"""The local companion of Mutuals: stores notes and sightings, scores and vets, serves the extension."""

__version__ = "0.1.0"
API_VERSION = 2
