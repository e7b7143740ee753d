"""What people see: tables and trees from the read models, in their language, and the JSON.

Nothing here decides anything or reads a database. Each function takes a read model and a
``Page`` (language and width) and returns text.
"""
