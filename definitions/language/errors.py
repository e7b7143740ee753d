"""The root of everything that is refused, wherever it is refused.

Each error is a sentence (what, where, what was expected) and, where something would help, a
second one that says what to do. The sentences are texts, so that they can be shown in any
language; ``str(error)`` is the English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from definitions.language.actions import Action
from definitions.language.text import Text, text
from definitions.language.values import replace


class MijlpaalError(Exception):
    """Something was refused or is broken, with an explanation for the reader.

    Catch it at the edge, show it, and map its class to an exit code. Never raised itself.

    Attributes:
        details: further errors, a sentence each, if there is more than one.
    """

    def __init__(self, sentence: Text, *, advice: Text | None = None) -> None:
        """Take the sentence, and the advice on a remedy."""
        super().__init__(sentence, advice)
        self.sentence = sentence
        self.advice = advice
        self.details: tuple[Text, ...] = ()
        self.place: Text | None = None
        self.process: str | None = None

    def at(self, place: Text) -> Self:
        """Add the place of the error among several (a fact in a file); return the error."""
        self.place = self.place or place
        return self

    def of(self, process: str) -> Self:
        """Say in which process this was said, and return it; its advice names it from then on."""
        self.process = self.process or process
        if self.advice is not None:
            values = {
                name: value.about(process) if isinstance(value, Action) else value
                for name, value in self.advice.values.items()
            }
            self.advice = replace(self.advice, values=values)
        return self

    def __str__(self) -> str:
        """Return the place, the sentence and the advice, in English."""
        said = f"{self.place}: {self.sentence}" if self.place else str(self.sentence)
        return f"{said} {self.advice}" if self.advice else said


def reason_of(error: Exception) -> Text:
    """Return why the system refused something: in our own words where it often does."""
    match error:
        case FileNotFoundError():
            return text("No such file or directory")
        case FileExistsError():
            return text("File exists")
        case PermissionError():
            return text("Permission denied")
        case IsADirectoryError():
            return text("Is a directory")
        case NotADirectoryError():
            return text("Not a directory")
        case OSError(strerror=str(why)):
            return text("{why}", why=why)
        case _:
            return text("{why}", why=str(error))


class InvalidValue(MijlpaalError):
    """A value is not of the form it should have (a date that does not exist, say).

    Cause: a typing mistake. Remedy: the sentence names the form. Exit code 2.

    Attributes:
        field: the name of the command's field with the value (``workflow/model/commands.py``); None
            if it is in none.
    """

    field: str | None = None

    def __init__(
        self, sentence: Text, *, advice: Text | None = None, field: str | None = None
    ) -> None:
        """Keep the sentence, the advice, and the field, where it is known here.

        What reads a value of any field (a date, an address) does not know it: who gives it one to
        read says which, with ``given_as``.
        """
        super().__init__(sentence, advice=advice)
        self.field = field

    def of_field(self, field: str) -> Self:
        """Say which of the values that were given is meant, and return it."""
        self.field = self.field or field
        return self


@contextmanager
def given_as(field: str) -> Iterator[None]:
    """Name the field that a refusal raised inside is about."""
    try:
        yield
    except InvalidValue as error:
        error.of_field(field)
        raise


class NotFound(MijlpaalError):
    """A name does not exist: of a process, a milestone, a body, an outcome.

    Remedy: the advice lists the names there are, the nearest first. Exit code 5.
    """
