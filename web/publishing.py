"""Publishing a process: pages for whoever has no account, with only what everybody may see.

They are made of the views that the other pages show, without anybody's name, and need no program to
be read. The same journal on the same day makes the same bytes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from definitions.calendar.dates import dated
from definitions.language.text import LANGUAGES, Text, day_in_words, text
from definitions.language.values import dataclass, replace
from definitions.model import Definition
from screens.account import account_screen
from screens.due import further_lines, standing_of
from screens.history import describe
from screens.milestones import earlier_lines
from screens.page import joined
from screens.party_work import work_lines
from screens.status import known_lines, milestone_table, otherwise_lines, standing_lines
from screens.words import due_mark
from web.html_page import HtmlPage, html_of
from web.matrix import Matrix, matrix_of
from web.names import names_of
from web.templating import asset, render
from web.timeline import states_of, terms_of, timeline
from workflow.model.events import AnyEntry, DatedEvent, Entry, EntryCorrected, SeatEnded, SeatGiven
from workflow.queries import Queries
from workflow.rules.worklist import Whose
from workflow.storage.reading import Head
from workflow.views.due_list import dues_view
from workflow.views.dues import DueView
from workflow.views.party_work import PartyWorkView, party_work
from workflow.views.seen import Seen, process_title
from workflow.views.status import StatusView, status_view

MARK = "mijlpaal.json"
"""The file by which a folder is known to hold a publication, with what it was made of."""
ASSETS = ("style.css", "icons.svg")
PARTS: Mapping[str, Text] = {
    "index": text("Where it stands"),
    "besluiten": text("Decisions"),
    "termijnen": text("Terms"),
    "feitenrelaas": text("Account"),
    "correcties": text("Corrections"),
}
"""The pages, by the name of their file."""


@dataclass(frozen=True, slots=True)
class Line:
    """A term, as its table has it."""

    name: str
    day: Text | None
    written: Text
    standing: Text
    mark: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What a publication in one language is made of.

    Attributes:
        seen: the process, as everybody may see it.
        events: what happened, without who has which role.
        entries: the entries of the journal, likewise.
        head: the last entry of the whole journal.
    """

    seen: Seen
    events: tuple[DatedEvent, ...]
    entries: tuple[Entry, ...]
    head: Head

    @property
    def language(self) -> str:
        """The language of its pages."""
        return self.seen.language

    @property
    def page(self) -> HtmlPage:
        """Where screens are written: with names, and without forms to go to."""
        names = names_of(self.seen.definition, self.language)
        return HtmlPage(self.language, links=False, pages=False, names=names)

    @property
    def status(self) -> StatusView:
        """Where the process stands; nobody's name is in it."""
        return status_view(self.seen, (), None)

    @property
    def definition(self) -> Definition:
        """The definition in force."""
        return self.seen.definition


def publication(queries: Queries, process: str) -> dict[str, bytes]:
    """Return the files of a publication, by their names.

    Args:
        queries: as somebody without an account asks them.
        process: its id.

    Raises:
        NotFound: no such process.
    """
    edition = _edition(queries, process)
    files: dict[str, bytes] = {name: asset(name) for name in ASSETS}
    for language in LANGUAGES:
        folder = "" if language == "nl" else f"{language}/"
        said = replace(edition, seen=replace(edition.seen, language=language))
        files |= {f"{folder}{name}": page for name, page in _pages(said).items()}
    return files | {MARK: _mark(edition, sorted(files))}


def _edition(queries: Queries, process: str) -> Edition:
    """Read what a publication is made of, all of it at one head of the journal."""
    head = queries.present(process)[1]
    while True:
        edition = Edition(
            queries.look_at(process, past_rounds=True),
            tuple(each for each in queries.dated_events(process) if not _is_of_a_seat(each)),
            tuple(each for each in queries.journal(process)[1] if not _is_of_a_seat(each)),
            head,
        )
        head = queries.present(process)[1]
        if head == edition.head:
            return edition


def _is_of_a_seat(entry: AnyEntry) -> bool:
    """Return whether an entry says who has which role, which is nobody else's business."""
    return isinstance(entry.event, SeatGiven | SeatEnded)


def _mark(edition: Edition, files: Sequence[str]) -> bytes:
    said = {
        "process": edition.seen.process,
        "day": edition.seen.day.isoformat(),
        "entry": edition.head.head_seq,
        "hash": edition.head.head_hash,
        "definition": edition.definition.sha256,
        "files": files,
    }
    return f"{json.dumps(said, indent=2)}\n".encode()


# --- the pages ---------------------------------------------------------------------------------


def _pages(edition: Edition) -> dict[str, bytes]:
    """Return the pages in one language."""
    made = {
        "index.html": _page(edition, "index", _stand(edition)),
        "besluiten.html": _page(edition, "besluiten", _decisions(edition)),
        "termijnen.html": _page(edition, "termijnen", _terms(edition)),
        "feitenrelaas.html": _page(edition, "feitenrelaas", _account(edition)),
        "correcties.html": _page(edition, "correcties", _corrections(edition)),
    }
    for party in edition.definition.parties.values():
        title = text("{name}", name=party.name)
        main = _party(edition, party.id)
        made[f"raden/{party.id}.html"] = _page(edition, f"raden/{party.id}", main, title)
    return made


