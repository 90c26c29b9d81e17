"""Notes from other tools: each format read by a file of its own, previewed, merged without overwriting, undoable."""
