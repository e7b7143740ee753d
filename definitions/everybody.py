"""Everybody but some: ``{each: raad, except: zuid}``, of bodies as of parties and groups."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from definitions import schema
from definitions.faults import Path
from definitions.language.naming import did_you_mean
from definitions.language.text import Text, text
from definitions.scope import Scope
from definitions.structures import names as names_of
from definitions.structures import placed

EACH = "each "

Form = TypeVar("Form", bound=BaseModel)


def items(value: str | Form | Sequence[str | Form], path: Path) -> list[tuple[str | Form, Path]]:
    """Return the items of a value that may be one or a list, each with where it is written."""
    if isinstance(value, (str, BaseModel)):
        return [(value, path)]
    return [(each, (*path, index)) for index, each in enumerate(value)]


def bodies_of_each(kind: str, path: Path, scope: Scope) -> list[str]:
    """Return the bodies of a kind, one of each party that has one: each raad."""
    found = [body for body in scope.bodies if body.endswith(f".{kind}")]
    if not found:
        sentence = text("No party has a body “{kind}”.", kind=kind)
        scope.faults.add(path, sentence, did_you_mean(f"{EACH}{kind}", kinds_of_body(scope)))
    return found


def kinds_of_body(scope: Scope) -> list[str]:
    """Return the words for all bodies of a kind: ``each raad``."""
    return [
        f"{EACH}{kind}" for kind in sorted({body.partition(".")[2] for body in scope.bodies} - {""})
    ]


class _All(NamedTuple):
    """All of a kind, of which some may be excepted.

    Attributes:
        those: per party or group, what there is of it.
        names: every party, or every group.
        what: the word for one of these names.
        have: what those of them have that are among ``those``.
    """

    those: Mapping[str, str]
    names: Collection[str]
    what: Text
    have: Text


def bodies_but(form: schema.EachForm, path: Path, scope: Scope) -> list[str]:
    """Return the bodies of a kind, but for those of the parties that are excepted."""
    bodies = bodies_of_each(form.each, (*path, "each"), scope)
    if not bodies:
        return []
    those = {scope.bodies[body]: body for body in bodies}
    have = text("body “{kind}”", kind=form.each)
    return _but(_All(those, scope.parties, text("party"), have), form.except_, path, scope)


def places_but(form: schema.PerForm, path: Path, scope: Scope) -> list[str]:
    """Return the parties, or the groups, but for those that are excepted."""
    groups = form.each == "group"
    names = tuple(scope.shape.groups) if groups else scope.parties
    what = text("group") if groups else text("party")
    return _but(_All({each: each for each in names}, names, what, what), form.except_, path, scope)


def _but(every: _All, excepted: schema.Excepted, path: Path, scope: Scope) -> list[str]:
    """Return all of some but the excepted ones."""
    where, out = (*path, "except"), names_of(excepted)
    for name, at in placed(excepted, where):
        known = scope.faults.known(name, every.names, at, every.what)
        if known and name not in every.those:
            scope.faults.add(
                at,
                text(
                    "“{name}” has no {what}, so that there is nothing to except.",
                    name=name,
                    what=every.have,
                ),
            )
    left = [each for name, each in every.those.items() if name not in out]
    if every.those and not left:
        scope.faults.add(where, text("Everybody is excepted: this leaves nobody."))
    return left
