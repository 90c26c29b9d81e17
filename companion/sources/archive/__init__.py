"""The X archive: the zip that X hands its users, in every form from 2012 to today, read in place and streamed."""
