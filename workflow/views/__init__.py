"""Read models: what the screens and the JSON show, drawn from a definition and a state.

The same functions serve the present (from the tables) and any day in the past (from the
journal). A field that ends in an underscore would be a Python keyword without it. Each model has
a module of its own, so that a command imports only what it shows.
"""
