"""Pictures of a definition or of a running process: what is in them, and in which language."""
