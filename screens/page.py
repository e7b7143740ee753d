"""The page a screen is written on: its language and its width.

This one is plain: stable text, for pipes, files and programs. ``screens.terminal_page`` draws the
same words on a terminal.
"""

import gettext
import re
import shlex
import textwrap
from collections.abc import Collection, Iterable, Sequence
from dataclasses import field
from enum import Enum, auto
from functools import cache
from itertools import zip_longest
from pathlib import Path

from definitions.language.actions import Action, Faced
from definitions.language.naming import PROGRAM
from definitions.language.text import Text
from definitions.language.values import dataclass
from definitions.language.wrapping import folded
from screens.commandline import CommandLine, words_of
from screens.safe_text import printable

DOMAIN = PROGRAM
"""The gettext domain: the file name of the catalogues."""
_COMMAND = re.compile(rf"\b{PROGRAM} ([a-z]+)\b")
GAP = "  "
NARROW = 90
_STICKY = "\u00a0"
"""A space at which a cell is not folded; printed as any other."""

WIDEST_BAR = 15
"""Where more are asked than this, a character of a bar stands for several."""
BAR = 10
"""How wide a bar is then."""


class Place(Enum):
    """What a place in a bar stands for, with the character that shows it on a plain page."""

    DONE = "#"
    AGAINST = "x"
    """Done, with an outcome against."""
    OPEN = "."


class Mark(Enum):
    """The role of a text, which a page may show by style; the words alone express it too."""

    HEADING = auto()
    """A heading."""
    GOOD = auto()
    """Reached, done, in order."""
    LATE = auto()
    """Past its date, or in question."""
    WAITING = auto()
    """Asked, and not there yet."""
    UNPROVED = auto()
    """On the word of a source."""
    ASIDE = auto()
    """Of less weight than the rest."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The text of a table's cell, with its mark."""

    words: str
    mark: Mark

    def __str__(self) -> str:
        """Return the words alone."""
        return self.words


@dataclass(frozen=True, slots=True)
class Linked:
    """The text of a table's cell, with what leads on from it; a page may make a link of that."""

    words: str
    to: Action
    mark: Mark | None = None

    def __str__(self) -> str:
        """Return the words alone."""
        return self.words


Cell = str | Marked | Linked


