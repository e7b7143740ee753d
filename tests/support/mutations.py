"""Files as they come out of an accident: a line lost, a value replaced, a byte that fell over.

Every change is drawn from dice that the caller hands in, so that a seed finds it again.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

SCALAR = re.compile(r"[\w./+-]+")
"""What stands for one value or key of a file, roughly."""

AWKWARD: Sequence[str] = (
    "",
    "''",
    '""',
    "~",
    "null",
    "true",
    "no",
    "0",
    "-1",
    "1.5",
    "1e400",
    "99999999999999999999",
    "[]",
    "{}",
    "[[[]]]",
    "{a: {b: {c: 1}}}",
    "0000-00-00",
    "9999-12-31",
    "2021-02-30",
    "2021-13",
    "unknown",
    "&a *a",
    "*nothing",
    "!!python/name:os.system x",
    "<<: 1",
    "|",
    ">-",
    "'",
    '"',
    "#",
    "? ",
    "- ",
    ":",
    "%YAML 3.0",
    "---",
    "...",
    "\u202egnirts\u202c",
    "Zoe\u0308",
    "a\u200db",
    "\u009b31m",
    "\ud7ff\U0010ffff",
    "x" * 3000,
    "-" * 500,
    "[" * 200,
)
"""Values that are hardly ever meant."""


def mutated(content: bytes, dice: Random, most: int = 3) -> bytes:
    """Return a file with one or a few changes in it, each somewhere else."""
    for _ in range(dice.randrange(1, most + 1)):
        content = dice.choice(CHANGES)(content, dice)
    return content


# --- lines --------------------------------------------------------------------------------------


def _lose_a_line(content: bytes, dice: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def _repeat_a_line(content: bytes, dice: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        lines.insert(dice.randrange(len(lines)), dice.choice(lines))
    return b"".join(lines)


def _swap_two_lines(content: bytes, dice: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _indent_a_line(content: bytes, dice: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        at = dice.randrange(len(lines))
        lines[at] = dice.choice((b" ", b"  ", b"\t", b"- ")) + lines[at]
    return b"".join(lines)


def _dedent_a_line(content: bytes, dice: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if lines:
        at = dice.randrange(len(lines))
        lines[at] = lines[at][dice.randrange(3) :] if lines[at].startswith(b" ") else lines[at]
    return b"".join(lines)


def _move_a_block(content: bytes, dice: Random) -> bytes:
    lines = content.splitlines(keepends=True)
    if not lines:
        return content
    begin = dice.randrange(len(lines))
    block = lines[begin : begin + dice.randrange(1, 8)]
    del lines[begin : begin + len(block)]
    at = dice.randrange(len(lines) + 1)
    return b"".join([*lines[:at], *block, *lines[at:]])


# --- values -------------------------------------------------------------------------------------


def _replace_a_value(content: bytes, dice: Random) -> bytes:
    return _another_value(content, dice, lambda written: dice.choice(AWKWARD))


def _take_another_value(content: bytes, dice: Random) -> bytes:
    return _another_value(content, dice, lambda written: dice.choice(SCALAR.findall(written)))


def _misspell_a_value(content: bytes, dice: Random) -> bytes:
    written = content.decode(errors="surrogateescape")
    found = [each for each in SCALAR.finditer(written) if len(each[0]) > 1]
    if not found:
        return content
    match = dice.choice(found)
    at = match.start() + dice.randrange(len(match[0]))
    return (written[:at] + written[at + 1 :]).encode(errors="surrogateescape")


def _another_value(content: bytes, dice: Random, chosen: Callable[[str], str]) -> bytes:
    written = content.decode(errors="surrogateescape")
    found = list(SCALAR.finditer(written))
    if not found:
        return content
    match = dice.choice(found)
    new = written[: match.start()] + chosen(written) + written[match.end() :]
    return new.encode(errors="surrogateescape")


# --- bytes --------------------------------------------------------------------------------------


def _change_a_byte(content: bytes, dice: Random) -> bytes:
    if not content:
        return content
    at = dice.randrange(len(content))
    return content[:at] + bytes([content[at] ^ dice.randrange(1, 256)]) + content[at + 1 :]


def _put_bytes_in(content: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(content) + 1)
    put = dice.choice((b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\xc3", b"\xed\xa0\x80", b"\t"))
    return content[:at] + put + content[at:]


def _cut_the_end_off(content: bytes, dice: Random) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


CHANGES: Sequence[Callable[[bytes, Random], bytes]] = (
    _lose_a_line,
    _repeat_a_line,
    _swap_two_lines,
    _indent_a_line,
    _dedent_a_line,
    _move_a_block,
    *[_replace_a_value] * 3,
    *[_take_another_value] * 6,
    *[_misspell_a_value] * 2,
    _change_a_byte,
    _put_bytes_in,
    _cut_the_end_off,
)
"""The ways in which a file changes; what keeps it a file of this kind comes oftener."""
