"""Starting a process: which definition, under which id, from which day; shown before it is done."""

from collections.abc import Mapping, Sequence

from starlette.responses import RedirectResponse, Response

from definitions.faults import DefinitionInvalid
from definitions.language.errors import InvalidValue, MijlpaalError
from definitions.language.text import text
from definitions.language.values import dataclass
from definitions.library import open_definition
from definitions.model import Definition, title_in
from definitions.shipped import shipped
from screens.errors import refusal_screen
from screens.receipts import receipt_screen
from web.html_page import HtmlPage, html_of
from web.inputs import Choice
from web.links import process_path
from web.names import names_of
from web.refusals import not_ours, refused, status_of
from web.values import Values
from web.visit import Visit
from workflow.engine import Start
from workflow.rules.unsound import NotSound

PATH = "/starten"
FAILED = 500


@dataclass(frozen=True, slots=True)
class Beginning:
    """A process that is to be started, as it was filled in.

    Attributes:
        definition: the name of the definition; empty as long as none was chosen.
        process: its id; that of the definition where nobody chose another.
        on: its first day, as typed; that of the definition where nobody chose another.
        parameters: the values of parameters, one a line, as ``NAME=VALUE``.
        reconstruction: it is recorded afterwards: nobody is ever reminded.
        key: the idempotency key that was made when the form was opened.
        allow_unsound: why it starts though its definition is not sound; empty where that is not
            said.
    """

    definition: str
    process: str
    on: str
    parameters: str
    reconstruction: bool
    key: str
    allow_unsound: str = ""


def start_page(visit: Visit) -> Response:
    """Return the form: first the choice of a definition, and then the rest."""
    chosen = visit.query("definitie")
    name = chosen if chosen in shipped() else ""
    return _form(visit, _fresh(visit, name))


def start_posted(visit: Visit, given: Mapping[str, Sequence[str]]) -> Response:
    """Answer the form: by what it would do, or by having done it."""
    if not visit.knows_form(given):
        return not_ours(visit)
    beginning = _filled(visit, Values(given, visit.desk.world.clock().date()))
    step = given.get("step", ["show"])[:1]
    if step == ["edit"]:
        return _form(visit, beginning)
    try:
        return _answered(visit, beginning, dry=step != ["confirm"])
    except MijlpaalError as error:
        if status_of(error) == FAILED:
            return refused(visit, error)
        said = html_of(refusal_screen(error, HtmlPage(visit.language, level=3)))
        return _form(visit, beginning, 422, said, asks_why=isinstance(error, NotSound))


def _fresh(visit: Visit, name: str) -> Beginning:
    if not name:
        return Beginning("", "", "", "", reconstruction=False, key=visit.desk.new_id())
    definition = open_definition(name)
    begins = definition.begins.written
    return Beginning(name, definition.id, begins, "", reconstruction=False, key=visit.desk.new_id())


def _filled(visit: Visit, values: Values) -> Beginning:
    return Beginning(
        values.text("definition") or "",
        values.text("process") or "",
        values.text("on") or "",
        values.text("parameters") or "",
        values.marked("reconstruction"),
        values.text("key") or visit.desk.new_id(),
        values.text("allow_unsound") or "",
    )


def _answered(visit: Visit, beginning: Beginning, *, dry: bool) -> Response:
    """Start the process, or only try it.

    Raises:
        MijlpaalError: it is refused, or something that was filled in is wrong.
    """
    desk = visit.desk
    definition = _opened(beginning)
    today = desk.queries.today(definition)
    on = Values({"on": [beginning.on]}, today).date("on")
    start = Start(
        definition,
        beginning.process or definition.id,
        desk.asker,
        on,
        beginning.reconstruction,
        beginning.key,
        allow_unsound=beginning.allow_unsound or None,
    )
    receipt = desk.engine.start(start, dry=dry)
    view = receipt.view(visit.language)
    if not dry:
        desk.receipts.get(beginning.key, lambda: view)
        return RedirectResponse(f"{process_path(start.process)}?ontvangst={beginning.key}", 303)
    names = names_of(definition, visit.language)
    page = HtmlPage(visit.language, links=False, names=names)
    people = {each.actor: (str(desk.asker), None) for each in receipt.entries}
    return visit.show(
        "start_confirm",
        text("Start a process"),
        beginning=beginning,
        title_of_it=title_in(definition.title, visit.language, definition.id),
        receipt=html_of(receipt_screen(view, people, page)),
    )


def _opened(beginning: Beginning) -> Definition:
    """Return the definition that was chosen, with its parameters.

    Raises:
        InvalidValue: none was chosen, or a line sets no parameter.
        DefinitionInvalid: a parameter has a wrong value.
    """
    if beginning.definition not in shipped():
        raise InvalidValue(
            text("No definition is chosen."),
            advice=text("Choose one of the list."),
            field="definition",
        )
    given: dict[str, str] = {}
    for line in filter(None, map(str.strip, beginning.parameters.splitlines())):
        name, sign, value = line.partition("=")
        if not sign or not name.strip():
            raise InvalidValue(
                text("“{written}” sets no parameter.", written=line[:60]),
                advice=text("Write each on a line of its own, as NAME=VALUE."),
                field="parameters",
            )
        given[name.strip()] = value.strip()
    return open_definition(beginning.definition, given)


def _form(
    visit: Visit,
    beginning: Beginning,
    status: int = 200,
    said: str = "",
    *,
    asks_why: bool = False,
) -> Response:
    """Return the form; why it starts all the same is asked once that was refused."""
    names = [Choice(name, _title(name, visit.language)) for name in shipped()]
    return visit.show(
        "start",
        text("Start a process"),
        status,
        beginning=beginning,
        names=names,
        said=said,
        asks_why=asks_why or bool(beginning.allow_unsound),
    )


def _title(name: str, language: str) -> str:
    """Return what a shipped definition is called; its name where it cannot be read."""
    try:
        definition = open_definition(name)
    except DefinitionInvalid:
        return name
    return f"{title_in(definition.title, language, name)} ({name})"
