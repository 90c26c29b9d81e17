"""The only requests that vetting makes, on the user's click: the link and the photo."""
