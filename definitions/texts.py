"""The texts of requests: what each is about, and to the text of which other it is bound."""

from definitions import schema
from definitions.faults import Path
from definitions.language.text import text
from definitions.scope import Scope

Asked = tuple[str, str]
"""A request: its milestone, and its id."""


def request_at(asked: Asked, shape: schema.ProcessFile) -> schema.Request | None:
    """Return a request as the file has it; None if there is none."""
    milestone = shape.milestones.get(asked[0])
    return None if milestone is None else milestone.requests.get(asked[1])


def text_of(asked: Asked, shape: schema.ProcessFile) -> str | None:
    """Return what a request is about: its own text, or that of the request it is bound to."""
    for each in _chain(asked, shape):
        spec = request_at(each, shape)
        if spec is not None and spec.text is not None:
            return spec.text
    return None


def compile_binding(asked: Asked, spec: schema.Request, path: Path, scope: Scope) -> Asked | None:
    """Return the request to whose text another is bound, noting every fault in it.

    Args:
        asked: the request that is bound.
        spec: the same, as the file has it.
        path: where it says so.
    """
    written, faults, shape = spec.same_text_as, scope.faults, scope.shape
    if written is None:
        return None
    other = _bound_to(asked[0], written)
    if not faults.known(other[0], shape.milestones, path, text("milestone")):
        return None
    if not faults.known(other[1], shape.milestones[other[0]].requests, path, text("request")):
        return None
    if _check_circle(asked, path, scope):
        _check_same(spec, text_of(other, shape), path, scope)
    return other


def _check_circle(asked: Asked, path: Path, scope: Scope) -> bool:
    """Return whether a chain of bound requests ends; note a circle once, at the first of it."""
    chain = _chain(asked, scope.shape)
    last = request_at(chain[-1], scope.shape)
    if last is None or last.same_text_as is None:
        return True
    again = _bound_to(chain[-1][0], last.same_text_as)
    circle = chain[chain.index(again) :]
    if asked == min(circle):
        said = " → ".join("/".join(each) for each in (*circle, again))
        scope.faults.add(
            path,
            text("Requests are bound to the text of each other: {circle}.", circle=said),
            text("One of them has to come first, and is bound to none."),
        )
    return False


def _check_same(spec: schema.Request, other: str | None, path: Path, scope: Scope) -> None:
    """Note a fault where two requests can never be on one text."""
    if other is None:
        scope.faults.add(
            path,
            text(
                "“{request}” is about no text, so that none can be the same.",
                request=spec.same_text_as,
            ),
            text("Give that request its “text”: the deliverable that is decided on."),
        )
    elif spec.text not in (None, other):
        scope.faults.add(
            path,
            text(
                "This is about “{text}”, and “{request}” about “{other}”: those are two texts.",
                text=spec.text,
                request=spec.same_text_as,
                other=other,
            ),
            text("Leave out “text” here: it is that of the other."),
        )


def _chain(asked: Asked, shape: schema.ProcessFile) -> list[Asked]:
    """Return a request, the one to whose text it is bound, and so on, each once."""
    found = [asked]
    while (spec := request_at(found[-1], shape)) is not None and spec.same_text_as is not None:
        other = _bound_to(found[-1][0], spec.same_text_as)
        if other in found:
            break
        found.append(other)
    return found


def _bound_to(milestone: str, written: str) -> Asked:
    """Return the request that is named, of the same milestone where none is."""
    where, _, request = written.rpartition("/")
    return where or milestone, request
