"""The matrix of decisions: every body beside every question, with what it decided."""

from collections import Counter

from definitions.calendar.dates import dated
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Effect
from web.acts import ACTS
from web.allowed import may
from web.links import act_path, entry_path
from web.names import body_name, milestone_name
from workflow.rules.gates import decisions_on
from workflow.views.dues import due_view
from workflow.views.requests import DecisionView, RequestView
from workflow.views.seen import Seen
from workflow.views.status import MilestoneView, StatusView


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
        entry: where its entry stands in the journal; empty where there is none, or no such page.
        reply: the form by which a reply to one of its points is recorded; empty where none waits.
        receipt: the form by which its receipt is recorded; empty where that is not waited for.
    """

    sign: str
    mark: str
    says: Text | None
    on: Text | None
    differs: bool
    path: str
    entry: str = ""
    reply: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A body, with what it decided on every question."""

    body: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The questions, and the bodies with what each decided on them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def matrix_of(
    view: StatusView,
    seen: Seen,
    person: str | None,
    *,
    party: str = "",
    missing: bool = False,
    days: str | None = None,
) -> Matrix:
    """Return the matrix of decisions.

    Args:
        view: the status of the process.
        seen: what it was made of.
        person: who looks, and may record where the form of it is offered; None where nobody may.
        party: the only party that is shown; empty for all.
        missing: whether only questions that wait for an answer are shown.
        days: what comes behind the address of the journal, to which each decision leads; None
            where there is none.
    """
    found = [
        (milestone, request)
        for milestone in view.milestones
        for request in milestone.requests
        if not missing or (request.open and request.waiting_for)
        if not party or any(seen.definition.party_of(e.body) == party for e in request.given)
    ]
    asked_of = {given.body for _, each in found for given in each.given}
    parties = ["", *seen.definition.parties]
    bodies = sorted(
        (each for each in dict.fromkeys(seen.definition.bodies) if each in asked_of),
        key=lambda body: parties.index(seen.definition.party_of(body)),
    )
    rows = tuple(
        Row(
            body_name(seen.definition, body),
            tuple(_square(seen, person, *each, body, days) for each in found),
        )
        for body in bodies
        if not party or seen.definition.party_of(body) == party
    )
    return Matrix(tuple(_column(seen, *each) for each in found), rows)


def _column(seen: Seen, milestone: MilestoneView, request: RequestView) -> Column:
    several = len(milestone.requests) > 1
    return Column(
        milestone_name(seen.definition, milestone.id, seen.language),
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
    days: str | None,
) -> Square:
    given = next((each for each in request.given if each.body == body), None)
    if given is None:
        return Square("", "aside", None, None, differs=False, path="")
    party = seen.definition.party_of(body)
    open_ = request.open and body in request.waiting_for
    allowed = open_ and may(seen, person, ACTS["record"].permissions, party)
    about = {"milestone": milestone.id, "request": request.id, "body": body}
    path = act_path(seen.process, "record", **about)
    sign, mark, says = _said(given, request)
    on = None if given.effective is None else text("{on}", on=dated(given.effective))
    differs = _differs(seen, milestone.id, request.id, body)
    entry = "" if days is None else _entry(seen, milestone.id, request.id, body, days)
    follows = may(seen, person, ACTS["answer"].permissions, party)
    reply = act_path(seen.process, "answer", **about) if follows and _unreplied(given) else ""
    waits = follows and _unreceived(seen, milestone.id, request.id, given)
    receipt = act_path(seen.process, "received", **about) if waits else ""
    record = path if allowed else ""
    return Square(sign, mark, says, on, differs, record, entry, reply, receipt)


def _unreplied(given: DecisionView) -> bool:
    """Return whether a point of an answer waits for a reply."""
    return any(each.replied is None for each in given.points)


def _unreceived(seen: Seen, milestone: str, request: str, given: DecisionView) -> bool:
    """Return whether an answer was given, but the term is met only by its receipt."""
    asked = seen.definition.milestones[milestone].requests[request]
    closes = given.effect is not None and given.effect is not Effect.PENDING
    return asked.met_by_receipt and closes and given.received is None


def may_lapse(view: StatusView, seen: Seen, person: str | None) -> bool:
    """Return whether it is offered to record that the terms of silent bodies have passed.

    Args:
        view: the status of the process.
        seen: what it was made of.
        person: who looks; None where nobody may record.
    """
    silent = any(
        _silent(seen, milestone.id, request.id, body)
        for milestone in view.milestones
        for request in milestone.requests
        if request.open
        for body in request.waiting_for
    )
    return silent and may(seen, person, ACTS["lapse"].permissions)


def _silent(seen: Seen, milestone: str, request: str, body: str) -> bool:
    """Return whether the term of a body has passed, and its silence means something."""
    asked = seen.definition.milestones[milestone].requests[request]
    outcomes = seen.definition.instruments[asked.instruments[body]].outcomes.values()
    if asked.due is None or not any(each.needs_past_due for each in outcomes):
        return False
    party = seen.definition.party_of(body)
    return due_view(seen, asked.due, met=False, party=party).overdue


def _entry(seen: Seen, milestone: str, request: str, body: str, days: str) -> str:
    """Return where the decision of a body stands in the journal; empty where there is none."""
    asked = seen.definition.milestones[milestone].requests[request]
    given = decisions_on(seen.state, milestone, asked).get(body)
    return "" if given is None else entry_path(seen.process, given.seq, days)


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
