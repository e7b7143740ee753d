"""Folding: lines of a letter that are not too long to read."""

WIDTH = 76


def folded(line: str, indent: int = 0, hanging: int | None = None) -> str:
    """Return a line folded between words; a word too long for a line has one of its own.

    Args:
        line: words, on one line.
        indent: how far in it begins.
        hanging: how far in what is folded goes on; as far as it begins, where nothing is said.
    """
    margin, folded_lines = " " * indent, []
    while len(line) > WIDTH - len(margin):
        at = line.rfind(" ", 0, WIDTH - len(margin) + 1)
        at = at if at > 0 else line.find(" ")
        if at < 0:
            break
        folded_lines.append(margin + line[:at])
        line = line[at + 1 :]
        margin = " " * (indent if hanging is None else hanging)
    return "\n".join([*folded_lines, margin + line])
