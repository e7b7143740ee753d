"""The decisions of councils, colleges and boards: a matrix of who decided what."""

from collections import Counter
from collections.abc import Iterable, Mapping

from starlette.responses import Response

from definitions.calendar.dates import dated
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Definition, Effect
from screens.milestones import earlier_lines
from screens.page import joined
from screens.status import otherwise_lines
from web.acts import ACTS
from web.allowed import may
from web.html_page import html_of
from web.inputs import Choice
from web.links import act_path
from web.looking import drawn_of, page_of
from web.names import body_name, milestone_name
from web.visit import Asked, Visit
from workflow.decide.case import party_named
from workflow.rules.gates import decisions_on
from workflow.status_queries import status_of
from workflow.storage.names import person_of
from workflow.views.requests import DecisionView, RequestView
from workflow.views.seen import Seen
from workflow.views.status import MilestoneView


@dataclass(frozen=True, slots=True)
class Column:
    """A question: its milestone, its own name, its round, and how far it is."""

    milestone: str
    request: str
    round: int
    recorded: int
    asked: int


@dataclass(frozen=True, slots=True)
class Square:
    """What one body decided on one question.

    Attributes:
        sign: what stands before it.
        mark: how it is marked.
        says: in words; None where it is not asked that.
        on: when; None where nothing is known.
        differs: whether its text is not that of most of the others.
        path: the form by which its decision is recorded; empty where that is not offered.
    """

    sign: str
    mark: str
    says: Text | None
    on: Text | None
    differs: bool
    path: str


@dataclass(frozen=True, slots=True)
class Row:
    """A body, with what it decided on every question."""

    body: str
    squares: tuple[Square, ...]


def decisions_page(visit: Visit) -> Response:
    """Return the page of the decisions."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "decisions", lambda: _values(visit, process, asked))
    return visit.framed(process, asked, main)


def _values(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    queries = visit.desk.queries
    view = status_of(queries, process, asked.as_of, asked.known_at, visit.language)
    seen = visit.seen(process, asked)
    party, missing = visit.query("deelnemer"), bool(visit.query("ontbreekt"))
    if party:
        party_named(seen.definition, party)
    with queries.database.reading() as reader:
        person = None if asked.back else person_of(reader, visit.desk.asker)
    found = [
        (milestone, request)
        for milestone in view.milestones
        for request in milestone.requests
        if not missing or (request.open and request.waiting_for)
    ]
    asked_of = {given.body for _, each in found for given in each.given}
    parties = ["", *seen.definition.parties]
    bodies = sorted(
        (each for each in _bodies(seen.definition) if each in asked_of),
        key=lambda body: parties.index(seen.definition.party_of(body)),
    )
    rows = [
        Row(
            body_name(seen.definition, body),
            tuple(_square(seen, person, *each, body) for each in found),
        )
        for body in bodies
        if not party or seen.definition.party_of(body) == party
    ]
    page = page_of(visit, process, asked)
    return {
        "columns": [_column(seen, visit.language, *each) for each in found],
        "rows": rows,
        "parties": [Choice(each.id, each.name) for each in seen.definition.parties.values()],
        "party": party,
        "missing": missing,
        "asked": asked,
        "otherwise": html_of(joined(otherwise_lines(view.milestones, page))),
        "earlier": html_of(joined(earlier_lines(view.milestones, page))),
    }


def _bodies(definition: Definition) -> Iterable[str]:
    """Return the bodies of a definition, each once: those of the region are among the others."""
    return dict.fromkeys((*definition.regional, *definition.bodies))


def _column(seen: Seen, language: str, milestone: MilestoneView, request: RequestView) -> Column:
    several = len(milestone.requests) > 1
    return Column(
        milestone_name(seen.definition, milestone.id, language),
        request.id.replace("-", " ") if several else "",
        request.round,
        request.recorded,
        request.asked,
    )


def _square(
    seen: Seen,
    person: str | None,
    milestone: MilestoneView,
    request: RequestView,
    body: str,
) -> Square:
    given = next((each for each in request.given if each.body == body), None)
    if given is None:
        return Square("", "aside", None, None, differs=False, path="")
    party = seen.definition.party_of(body)
    open_ = request.open and body in request.waiting_for
    allowed = open_ and may(seen, person, ACTS["record"].permissions, party)
    path = act_path(seen.process, "record", milestone=milestone.id, request=request.id, body=body)
    sign, mark, says = _said(given, request)
    on = None if given.effective is None else text("{on}", on=dated(given.effective))
    differs = _differs(seen, milestone.id, request.id, body)
    return Square(sign, mark, says, on, differs, path if allowed else "")


def _said(given: DecisionView, request: RequestView) -> tuple[str, str, Text]:
    """Return the sign, the mark and the words of what a body decided."""
    outcome = text("{outcome}", outcome=(given.outcome or "").replace("-", " "))
    match given.effect:
        case Effect.FOR | Effect.ANSWERED:
            return "✓", "good", outcome
        case Effect.AGAINST:
            return "✗", "late", outcome
        case Effect.PENDING:
            return "~", "waiting", outcome
        case None if request.open:
            return "○", "waiting", text("nothing known yet")
        case None if request.round:
            return "○", "aside", text("nothing known")
        case None:
            return "·", "aside", text("not asked yet")


def _common_text(seen: Seen, milestone: str, request: str) -> str | None:
    """Return the text on which most bodies decided; None where fewer than two texts are known."""
    asked = seen.definition.milestones[milestone].requests[request]
    known = decisions_on(seen.state, milestone, asked).values()
    texts = Counter(each.text for each in known if each.text and each.effect in _AGREEING)
    return texts.most_common(1)[0][0] if len(texts) > 1 else None


def _differs(seen: Seen, milestone: str, request: str, body: str) -> bool:
    """Return whether a body decided on another text than most of the others."""
    common = _common_text(seen, milestone, request)
    if common is None:
        return False
    asked = seen.definition.milestones[milestone].requests[request]
    given = decisions_on(seen.state, milestone, asked).get(body)
    return given is not None and given.text is not None and given.text != common


_AGREEING = frozenset({Effect.FOR, Effect.ANSWERED})
