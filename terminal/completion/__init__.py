"""What the tab key offers, and the shells that ask for it."""