def _page(edition: Edition, name: str, main: Markup, title: Text | None = None) -> bytes:
    """Return a page around its main part, with links that work wherever it lies."""
    up = "../" * name.count("/")
    other = next(each for each in LANGUAGES if each != edition.language)
    base = up if edition.language == "nl" else f"{up}../"
    values = {
        "title": PARTS[name] if title is None else title,
        "process": process_title(edition.seen),
        "main": main,
        "name": name,
        "parts": PARTS,
        "parties": [(each.id, each.name) for each in edition.definition.parties.values()],
        "up": up,
        "base": base,
        "other": other,
        "to_other": f"{base}{'' if other == 'nl' else f'{other}/'}{name}.html",
        "day": edition.seen.day,
        "seq": edition.head.head_seq,
        "hash": edition.head.head_hash,
    }
    return f"{render('published', edition.language, values)}\n".encode()


def _stand(edition: Edition) -> Markup:
    view, page = edition.status, edition.page
    return html_of(
        joined(
            (
                *standing_lines(view, page),
                milestone_table(view, page),
                *known_lines(view, page),
            )
        )
    )


def _decisions(edition: Edition) -> Markup:
    view, page = edition.status, edition.page
    matrix: Matrix = matrix_of(view, edition.seen, None)
    said = (*otherwise_lines(view.milestones, page), *earlier_lines(view.milestones, page))
    return render(
        "published_decisions", edition.language, {"matrix": matrix, "more": html_of(joined(said))}
    )


def _terms(edition: Edition) -> Markup:
    view, page = dues_view(edition.seen), edition.page
    lines = [_line(each, page) for each in view.dues]
    says = [_in_a_sentence(each, page) for each in lines]
    values = {
        "lines": lines,
        "picture": timeline(
            terms_of(view.dues, page, says),
            edition.seen.day,
            page,
            states_of(edition.seen, page),
        ),
        "more": html_of(joined(further_lines(view, page))),
    }
    return render("published_terms", edition.language, values)


def _line(due: DueView, page: HtmlPage) -> Line:
    mark = due_mark(due)
    return Line(
        page.called(due.id),
        None if due.date is None else day_in_words(due.date),
        text("{written}", written=dated(due.written)),
        standing_of(due),
        "" if mark is None else mark.name.lower(),
    )


def _in_a_sentence(line: Line, page: HtmlPage) -> str:
    values = {"name": line.name, "written": line.written, "standing": line.standing}
    return page.say(text("{name}: {written}, {standing}", **values))


def _account(edition: Edition) -> Markup:
    events, page = edition.events, edition.page
    return html_of(account_screen(events, events, edition.status, {}, page))


def _corrections(edition: Edition) -> Markup:
    """Return what was corrected, and why, the last first."""
    page = edition.page
    found = [each for each in edition.entries if isinstance(each.event, EntryCorrected)]
    lines = [_corrected(each, page) for each in reversed(found)]
    return html_of(joined(lines or [page.paragraph(text("Nothing was corrected."))]))


def _corrected(entry: Entry, page: HtmlPage) -> str:
    said = text(
        "{day}, entry {seq}: {what}",
        day=entry.recorded_at.date(),
        seq=entry.seq,
        what=describe(entry.event, {}),
    )
    return page.paragraph(said)


def _party(edition: Edition, party: str) -> Markup:
    """Return what is asked of a party and what it decided, and what the others answered."""
    page = edition.page
    view = _without_holders(party_work(edition.seen, Whose(party=party)))
    asked = {request for _, request in _asked(edition, party)}
    others: Sequence[str] = ()
    if asked:
        others = (page.heading(text("What the others answered")), *_others(edition, party, page))
    return html_of(joined((*work_lines(view, page), *others)))


def _without_holders(view: PartyWorkView) -> PartyWorkView:
    """Return the work of a party without who has which role."""
    asked = tuple(
        replace(each, first=tuple(replace(first, who=()) for first in each.first))
        for each in view.asked
    )
    return replace(view, seats=(), asked=asked)


def _asked(edition: Edition, party: str) -> Iterator[tuple[str, str]]:
    """Yield the questions that are put to a party."""
    for milestone in edition.definition.milestones.values():
        for request in milestone.requests.values():
            if any(edition.definition.party_of(body) == party for body in request.bodies):
                yield milestone.id, request.id


def _others(edition: Edition, party: str, page: HtmlPage) -> Iterator[str]:
    view, wanted = edition.status, set(_asked(edition, party))
    for milestone in view.milestones:
        for request in milestone.requests:
            if (milestone.id, request.id) not in wanted or not request.round:
                continue
            given = [
                text("{body}: {outcome}", body=each.body, outcome=each.outcome)
                for each in request.given
                if each.outcome and edition.definition.party_of(each.body) != party
            ]
            said = text(
                "{request}: {given}",
                request=f"{milestone.id}/{request.id}",
                given=given or text("nothing known"),
            )
            yield page.paragraph(said, 2)
