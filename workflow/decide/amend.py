"""Amending a running process: a title, a ladder, a route; never a gate or a machine."""

from collections.abc import Callable, Mapping

from definitions.ladders import roles_in, rungs_of, told_twice, twice
from definitions.language.errors import InvalidValue, NotFound, given_as
from definitions.language.naming import guess_at
from definitions.language.text import Text, text
from definitions.model import Definition, Permission
from workflow.decide.case import Case, Decided, effective_day, happened, named, seat_with
from workflow.model.commands import Amend
from workflow.model.events import Amended
from workflow.rules.refusals import Missing, Refused


class CannotAmend(Refused):
    """Something of the definition that a running process keeps as it was."""


def amend(case: Case, command: Amend) -> Decided:
    """Decide whether something reads otherwise for this process from now on.

    Raises:
        CannotAmend: it is a gate, a machine, or whatever else decides how the process runs.
        NotFound: no such ladder or party.
        InvalidValue: the value is not of its form.
        NotAllowed, DateRefused, Missing: see there.
    """
    kind, _, name = command.what.partition("/")
    if kind not in AMENDABLE or command.what.endswith("/"):
        raise CannotAmend(
            text("“{what}” cannot be amended in a running process.", what=command.what),
            advice=_what_can_be(kind),
        )
    with given_as("value"):
        AMENDABLE[kind](case.definition, name, command.value)
    effective_day(command.on, case.now.state.begins, case.actor.today)
    seat = seat_with(case, Permission.AMEND, text("amend “{what}”", what=command.what))
    if not command.reason.strip():
        raise Missing(text("An amendment needs a reason."), field="reason")
    event = Amended(command.what, command.value.strip(), command.reason, command.reference)
    return happened(event, command.on, seat)


def _what_can_be(kind: str) -> Text:
    """Return advice on what can be amended, and on what was probably meant."""
    advice = text(
        "A process keeps the gates and machines it was started with. These can be amended: "
        "{kinds}; a due by “replan”, who holds a seat by “member”.",
        kinds=list(AMENDABLE),
    )
    guess = guess_at(kind, AMENDABLE)
    return advice if guess is None else text("{guess} {advice}", guess=guess, advice=advice)


def _title(_: Definition, name: str, value: str) -> None:
    if name:
        raise NotFound(text("There is one title."))
    if not value.strip():
        raise InvalidValue(text("A title is not empty."), field="value")


def _ladder(definition: Definition, name: str, value: str) -> None:
    named(definition.ladders, name, text("ladder"))
    rungs = rungs_of(value)
    for role in roles_in(rungs):
        named(definition.roles, role, text("role"))
    clash = told_twice(rungs)
    if clash is not None:
        sentence, advice = twice(clash[1])
        raise InvalidValue(sentence, advice=advice, field="value")


def _of_party(definition: Definition, name: str, value: str) -> None:
    named(definition.parties, name, text("party"))
    if not value.strip():
        raise InvalidValue(text("Give the value; “unknown” if nobody knows it."), field="value")


AMENDABLE: Mapping[str, Callable[[Definition, str, str], None]] = {
    "title": _title,
    "ladder": _ladder,
    "papers-due": _of_party,
    "route": _of_party,
}
"""The things that can be amended, each with the check of its name and value."""
