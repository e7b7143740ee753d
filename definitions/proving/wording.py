"""A verdict in words: what was found, how it comes about, and what would mend it.

Nothing is said to be impossible without more: a move can be attested, and an answer recorded out of
order, whatever was proved.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from definitions.language.text import Text, ntext, text
from definitions.language.values import replace
from definitions.model import Definition, Effect
from definitions.proving.verdict import (
    Act,
    ActKind,
    Blocking,
    Finding,
    Result,
    Severity,
    Sure,
    Unproved,
    Value,
    Verdict,
)

EACH = "*"
"""The subject of a task in a story, where it is the same for every one of them."""
UNTIL = "-until-joined"
"""How the kind of a finding ends that is so only until a party joins that may."""
FEW = 3
"""Up to how many bodies are named; of more it is said how many they are."""
_VALUES = (
    *("alike", "arises", "asked", "bodies", "body", "deliverable", "due", "dues", "limit"),
    *(
        "kept",
        "parties",
        "party",
        "permission",
        "request",
        "requests",
        "role",
        "rung",
        "state",
        "states",
    ),
    *("subjects", "target", "targets", "task", "tasks", "trigger", "triggers", "what", "word"),
)
"""What sentences name; what a finding does not say is a question mark in its sentence."""


def result_text(result: Result) -> Text:
    """Return the word for the result of a proof."""
    match result:
        case Result.SOUND:
            return text("sound")
        case Result.UNSOUND:
            return text("unsound")
        case Result.NOT_VERIFIED:
            return text("not verified")


def severity_text(severity: Severity) -> Text:
    """Return the word before a finding."""
    match severity:
        case Severity.ERROR:
            return text("error")
        case Severity.WARNING:
            return text("warning")
        case Severity.INFORMATION:
            return text("to know")


def verdict_text(verdict: Verdict) -> Text:
    """Return the result, with the number of warnings."""
    said = result_text(verdict.result)
    warnings = sum(each.severity is Severity.WARNING for each in verdict.findings)
    if not warnings or verdict.result is not Result.SOUND:
        return said
    return ntext("{result}, with {n} warning", "{result}, with {n} warnings", warnings, result=said)


def extent_text(verdict: Verdict) -> Text:
    """Return how much was looked at."""
    situations = _situations(verdict.situations)
    return ntext(
        "{situations} in {n} part",
        "{situations} in {n} parts",
        len(verdict.parts),
        situations=situations,
    )


def _situations(number: int) -> Text:
    """Return a number of situations as people can read it."""
    if number < 10**6:
        return ntext("{n} situation", "{n} situations", number)
    if number < 10**9:
        return text("{n} million situations", n=number // 10**6)
    if number < 10**12:
        return text("{n} billion situations", n=number // 10**9)
    if number < 10**15:
        return text("{n} trillion situations", n=number // 10**12)
    return text("more than a quadrillion situations")


def first_error(verdict: Verdict) -> Finding | None:
    """Return the error that is named where one is; None where no error was found."""
    return next(iter(verdict.errors), None)


# --- what was found ----------------------------------------------------------------------------


def finding_text(finding: Finding) -> Text:
    """Return what was found, and with which parties."""
    said = _finding_text(replace(finding, kind=finding.kind.removesuffix(UNTIL)))
    if finding.kind.endswith(UNTIL):
        return text("Until a party joins that may: {finding}", finding=said)
    joined = finding.values.get("joined")
    if joined:
        return text("Once {parties} takes part: {finding}", parties=joined, finding=said)
    return said


def _finding_text(finding: Finding) -> Text:
    said = _values(finding.values)
    match finding.kind:
        case "never-reached":
            return text("“{state}” can never be reached.", **said)
        case "never-opens":
            return text(
                "“{trigger}”, from “{state}” to “{target}”, can never be made: its gate does not "
                "hold in any situation that there can be.",
                **said,
            )
        case "no-way-on":
            return _no_way_on(finding, said)
        case "only-a-stop" | "only-a-stop-once-refused" | "two-texts":
            return _only_a_stop(finding, said)
        case "adopted-by-nobody":
            return text(
                "It can come to “{state}” without anybody having agreed on “{request}”.",
                **said,
            )
        case "always-holds":
            return text(
                "The gate of “{trigger}”, in “{state}”, always holds: it keeps nothing back.",
                **said,
            )
        case "two-ways":
            return text(
                "“{trigger}”, in “{state}”, can lead to more than one state at the same time: "
                "{targets}.",
                **said,
            )
        case "several-open":
            return text(
                "In “{state}” several moves can be open at once, and whoever advances it has to "
                "say which: {triggers}.",
                **said,
            )
        case "extra-yes-closes":
            return text(
                "“{trigger}”, in “{state}”, is open, and is closed by one more that agrees on "
                "“{request}”.",
                **said,
            )
        case _:
            return _further_finding(finding, said)


def _no_way_on(finding: Finding, said: Mapping[str, object]) -> Text:
    if finding.values.get("triggers"):
        return text(
            "No way on in “{state}”: only {triggers} is open, and that does not lead to an end.",
            **said,
        )
    return text("No way on in “{state}”: no move is open, and none can open any more.", **said)


def _only_a_stop(finding: Finding, said: Mapping[str, object]) -> Text:
    if finding.kind == "two-texts":
        return _two_texts(finding, said)
    if finding.kind == "only-a-stop-once-refused":
        return (
            text("Once it is refused, “{state}” can only be given up ({triggers}).", **said)
            if finding.values.get("triggers")
            else text("Once it is refused, a good end is out of reach in “{state}”.", **said)
        )
    if finding.values.get("triggers"):
        return text(
            "In “{state}” no move leads to a good end any more: it can only be given up "
            "({triggers}).",
            **said,
        )
    return text("In “{state}” no move leads to a good end any more.", **said)


def _two_texts(finding: Finding, said: Mapping[str, object]) -> Text:
    if finding.values.get("triggers"):
        return text(
            "In “{state}” all agreed, and not on one text: it can only be given up ({triggers}).",
            **said,
        )
    return text("In “{state}” all agreed, and not on one text: no move is open.", **said)


def _further_finding(finding: Finding, said: Mapping[str, object]) -> Text:
    """Return what was found without a look at any situation."""
    match finding.kind:
        case "nobody-holds" if "permission" in finding.values:
            return text(
                "Nobody can ever be given the role “{role}”, and nobody else has “{permission}”.",
                **said,
            )
        case "nobody-holds":
            return text("Nobody can ever be given the role “{role}”.", **said)
        case "nobody-moves":
            return text(
                "Nobody may make “{trigger}” in “{state}”: no role has “{permission}”.", **said
            )
        case "nobody-records":
            return text("Nobody may record what is answered to “{request}” by {body}.", **said)
        case "nobody-reports" if finding.values.get("subjects"):
            return text("Nobody may report “{task}” of {subjects}.", **said)
        case "nobody-reports":
            return text("Nobody may report “{task}”.", **said)
        case "nobody-delivers":
            return text("Nobody may say how far the parts of “{deliverable}” are.", **said)
        case "arises-too-late":
            return text(
                "“{task}” arises in “{arises}”, where it can no longer be reported: that is done "
                "in “{states}”.",
                **said,
            )
        case "answers-left-behind":
            return text(
                "What is answered to “{request}” in “{state}” counts no more after “{trigger}”, "
                "which opens a round.",
                **said,
            )
        case "if-leaves":
            return _if_leaves(finding, said)
        case _:
            return _finding_in_time(finding, said)


def _finding_in_time(finding: Finding, said: Mapping[str, object]) -> Text:
    """Return what was found of deadlines, and of what waits for what never comes."""
    match finding.kind:
        case "no-deadline":
            return text("“{state}” waits for others, and has no deadline.", **said)
        case "rung-before-the-term":
            return text("“{due}” reminds at {rung}, before its term has begun.", **said)
        case "own-task-of-others":
            return text(
                "“{request}” waits for a task of their own ({tasks}), which {bodies} do not have.",
                **said,
            )
        case "options-in-a-circle":
            return text("The options of requests are within each other: {requests}.", **said)
        case "dues-in-a-circle":
            return text("Deadlines count from each other: {dues}.", **said)
        case "past-never-dated":
            return text("“{due}” never has a date, so it is never past.", **said)
        case "replanning-needed":
            return text("“{due}” is past only if somebody gives it a date.", **said)
        case "proved-with-fewer":
            return text(
                "No gate tells parties of one kind apart, so {kept} of the {parties} were looked "
                "at: what holds of those holds of all.",
                **said,
            )
        case _:
            return text(
                "Property {property} does not hold ({kind}).",
                property=finding.property,
                kind=finding.kind,
            )


def _if_leaves(finding: Finding, said: Mapping[str, object]) -> Text:
    """Return what would be found once a party had left."""
    kind = str(finding.values.get("what", ""))
    if kind in KINDS - {finding.kind}:
        said = {**said, "what": finding_text(_then(finding))}
    alike = finding.values.get("alike")
    if alike:
        return text("If {party} leaves (or {alike}): {what}", **{**said, "alike": _few(alike)})
    return text("If {party} leaves: {what}", **said)


def _few(names: Value) -> Text | Value:
    """Return names; of many, how many there are."""
    if not isinstance(names, tuple) or len(names) <= FEW:
        return names
    return text("one of {n} others", n=len(names))


def _then(finding: Finding) -> Finding:
    """Return the finding there would be once a party had left."""
    return replace(finding, kind=str(finding.values["what"]), story=())


KINDS = frozenset(
    {
        *("never-reached", "never-opens", "no-way-on", "only-a-stop", "adopted-by-nobody"),
        *("always-holds", "proved-with-fewer", "two-ways", "several-open", "extra-yes-closes"),
        *("nobody-moves", "nobody-reports", "nobody-delivers"),
        *("nobody-records", "nobody-holds", "arises-too-late", "answers-left-behind"),
        *(
            "only-a-stop-once-refused",
            "two-texts",
            "no-deadline",
            "rung-before-the-term",
            "own-task-of-others",
            "options-in-a-circle",
        ),
        *("dues-in-a-circle", "past-never-dated", "replanning-needed", "if-leaves"),
    }
)
"""The kinds of findings that there are sentences for."""


def advice_text(finding: Finding) -> Text | None:
    """Return what would mend it, where it is to be mended."""
    match finding.kind:
        case "never-reached":
            return text("Have a move lead to it that can be made, or leave the state out.")
        case "never-opens":
            return text(
                "Have its gate ask only for what can have happened by then: what is asked, and "
                "what arises, before that state is left."
            )
        case "no-way-on":
            return text("Add a way on (reworking, a new round), or a way to stop.")
        case "only-a-stop":
            return text("Add a way on (reworking, a new round), unless stopping is what is meant.")
        case "two-texts":
            return text(
                "Add a way on for when the texts differ: a gate with “differ: text”, or a new "
                "round."
            )
        case "adopted-by-nobody":
            return text("Have its gate count only the outcomes by which somebody agrees.")
        case "always-holds":
            return text("Leave the gate out, or have it ask for what can be otherwise.")
        case "two-ways":
            return text(
                "Have their gates rule each other out, or give each of the moves its own name."
            )
        case "extra-yes-closes":
            return text(
                "Add a way on for it: a gate with “differ: text” where the texts differ, or have "
                "the gate ask for “at_least”."
            )
        case "if-leaves":
            kind = str(finding.values.get("what", ""))
            return advice_text(_then(finding)) if kind in KINDS - {"if-leaves"} else None
        case _:
            return _further_advice(finding)


def _further_advice(finding: Finding) -> Text | None:
    match finding.kind:
        case "nobody-holds":
            return text("Name it under “starter”, or give a role that somebody holds “member”.")
        case "nobody-moves" | "nobody-reports" | "nobody-delivers" | "nobody-records":
            return text("Give a role that somebody can hold there the permission to do it.")
        case "arises-too-late":
            return text("Have it arise earlier, or name that state under “in”.")
        case "answers-left-behind":
            return text(
                "Ask it only where the round has been opened, if those answers have to count."
            )
        case "no-deadline":
            return text("Give it a “due”; “due: none” says that it needs none.")
        case "rung-before-the-term":
            return text("Give it a ladder that fits in the term.")
        case "own-task-of-others":
            return text("Have the task be there for each of them: “per: party”.")
        case "options-in-a-circle" | "dues-in-a-circle":
            return text("Begin one of them elsewhere.")
        case "past-never-dated":
            return text("Give it a date or a term, or a role the permission “replan”.")
        case _:
            return None


# --- how it comes about ------------------------------------------------------------------------


def story_texts(story: Sequence[Act], definition: Definition | None = None) -> list[Text]:
    """Return how a situation comes about, a sentence for each step.

    What many bodies answer to one question, one after the other, is one step.

    Args:
        definition: in which; None where the number of those asked is not known.
    """
    on_two = any(act.text == "2" for act in story)
    return [
        _step(list(acts), definition, on_two=on_two) for _, acts in groupby(story, key=_step_of)
    ]


def _step_of(act: Act) -> tuple[str, ...]:
    """Return by what acts in a row are one step."""
    match act.kind:
        case ActKind.DECIDE:
            return act.kind, act.milestone, act.name
        case ActKind.REPORT | ActKind.DELIVER:
            return act.kind, act.milestone, act.name, act.what
        case ActKind.MOVE | ActKind.WAIT | ActKind.REPLAN:
            return act.kind, act.milestone, act.name, act.what


def _step(acts: Sequence[Act], definition: Definition | None, *, on_two: bool) -> Text:
    act = acts[0]
    said: dict[str, object] = {
        "milestone": act.milestone,
        "name": act.name,
        "what": act.what,
        "who": _named([each.who for each in acts if each.who]),
    }
    if act.kind is ActKind.MOVE:
        if act.name == act.what:
            return text("{milestone} comes to “{what}”", **said)
        return text("{milestone} comes to “{what}” ({name})", **said)
    if act.kind is ActKind.DECIDE:
        asked = _asked(act, definition)
        answers = [_answer(each, asked, on_two=on_two) for each in _alike(acts, asked)]
        return text("{milestone}/{name}: {answers}", **said, answers=_in_a_row(answers))
    if act.kind is ActKind.WAIT:
        return text("{name} passes", **said)
    if act.kind is ActKind.REPLAN:
        return text("{name} is given another date", **said)
    return _reported(acts, said)


def _reported(acts: Sequence[Act], said: Mapping[str, object]) -> Text:
    """Return that tasks were reported, or parts came to a level."""
    for_each = any(each.who == EACH for each in acts)
    if acts[0].kind is ActKind.REPORT:
        if for_each:
            return text("{name}, of each: “{what}”", **said)
        if len(acts) > FEW:
            return text("{name}, {n} times: “{what}”", **said, n=len(acts))
        if said["who"]:
            return text("{name} of {who}: “{what}”", **said)
        return text("{name}: “{what}”", **said)
    if for_each:
        return text("{name}, of each, comes to “{what}”", **said)
    if len(acts) > FEW:
        return text("{name}, {n} times, comes to “{what}”", **said, n=len(acts))
    if said["who"]:
        return text("{name} of {who} comes to “{what}”", **said)
    return text("{name} comes to “{what}”", **said)


def _alike(acts: Sequence[Act], asked: Sequence[str]) -> list[list[Act]]:
    """Return answers to one question, those that are the same together, the most given first.

    Args:
        asked: the bodies, in the order in which they are named; none where that is not known.
    """
    found: dict[tuple[str, str], list[Act]] = {}
    place = {body: at for at, body in enumerate(asked)}
    for act in sorted(acts, key=lambda each: place.get(each.who, 0)):
        found.setdefault((act.what, act.text), []).append(act)
    return sorted(found.values(), key=lambda each: (-len(each), each[0].text))


def _asked(act: Act, definition: Definition | None) -> Sequence[str]:
    """Return the bodies that are asked a question; none where that is not known."""
    milestone = None if definition is None else definition.milestones.get(act.milestone)
    request = None if milestone is None else milestone.requests.get(act.name)
    return () if request is None else request.bodies


def _answer(acts: Sequence[Act], asked: Sequence[str], *, on_two: bool) -> Text:
    """Return who answered the same."""
    who, act = len({each.who for each in acts}), acts[0]
    said = {"outcome": act.what}
    if who > FEW and who == len(asked):
        given = text("all {asked} “{outcome}”", asked=who, **said)
    elif who > FEW and asked:
        given = text("{who} of {asked} “{outcome}”", who=who, asked=len(asked), **said)
    elif who > FEW:
        given = ntext("{n} body “{outcome}”", "{n} bodies “{outcome}”", who, **said)
    else:
        names = _named([each.who for each in acts])
        given = text("{names} “{outcome}”", names=names, **said)
    if not on_two or not act.text:
        return given
    if act.text == "2":
        return ntext(
            "{given}, on a text of its own", "{given}, each on a text of its own", who, given=given
        )
    return text("{given}, on one text", given=given)


def _named(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _in_a_row(said: Sequence[Text]) -> Text:
    first, *others = said
    for other in others:
        first = text("{first}; {next}", first=first, next=other)
    return first


def acts_text(story: Sequence[Act]) -> Text:
    """Return of how many acts a story is, before it is told."""
    return ntext("A short way there, in {n} act:", "A short way there, in {n} acts:", len(story))


# --- what is sure, what is not, and who can keep it shut ----------------------------------------


def proved_texts(verdict: Verdict, definition: Definition) -> Iterator[Text]:
    """Yield what was proved of a definition that is sound."""
    yield text("every state can be reached, every move can open, and every situation can end")
    for sure in verdict.sure:
        if sure.least:
            yield sure_text(sure, definition)


def sure_text(sure: Sure, definition: Definition) -> Text:
    """Return what is sure wherever a milestone has come to a state."""
    said: dict[str, object] = {
        "milestone": sure.milestone,
        "state": sure.state,
        "request": sure.request,
        "least": sure.least,
        "asked": sure.asked,
    }
    if _asks_an_opinion(sure, definition):
        if sure.least == sure.asked:
            return ntext(
                "{milestone} in “{state}”: the only one asked answered “{request}”",
                "{milestone} in “{state}”: all {n} answered “{request}”",
                sure.asked,
                **said,
            )
        return text(
            "{milestone} in “{state}”: at least {least} of {asked} answered “{request}”", **said
        )
    if sure.least == sure.asked:
        return ntext(
            "{milestone} in “{state}”: the only one asked agreed on “{request}”",
            "{milestone} in “{state}”: all {n} agreed on “{request}”",
            sure.asked,
            **said,
        )
    return text(
        "{milestone} in “{state}”: at least {least} of {asked} agreed on “{request}”", **said
    )


def _asks_an_opinion(sure: Sure, definition: Definition) -> bool:
    """Return whether a request can be answered, and not be agreed on."""
    request = definition.milestones[sure.milestone].requests[sure.request]
    return not any(
        outcome.effect is Effect.FOR
        for name in set(request.instruments.values())
        for outcome in definition.instruments[name].outcomes.values()
    )


def unproved_text(unproved: Unproved) -> Text:
    """Return what was not proved, and why."""
    said = {**_values(unproved.values), "milestones": unproved.milestones}
    match unproved.kind:
        case "too-large":
            return text(
                "{milestones}: there are too many situations to look at; it was stopped at {limit} "
                "nodes.",
                **said,
            )
        case "changes-parties":
            return text(
                "{milestones}: who takes part changes when “{state}” is entered, and that is not "
                "modelled.",
                **said,
            )
        case "stops-in-a-circle":
            return text(
                "{milestones}: what is set off when “{state}” is entered comes back to where it "
                "began, and that is not modelled.",
                **said,
            )
        case "not-modelled":
            return text("{milestones}: what “{word}” does is not modelled.", **said)
        case _:
            return text("{milestones}: not proved ({kind}).", **said, kind=unproved.kind)


def blocking_text(blocking: Blocking, definition: Definition | None = None) -> Text:
    """Return who can keep a gate shut.

    Args:
        definition: of which; None where the number of those asked is not known.
    """
    said: dict[str, object] = {
        "milestone": blocking.milestone,
        "trigger": blocking.trigger,
        "request": blocking.request,
        "names": list(blocking.alone),
        "smallest": blocking.smallest,
        "sets": blocking.sets,
    }
    if blocking.alone:
        asked = Act(ActKind.DECIDE, blocking.milestone, blocking.request)
        if len(blocking.alone) > FEW and len(blocking.alone) == len(_asked(asked, definition)):
            return ntext(
                "{milestone}, “{trigger}”: whoever is asked on “{request}”",
                "{milestone}, “{trigger}”: each of the {n} asked on “{request}”, alone",
                len(blocking.alone),
                **said,
            )
        return ntext(
            "{milestone}, “{trigger}”: {names}, alone",
            "{milestone}, “{trigger}”: {names}, each of them alone",
            len(blocking.alone),
            **said,
        )
    shown = [" + ".join(each) for each in blocking.examples[:FEW]]
    if not shown:
        return ntext(
            "{milestone}, “{trigger}”: no one alone; {smallest} of those asked on “{request}” "
            "together, in {n} way",
            "{milestone}, “{trigger}”: no one alone; {smallest} of those asked on “{request}” "
            "together, in {n} ways",
            blocking.sets,
            **said,
        )
    return ntext(
        "{milestone}, “{trigger}”: no one alone; {smallest} of those asked on “{request}” "
        "together, in {n} way: {shown}",
        "{milestone}, “{trigger}”: no one alone; {smallest} of those asked on “{request}” "
        "together, in {n} ways, such as {shown}",
        blocking.sets,
        **said,
        shown=shown,
    )


def _values(given: Mapping[str, Value]) -> dict[str, object]:
    return {**dict.fromkeys(_VALUES, "?"), **given}
