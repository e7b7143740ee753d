"""What is said to people and typed by them: sentences, refusals, names, and how long they are.

Every module of the project may import from here; these modules import only each other.
"""
