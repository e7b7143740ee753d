"""The remarks of a definition about itself, in the language of the reader."""

from collections.abc import Iterator

from definitions.language.values import dataclass
from definitions.model import Arm, Milestone, Remark
from workflow.rules.gates import Finding
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A remark of a definition about itself: an assumption, or an unknown.

    Attributes:
        where: its subject, as ``milestone``, ``milestone/request`` or ``roles.role``.
    """

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class AssumedView:
    """An assumption of ours in a gate, and at which node of its tree.

    Attributes:
        kind: the kind of that node.
        subject: what that node is about.
    """

    kind: str
    subject: str
    what: str


def remark_views(seen: Seen, remarks: tuple[Remark, ...]) -> tuple[RemarkView, ...]:
    """Return remarks in the language of the reader."""
    return tuple(RemarkView(each.where, each.what.in_(seen.language)) for each in remarks)


def assumed_in(
    seen: Seen, milestone: Milestone, arm: Arm, finding: Finding
) -> Iterator[AssumedView]:
    """Yield the assumptions in the gate of a transition, for each node of its finding."""
    found: dict[tuple[str, bool], list[str]] = {}
    for each in seen.definition.assumptions:
        found.setdefault((each.where, each.gate), []).append(each.what.in_(seen.language))
    for what in found.get((f"{milestone.structure}/{arm.trigger}", True), ()):
        yield AssumedView(finding.kind, finding.subject, what)
    for kind, subject in dict.fromkeys((each.kind, each.subject) for each in finding.nodes()):
        for place in _places(kind, subject, milestone):
            for what in found.get(place, ()):
                yield AssumedView(kind, subject, what)


def _places(kind: str, subject: str, milestone: Milestone) -> tuple[tuple[str, bool], ...]:
    """Return where in a definition an assumption may stand that shows at a node."""
    match kind:
        case "slot":
            return ((f"{milestone.id}/{subject}", True),)
        case "decisions" | "texts":
            return ((subject, False),)
        case "tasks":
            task = subject.rpartition("/")[2]
            places = (subject, f"tasks.{subject}", f"{milestone.structure}/{task}")
            return tuple((place, False) for place in places)
        case _:
            return ()
