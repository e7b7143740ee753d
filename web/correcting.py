"""The form by which an entry is corrected: only what that entry says, filled in as it reads now.

What a field read when the form was opened is carried along, so that only what was changed in it
becomes a change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from definitions.calendar.dates import PartialDate
from definitions.language.errors import MijlpaalError
from definitions.language.values import dataclass
from workflow.decide.correct import FIXED, as_read, command_of
from workflow.model.commands import Change, Ordinary, Record, ReportPart, ReportTask
from workflow.model.events import Entry, EntryCorrected

WAS = "was-"
"""How the name of a field begins in which stands what another field read before."""
NAMED = {"reference": "source"}
"""The fields that have another name in the form, where “reference” is that of the correction."""
ALWAYS = frozenset({"seq", "reason", "withdraw", "reference"})
"""The fields of the form that belong to the correction itself."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """An entry that is being corrected.

    Attributes:
        entry: as it was recorded.
        command: the command that it reads as now; None where it cannot be corrected.
    """

    entry: Entry
    command: Ordinary | None

    @property
    def names(self) -> frozenset[str]:
        """The fields of the form that the entry has something in."""
        if self.command is None:
            return ALWAYS
        own = {each.name for each in fields(self.command)} - FIXED
        return ALWAYS | {NAMED.get(each, each) for each in own}

    def given(self) -> dict[str, list[str]]:
        """Return what stands in the form at first, and what each field read before."""
        found = dict(self._values())
        return {
            **{name: [value] for name, value in found.items()},
            **{f"{WAS}{name}": [value] for name, value in found.items()},
            **self._about(),
        }

    def _values(self) -> Iterator[tuple[str, str]]:
        if self.command is None:
            return
        for field in fields(self.command):
            value = getattr(self.command, field.name)
            if field.name in FIXED or value in (None, ()) or isinstance(value, bool):
                continue
            yield NAMED.get(field.name, field.name), _written(value)

    def _about(self) -> dict[str, list[str]]:
        """Return what the choices of the form depend on, and is not changed."""
        match self.command:
            case Record(milestone=milestone, body=body, request=request):
                named = {"milestone": milestone, "body": body, "request": request or ""}
            case ReportTask(task=task):
                named = {"task": task}
            case ReportPart(part=part):
                named = {"part": part}
            case _:
                return {}
        return {name: [value] for name, value in named.items() if value}


def corrected(entries: Sequence[Entry], seq: int | None) -> Corrected | None:
    """Return an entry that is to be corrected; None where there is none of that number."""
    entry = next((each for each in entries if each.seq == seq), None)
    if entry is None or isinstance(entry.event, EntryCorrected):
        return None
    reading = as_read(entries, entry.seq) or entry
    try:
        return Corrected(entry, command_of(reading.event, reading.effective))
    except MijlpaalError:
        return Corrected(entry, None)


def changed(values: Mapping[str, Change | None], was: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the fields whose value is another than the form was opened with."""
    for name, value in values.items():
        if value in (None, ()):
            continue
        before = was.get(name)
        if before is None or _written(value) != before:
            yield name


def _written(value: object) -> str:
    match value:
        case PartialDate():
            return value.written
        case tuple():
            return "\n".join(map(str, value))
        case _:
            return str(value)
