"""The revision of the schema, for who wants no more than that."""

REVISION = "0001"
"""The revision of the schema that this program works with: the newest migration."""
