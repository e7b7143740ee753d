"""Whom a request is put to, by which instrument, and what they can answer."""

from collections.abc import Iterable

from definitions import model, schema
from definitions.everybody import EACH, bodies_but, bodies_of_each, items, kinds_of_body
from definitions.faults import Path
from definitions.language.text import text
from definitions.scope import Scope


def bodies_asked(of: schema.AskedValue, path: Path, scope: Scope) -> tuple[str, ...]:
    """Return the bodies that a request is put to, each once, noting those that there are not."""
    bodies: list[str] = []
    for value, where in items(of, path):
        if isinstance(value, schema.EachForm):
            bodies += bodies_but(value, where, scope)
        elif value.startswith(EACH):
            bodies += bodies_of_each(value.removeprefix(EACH), where, scope)
        elif scope.faults.known(value, [*kinds_of_body(scope), *scope.bodies], where, text("body")):
            bodies.append(value)
    return tuple(dict.fromkeys(bodies))


def instruments_of(spec: schema.Request, bodies: Iterable[str], scope: Scope) -> dict[str, str]:
    """Return the instrument by which each body answers a request."""
    return {body: spec.instrument_for.get(scope.bodies[body], spec.instrument) for body in bodies}


def answers_to(
    spec: schema.Request, bodies: Iterable[str], scope: Scope
) -> dict[str, set[model.Effect]]:
    """Return the outcomes with which some bodies can answer a request, and what each counts as.

    By another instrument an outcome of the same name may count as something else.
    """
    found: dict[str, set[model.Effect]] = {}
    for instrument in dict.fromkeys(instruments_of(spec, bodies, scope).values()):
        for outcome, value in scope.shape.instruments.get(instrument, {}).items():
            effect = value.counts if isinstance(value, schema.OutcomeForm) else value
            found.setdefault(outcome, set()).add(effect)
    return found
