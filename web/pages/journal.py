"""The journal of a process, and the account of what happened."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

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
from web.links import act_path, outside, process_path
from web.looking import drawn_of, page_of
from web.values import DIGITS
from web.visit import DAYS, Asked, Visit
from workflow.decide.case import party_named
from workflow.model.events import Entry, EntryCorrected, reference_of
from workflow.rules.namesakes import told_apart
from workflow.views.account import concerning
from workflow.views.status import status_view

PAGE = 100
"""How many entries a page of the journal shows."""
OLDEST = "oud"
"""How the query says that the oldest entry comes first."""


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
    """Return the page of the journal: the newest entry first, or the oldest where that is asked."""
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
    found = list(concerning(entries, party or None, seen.definition))
    oldest = visit.query("volgorde") == OLDEST
    if not oldest:
        found.reverse()
    first = _first(found, visit.query("tot"), oldest=oldest)
    people = told_apart(visit.desk.queries.people())
    person = visit.person
    allowed = not asked.back and may(seen, person, ACTS["correct"].permissions)
    page = page_of(visit, process, asked, level=3)
    by = {e.event.corrects: e.seq for e in entries if isinstance(e.event, EntryCorrected)}
    rounds = rounds_of(seen, entries)

    def lines(entry: Entry) -> Iterator[str]:
        return entry_lines(entry, people, page, seen, rounds)

    shown = found[first : first + PAGE]
    rest = found[first + PAGE :]
    here = process_path(process, "logboek")
    order = OLDEST if oldest else ""
    return {
        "entries": [
            _line(process, each, html_of(joined(lines(each))), by, allowed=allowed)
            for each in shown
        ],
        "oldest": oldest,
        "turned": _query(asked, here, deelnemer=party, volgorde="" if oldest else OLDEST),
        "further": _query(asked, here, deelnemer=party, volgorde=order, tot=str(rest[0].seq))
        if rest
        else "",
        "leads": {
            each: f"#{anchor(each)}"
            if any(entry.seq == each for entry in shown)
            else f"{_query(asked, here, tot=str(each))}#{anchor(each)}"
            for entry in shown
            for each in _linked(entry, by)
        },
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
    corrects = entry.event.corrects if isinstance(entry.event, EntryCorrected) else 0
    return Line(
        entry.seq,
        lines,
        outside(reference_of(entry.event)),
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


def _first(found: Sequence[Entry], written: str, *, oldest: bool) -> int:
    """Return at which place a page begins: that of the entry named, or of the next one in turn."""
    if not (written.isascii() and written.isdigit() and len(written) < DIGITS):
        return 0
    seq = int(written)
    reached = (at for at, e in enumerate(found) if (e.seq >= seq if oldest else e.seq <= seq))
    return next(reached, 0)


def anchor(seq: int) -> str:
    """Return the id of an entry on its page."""
    return f"regel-{seq}"


def _linked(entry: Entry, by: Mapping[int, int]) -> Iterator[int]:
    """Yield the numbers of the entries to which an entry has a link."""
    if isinstance(entry.event, EntryCorrected):
        yield entry.event.corrects
    if entry.seq in by:
        yield by[entry.seq]


def _query(asked: Asked, path: str, **given: str) -> str:
    """Return the address of another page of the journal, of the same days."""
    days = dict(zip(DAYS, asked.typed, strict=True))
    fields = {name: value for name, value in (given | days).items() if value}
    return f"{path}?{urlencode(fields)}" if fields else path
