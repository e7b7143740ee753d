"""The journal of a process, and the account of what happened."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup
from starlette.responses import Response

from definitions.language.values import dataclass
from definitions.model import Definition
from screens.account import account_screen
from screens.history import entry_lines, rounds_of
from screens.page import joined
from web.acts import ACTS
from web.allowed import may
from web.html_page import html_of
from web.inputs import Choice
from web.links import act_path
from web.looking import drawn_of, page_of
from web.visit import Asked, Visit
from workflow.decide.case import party_named
from workflow.model.events import Entry, EntryCorrected, reference_of
from workflow.rules.namesakes import told_apart
from workflow.storage.names import person_of
from workflow.views.account import concerning
from workflow.views.status import status_view

PAGE = 100
"""How many entries a page of the journal shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, as it is shown.

    Attributes:
        lines: its sentence, its source, who recorded it and when.
        source: the address at which its source is; empty where it is none.
        corrects: the number of the entry that it corrects; 0 where it is no correction.
        corrected_by: the number of the entry by which it was corrected last; 0 where it was not.
        correct: the form by which it is corrected; empty where that is not offered.
    """

    seq: int
    lines: Markup
    source: str
    corrects: int
    corrected_by: int
    correct: str


def journal_page(visit: Visit) -> Response:
    """Return the page of the journal, the newest entry first."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "journal", lambda: _journal(visit, process, asked))
    return visit.framed(process, asked, main)


def account_page(visit: Visit) -> Response:
    """Return the page of the account (feitenrelaas)."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "account", lambda: _account(visit, process, asked))
    return visit.framed(process, asked, main)


def _journal(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    seen = visit.seen(process, asked)
    entries = visit.desk.queries.journal(process, asked.known_at, asked.as_of)[1]
    party = _party(visit, seen.definition)
    found = list(reversed(concerning(entries, party or None, seen.definition)))
    first = next((at for at, each in enumerate(found) if each.seq <= _number(visit)), 0)
    people = told_apart(visit.desk.queries.people())
    with visit.desk.queries.database.reading() as reader:
        person = person_of(reader, visit.desk.asker)
    allowed = not asked.back and may(seen, person, ACTS["correct"].permissions)
    page = page_of(visit, process, asked, level=3)
    by = {e.event.corrects: e.seq for e in entries if isinstance(e.event, EntryCorrected)}
    rounds = rounds_of(seen, entries)

    def lines(entry: Entry) -> Iterator[str]:
        return entry_lines(entry, people, page, seen, rounds)

    shown = found[first : first + PAGE]
    rest = found[first + PAGE :]
    return {
        "process": process,
        "entries": [
            _line(process, each, html_of(joined(lines(each))), by, allowed=allowed)
            for each in shown
        ],
        "older": rest[0].seq if rest else 0,
        "left": len(rest),
        "parties": _parties(seen.definition),
        "party": party,
        "asked": asked,
        "hash": visit.head(process)[1].head_hash,
        "seq": visit.head(process)[1].head_seq,
    }


def _line(
    process: str, entry: Entry, lines: Markup, by: Mapping[int, int], *, allowed: bool
) -> Line:
    source = reference_of(entry.event) or ""
    corrects = entry.event.corrects if isinstance(entry.event, EntryCorrected) else 0
    return Line(
        entry.seq,
        lines,
        source if source.startswith(("https://", "http://")) else "",
        corrects,
        by.get(entry.seq, 0),
        act_path(process, "correct", seq=str(entry.seq)) if allowed and not corrects else "",
    )


def _account(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    seen = visit.seen(process, asked)
    queries = visit.desk.queries
    told = queries.dated_events(process, asked.known_at, asked.as_of)
    party = _party(visit, seen.definition)
    concerned = concerning(told, party or None, seen.definition)
    page = page_of(visit, process, asked)
    said = account_screen(concerned, told, status_view(seen), queries.people(), page)
    return {
        "said": html_of(said),
        "parties": _parties(seen.definition),
        "party": party,
        "asked": asked,
    }


def _party(visit: Visit, definition: Definition) -> str:
    """Return the party that a page is narrowed to; empty for everybody.

    Raises:
        NotFound: there is no such party.
    """
    party = visit.query("deelnemer")
    return party_named(definition, party) if party else ""


def _parties(definition: Definition) -> Sequence[Choice]:
    return [Choice(each.id, each.name) for each in definition.parties.values()]


def _number(visit: Visit) -> int:
    """Return with which entry a page of the journal begins."""
    written = visit.query("tot")
    return int(written) if written.isascii() and written.isdigit() else 10**9
