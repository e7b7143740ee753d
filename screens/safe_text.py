"""Making texts safe for a terminal, which must not obey anything that a person wrote."""

from definitions.language.characters import without_hidden


def printable(line: str) -> str:
    """Return a text in which what cannot be seen, and might steer a terminal, is spelled out."""
    return without_hidden(line, r"\x{:02x}")
