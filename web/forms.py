"""Every act in two steps: what will be recorded and what it sets off is shown, then confirmed.

The form carries a key and the number of the last entry along from when it was opened. So a double
click is one entry, and what somebody else recorded in between is shown before anything is written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from starlette.responses import RedirectResponse, Response

from definitions.language.errors import InvalidValue, MijlpaalError, NotFound
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from screens.errors import refusal_screen
from screens.history import history_screen
from screens.receipts import receipt_screen
from web.acts import BY_SLUG, Act
from web.allowed import may
from web.contexts import about_form
from web.correcting import WAS, Corrected, corrected
from web.face import label_of, title_of
from web.fitting import about, fits, unanswered
from web.html_page import HtmlPage, html_of
from web.inputs import Choice, Filling, Input, Kind
from web.links import act_path, process_path
from web.looking import page_of
from web.names import names_of
from web.refusals import not_ours, refused, status_of
from web.values import DIGITS, Values
from web.visit import Asked, Visit
from workflow.engine import Seating
from workflow.model.commands import Request
from workflow.model.events import SeatGiven
from workflow.model.person import Called
from workflow.model.state import People
from workflow.rules.conflicts import VersionPassed
from workflow.rules.namesakes import told_apart
from workflow.rules.refusals import Missing
from workflow.storage.errors import DatabaseProblem, TemporarilyUnavailable
from workflow.unit_of_work import Receipt

FAILED = 500
ASKED = "asked"
"""The field that says what a form asked first."""
CARRIED = ("key", "expect", "token", "step", ASKED)
"""The fields that are not the user's."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a field: which, and what."""

    field: str
    says: Text


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as a template shows it.

    Attributes:
        fixed: what the form is about, once that was chosen; None where it is filled in.
    """

    input: Input
    value: str
    values: tuple[str, ...]
    choices: tuple[Choice, ...]
    fault: Text | None
    fixed: Text | str | None = None

    @property
    def label(self) -> Text:
        """What it is called."""
        return label_of(self.input.name)

    @property
    def kind(self) -> str:
        """How it is filled in."""
        return self.input.kind.value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it is filled in by somebody.

    Attributes:
        key: the idempotency key that was made when it was opened.
        expect: the number of the last entry then.
        about: the entry that it corrects; None of any other form.
    """

    act: Act
    process: str
    filling: Filling
    key: str
    expect: int
    about: Corrected | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Its fields: those that fit what it is about; in a correction, those of the entry.

        As long as it is not said what a form is about, only that is asked. What was filled in is
        shown in any case, so that nothing is recorded unseen.
        """
        if self.about is not None:
            return tuple(each for each in self.act.inputs if each.name in self.about.names)
        fitting = tuple(each for each in self.act.inputs if self._shows(each.name))
        if not self.waits_for:
            return fitting
        names = about(self.act.command)
        until = names[: names.index(self.waits_for) + 1]
        return tuple(replace(each, needed=True) for each in fitting if each.name in until)

    def _shows(self, name: str) -> bool:
        given = self.filling.values.text(name) is not None
        return given or fits(self.act.command, name, self.filling)

    @property
    def waits_for(self) -> str:
        """The field without which it is not known what else to ask; empty where nothing lacks."""
        return "" if self.about is not None else unanswered(self.act.command, self.filling)

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """What is carried along beside its fields: what those read when it was opened."""
        shown = self.inputs if self.about is None else self.act.inputs
        names = {each.name for each in shown}
        pairs = self.filling.values.pairs()
        return tuple((name, value) for name, value in pairs if value and name not in names)


def act_page(visit: Visit) -> Response:
    """Return an empty form, or one with what its link fills in."""
    sheet = _sheet(visit, _of_query(visit), visit.desk.new_id(), None)
    return _form(visit, sheet)


def act_posted(visit: Visit, given: Mapping[str, Sequence[str]]) -> Response:
    """Answer a form that was sent: by what it would do, or by having done it."""
    if not visit.knows_form(given):
        return not_ours(visit)
    expect = "".join(given.get("expect", ())[:1])
    sheet = _sheet(
        visit,
        {name: values for name, values in given.items() if name not in CARRIED},
        "".join(given.get("key", ())[:1]) or visit.desk.new_id(),
        int(expect) if expect.isascii() and expect.isdigit() else None,
    )
    match given.get("step", ["show"])[:1]:
        case ["edit"]:
            return _form(visit, sheet)
        case _ if _goes_on(sheet, given):
            return _form(visit, sheet)
        case ["confirm"]:
            return _confirmed(visit, sheet)
        case _:
            return _tried(visit, sheet)


def _goes_on(sheet: Sheet, given: Mapping[str, Sequence[str]]) -> bool:
    """Return whether what a form asked first was answered, so that the rest of it can be asked."""
    asked = "".join(given.get(ASKED, ())[:1])
    return asked in about(sheet.act.command) and sheet.filling.values.text(asked) is not None


def act_named(visit: Visit) -> Act:
    """Return the act of an address.

    Raises:
        NotFound: there is none.
    """
    found = BY_SLUG.get(visit.part("act"))
    if found is None:
        raise NotFound(text("There is no such form."))
    return found


def _sheet(visit: Visit, given: Mapping[str, Sequence[str]], key: str, expect: int | None) -> Sheet:
    act, process = act_named(visit), visit.part("process")
    seen = visit.seen(process, Asked())
    _, head = visit.head(process)
    today = visit.desk.queries.calendar_day(process)
    about = _corrected(visit, process, Values(given, today)) if act.command == "correct" else None
    if about is not None and not any(name.startswith(WAS) for name in given):
        given = {**about.given(), **given}
    filling = Filling(seen, Values(given, today), visit.desk.queries.people())
    number = head.head_seq if expect is None else expect
    return Sheet(act, process, filling, key, number, about)


def _corrected(visit: Visit, process: str, values: Values) -> Corrected | None:
    """Return the entry that a form corrects; None as long as it names none."""
    written = values.text("seq") or ""
    seq = (
        int(written) if written.isascii() and written.isdigit() and len(written) < DIGITS else None
    )
    return corrected(visit.desk.queries.journal(process)[1], seq)


def _of_query(visit: Visit) -> dict[str, list[str]]:
    query = visit.request.query_params
    return {name: query.getlist(name) for name in query if name not in CARRIED}


# --- the two steps -----------------------------------------------------------------------------


def _tried(visit: Visit, sheet: Sheet) -> Response:
    """Show what a form would record and set off, or what is wrong with it."""
    try:
        receipt = _execute(visit, sheet, dry=True)
    except MijlpaalError as error:
        return _refused(visit, sheet, error)
    page = HtmlPage(visit.language, links=False, names=_names(visit, sheet))
    view = receipt.view(visit.language, _hidden(visit, sheet.process))
    people = {**_newcomers(sheet, receipt), **visit.desk.queries.people()}
    said = html_of(receipt_screen(view, told_apart(people), page))
    return visit.show(
        "confirm",
        title_of(sheet.act.command),
        sheet=sheet,
        receipt=said,
        carried=tuple(sheet.filling.values.pairs()),
        summary=tuple(_summary(sheet, page)),
    )


def _newcomers(sheet: Sheet, receipt: Receipt) -> People:
    """Return whoever is given a role, as they were named: what is only tried writes nobody down."""
    values = sheet.filling.values
    name = values.text("name") or values.text("mailbox")
    if name is None:
        return {}
    given = (each.event for each in receipt.entries)
    return {each.person: (name, None) for each in given if isinstance(each, SeatGiven)}


def _confirmed(visit: Visit, sheet: Sheet) -> Response:
    """Record what a form says, and lead to the process, where its receipt is shown once."""
    try:
        receipt = _execute(visit, sheet, dry=False)
    except MijlpaalError as error:
        return _refused(visit, sheet, error)
    view = receipt.view(visit.language, _hidden(visit, sheet.process))
    visit.desk.receipts.get(sheet.key, lambda: view)
    return RedirectResponse(f"{process_path(sheet.process)}?ontvangst={sheet.key}", 303)


def receipt_shown(visit: Visit) -> str:
    """Return the receipt of what was just recorded, once; empty where there is none."""
    view = visit.desk.receipts.take(visit.query("ontvangst"))
    if view is None:
        return ""
    page = page_of(visit, view.process, Asked())
    return html_of(receipt_screen(view, told_apart(visit.desk.queries.people()), page))


def _execute(visit: Visit, sheet: Sheet, *, dry: bool) -> Receipt:
    """Carry out a form.

    Raises:
        MijlpaalError: it is refused, or something in it is wrong or missing.
    """
    values, process, desk = sheet.filling.values, sheet.process, visit.desk
    _check_needed(sheet)
    match sheet.act.command:
        case "member add":
            return desk.engine.give_seat(process, _seating(visit, sheet), dry=dry)
        case "lapse":
            source = values.text("reference")
            return desk.engine.lapse(process, desk.asker, source, key=sheet.key, dry=dry)
        case _:
            assert sheet.act.make is not None  # noqa: S101 - the others are above
            request = Request(sheet.act.make(values), desk.asker, sheet.key, sheet.expect)
            return desk.engine.execute(process, [request], dry=dry)


def _seating(visit: Visit, sheet: Sheet) -> Seating:
    values = sheet.filling.values
    name, mailbox = values.text("name"), values.text("mailbox")
    if name is None and mailbox is None:
        raise Missing(text("Nobody is named who gets it."), advice=None, field="name")
    if name is not None and mailbox is not None:
        raise InvalidValue(
            text("A role is held by a person, or from a mailbox; here both are named."),
            advice=text("Leave one of them out."),
            field="mailbox",
        )
    until = values.date("until")
    return Seating(
        values.needed("seat"),
        None if mailbox is not None or name is None else Called(name),
        visit.desk.asker,
        values.text("address"),
        values.date("on"),
        None if until is None else until.day,
        values.text("language"),
        mailbox,
        key=sheet.key,
    )


def _check_needed(sheet: Sheet) -> None:
    """Refuse a form with empty fields that have to be filled in; all of them are named."""
    empty = [
        each.name
        for each in sheet.inputs
        if each.needed and sheet.filling.values.text(each.name) is None
    ]
    if empty:
        raise Empty(empty)


class Empty(InvalidValue):
    """Fields of a form that have to be filled in are empty."""

    def __init__(self, names: Sequence[str]) -> None:
        """Keep which."""
        self.names = tuple(names)
        super().__init__(text("Not everything that is needed is filled in."), field=names[0])


def _hidden(visit: Visit, process: str) -> frozenset[int]:
    return visit.desk.engine.hidden_from(visit.desk.asker, process)


# --- what is shown -----------------------------------------------------------------------------


def _form(
    visit: Visit,
    sheet: Sheet,
    status: int = 200,
    faults: Sequence[Fault] = (),
    said: str = "",
    since: str = "",
) -> Response:
    by_field = {each.field: each.says for each in faults}
    inputs = sheet.inputs
    names = {each.name for each in inputs}
    hidden = [e for e in sheet.act.inputs if e.name in by_field and e.name not in names]
    fields = [_shown(each, sheet, by_field) for each in (*inputs, *hidden)]
    return visit.show(
        "form",
        title_of(sheet.act.command),
        status,
        sheet=sheet,
        fields=fields,
        change=act_path(sheet.process, sheet.act.command) if any(e.fixed for e in fields) else "",
        about=about_form(visit, sheet.act.command, sheet.filling, sheet.about),
        faults=tuple(faults),
        said=said,
        since=since,
        allowed=_allowed(visit, sheet),
    )


def _allowed(visit: Visit, sheet: Sheet) -> bool:
    person = visit.person
    body, seen = sheet.filling.values.text("body") or "", sheet.filling.seen
    party = seen.definition.party_of(body) if body in seen.definition.bodies else None
    return may(seen, person, sheet.act.permissions, party)


def _shown(field: Input, sheet: Sheet, faults: Mapping[str, Text]) -> Shown:
    values = sheet.filling.values
    found = tuple(values.given.get(field.name, ()))
    choices = tuple(field.choices(sheet.filling)) if field.choices is not None else ()
    value = found[0] if found else ""
    known = value in {each.value for each in choices}
    if value and choices and not known:
        choices = (*choices, Choice(value, value))
    fault = faults.get(field.name)
    named = {each.value: each.says for each in choices}
    chosen = field.name in about(sheet.act.command) and fault is None and known
    return Shown(field, value, found, choices, fault, named[value] if chosen else None)


def _refused(visit: Visit, sheet: Sheet, error: MijlpaalError) -> Response:
    """Show a form again as it was filled in, with what was refused above it."""
    names = {each.name for each in sheet.act.inputs}
    field = getattr(error, "field", None)
    since = ""
    match error:
        case Empty(names=empty):
            faults = [Fault(name, text("This has to be filled in.")) for name in empty]
        case _:
            faults = [Fault(field, error.sentence)] if field in names else []
    status = 422
    if isinstance(error, VersionPassed):
        since, status = _since(visit, sheet), 409
        sheet = replace(sheet, expect=error.at_seq)
    elif isinstance(error, TemporarilyUnavailable | DatabaseProblem):
        status = 503
    elif _is_of_process(error, sheet) or status_of(error) == FAILED:
        return refused(visit, error)
    said = html_of(refusal_screen(error, HtmlPage(visit.language, level=3)))
    return _form(visit, sheet, status, faults, said, since)


def _is_of_process(error: MijlpaalError, sheet: Sheet) -> bool:
    """Return whether the process itself was not found, and not what was filled in."""
    return isinstance(error, NotFound) and error.sentence.values.get("process") == sheet.process


def _names(visit: Visit, sheet: Sheet) -> Mapping[str, str]:
    return names_of(sheet.filling.definition, visit.language)


def _since(visit: Visit, sheet: Sheet) -> str:
    """Return the entries that were recorded since a form was opened."""
    queries = visit.desk.queries
    entries = [e for e in queries.journal(sheet.process)[1] if e.seq > sheet.expect]
    people = told_apart(queries.people())
    page = HtmlPage(visit.language, level=3, links=False, names=_names(visit, sheet))
    return html_of(history_screen(entries, people, page, sheet.filling.seen))


def _summary(sheet: Sheet, page: HtmlPage) -> Iterator[tuple[Text, str]]:
    """Yield what was filled in, as the confirmation shows it."""
    for field in sheet.inputs:
        given = sheet.filling.values.given
        found = [each for each in given.get(field.name, ()) if each.strip()]
        if not found or found == given.get(f"{WAS}{field.name}"):
            continue
        choices = field.choices(sheet.filling) if field.choices is not None else ()
        named = {each.value: _in_words(each.says, page) for each in choices}
        said = ", ".join(named.get(each, each) for each in found)
        yield label_of(field.name), _in_full(field, said, sheet, page)


def _in_words(says: str | Text, page: HtmlPage) -> str:
    return page.say(says) if isinstance(says, Text) else says


def _in_full(field: Input, said: str, sheet: Sheet, page: HtmlPage) -> str:
    if field.kind is Kind.BOX:
        return page.say(text("yes"))
    if field.kind is not Kind.DATE:
        return said
    found = sheet.filling.values.date(field.name)
    if found is None:
        return said
    in_words = page.say(found.in_words())
    return in_words if found.written == said else f"{said} ({in_words})"


Posted = Callable[[Visit, Mapping[str, Sequence[str]]], Response]
