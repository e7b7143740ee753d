"""Faults of a definition: where, what, and what was probably meant."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from definitions.language.errors import MijlpaalError
from definitions.language.naming import brief, did_you_mean
from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass

MOST = 200
"""The maximum number of faults; more means that it is another kind of file."""

FEW = 10
"""How many of them are shown where a file cannot be read to its end."""

Path = tuple[str | int, ...]
"""Where something stands in a file: keys and indices from the top."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1.

    Attributes:
        parameters: what was filled in there for the places of parameters: ``jaar=2027``.
    """

    line: int
    column: int
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        path: where in the document.
        sentence: what is wrong and what was expected.
        advice: what would mend it, where that is known.
        position: the line and column, where known.
        file: the file, as it was named.
    """

    path: Path
    sentence: Text
    advice: Text | None = None
    position: Position | None = None
    file: str = ""

    def describe(self) -> Text:
        """Return the fault as one line: file, line, column, path, sentence, advice."""
        place = self.position or Position(1, 1)
        where = ".".join(brief(str(step)) for step in self.path)
        return text(
            "{file}:{line}:{column}: {where}{sentence}{advice}",
            file=self.file,
            line=place.line,
            column=place.column,
            where=f"{where}: " if where else "",
            sentence=self.sentence,
            advice=text(" {advice}", advice=self.advice) if self.advice else "",
        )


class DefinitionInvalid(MijlpaalError):
    """A file cannot be used, with all its faults at once.

    Remedy: mend the faults; each has its line and column. Exit code 3.
    """

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        """Keep the faults, in the order of the file."""
        self.faults = sorted(faults, key=_place)
        super().__init__(
            ntext(
                "{file} has a fault and cannot be used.",
                "{file} has {n} faults and cannot be used.",
                len(faults),
                file=file,
            )
        )


class Faults:
    """A growing list of the faults of one file.

    The same fault at the same place is one fault, however often it is come upon: a structure
    is read anew for each milestone that follows it.
    """

    def __init__(
        self, file: str, positions: Mapping[Path, Position], *, stored: bool = False
    ) -> None:
        """Start with none.

        Args:
            file: its name, for the faults.
            positions: where each of its values stands.
            stored: whether it was stored, and so was checked when it came in.
        """
        self.file = file
        self.stored = stored
        self._positions = positions
        self._found: dict[tuple[Path, str, Position | None], Fault] = {}

    @property
    def found(self) -> list[Fault]:
        """The faults, in the order in which they were found."""
        return list(self._found.values())

    def add(
        self,
        path: Path,
        sentence: Text,
        advice: Text | None = None,
        position: Position | None = None,
        beside: Path | None = None,
    ) -> None:
        """Note a fault at a place in the document (at ``position``, if the path has none).

        If a parameter was filled in there, the fault names it, since the file does not contain the
        wrong value.

        Args:
            beside: another place that is involved.

        Raises:
            DefinitionInvalid: there are more faults than anybody will read.
        """
        place = position or self._position(path)
        told = self._parameters(path, *([beside] if beside else []))
        fault = Fault(path, sentence, _naming(told, advice), place, self.file)
        self._found.setdefault((path, str(sentence), place), fault)
        if len(self._found) == MOST:
            more = text("There may be more faults than these {n}.", n=MOST)
            raise DefinitionInvalid(self.file, [Fault((), more, file=self.file), *self.found])

    def add_unless_stored(self, path: Path, sentence: Text, advice: Text | None = None) -> None:
        """Note a fault that earlier versions let through: what they stored is still read."""
        if not self.stored:
            self.add(path, sentence, advice)

    def known(self, name: str, names: Iterable[str], path: Path, what: Text) -> bool:
        """Return whether a name exists, noting a fault where it does not.

        Args:
            name: as the file has it.
            names: those there are.
            path: where the file has it.
            what: what kind of name it is: ``text("role")``.
        """
        names = list(names)
        if name in names:
            return True
        sentence = text("There is no {what} “{name}”.", what=what, name=brief(name))
        self.add(path, sentence, did_you_mean(name, names))
        return False

    def raise_any(self) -> None:
        """Raise all that was found, if anything was.

        Raises:
            DefinitionInvalid: with every fault.
        """
        if self._found:
            raise DefinitionInvalid(self.file, self.found)

    def stop(
        self,
        sentence: Text,
        advice: Text | None = None,
        position: Position | None = None,
        path: Path = (),
    ) -> NoReturn:
        """Raise all that was found, and with it what makes it impossible to read on.

        Raises:
            DefinitionInvalid: with every fault.
        """
        found = self.found[:FEW]
        self.add(path, sentence, advice, position)
        # Whatever cannot be read on is mostly another kind of file: few of its lines are shown.
        last = [each for each in self.found[-1:] if each not in found]
        raise DefinitionInvalid(self.file, [*found, *last]) from None

    def _parameters(self, *paths: Path) -> tuple[str, ...]:
        """Return the parameters that were filled in at some places, or inside them."""
        found = (
            parameter
            for where, position in self._positions.items()
            if position.parameters and any(where[: len(path)] == path for path in paths if path)
            for parameter in position.parameters
        )
        return tuple(dict.fromkeys(found))

    def _position(self, path: Path) -> Position | None:
        """Return the position of a path, or of its nearest known parent."""
        while path and path not in self._positions:
            path = path[:-1]
        return self._positions.get(path)


def keys_too(keys: Sequence[str]) -> Text:
    """Return that instead of one value keys and values can stand somewhere, and which."""
    return text("Keys and values can stand here too: {keys}.", keys=list(keys))


def _naming(parameters: Sequence[str], advice: Text | None) -> Text | None:
    """Return advice that names the parameters, where there are any."""
    if not parameters:
        return advice
    said = ntext(
        "Filled in here: the parameter {parameters}.",
        "Filled in here: the parameters {parameters}.",
        len(parameters),
        parameters=parameters,
    )
    return said if advice is None else text("{said} {advice}", said=said, advice=advice)


def _place(fault: Fault) -> tuple[str, int, int]:
    place = fault.position or Position(0, 0)
    return fault.file, place.line, place.column
