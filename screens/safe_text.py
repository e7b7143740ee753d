"""What can be seen: nothing that a person wrote steers the terminal it is shown on."""

from definitions.language.characters import without_hidden


def printable(line: str) -> str:
    """Return a text in which what cannot be seen, and might steer a terminal, is spelled out."""
    return without_hidden(line, r"\x{:02x}")
