"""The screen of ``explain``: a gate as a tree, with reasons and whom to ring."""

from collections.abc import Iterator, Mapping, Sequence

from definitions.language.text import Text, text
from screens.page import Branch, Mark, Page, joined
from screens.to_do import ring_lines
from screens.words import as_known, early_text, missing_lines, names_text, unproved_text
from workflow.rules.cascades import SetOff
from workflow.rules.gates import Finding
from workflow.views.explain import ExplainView
from workflow.views.seen import looks_back

WHOM_TO_RING = frozenset({"decisions", "tasks", "parts"})
"""The kinds of gate that wait for somebody."""


def explain_screen(view: ExplainView, page: Page) -> str:
    """Return why a milestone can, or cannot, make a transition."""
    return joined(_lines(view, page))


def _lines(view: ExplainView, page: Page) -> Iterator[str]:
    yield from (
        page.paragraph(said) for said in as_known(view.as_of, view.known_at, ahead=view.ahead)
    )
    yield page.paragraph(_summary(view), mark=Mark.HEADING)
    yield from gate_lines(view, page)
    if view.others:
        ways = [
            f"{way.trigger} → {way.target} ({page.say(openness(open_=way.open))})"
            for way in view.others
        ]
        yield page.paragraph(text("Other ways from here: {ways}", ways=ways))
    yield from doubt_lines(view, page)
    if view.open and not looks_back(view):
        yield page.paragraph(text("To advance it:"))
        yield page.command("advance", view.process, view.milestone, view.trigger or "")


def gate_lines(view: ExplainView, page: Page) -> Iterator[str]:
    """Yield what a transition waits for, whom to ring, and what brings it nearer."""
    if view.round > 1:
        yield page.paragraph(
            text("It is in round {round}: earlier answers do not count.", round=view.round)
        )
    if view.tree is not None:
        yield page.tree(branch_of(view.tree, page, _assumed(view)))
    yield from _first(view, page)
    yield from (page.paragraph(each.sentence) for each in view.later)
    yield from ring_lines(view.process, view.ring, page, to_give=not looks_back(view))
    for each in view.sets_off:
        yield page.paragraph(set_off_text(each))
    if view.steps:
        yield page.paragraph(text("What brings it nearer:"))
    yield from (page.action(each) for each in view.steps)


def set_off_text(each: SetOff) -> Text:
    """Return something that entering a state sets off, as a sentence."""
    match each.kind:
        case "stops":
            return text(
                "It also stops “{milestone}”, in “{state}”.", milestone=each.what, state=each.state
            )
        case "leaves":
            return text("By it, {party} leaves.", party=each.what)
        case _:
            return text("By it, {party} joins.", party=each.what)


def doubt_lines(view: ExplainView, page: Page) -> Iterator[str]:
    """Yield the moves of a milestone that are not proved, or in question, and what settles them."""
    for move in view.not_proved:
        yield page.paragraph(text("Not proved: {move}", move=unproved_text(move)))
        yield from missing_lines(move, page, 4)
    for early in view.early:
        yield page.paragraph(
            text("Rests on entries recorded out of order: {move}", move=early_text(early))
        )
    if view.settling:
        said = text(
            "To settle what is in question, correct or record what is missing behind it; or else "
            "say that it rests on a source, or was not made:"
        )
        yield page.paragraph(said)
    yield from (page.action(each) for each in view.settling)


def _first(view: ExplainView, page: Page) -> Iterator[str]:
    """Yield the prerequisites of the bodies that it waits for, equal ones together."""
    alike: dict[tuple[str, str], list[str]] = {}
    for each in view.first:
        kind = each.subject.partition("@")[0]
        alike.setdefault((kind, page.say(each.reason)), []).append(each.body)
    if alike:
        yield page.paragraph(text("First, for their own party:"))
    for (subject, reason), bodies in alike.items():
        names = names_text(bodies)
        said = text("{names}: {subject}, {reason}", names=names, subject=subject, reason=reason)
        yield page.paragraph(said, 2)


def _summary(view: ExplainView) -> Text:
    if view.trigger is None:
        return text(
            "“{milestone}” is in “{state}”; nothing leaves it.",
            milestone=view.milestone,
            state=view.state,
        )
    values = {
        "milestone": view.milestone,
        "state": view.state,
        "trigger": view.trigger,
        "target": view.target,
    }
    if not view.leaves:
        return text(
            "“{milestone}” is in “{state}”, which “{trigger}” (to “{target}”) does not leave.",
            **values,
        )
    if view.open:
        return text("“{milestone}” is in “{state}”; “{trigger}” to “{target}” is open.", **values)
    return text("“{milestone}” is in “{state}”; “{trigger}” to “{target}” is closed.", **values)


def openness(*, open_: bool) -> Text:
    """Return the word for whether a transition can be made now."""
    return text("open") if open_ else text("closed")


Assumed = Mapping[tuple[str, str], Sequence[str]]
"""The assumptions in the nodes of a tree, by kind and subject."""


def _assumed(view: ExplainView) -> Assumed:
    found: dict[tuple[str, str], list[str]] = {}
    for each in view.assumed:
        found.setdefault((each.kind, each.subject), []).append(each.what)
    return found


def branch_of(finding: Finding, page: Page, assumed: Assumed | None = None) -> Branch:
    """Return a finding and those inside it as a tree: what each is about, and why.

    Args:
        assumed: what is said below a node, to be our assumption.
    """
    waiting = _whom_to_ring(finding)
    ours = (assumed or {}).get((finding.kind, finding.subject), ())
    more = [text("waiting for {names}", names=names_text(waiting))] if waiting else []
    more += [text("(our assumption: {what})", what=what) for what in ours]
    return Branch(
        finding.holds,
        page.say(text("yes")) if finding.holds else page.say(text("no")),
        f"{_about(finding, page)}{page.say(finding.reason)}",
        tuple(page.say(each) for each in more),
        tuple(branch_of(child, page, assumed) for child in finding.children),
    )


def _about(finding: Finding, page: Page) -> str:
    if finding.kind == "all" and not finding.children:
        return ""  # a transition without a gate
    # What is said of a date names it; a slot can have any name, also “gate”.
    subject = "" if finding.kind == "date" else page.called(finding.subject)
    subject = f"“{subject}”" if finding.kind == "slot" else subject
    words = (page.say(kind_word(finding)), subject)
    return f"{' '.join(word for word in words if word)}: "


def _whom_to_ring(finding: Finding) -> list[str]:
    """Return the names that a gate waits for, unless the line above has them already."""
    if finding.children or finding.kind not in WHOM_TO_RING:
        return []
    about = (f"{finding.subject}@", f"{finding.subject}/")
    names = [
        name[len(about[0]) :] if name.startswith(about) else name for name in finding.waiting_for
    ]
    return [] if names == [finding.subject] else names


def kind_word(finding: Finding) -> Text:
    """Return the word for a kind of gate."""
    match finding.kind:
        case "decisions":
            return text("decisions on")
        case "texts":
            return text("texts of")
        case "tasks":
            return text("tasks")
        case "parts":
            return text("parts of")
        case "milestone":
            return text("milestone")
        case "date":
            return text("date")
        case "all":
            return text("all of these")
        case "any":
            return text("any of these")
        case "at_least":
            return text("a number of these")
        case "not":
            return text("not")
        case _:
            return text("gate")
