"""How fields and commands are called on a command line: options, and lines to type.

Which they are is written here once more, and a test compares it with the commands themselves: a
screen that suggests a command must not load all of them.
"""

import gettext
import shlex
from collections.abc import Iterator, Mapping, Sequence

from definitions.language.actions import Action, Blank, Field, Given
from definitions.language.naming import PROGRAM
from definitions.language.secrets import without_password
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from screens.safe_text import printable

ARGUMENTS: Mapping[str, Sequence[str]] = {
    "start": ("definition",),
    "replay": ("file",),
    "status": ("process",),
    "explain": ("process", "milestone", "trigger"),
    "advance": ("process", "milestone", "trigger"),
    "record": ("process", "milestone", "body", "outcome"),
    "sent": ("process", "milestone", "body"),
    "received": ("process", "milestone", "body"),
    "answer": ("process", "milestone", "body", "point"),
    "lapse": ("process",),
    "join": ("process", "party"),
    "leave": ("process", "party"),
    "task": ("process", "task", "result"),
    "deliverable": ("process", "part", "level"),
    "note": ("process", "note"),
    "correct": ("process", "seq"),
    "amend": ("process", "what", "value"),
    "due": ("process",),
    "replan": ("process", "due", "date"),
    "history": ("process",),
    "verify": ("process",),
    "member list": ("process",),
    "member add": ("process", "seat", "name"),
    "member end": ("process", "seat", "name"),
    "member reach": ("name",),
    "member erase": ("name",),
    "remind list": ("process",),
    "remind run": (),
    "definitions check": ("files",),
    "db upgrade": (),
    "db copy": ("source", "target"),
    "db check": (),
    "doctor": (),
}
"""The fields of each command that are written without an option, in their order."""

OPTIONS: Mapping[str, str] = {
    "about": "--about",
    "actor": "--as",
    "allow_unsound": "--allow-unsound",
    "address": "--address",
    "as_json": "--json",
    "attested": "--attested",
    "database_url": "--db",
    "date": "--date",
    "expect": "--expect",
    "ground": "--ground",
    "group": "--group",
    "id": "--id",
    "key": "--key",
    "language": "--language",
    "finish": "--finish",
    "level": "--level",
    "mailbox": "--mailbox",
    "note": "--note",
    "on": "--on",
    "openness": "--internal",
    "options": "--option",
    "out_of_order": "--out-of-order",
    "outcome": "--outcome",
    "party": "--party",
    "points": "--point",
    "reason": "--reason",
    "reconstruction": "--reconstruction",
    "reference": "--reference",
    "remark": "--remark",
    "request": "--request",
    "result": "--result",
    "role": "--role",
    "round": "--round",
    "secrecy": "--secrecy",
    "signed_by": "--signed-by",
    "source": "--source",
    "subject": "--for",
    "text": "--text",
    "to": "--to",
    "unnamed_options": "--unnamed",
    "until": "--until",
    "values": "--set",
    "version": "--version",
    "votes": "--votes",
    "withdraw": "--withdraw",
    "year": "--year",
}
"""The options of all other fields."""

OF_ONE: Mapping[tuple[str, str], str] = {("start", "process"): "--id"}
"""The options that a field has with one command alone."""

TO_FILL_IN: Mapping[str, Text] = {
    "address": text("ADDRESS"),
    "allow_unsound": text("REASON"),
    "body": text("BODY"),
    "date": text("DATE"),
    "definition": text("DEFINITION"),
    "due": text("DUE"),
    "file": text("FILE"),
    "actor": text("NAME"),
    "group": text("GROUP"),
    "id": text("ID"),
    "language": text("LANGUAGE"),
    "milestone": text("MILESTONE"),
    "name": text("NAME"),
    "note": text("TEXT"),
    "on": text("DATE"),
    "outcome": text("OUTCOME"),
    "out_of_order": text("REASON"),
    "part": text("PART"),
    "party": text("PARTY"),
    "point": text("POINT"),
    "points": text("TEXT"),
    "process": text("PROCESS"),
    "reason": text("WHY"),
    "reference": text("SOURCE"),
    "result": text("RESULT"),
    "seat": text("SEAT"),
    "seq": text("N"),
    "source": text("SOURCE"),
    "task": text("TASK"),
    "text": text("FILE"),
    "unnamed_options": text("N"),
    "until": text("DATE"),
    "url": text("URL"),
    "value": text("VALUE"),
    "values": text("NAME=VALUE"),
}
"""The placeholders of values that the user still has to fill in."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The face of a command line.

    Attributes:
        database: the database that was named in the command line, if one was: without it, a
            command that is copied from the screen would look into another one.
    """

    database: str = ""

    @property
    def program(self) -> str:
        """How a command line begins: with the database that was named, but no password."""
        if not self.database:
            return PROGRAM
        return printable(shlex.join([PROGRAM, "--db", without_password(self.database)]))

    def field(self, field: Field, catalogue: gettext.NullTranslations) -> str:
        """Return a field as the option that takes it."""
        option = option_of(field.name)
        if field.value is None or field.value is True:
            return option
        return shlex.join([option, _said(field.name, field.value, catalogue)])

    def action(self, action: Action, catalogue: gettext.NullTranslations) -> str:
        """Return a command as a line to type."""
        said = [
            each.render(catalogue) if isinstance(each, Text) else each for each in words_of(action)
        ]
        return f"{self.program} {printable(shlex.join(said))}"


def words_of(action: Action) -> Iterator[str | Text]:
    """Yield the words of a command, after the name of the program; a text is to be filled in."""
    yield from action.command.split()
    arguments, values = ARGUMENTS[action.command], action.values
    for name in arguments:
        if name in values:
            yield _word(name, values[name])
    for name, value in action.given:
        if name in arguments or value is False:
            continue
        yield option_of(name, action.command)
        if value is not True:
            yield _word(name, value)


def option_of(field: str, command: str = "") -> str:
    """Return the option that takes a field of a command."""
    return OF_ONE.get((command, field)) or OPTIONS.get(field) or f"--{field.replace('_', '-')}"


def _word(name: str, value: Given) -> str | Text:
    match value:
        case Blank(of=of):
            return TO_FILL_IN[of or name]
        case Text():
            return value
        case _:
            return str(value)


def _said(name: str, value: Given, catalogue: gettext.NullTranslations) -> str:
    word = _word(name, value)
    return word.render(catalogue) if isinstance(word, Text) else word
