"""The tasks of a process, and its documents: how far each part is, and which text that was."""

from collections.abc import Iterator, Mapping

from starlette.responses import Response

from definitions.calendar.dates import dated
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Task
from screens.words import due_text
from web.acts import ACTS
from web.allowed import may
from web.html_page import HtmlPage
from web.links import act_path, entry_path, outside
from web.looking import drawn_of, page_of
from web.visit import Asked, Visit
from workflow.model.events import PartReported, reference_of
from workflow.rules.fold import resolved
from workflow.rules.tasks import Instance, instances_of
from workflow.rules.worklist import Doing, worklist
from workflow.views.dues import due_view
from workflow.views.seen import Seen
from workflow.views.status import PartView


@dataclass(frozen=True, slots=True)
class Job:
    """One instance of a task, as it is shown.

    Attributes:
        sign: what stands before its result.
        mark: how that is marked.
        until: by when; None where that is not said, or it is done.
        path: the form by which it is reported; empty where that is not offered.
        entry: where its report stands in the journal; empty where there is none.
    """

    name: str
    subject: str
    sign: str
    mark: str
    result: Text
    on: Text | None
    until: Text | None
    late: bool
    path: str
    entry: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document, as it is shown.

    Attributes:
        path: the form by which its level is reported; empty where that is not offered.
        entry: where it stands in the journal; empty where nothing was reported.
        source: the address at which its text is; empty where its reference is none.
    """

    name: str
    subject: str
    view: PartView
    since: Text | None
    path: str
    entry: str
    source: str


def tasks_page(visit: Visit) -> Response:
    """Return the page of tasks and documents."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "tasks", lambda: _values(visit, process, asked))
    return visit.framed(process, asked, main)


def _values(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    seen = visit.seen(process, asked)
    view = visit.status(process, asked)
    page = page_of(visit, process, asked)
    person = None if asked.back else visit.person
    reports = may(seen, person, ACTS["task"].permissions)
    turns = () if asked.back else worklist(seen)
    now = {
        (turn.name, subject, turn.year)
        for turn in turns
        if reports and turn.doing is Doing.TASK
        for subject in turn.subjects or ("",)
    }
    levels = may(seen, person, ACTS["deliverable"].permissions)
    return {
        "jobs": [
            _job(seen, task, each, page, offered=(str(task.ref), each.subject, each.year) in now)
            for task in seen.definition.tasks.values()
            for each in instances_of(seen, task)
        ],
        "pieces": list(
            _pieces(
                seen,
                view.parts,
                _addresses(visit, process, asked, view.parts),
                page,
                offered=levels and not asked.back,
            )
        ),
    }


def _job(seen: Seen, task: Task, found: Instance, page: HtmlPage, *, offered: bool) -> Job:
    sign, mark, result = _standing(found)
    report = found.report
    due = None
    if task.due is not None and not found.done and found.arisen_on is not None:
        due = due_view(seen, task.due, met=False, party=found.subject, year=found.year)
    name = page.called(str(task.ref))
    path = act_path(
        seen.process,
        "task",
        task=str(task.ref),
        subject=found.subject,
        year=str(found.year) if found.year else None,
    )
    return Job(
        f"{name} ({found.year})" if found.year else name,
        page.called(found.subject) if found.subject else "",
        sign,
        mark,
        result,
        None if report is None else text("{on}", on=dated(report.effective)),
        None if due is None else due_text(due),
        due is not None and due.overdue,
        path if offered else "",
        "" if report is None else entry_path(seen.process, report.seq, page.days),
    )


def _standing(found: Instance) -> tuple[str, str, Text]:
    """Return the sign, the mark and the words of how a task stands."""
    report = found.report
    if report is not None:
        result = text("{result}", result=report.result.replace("-", " "))
        return ("✓", "good", result) if report.done else ("~", "waiting", result)
    if found.arisen_on is None:
        return "·", "aside", text("has not arisen")
    return "○", "waiting", text("not reported yet")


def _addresses(
    visit: Visit, process: str, asked: Asked, parts: tuple[PartView, ...]
) -> Mapping[int, str]:
    """Return where the text of each report is, by its number; the journal is read for a text only.

    A reference that is no address in the world leads nowhere.
    """
    if not any(each.text for each in parts):
        return {}
    entries = visit.desk.queries.journal(process, asked.known_at, asked.as_of)[1]
    return {
        each.seq: outside(reference_of(each.event))
        for each in resolved(entries)
        if isinstance(each.event, PartReported)
    }


def _pieces(
    seen: Seen,
    parts: tuple[PartView, ...],
    addresses: Mapping[int, str],
    page: HtmlPage,
    *,
    offered: bool,
) -> Iterator[Piece]:
    for each in parts:
        known = seen.state.parts.get((each.deliverable, each.part, each.subject))
        path = act_path(
            seen.process,
            "deliverable",
            part=f"{each.deliverable}/{each.part}",
            subject=each.subject,
        )
        yield Piece(
            f"{each.deliverable.replace('-', ' ')}: {each.part.replace('-', ' ')}",
            page.called(each.subject) if each.subject else "",
            each,
            None if each.effective is None else text("{on}", on=dated(each.effective)),
            path if offered and not each.last_level else "",
            "" if known is None else entry_path(seen.process, known.seq, page.days),
            "" if known is None else addresses.get(known.seq, ""),
        )
