"""Letters as mail: what they say, how they look, and the ways by which they leave."""
