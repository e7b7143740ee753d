"""What follows from a definition and a state: gates, terms, tasks, turns, and the fold. Pure."""
