"""What the commands do that is not in the engine, one module a subject."""
