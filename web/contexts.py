"""What whoever fills in a form has to know: the question, its term, what was answered before."""

from collections.abc import Iterator

from markupsafe import Markup

from definitions.language.text import Text, text
from definitions.model import Milestone, Request
from screens.explain import gate_lines
from screens.history import describe
from screens.page import joined
from screens.words import counted_text, due_text
from web.correcting import Corrected
from web.html_page import HtmlPage, html_of
from web.inputs import Filling
from web.names import names_of
from web.visit import Visit
from workflow.rules.gates import decisions_on
from workflow.rules.namesakes import told_apart
from workflow.views.dues import due_view
from workflow.views.explain import explain_view
from workflow.views.requests import request_view

_ANSWERS = frozenset({"record", "sent", "received", "answer"})


def about_form(visit: Visit, command: str, filling: Filling, entry: Corrected | None) -> Markup:
    """Return what stands above a form; empty where there is nothing to say.

    Args:
        visit: who fills it in.
        command: what the form is of.
        filling: what stands in it so far.
        entry: the entry that it corrects; None where it corrects none.
    """
    names = names_of(filling.definition, visit.language)
    page = HtmlPage(visit.language, links=False, names=names, level=2)
    milestone, request = filling.milestone, filling.request
    if entry is not None:
        return html_of(joined(_of_entry(visit, entry, page)))
    if command in _ANSWERS and milestone is not None and request is not None:
        return html_of(joined(_of_question(filling, milestone, request, page)))
    if command == "advance" and milestone is not None:
        trigger = filling.values.text("trigger")
        view = explain_view(filling.seen, milestone, trigger, filling.people)
        return html_of(joined(gate_lines(view, page)))
    if command == "replan":
        return html_of(joined(_of_due(filling, page)))
    return Markup()


def _of_entry(visit: Visit, corrected: Corrected, page: HtmlPage) -> Iterator[str]:
    entry = corrected.entry
    said = text(
        "Entry {seq}, {on}: {what}",
        seq=entry.seq,
        on=entry.effective,
        what=describe(entry.event, told_apart(visit.desk.queries.people())),
    )
    yield page.paragraph(said)
    if corrected.command is None:
        yield page.paragraph(text("Of this entry nothing can be corrected."))


def _of_question(
    filling: Filling, milestone: Milestone, request: Request, page: HtmlPage
) -> Iterator[str]:
    """Yield how far a question is, until when it is asked, and what was answered before."""
    seen, body = filling.seen, filling.values.text("body") or ""
    view = request_view(seen, milestone, request)
    asked = page.called(f"{milestone.id}/{request.id}")
    yield page.paragraph(text("{asked}: {counted}", asked=asked, counted=counted_text(view)))
    if request.due is not None:
        party = seen.definition.party_of(body) if body else ""
        due = due_view(seen, request.due, met=False, party=party)
        yield page.paragraph(text("Term: {due}", due=due_text(due)))
    for over in view.earlier:
        for given in over.given:
            if not body or given.body == body:
                yield page.paragraph(_earlier(over.round, given.body, given.outcome))
    yield from (page.paragraph(said) for said in _texts(filling, milestone, request))


def _earlier(number: int, body: str, outcome: str | None) -> Text:
    return text(
        "In round {round}, {body}: {outcome}", round=number, body=body, outcome=outcome or "?"
    )


def _texts(filling: Filling, milestone: Milestone, request: Request) -> Iterator[Text]:
    """Yield the texts on which others decided, so that the same one can be filled in."""
    known = decisions_on(filling.seen.state, milestone.id, request).values()
    for hash_ in dict.fromkeys(each.text for each in known if each.text):
        yield text("Others decided on the text {hash}.", hash=hash_)


def _of_due(filling: Filling, page: HtmlPage) -> Iterator[str]:
    due = filling.definition.dues.get(filling.values.text("due") or "")
    if due is None:
        return
    view = due_view(filling.seen, due, met=False)
    yield page.paragraph(text("{due}: {until}", due=due.ref, until=due_text(view)))
