"""The verdict on a definition: what was proved of it, and what was found. Plain data."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from definitions.language.values import dataclass

CHECKER = 1
"""The version of the proof: a verdict of another one is not used."""


class Result(StrEnum):
    """The result of a proof."""

    SOUND = "sound"
    """Proved, with no error found."""
    UNSOUND = "unsound"
    """An error was found."""
    NOT_VERIFIED = "not-verified"
    """No error was found, and not everything could be proved."""


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    """The definition is unsound."""
    WARNING = "warning"
    """It may be meant."""
    INFORMATION = "information"
    """Something to know."""


class ActKind(StrEnum):
    """The kinds of acts in a story."""

    MOVE = "move"
    """A milestone moves: ``name`` is the trigger, ``what`` the state it comes to."""
    DECIDE = "decide"
    """A body decides: ``name`` is the request, ``who`` the body, ``what`` the outcome."""
    REPORT = "report"
    """A task is reported: ``name`` is the task, ``who`` its subject, ``what`` the result."""
    DELIVER = "deliver"
    """A part comes to a level: ``name`` is ``deliverable/part``, ``who`` its subject."""
    WAIT = "wait"
    """A deadline or a date goes by: ``name`` is the due, or the date."""
    REPLAN = "replan"
    """A due that has passed gets another date: ``name`` is the due."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a story; a command of the program, once it has a day.

    Attributes:
        milestone: where; empty for what belongs to the process itself.
        text: the text that a decision is on: ``1`` for the one that was there first, ``2`` for one
            that nobody else is on; empty where texts are not compared.
    """

    kind: ActKind
    milestone: str
    name: str
    who: str = ""
    what: str = ""
    text: str = ""


Value = str | int | tuple[str, ...]
"""What a sentence about a finding can show."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in a definition.

    ======== ============================ ==================================================
    property kind                         values
    ======== ============================ ==================================================
    1        ``never-reached``            ``state``
    1        ``never-opens``              ``trigger``, ``state``, ``target``
    2        ``no-way-on``                ``state``, ``triggers`` that are open
    2b       ``only-a-stop``              ``state``, ``triggers`` that are open; nobody refused
    2b       ``two-texts``                the same, where a text need not be named
    2b       ``only-a-stop-once-refused`` ``state``, ``triggers`` that are open
    3        ``adopted-by-nobody``        ``state``, ``request``, ``asked``
    4        ``always-holds``             ``trigger``, ``state``
    5        ``two-ways``                 ``trigger``, ``state``, ``targets``
    5b       ``several-open``             ``state``, ``triggers``
    7        ``extra-yes-closes``         ``trigger``, ``state``, ``request``, ``body``
    8        ``nobody-holds``             ``role``, ``permission``
    8        ``nobody-moves``             ``trigger``, ``state``, ``permission``
    8        ``nobody-records``           ``request``, ``body``: those for whom nobody does
    8        ``nobody-reports``           ``task``, ``subjects``
    8        ``nobody-delivers``          ``deliverable``
    8b       ``arises-too-late``          ``task``, ``arises``: the states, ``states``: admitting
    –        ``proved-with-fewer``        ``parties``, ``kept``: parties that no gate tells apart
    8c       ``answers-left-behind``      ``trigger``, ``state``, ``request``
    8d       ``no-deadline``              ``state``
    8d       ``rung-before-the-term``     ``due``, ``rung``
    8e       ``own-task-of-others``       ``request``, ``tasks``, ``bodies`` that have none
    8e       ``options-in-a-circle``      ``requests``
    8e       ``dues-in-a-circle``         ``dues``
    8e       ``replanning-needed``        ``due``
    8e       ``past-never-dated``         ``due``
    as found ``if-leaves``                ``party``, ``alike``, ``property``, ``what``
    ======== ============================ ==================================================

    A kind that ends in ``-until-joined`` is so only until a party joins that may.

    Attributes:
        property: the number of the property that does not hold, as the documentation lists them.
        kind: the kind of fault, which chooses the sentence; see below.
        milestone: where; empty for what belongs to the process itself.
        values: what the sentence names; ``joined`` beside them where it is so once some parties
            have joined.
        story: a short way to a situation that shows it; empty where none is needed.
    """

    property: str
    kind: str
    severity: Severity
    milestone: str
    values: Mapping[str, Value] = field(default_factory=dict)
    story: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Milestones that were proved together, and the number of their situations."""

    milestones: tuple[str, ...]
    situations: int


@dataclass(frozen=True, slots=True)
class Unproved:
    """What was not proved, and why.

    Attributes:
        kind: the kind of reason, which chooses the sentence: too large, or a word that is not
            modelled.
        milestones: the milestones that it is about.
        values: what the sentence names.
    """

    kind: str
    milestones: tuple[str, ...]
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sure:
    """What is sure wherever a milestone is in a final state: at least so many of them agreed.

    Attributes:
        least: the least number of bodies that answered so that it counts.
        asked: the number of bodies asked.
    """

    milestone: str
    state: str
    request: str
    least: int
    asked: int


@dataclass(frozen=True, slots=True)
class Blocking:
    """Who can keep a gate shut by a refusal, or by silence.

    Attributes:
        alone: the bodies that can by themselves.
        smallest: the size of the smallest set that can.
        sets: the number of sets of that size, none of whose members can be missed.
        minimal: the number of all such sets, of any size; None where they were not counted.
        examples: some of the smallest sets.
    """

    milestone: str
    trigger: str
    request: str
    alone: tuple[str, ...]
    smallest: int
    sets: int
    minimal: int | None = None
    examples: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was proved of a definition, and what was found in it.

    Attributes:
        sha256: of the definition.
        situations: the number of all situations that were looked at, over all parts.
        unproved: what could not be proved; empty where everything was.
        checker: the version of the proof.
    """

    sha256: str
    result: Result
    situations: int
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    unproved: tuple[Unproved, ...] = ()
    sure: tuple[Sure, ...] = ()
    blocking: tuple[Blocking, ...] = ()
    checker: int = CHECKER

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make it unsound."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)
