"""Where sightings come from: the live page, saved pages, the X archive, the X API, other tools' exports."""
