"""The pages, a module each: what it asks, and which template shows it."""
