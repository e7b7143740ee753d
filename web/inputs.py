"""What forms are made of: their fields, and the choices in them."""

from collections.abc import Callable, Sequence
from enum import Enum

from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Definition, Milestone, Request, title_in
from web.names import body_name, place_name
from web.values import Values
from workflow.model.openness import Audience
from workflow.model.state import People
from workflow.rules.asked import asked_bodies
from workflow.rules.gates import decisions_on
from workflow.views.seen import Seen


class Kind(Enum):
    """How a field is filled in."""

    WORDS = "words"
    LONG = "long"
    LINES = "lines"
    DATE = "date"
    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    BOX = "box"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that can be chosen, and what it is called."""

    value: str
    says: Text | str


@dataclass(frozen=True, slots=True)
class Filling:
    """A form that is being filled in.

    Attributes:
        seen: its process.
        values: what stands in it so far.
        people: the name and address of everybody, by their opaque id.
    """

    seen: Seen
    values: Values
    people: People

    @property
    def definition(self) -> Definition:
        """The definition in force."""
        return self.seen.definition

    @property
    def milestone(self) -> Milestone | None:
        """The milestone that was chosen; None as long as none was."""
        return self.definition.milestones.get(self.values.text("milestone") or "")

    @property
    def request(self) -> Request | None:
        """The question that was chosen, or the only one that can be meant."""
        milestone = self.milestone
        if milestone is None:
            return None
        named, body = self.values.text("request"), self.values.text("body")
        if named is not None:
            return milestone.requests.get(named)
        found = [e for e in milestone.requests.values() if body is None or body in e.bodies]
        return found[0] if len(found) == 1 else None


Choices = Callable[[Filling], Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a form.

    Attributes:
        name: as in ``workflow.model.commands``.
        needed: whether it has to be filled in.
        aside: whether it is shown only to whoever opens “More”.
        choices: what can be chosen.
        hint: what helps to fill it in.
    """

    name: str
    kind: Kind = Kind.WORDS
    needed: bool = False
    aside: bool = False
    choices: Choices | None = None
    hint: Text | None = None


# --- choices -----------------------------------------------------------------------------------


def milestones(filling: Filling) -> list[Choice]:
    """Return the milestones of a process."""
    language = filling.seen.language
    return [
        Choice(each.id, title_in(each.title, language, each.id))
        for each in filling.definition.milestones.values()
    ]


def asking(filling: Filling) -> list[Choice]:
    """Return the milestones in which something is asked of bodies."""
    every = filling.definition.milestones
    return [each for each in milestones(filling) if every[each.value].requests]


def requests(filling: Filling) -> list[Choice]:
    """Return the questions of the chosen milestone."""
    milestone = filling.milestone
    if milestone is None:
        return []
    return [Choice(each, each.replace("-", " ")) for each in milestone.requests]


def points(filling: Filling) -> list[Choice]:
    """Return the points of the chosen body's answer, each by its number."""
    milestone, request = filling.milestone, filling.request
    if milestone is None or request is None:
        return []
    known = decisions_on(filling.seen.state, milestone.id, request)
    given = known.get(filling.values.text("body") or "")
    said = given.points if given is not None else ()
    return [
        Choice(str(number), text("{number}: {says}", number=number, says=each))
        for number, each in enumerate(said, 1)
    ]


def bodies(filling: Filling) -> list[Choice]:
    """Return the bodies that the chosen question asks; all of the milestone's where none is."""
    milestone, request = filling.milestone, filling.request
    if milestone is None:
        return []
    asked = [request] if request is not None else list(milestone.requests.values())
    found = dict.fromkeys(
        body for each in asked for body in asked_bodies(filling.seen, milestone.id, each)
    )
    return [Choice(each, body_name(filling.definition, each)) for each in found]


def outcomes(filling: Filling) -> list[Choice]:
    """Return what the chosen body can decide; what any of them can where none is chosen."""
    request, body = filling.request, filling.values.text("body") or ""
    if request is None:
        return []
    asked = [body] if body in request.instruments else list(request.instruments)
    instruments = filling.definition.instruments
    found = dict.fromkeys(
        outcome for each in asked for outcome in instruments[request.instruments[each]].outcomes
    )
    return [Choice(each, each.replace("-", " ")) for each in found]


def parties(filling: Filling) -> list[Choice]:
    """Return the parties that take part."""
    return [Choice(each.id, each.name) for each in filling.definition.parties.values()]


def subjects(filling: Filling) -> list[Choice]:
    """Return the parties and groups that something can be for."""
    definition = filling.definition
    return [
        Choice(each, place_name(definition, each))
        for each in (*definition.parties, *definition.groups)
    ]


def audiences(_: Filling) -> list[Choice]:
    """Return who may see an entry."""
    return [
        Choice(Audience.PUBLIC.value, text("everybody")),
        Choice(Audience.INTERNAL.value, text("whoever has a role in this process")),
        Choice(Audience.OWN.value, text("the own municipality, until a day")),
    ]


def of_values(*values: str) -> Choices:
    """Return choices that are always the same."""
    return lambda _: [Choice(each, each) for each in values]
