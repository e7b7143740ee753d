"""Texts for people and from people: sentences, refusals, names, and their limits.

Every module of the project may import from here; these modules import only each other.
"""