@dataclass(frozen=True, slots=True)
class Branch:
    """A condition in a tree, with the conditions that it depends on.

    Attributes:
        sign: the word for holding or not.
        said: the condition, and the reason.
        more: further sentences below it.
    """

    holds: bool
    sign: str
    said: str
    more: tuple[str, ...] = ()
    children: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Where a screen is written.

    Attributes:
        language: the language, as in ``nl`` or ``en``.
        width: how many characters fit on a line.
        database: the database that was named in the command line, if one was: without it, a
            command that is copied from the page would look into another one.
    """

    language: str = "en"
    width: int = 100
    database: str = field(default="", kw_only=True)

    @property
    def narrow(self) -> bool:
        """Whether there is only room for the essentials."""
        return self.width < NARROW

    def say(self, sentence: Text) -> str:
        """Return a sentence in the page's language."""
        return sentence.render(spoken(self.language, self.database))

    def called(self, id_: str) -> str:
        """Return what something is called on this page: by its id, which is what one types."""
        return id_

    def wrapped(
        self,
        line: str,
        indent: int = 0,
        hanging: int = 2,
        mark: Mark | None = None,  # noqa: ARG002 - plain words stand for themselves
    ) -> str:
        """Return a line folded to the width; what is folded hangs a little further in."""
        if line.isprintable() and "  " not in line:
            line, width = line.strip(" "), max(self.width, 20)
            whole = f"{' ' * indent}{line}"
            return whole if len(whole) <= width else folded(line, indent, indent + hanging, width)
        return textwrap.fill(
            printable(line),
            width=max(self.width, 20),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def paragraph(
        self, sentence: Text, indent: int = 0, hanging: int = 2, mark: Mark | None = None
    ) -> str:
        """Return a sentence in the page's language, folded to the width."""
        return self.wrapped(self.say(sentence), indent, hanging, mark)

    def heading(self, sentence: Text) -> str:
        """Return the heading of a part of a screen."""
        return self.paragraph(sentence, mark=Mark.HEADING)

    def command(self, *words: str | Text, indent: int = 2) -> str:
        """Return a command on a line of its own, never folded: to be copied as it stands.

        Args:
            words: after the name of the program; what is still to be filled in is a text.
        """
        said = [self.say(word) if isinstance(word, Text) else word for word in words]
        program = CommandLine(self.database).program
        return f"{' ' * indent}{program} {printable(shlex.join(said))}"

    def action(self, action: Action, indent: int = 2) -> str:
        """Return a suggested command on a line of its own, to be copied unchanged."""
        return self.command(*words_of(action), indent=indent)

    def bar(self, places: Sequence[Place]) -> str:
        """Return how far something is: one character for each, as long as they are few."""
        return f"[{''.join(each.value for each in shares(places))}]"

    def tree(self, branch: Branch, depth: int = 0) -> str:
        """Return a branch and those under it, each a line that begins with its sign."""
        lines = [self.wrapped(f"[{branch.sign}] {branch.said}", 2 + 2 * depth, 6)]
        lines += [self.wrapped(more, 8 + 2 * depth) for more in branch.more]
        lines += [self.tree(child, depth + 1) for child in branch.children]
        return "\n".join(lines)

    def table(
        self,
        titles: Sequence[Text],
        rows: Sequence[Sequence[Cell]],
        spare: int | None = None,
        more: Collection[int] = (),
    ) -> str:
        """Return rows in columns of their natural width, under their titles.

        An empty column is left out. If the page is too narrow, cells are folded between words; if
        it is narrower still, each row becomes a few lines.

        Args:
            spare: the column to drop if it does not fit, or on a narrow page if that avoids
                folding.
            more: the rows that continue the row above them.
        """
        heading: list[Cell] = [self.say(title) for title in titles]
        shown = [
            index
            for index in range(len(titles))
            if not rows or any(str(row[index]) for row in rows)
        ]
        fewer = [index for index in shown if index != spare]
        unfolded = ((shown, False), (fewer, False)) if self.narrow else ()
        for columns, fold in (*unfolded, (shown, True), (fewer, True)):
            cells = [[_seen(row[index]) for index in columns] for row in [heading, *rows]]
            widths = self._widths(cells, fold=fold)
            if widths is not None:
                return self._columns(cells, widths)
        cells = [[_seen(row[index]) for index in shown] for row in [heading, *rows]]
        return self._records(cells, more)

    def _columns(self, rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> str:
        """Return rows in columns of these widths."""
        return "\n".join(
            GAP.join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip()
            for row in rows
            for line in zip_longest(*folded_row(row, widths), fillvalue="")
        )

    def _widths(self, rows: Sequence[Sequence[Cell]], *, fold: bool) -> list[int] | None:
        """Return how wide each column is, the widest folded first; None where none will do."""
        columns = [[str(cell) for cell in column] for column in zip(*rows, strict=True)]
        widths = [max(len(cell) for cell in column) for column in columns]
        least = [
            max(len(word) for cell in column for word in cell.split(" ")) for column in columns
        ]
        room = self.width - len(GAP) * (len(columns) - 1)
        while sum(widths) > room:
            if not fold:
                return None
            spare = [
                wide if wide > least_ else 0 for wide, least_ in zip(widths, least, strict=True)
            ]
            if not any(spare):
                return None
            widths[spare.index(max(spare))] -= 1
        return widths

    def _records(self, rows: Sequence[Sequence[Cell]], more: Collection[int] = ()) -> str:
        """Return each row as a few lines: its first cell, and the rest below it."""
        heading, *records = rows
        lines: list[str] = []
        for at, record in enumerate(records):
            filled = [each for each in zip(heading, record, strict=True) if str(each[1])]
            for number, (title, found) in enumerate(filled, 1 if at in more else 0):
                line = f"{title}: {_loose(found)}" if number else _loose(found)
                mark = mark_of(found) if number else Mark.HEADING
                lines.append(self.wrapped(line, 2 if number else 0, mark=mark))
        return "\n".join(lines)


LONGEST_UNBROKEN = 18


def cell(words: str, mark: Mark | None) -> Cell:
    """Return the text of a cell, with its mark if it has one."""
    return words if mark is None else Marked(words, mark)


def unbroken(words: str) -> str:
    """Return a text for a table so that it is not folded, if it is short enough."""
    return words.replace(" ", _STICKY) if len(words) <= LONGEST_UNBROKEN else words


def _seen(found: Cell) -> Cell:
    mark = mark_of(found)
    return printable(str(found)) if mark is None else Marked(printable(str(found)), mark)


def _loose(found: Cell) -> str:
    return str(found).replace(_STICKY, " ")


def mark_of(found: Cell) -> Mark | None:
    """Return the mark of a cell, if it has one."""
    return None if isinstance(found, str) else found.mark


def folded_row(row: Sequence[Cell], widths: Sequence[int]) -> list[list[str]]:
    """Return the lines of each cell of a row, folded to the width of its column."""
    return [
        [
            _loose(line)
            for line in textwrap.wrap(
                str(cell), width, break_long_words=False, break_on_hyphens=False
            )
        ]
        for cell, width in zip(row, widths, strict=True)
    ]


def shares(places: Sequence[Place]) -> Sequence[Place]:
    """Return the places of a bar: all of few, or the proportional share of many.

    Only a complete bar is full; and if anybody is against, at least one place shows it.
    """
    if len(places) <= WIDEST_BAR:
        return places
    done = places.count(Place.DONE) * BAR // len(places)
    against = -(-places.count(Place.AGAINST) * BAR // len(places))
    rest = BAR - done - against
    return [*[Place.DONE] * done, *[Place.AGAINST] * against, *[Place.OPEN] * rest]


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; that of the source language if there is none."""
    folder = Path(__file__).parent / "locale"
    return gettext.translation(DOMAIN, folder, [language], fallback=True)


def spoken(language: str, database: str = "") -> gettext.NullTranslations:
    """Return the words of a language on a command line, with the database that was named."""
    return _faced(catalogue(language), database)


@cache
def _faced(words: gettext.NullTranslations, database: str) -> gettext.NullTranslations:
    return _Spoken(words, CommandLine(database))


class _Spoken(Faced):
    """A catalogue in which every command line begins as this one did."""

    def __init__(self, words: gettext.NullTranslations, face: CommandLine) -> None:
        super().__init__(words, face)
        self._program = face.program.replace("{", "{{").replace("}", "}}")
        self._known: dict[str, str] = {}

    def gettext(self, message: str) -> str:
        known = self._known.get(message)
        if known is None:
            known = self._known[message] = self._begun(message, super().gettext(message))
        return known

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._begun(msgid1 + msgid2, super().ngettext(msgid1, msgid2, n))

    def _begun(self, message: str, said: str) -> str:
        if self._program == PROGRAM:
            return said
        # In Dutch “mijlpaal” is a milestone, too: what is a command, the English says.
        for command in set(_COMMAND.findall(message)):
            said = said.replace(f"{PROGRAM} {command}", f"{self._program} {command}")
        return said


def joined(lines: Iterable[str]) -> str:
    """Return lines as one text."""
    return "\n".join(lines)
