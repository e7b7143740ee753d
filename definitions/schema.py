"""The shape of a definition file, as pydantic models; the JSON Schema is made from them.

Shape only: whether names exist and whether the process can work is for ``compiling`` and
``checking``. Models are strict: a number is not a text, and an unknown key is an error. The faults
that these validators find have types of their own; ``shape_errors`` has the sentence for it.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from definitions.calendar.dates import Precision, given_date, parse_date
from definitions.calendar.lengths import LONGEST, Unit
from definitions.language import length_limits
from definitions.language.errors import InvalidValue
from definitions.language.naming import IDENTIFIER
from definitions.model import FIRST_YEAR, LAST_YEAR, Effect, Permission

LANGUAGE = r"^[a-z]{2,3}(-[A-Z]{2})?$"
RUNG = r"^(0d|-[1-9][0-9]{0,2}(d|wd))$"
DAYS = r"^[1-9][0-9]{0,2}d$"
SHARE = r"^[1-9][0-9]{0,2}/[1-9][0-9]{0,2}$"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
OPENNESS = r"^(public|internal|own( [0-9]{4}-[0-9]{2}-[0-9]{2})?)$"
DAY_OF_YEAR = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


class Shape(BaseModel):
    """The base of all shapes: frozen, strict, no unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


STORED = {"stored": True}
"""The context for reading a stored definition, which was checked when it came in.

Values that earlier versions accepted and this one refuses are read unchanged.
"""


def is_stored(info: ValidationInfo) -> bool:
    """Return whether what is read was stored, and so was checked when it came in."""
    return info.context is STORED


# --- forms that a value can take ---------------------------------------------------------------


SCALAR, LIST, MAPPING, GATES = "\0scalar", "\0list", "\0mapping", "\0gates"
"""The forms, as tags that pydantic puts into the place of an error. No key can be equal to one:
the reader of YAML lets no such character through."""


def form_of(value: object) -> str:
    """Tell a scalar from a list and a mapping, so that only that form's errors are reported."""
    if isinstance(value, (dict, BaseModel)):
        return MAPPING
    return LIST if isinstance(value, list) else SCALAR


def _form_of_gates(value: object) -> str:
    """Tell a list of gates from one of words as well."""
    if isinstance(value, list) and any(form_of(each) == MAPPING for each in value):
        return GATES
    return form_of(value)


_by_form = Discriminator(form_of)


def _date(value: str, info: ValidationInfo) -> str:
    read = parse_date if is_stored(info) else given_date
    try:
        read(value)
    except InvalidValue as error:
        raise PydanticCustomError("date", "{sentence}", {"sentence": str(error)}) from None
    return value


def _known_date(value: str) -> str:
    """Refuse a date that “by” or a target cannot be: not known, or itself a “by”."""
    if parse_date(value).precision in (Precision.UNKNOWN, Precision.BY):
        raise PydanticCustomError("known_date", "known date")
    return value


def _day_of_year(value: str) -> str:
    """Refuse a day that not every year has."""
    try:
        date.fromisoformat(f"2001-{value}")
    except ValueError:
        raise PydanticCustomError("day_of_year", "no day of every year") from None
    return value


def _share(value: str) -> str:
    above, below = value.split("/")
    if int(above) > int(below):
        raise PydanticCustomError("share", "a share is not more than 1")
    return value


def _part(value: str) -> str:
    """Refuse a share of which there cannot be more."""
    above, below = value.split("/")
    if int(above) >= int(below):
        raise PydanticCustomError("part", "nothing is more than 1")
    return value


def _half(value: str) -> str:
    """Refuse less than half as what more votes than that adopt a proposal."""
    above, below = value.split("/")
    if 2 * int(above) < int(below):
        raise PydanticCustomError("adopting", "adopts in spite of more against")
    return value


def _above_half(value: str) -> str:
    """Refuse a share that as many votes against leave room for."""
    above, below = value.split("/")
    if 2 * int(above) <= int(below):
        raise PydanticCustomError("adopting", "adopts in spite of as many against")
    return value


def _default(value: object, info: ValidationInfo) -> object:
    """Take a number as the default of a parameter that is one; a list, where that is one."""
    kind, is_number = info.data.get("type"), isinstance(value, int) and not isinstance(value, bool)
    if is_number and kind == "number":
        return str(value)
    if kind != "list" and not isinstance(value, str):
        raise PydanticKnownError("string_type")
    return value


def _short(name: str, info: ValidationInfo) -> str:
    """Refuse a name for which not every kind of database has room."""
    if len(name) > length_limits.IDENTIFIER and not is_stored(info):
        raise PydanticCustomError("long_name", "too long", {"most": length_limits.IDENTIFIER})
    return name


def _small(number: int, info: ValidationInfo) -> int:
    """Refuse a number for which not every kind of database has room."""
    if number > length_limits.NUMBER and not is_stored(info):
        raise PydanticCustomError("less_than_equal", "too high", {"le": length_limits.NUMBER})
    return number


def _distinct(values: list[Any]) -> list[Any]:
    _refuse_twice(values)
    return values


def _distinct_prose(values: list[str | dict[str, str]]) -> list[str | dict[str, str]]:
    _refuse_twice([each if isinstance(each, str) else tuple(each.items()) for each in values])
    return values


def _distinct_ids(values: list[Any]) -> list[Any]:
    _refuse_twice([value.id for value in values], "id")
    return values


def _refuse_twice(values: Sequence[Hashable], *inside: str) -> None:
    seen: set[Hashable] = set()
    for index, value in enumerate(values):
        if value in seen:
            raise PydanticCustomError("twice", "twice", {"at": (index, *inside)})
        seen.add(value)


def one_of(shape: BaseModel, keys: Sequence[str]) -> str:
    """Return the one key of ``keys`` that a shape has, or refuse it."""
    given = [key for key in keys if value_at(shape, key) is not None]
    if len(given) != 1:
        at = (given[1],) if given else ()
        raise PydanticCustomError("one_of", "one of", {"keys": tuple(keys), "at": at})
    return given[0]


def value_at(shape: BaseModel, key: str) -> Any:
    """Return what stands under a key of the file (``in`` is ``in_`` in Python)."""
    return getattr(shape, _IN_PYTHON.get(key, key))


_IN_PYTHON = {"in": "in_", "for": "for_", "from": "from_", "not": "not_", "except": "except_"}

Distinct = AfterValidator(_distinct)
DistinctIds = AfterValidator(_distinct_ids)
UNIQUE = Field(json_schema_extra={"uniqueItems": True})

Identifier = Annotated[
    str,
    Field(pattern=IDENTIFIER, json_schema_extra={"maxLength": length_limits.IDENTIFIER}),
    AfterValidator(_short),
]
Identifiers = Annotated[list[Identifier], Distinct, UNIQUE]
Texts = Annotated[list[str], Distinct, UNIQUE]
Language = Annotated[str, Field(pattern=LANGUAGE)]
PerLanguage = Annotated[dict[Language, str], Field(min_length=1, description="nl and en, say")]
Prose = Annotated[
    Annotated[str, Tag(SCALAR)] | Annotated[PerLanguage, Tag(MAPPING)],
    _by_form,
]
"""Words for people: in one language, or in several."""
Proses = Annotated[list[Prose], AfterValidator(_distinct_prose), UNIQUE]
DateText = Annotated[
    str,
    AfterValidator(_date),
    Field(description="2021-03-16, 2021-03, end 2021-08, by 2021-03-16, unknown…"),
]
KnownDate = Annotated[
    str,
    AfterValidator(_date),
    AfterValidator(_known_date),
    Field(description="a day or a month: 2021-03-16, end 2021-08"),
]
Titles = Annotated[
    dict[Language, str],
    Field(description="a title per language, e.g. nl and en"),
]
Names = Annotated[
    Annotated[str, Tag(SCALAR)] | Annotated[Texts, Field(min_length=1), Tag(LIST)],
    _by_form,
]


Excepted = Annotated[
    Annotated[str, Tag(SCALAR)] | Annotated[Texts, Tag(LIST)],
    _by_form,
    Field(description="but for this one, or for these; for nobody, where the list is empty"),
]


class EachForm(Shape):
    """The bodies of one kind, of every party but some."""

    each: str = Field(description="the kind of body: raad, college")
    except_: Excepted = Field([], alias="except", description="the parties whose body is left out")


class PerForm(Shape):
    """Every party or every group but some."""

    each: Literal["party", "group"]
    except_: Excepted = Field([], alias="except", description="those that are left out")


def _distinct_asked(values: list[str | EachForm]) -> list[str | EachForm]:
    _refuse_twice([each if isinstance(each, str) else repr(each) for each in values])
    return values


AskedItem = Annotated[Annotated[str, Tag(SCALAR)] | Annotated[EachForm, Tag(MAPPING)], _by_form]
AskedValue = Annotated[
    Annotated[str, Tag(SCALAR)]
    | Annotated[
        list[AskedItem],
        AfterValidator(_distinct_asked),
        UNIQUE,
        Field(min_length=1),
        Tag(LIST),
    ]
    | Annotated[EachForm, Tag(MAPPING)],
    _by_form,
]
"""Whom is asked: one body, each of a kind, each but some, or a list of these."""


class Marked(Shape):
    """Something that may say of itself that it is our assumption, or not known."""

    assumed: Prose | None = Field(None, description="why we assume this; no source says it")


# --- dues --------------------------------------------------------------------------------------


DayOfYear = Annotated[str, Field(pattern=DAY_OF_YEAR), AfterValidator(_day_of_year)]


class BoundForm(Shape):
    """A day that a due cannot go beyond, in an ``earliest``."""

    by: KnownDate | None = Field(None, description="that day at the latest")
    before: str | None = Field(None, description="before a state is entered: milestone.state")
    after: str | None = Field(None, description="after milestone.state, or a task")
    days: int | None = Field(None, ge=1, le=LONGEST[Unit.DAYS], description="so many after it")
    working_days: int | None = Field(
        None, ge=1, le=LONGEST[Unit.WORKING_DAYS], description="so many working days after it"
    )
    weeks: int | None = Field(None, ge=1, le=LONGEST[Unit.WEEKS], description="so many after it")
    months: int | None = Field(
        None,
        ge=1,
        le=LONGEST[Unit.MONTHS],
        description="so many after it, by the calendar: to the same day of the month, or its last",
    )
    years: int | None = Field(None, ge=1, le=LONGEST[Unit.YEARS], description="so many after it")
    next: DayOfYear | None = Field(None, description="the first such day after it: 01-01")
    statutory: bool = Field(False, description="a term of the law: it runs on to a working day")

    @model_validator(mode="after")
    def _one(self, info: ValidationInfo) -> "BoundForm":
        if not is_stored(info):
            self.check()
        return self

    def check(self) -> None:
        """Refuse what does not go together."""
        kind = one_of(self, BOUND_KINDS)
        check_details(self, kind, BOUND_DETAILS, {})
        check_distance(self)
        if kind == "after" and not _distances(self):
            raise PydanticCustomError("one_of", "one of", {"keys": (*LENGTHS, "next"), "at": ()})


BoundText = Annotated[str, Field(description="a date, or goal")]
BoundValue = Annotated[
    Annotated[BoundText, Tag(SCALAR)] | Annotated[BoundForm, Tag(MAPPING)],
    _by_form,
]


class DueForm(BoundForm):
    """A due that says more than a date."""

    target: KnownDate | None = Field(None, description="aimed at, not a deadline (richtdatum)")
    unknown: Prose | None = Field(None, description="what the source says about it instead")
    each_year: DayOfYear | None = Field(
        None, description="that day of each year, of what arises every year: 07-15"
    )
    earliest: Annotated[list[BoundValue], Field(min_length=2, max_length=9)] | None = Field(
        None, description="the earliest of some: a date, by, before, or after and how long"
    )
    waits_for: list[str] = Field([], description="what must become clear before it is known")

    def check(self) -> None:
        """Refuse what does not go together."""
        check_details(self, one_of(self, DUE_KINDS), DUE_DETAILS, {})
        check_distance(self)

    @model_validator(mode="after")
    def _one(self, info: ValidationInfo) -> "DueForm":
        if is_stored(info):
            one_of(self, DUE_KINDS)
        else:
            self.check()
        return self


LENGTHS = tuple(Unit)
"""The keys that say how long a term is."""
BOUND_KINDS = ("by", "before", "after")
BOUND_DETAILS = {
    "before": (*LENGTHS, "statutory"),
    "after": (*LENGTHS, "next", "statutory"),
}
DUE_KINDS = ("by", "target", "unknown", "before", "after", "each_year", "earliest")
DUE_DETAILS = {
    "by": ("waits_for",),
    "target": ("waits_for",),
    "unknown": ("waits_for",),
    **BOUND_DETAILS,
}


def check_distance(shape: BoundForm) -> None:
    """Refuse two lengths of one term, and a term of the law without one."""
    given = _distances(shape)
    if len(given) > 1:
        raise PydanticCustomError("one_of", "one of", {"keys": given, "at": (given[1],)})
    if shape.statutory and given in ([], ["next"]):
        context = {"keys": LENGTHS, "at": ("statutory",)}
        raise PydanticCustomError("needs_length", "needs a length", context)


def _distances(shape: BoundForm) -> list[str]:
    return [key for key in (*LENGTHS, "next") if value_at(shape, key) is not None]


DueText = Annotated[str, Field(description="a date, or goal, unknown, none")]
DueValue = Annotated[
    Annotated[DueText, Tag(SCALAR)] | Annotated[DueForm, Tag(MAPPING)],
    _by_form,
]


# --- gates -------------------------------------------------------------------------------------


ShareText = Annotated[str, Field(pattern=SHARE), AfterValidator(_share)]
PartText = Annotated[str, Field(pattern=SHARE), AfterValidator(_part)]


class RuleForm(Shape):
    """A rule with a number in it."""

    at_least: Annotated[int, Field(ge=1)] | None = None
    share: ShareText | None = Field(None, description="a fraction, such as 2/3, or more")
    more_than: PartText | None = Field(None, description="more than that: 1/2 is a majority")
    weighted_share: ShareText | None = Field(None, description="a share of the parties' weights")
    more_than_weighted: PartText | None = Field(None, description="more than that share of them")
    of: Literal["asked", "cast"] = Field(
        "asked", description="a share of those asked, or of the votes cast: for and against"
    )

    @model_validator(mode="after")
    def _one(self) -> "RuleForm":
        check_details(self, one_of(self, RULES), RULE_DETAILS, {})
        return self


RULES = ("at_least", "share", "more_than", "weighted_share", "more_than_weighted")
RULE_DETAILS = dict.fromkeys(RULES[1:], ("of",))


RuleValue = Annotated[
    Annotated[Literal["all", "majority"], Tag(SCALAR)] | Annotated[RuleForm, Tag(MAPPING)],
    _by_form,
]
CountsValue = Annotated[
    Annotated[Literal["for", "against", "answered"], Tag(SCALAR)]
    | Annotated[
        list[Literal["for", "against", "answered"]],
        Distinct,
        UNIQUE,
        Field(min_length=1),
        Tag(LIST),
    ],
    _by_form,
]


GateOf = Annotated[
    Annotated[Literal["own", "arisen"], Tag(SCALAR)]
    | Annotated[list[Literal["own", "arisen"]], Distinct, UNIQUE, Field(min_length=1), Tag(LIST)]
    | Annotated[list["Gate"], Tag(GATES)],
    Discriminator(_form_of_gates),
]


class GateKind(StrEnum):
    """The kinds of gates, by the key that each has."""

    SLOT = "slot"
    REQUEST = "request"
    TASKS = "tasks"
    PART = "part"
    PARTS = "parts"
    MILESTONE = "milestone"
    DATE = "date"
    PAST = "past"
    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    NOT = "not"


GATE_DETAILS = {
    "request": ("rule", "counts", "outcome", "body", "of", "differ"),
    "tasks": ("rule", "of"),
    "part": ("level",),
    "parts": ("level",),
    "milestone": ("state",),
    "at_least": ("of",),
}
GATE_MUST = {
    "part": ("level",),
    "parts": ("level",),
    "milestone": ("state",),
    "at_least": ("of",),
}


def check_details(
    shape: BaseModel,
    kind: str,
    details: Mapping[str, Sequence[str]],
    must: Mapping[str, Sequence[str]],
) -> None:
    """Refuse a detail that goes with another kind, and the lack of one that this kind needs."""
    for key in dict.fromkeys(key for keys in details.values() for key in keys):
        if key not in details.get(kind, ()) and _IN_PYTHON.get(key, key) in shape.model_fields_set:
            raise goes_with_another(key, kind)
    for key in must.get(kind, ()):
        if value_at(shape, key) is None:
            raise needs(kind, key)


def goes_with_another(key: str, kind: str) -> PydanticCustomError:
    """Return that a key does not go with something of this kind."""
    context = {"key": key, "kind": kind, "at": (key,)}
    return PydanticCustomError("goes_with_another", "goes with another", context)


def needs(kind: str, key: str) -> PydanticCustomError:
    """Return that something of this kind lacks a key."""
    return PydanticCustomError("needs", "needs", {"key": key, "kind": kind})


class Gate(Marked):
    """The condition on a transition, or on a body's decision. Exactly one kind of it."""

    slot: str | None = Field(None, description="the gate the milestone fills in under this name")
    request: str | None = Field(None, description="decisions on this request")
    rule: RuleValue | None = Field(None, description="how many it takes; all when left out")
    counts: CountsValue | None = Field(None, description="which decisions count")
    outcome: Names | None = Field(None, description="which outcomes count, instead of “counts”")
    body: str | None = Field(None, description="only what this body decided")
    of: GateOf | None = Field(
        None,
        description="only those of the body's own party; of tasks, also those that have arisen; or "
        "the gates of “at_least”",
    )
    differ: Literal["text"] | None = Field(
        None, description="answers that count (for, when left out) are known to be on two texts"
    )
    tasks: Names | None = Field(None, description="these tasks are done")
    part: str | None = Field(None, description="deliverable/part stands at a level")
    parts: str | None = Field(None, description="all parts of a deliverable stand at a level")
    level: str | None = None
    milestone: str | None = Field(None, description="this milestone is in a state")
    state: Names | None = None
    date: str | None = Field(None, description="this date has come; or goal")
    past: str | None = Field(None, description="this due is over: milestone/request…")
    all: Annotated[list["Gate"], Field(min_length=1)] | None = None
    any: Annotated[list["Gate"], Field(min_length=1)] | None = None
    at_least: Annotated[int, Field(ge=1)] | None = Field(
        None, description="so many of these gates hold, or more"
    )
    not_: "Gate | None" = Field(None, alias="not")

    @property
    def of_whom(self) -> tuple[str, ...]:
        """The words of “of”: own, arisen."""
        of = [self.of] if isinstance(self.of, str) else self.of or []
        return tuple(each for each in of if isinstance(each, str))

    @property
    def of_gates(self) -> tuple["Gate", ...]:
        """The gates of which “at_least” takes so many."""
        of = self.of if isinstance(self.of, list) else []
        return tuple(each for each in of if isinstance(each, Gate))

    @property
    def kind(self) -> GateKind:
        """The one kind of gate this is."""
        return GateKind(one_of(self, tuple(GateKind)))

    @model_validator(mode="after")
    def _one_kind(self) -> "Gate":
        check_details(self, self.kind, GATE_DETAILS, GATE_MUST)
        if bool(self.of_gates) is not (self.at_least is not None):
            wrong = "of_gates" if self.at_least else "only_at_least"
            raise PydanticCustomError(wrong, "gates", {"at": ("of",)})
        says_what = any(each is not None for each in (self.counts, self.outcome, self.differ))
        if self.request is not None and not says_what:
            raise needs("request", "counts")
        for kind, keys in _ALONE.items():
            for key in keys:
                if value_at(self, kind) is not None and key in self.model_fields_set:
                    raise goes_with_another(key, kind)
        return self


_ALONE = {
    "differ": ("rule", "of", "outcome", "body"),
    "outcome": ("counts",),
    "body": ("rule", "of"),
}
"""What a gate on a request leaves no room for."""


# --- who ---------------------------------------------------------------------------------------


class Party(Shape):
    """A municipality, province or water board that takes part."""

    name: str
    kind: str = Field(description="gemeente, provincie, waterschap…")
    code: str | None = Field(None, description="e.g. the CBS code, GM0505")
    weight: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="in a weighted share; there, each party needs one"
    )
    bodies: Identifiers = Field(min_length=1, description="what can decide: raad, college")
    route: list[str] = Field([], description="the stages on the way to the council")
    papers_due: Prose = Field("unknown", description="how long before a meeting papers must be in")


class PartyFile(Shape):
    """A file of parties that several definitions use."""

    parties: dict[Identifier, Party] = Field(min_length=1)


class MajorityForm(Shape):
    """The share of the votes cast that adopts a proposal."""

    share: Annotated[ShareText, AfterValidator(_above_half)] | None = Field(
        None, description="that share, or more"
    )
    more_than: Annotated[PartText, AfterValidator(_half)] | None = Field(
        None, description="more than that share"
    )

    @model_validator(mode="after")
    def _one(self) -> "MajorityForm":
        one_of(self, ("share", "more_than"))
        return self


MajorityValue = Annotated[
    Annotated[ShareText, AfterValidator(_above_half), Tag(SCALAR)]
    | Annotated[MajorityForm, Tag(MAPPING)],
    _by_form,
]


class RegionalBody(Shape):
    """A body that belongs to no one party: a regional council, a conference of colleges."""

    name: str
    members: dict[str, Annotated[int, Field(ge=1)]] = Field(
        {}, description="per party, how many votes it has there"
    )
    votes: Annotated[int, Field(ge=1)] | None = Field(None, description="all votes together")
    quorum: Annotated[int, Field(ge=1)] | None = Field(
        None, description="how many votes must be cast for a decision"
    )
    majority: MajorityValue | None = Field(
        None,
        description="the share of the votes cast that adopts: 2/3; more for than against when "
        "left out",
    )


class Parties(Shape):
    """The parties: of a shared file, defined here, or both."""

    use: Identifier | None = Field(None, description="the name of a shared party file")
    define: dict[Identifier, Party] = Field({}, max_length=500)


class Joining(Shape):
    """A party that may join a running process (toetreden).

    It is described here, or in a shared party file that is named; what is said here comes first.
    """

    use: Identifier | None = Field(
        None, description="the name of a shared party file in which it is described"
    )
    name: str | None = None
    kind: str | None = Field(None, description="gemeente, provincie, waterschap…")
    code: str | None = Field(None, description="e.g. the CBS code, GM0505")
    weight: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="in a weighted share; there, each party needs one"
    )
    bodies: Annotated[Identifiers, Field(min_length=1)] | None = Field(
        None, description="what can decide: raad, college"
    )
    route: list[str] = Field([], description="the stages on the way to the council")
    papers_due: Prose = Field("unknown", description="how long before a meeting papers must be in")
    votes: dict[str, Annotated[int, Field(ge=1)]] = Field(
        {}, description="per regional body of which it becomes a member, how many votes it has"
    )

    @model_validator(mode="after")
    def _whole(self) -> "Joining":
        for key in ("name", "kind", "bodies") if self.use is None else ():
            if value_at(self, key) is None:
                raise PydanticCustomError("missing", "missing", {"at": (key,)})
        return self


class Group(Shape):
    """People of several parties who prepare something (werkgroep)."""

    name: str


class Role(Marked):
    """A role, and its permissions."""

    per: Literal["party", "group"] | None = Field(None, description="one seat at each of these")
    may: Annotated[list[Annotated[Permission, Field(strict=False)]], Distinct, UNIQUE]


# --- what --------------------------------------------------------------------------------------


class OutcomeForm(Shape):
    """An outcome that asks for something more."""

    counts: Effect = Field(strict=False)
    needs: Literal["ground", "past-due"] | None = Field(
        None, description="a ground must be given with it; or its term must have passed"
    )


OutcomeValue = Annotated[
    Annotated[Effect, Field(strict=False), Tag(SCALAR)] | Annotated[OutcomeForm, Tag(MAPPING)],
    _by_form,
]


class Part(Shape):
    """A part of a deliverable."""

    per: (
        Annotated[
            Annotated[Literal["party"], Tag(SCALAR)] | Annotated[PerForm, Tag(MAPPING)], _by_form
        ]
        | None
    ) = Field(None, description="one for each party, or each but some")


class Deliverable(Marked):
    """A document in parts, each at a level."""

    levels: Identifiers = Field(min_length=2, description="from nothing to complete")
    parts: dict[Identifier, Part] = Field(min_length=1)


class RepeatForm(Shape):
    """A rung after the deadline, repeated a bounded number of times."""

    after: Annotated[str, Field(pattern=DAYS)]
    every: Annotated[str, Field(pattern=DAYS)]
    times: Annotated[int, Field(ge=1, le=52)]
    to: str = Field(description="the role that hears of it then")


RungValue = Annotated[
    Annotated[str, Field(pattern=RUNG), Tag(SCALAR)] | Annotated[RepeatForm, Tag(MAPPING)],
    _by_form,
]


class Arises(Shape):
    """When a task comes into being, where not at once."""

    every: str | None = Field(
        None, description="year: one for each year after it begins; or how often, in words"
    )
    from_: str | None = Field(
        None, alias="from", description="from when this was entered: milestone.state"
    )
    until: DateText | None = Field(None, description="the last day on which one arises")
    event: Literal["replanned", "joining", "leaving"] | None = Field(
        None, description="when a due is replanned; when its party joins, or leaves"
    )
    state: str | None = Field(None, description="when a milestone enters this state")
    milestone: str | None = Field(None, description="which milestone; its own when left out")
    decision: str | None = Field(None, description="when the party's body decides this request")
    outcome: str | None = Field(None, description="with this outcome; with any when left out")

    @model_validator(mode="after")
    def _one(self) -> "Arises":
        check_details(
            self,
            one_of(self, ARISES),
            {
                "every": ("from", "until"),
                "state": ("milestone",),
                "decision": ("outcome",),
            },
            {},
        )
        return self


ARISES = ("every", "event", "state", "decision")


PerValue = Annotated[
    Annotated[Literal["party", "group"], Tag(SCALAR)]
    | Annotated[Texts, Field(min_length=1), Tag(LIST)]
    | Annotated[PerForm, Tag(MAPPING)],
    _by_form,
]


class Task(Marked):
    """Something to be held, offered, sent or answered."""

    per: PerValue | None = Field(
        None, description="one for each party or group, each of them but some, or those named"
    )
    owner: Names = Field(
        description="the role that reports it, or several; or a body, a participant, external"
    )
    in_: Names | None = Field(None, alias="in", description="the states in which it is done")
    each: Literal["round"] | None = Field(None, description="anew each time a round opens")
    results: dict[Identifier, Literal["open", "done"]] = Field(min_length=1)
    due: DueValue | None = None
    ladder: str | None = None
    arises: Arises | None = None
    outlives: bool = Field(
        False, description="a party that leaves still owes it, where it had arisen by then"
    )
    replies_to: str | None = Field(
        None, description="the request here whose points are answered before this is done"
    )


# --- structures and milestones -----------------------------------------------------------------


class Transition(Shape):
    """A transition. In a structure that extends another, only what differs."""

    from_: Names | None = Field(None, alias="from")
    to: str | None = None
    gate: Gate | None = None
    explicit: bool = Field(False, description="only taken when named: stop, rework")
    opens: Literal["round"] | None = Field(None, description="puts the requests anew")
    latch: bool = Field(False, description="once passed, the gate stays passed")
    permission: Permission = Field(Permission.ADVANCE, strict=False)


TransitionValue = Annotated[
    Annotated[Transition, Tag(MAPPING)]
    | Annotated[list[Transition], Field(min_length=1), Tag(LIST)],
    _by_form,
]
StatesValue = Annotated[
    Annotated[Identifiers, Field(min_length=1), Tag(LIST)]
    | Annotated[
        dict[str, Annotated[list[Identifier], Field(min_length=1)]],
        Tag(MAPPING),
        Field(description="of the structure extended: a state, and the states in its place"),
    ],
    _by_form,
]


class Final(Shape):
    """The states in which a milestone ends."""

    good: Texts | None = None
    bad: Texts | None = None


class Structure(Marked):
    """A state machine that milestones share (vaste structuur)."""

    extends: str | None = None
    states: StatesValue | None = None
    final: Final = Final()
    slots: Identifiers = Field([], description="gates that each milestone fills in")
    tasks: dict[Identifier, Task] = {}
    transitions: dict[Identifier, TransitionValue] = {}


class Options(Shape):
    """The options that a decision may name (keuzes)."""

    named_by: Literal["decision"] | None = Field(None, description="the decision names them freely")
    within: str | None = Field(
        None, description="only those an earlier decision named: milestone/request"
    )
    count: Annotated[int, Field(ge=1)] | None = Field(None, description="exactly so many")

    @model_validator(mode="after")
    def _one(self) -> "Options":
        one_of(self, ("named_by", "within"))
        return self


class Request(Marked):
    """A question put to bodies (besluitvraag)."""

    of: AskedValue = Field(
        description="each raad, each college, each of them but some, one body, or a list of these"
    )
    via: str | None = Field(None, description="through whom it is put: each college")
    instrument: str
    instrument_for: dict[str, str] = Field({}, description="another instrument for one party")
    text: str | None = Field(None, description="the deliverable, or deliverable/part")
    same_text_as: str | None = Field(
        None,
        description="the request, or milestone/request, to whose text an answer is bound: on "
        "another, it does not count",
    )
    in_: Texts = Field(alias="in", min_length=1, description="states that admit decisions")
    due: DueValue | None = None
    ladder: str | None = None
    after: Gate | None = Field(None, description="what must hold for the body's own party")
    options: Options | None = None
    met_by: Literal["decision", "receipt"] = Field(
        "decision", description="what meets the due: that it is decided, or that it is received"
    )
    signed_by: Texts = Field([], description="who signs the answer, by role: griffier, voorzitter")
    proposal: str | None = Field(
        None, description="the task by which the own party brings it to the body: raadsvoorstel"
    )


class Entering(Shape):
    """What entering a state sets off (a cascade): recorded with the move, by whoever makes it."""

    stops: Names | None = Field(
        None,
        description="the milestones that are given up: milestone, or milestone.state where it has "
        "more than one state under “bad”",
    )
    leaves: Names | None = Field(None, description="the parties that leave")
    joins: Names | None = Field(
        None, description="the parties that join, of those under “may_join”"
    )


class Milestone(Marked):
    """A state machine inside a process (mijlpaal)."""

    title: Titles = {}
    structure: str
    due: dict[str, DueValue] = Field({}, description="per state, until when it is entered")
    ladder: str | None = Field(None, description="of the states that are due")
    requests: dict[Identifier, Request] = {}
    gates: dict[Identifier, Gate] = {}
    tasks: dict[Identifier, Task] = {}
    entering: dict[str, Entering] = Field({}, description="per state, what entering it sets off")
    unknown: Proses = Field([], description="what no source says")


# --- the whole ---------------------------------------------------------------------------------


class Source(Shape):
    """Where the definition has it from."""

    id: str
    what: Prose = ""
    date: DateText = "unknown"


class Goal(Shape):
    """The goal of the process, and its date."""

    date: DateText
    of: str | None = Field(
        None, description="the state with which it is reached: milestone.state; else not said"
    )
    what: Prose | None = Field(None, description="in words; the state it is of when left out")

    @model_validator(mode="after")
    def _said(self) -> "Goal":
        if self.what is None and self.of is None:
            raise PydanticCustomError("missing", "missing", {"at": ("what",)})
        return self


GoalValue = Annotated[
    Annotated[Literal["none"], Tag(SCALAR)] | Annotated[Goal, Tag(MAPPING)], _by_form
]


MOST = 100
"""Structures, and milestones, that one file may have: each milestone reads a structure anew, so
without a bound a small file could ask for a large product."""


DefaultValue = Annotated[
    Annotated[str, Tag(SCALAR)] | Annotated[Texts, Tag(LIST)],
    _by_form,
    BeforeValidator(_default),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "integer"},
                {"type": "array", "items": {"type": "string"}},
            ]
        }
    ),
]


class Parameter(Shape):
    """Something that a process is told when it starts: ``${name}`` in the file stands for it."""

    type: Literal["text", "number", "date", "id", "list"]
    description: str
    default: DefaultValue | None = None


class Parameterised(BaseModel):
    """A definition whose parameters are not filled in yet; the rest can be anything."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True, defer_build=True)

    parameters: dict[Identifier, Parameter] = {}


class ProcessFile(Shape):
    """A process definition, as its file has it."""

    id: Identifier
    version: Annotated[int, Field(ge=1), AfterValidator(_small)]
    parameters: dict[Identifier, Parameter] = {}
    title: Titles
    sources: Annotated[list[Source], DistinctIds] = []
    timezone: str = Field(
        description="a place that the time zone database lists: Europe/Amsterdam; or UTC"
    )
    begins: DateText
    goal: GoalValue
    parties: Parties
    may_join: dict[Identifier, Joining] = Field(
        {}, max_length=100, description="the parties that may join a running process"
    )
    bodies: dict[Identifier, RegionalBody] = {}
    groups: dict[Identifier, Group] = {}
    participants: Texts = Field([], description="take part in the work, decide nothing")
    roles: dict[Identifier, Role] = Field(min_length=1)
    starter: Texts = Field(min_length=1, description="roles of whoever starts the process")
    deliverables: dict[Identifier, Deliverable] = {}
    instruments: dict[Identifier, Annotated[dict[Identifier, OutcomeValue], Field(min_length=1)]]
    remind_at: Annotated[str, Field(pattern=TIME)] = Field(
        "09:00", description="at what time of the day people are reminded"
    )
    ladders: dict[
        Identifier, Annotated[list[RungValue], Distinct, UNIQUE, Field(min_length=1)]
    ] = {}
    structures: dict[Identifier, Structure] = Field(min_length=1, max_length=MOST)
    milestones: dict[Identifier, Milestone] = Field(min_length=1, max_length=MOST)
    tasks: dict[Identifier, Task] = {}
    unknown: Proses = Field([], description="what no source says")


class Fact(Shape):
    """One dated, sourced fact of a replay file. Exactly one of the things it can tell."""

    id: Identifier
    on: DateText
    source: str = Field(min_length=1)
    note: str | None = Field(None, description="moves nothing; also the remark with a move")
    about: Names | None = Field(
        None, description="the milestones, parties or bodies that a note is about"
    )
    advance: str | None = Field(None, description="a milestone moves")
    trigger: str | None = None
    to: str | None = None
    attested: bool = Field(False, description="on the word of the source alone")
    record: str | None = Field(None, description="a milestone gets a decision")
    request: str | None = None
    body: str | None = None
    outcome: str | None = None
    votes: str | None = Field(
        None, description="for and against: 19-4; 19-? or ?-4 where one of the two is not known"
    )
    ground: str | None = None
    options: Texts = Field([], description="what the decision names")
    points: Texts = Field([], description="the points of the answer, each to be replied to")
    signed_by: Texts = Field([], description="who signed it, by role")
    unnamed_options: Annotated[int, Field(ge=1)] | None = Field(
        None, description="named by number only"
    )
    round: Annotated[int, Field(ge=1)] | None = Field(
        None, description="of which round, on the day on which one was opened"
    )
    out_of_order: str | None = None
    sent: str | None = Field(None, description="a milestone: a body's answer was sent")
    received: str | None = Field(None, description="a milestone: a body's answer was received")
    answer: str | None = Field(None, description="a milestone: a point of an answer is replied to")
    point: Annotated[int, Field(ge=1)] | None = None
    task: str | None = Field(None, description="a task has a result")
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = Field(
        None, description="of what arises every year, which one"
    )
    deliverable: str | None = Field(None, description="a part reaches a level")
    version: str | None = Field(None, description="what its author calls this version")
    replan: str | None = Field(None, description="a due gets another date")
    date: DateText | None = Field(None, description="the date it gets")
    join: str | None = Field(None, description="a party takes part from now on")
    leave: str | None = Field(None, description="a party takes part no longer")
    reason: str | None = None
    for_: str | None = Field(None, alias="for", description="the party or group it is about")
    result: str | None = None
    level: str | None = None
    openness: Annotated[str, Field(pattern=OPENNESS)] | None = Field(
        None, description="who may see it: public, internal, own; own until a day: own 2026-03-01"
    )
    secrecy: str | None = Field(
        None, description="the ground on which it is under secrecy; nothing of its content is here"
    )

    @property
    def kind(self) -> str:
        """What the fact tells; ``note`` only where it tells nothing else."""
        noted = self.note is not None or self.secrecy is not None
        if noted and all(value_at(self, key) is None for key in FACT_MOVES):
            return "note"
        return one_of(self, FACT_KINDS if self.note is None else FACT_MOVES)

    @model_validator(mode="after")
    def _one_kind(self) -> "Fact":
        check_details(self, self.kind, FACT_DETAILS, FACT_MUST)
        return self


FACT_MOVES = (
    "advance",
    "record",
    "sent",
    "received",
    "answer",
    "task",
    "deliverable",
    "replan",
    "join",
    "leave",
)
FACT_KINDS = (*FACT_MOVES, "note")
FACT_DETAILS = {
    "advance": ("trigger", "to", "attested"),
    "record": (
        "request",
        "body",
        "outcome",
        "votes",
        "ground",
        "options",
        "unnamed_options",
        "points",
        "signed_by",
        "round",
        "out_of_order",
        "openness",
        "secrecy",
    ),
    "sent": ("request", "body", "round", "openness"),
    "received": ("request", "body", "round", "openness"),
    "answer": ("request", "body", "point", "round", "openness"),
    "task": ("for", "result", "year", "round", "out_of_order", "openness"),
    "deliverable": ("for", "level", "version", "openness", "secrecy"),
    "replan": ("date", "reason"),
    "join": ("reason",),
    "leave": ("reason",),
    "note": ("about", "openness", "secrecy"),
}
FACT_MUST = {
    "record": ("body", "outcome"),
    "sent": ("body",),
    "received": ("body",),
    "answer": ("body", "point"),
    "task": ("result",),
    "deliverable": ("level",),
    "replan": ("date", "reason"),
    "join": ("reason",),
    "leave": ("reason",),
}


class Scene(Shape):
    """A day on which the story is worth a look, for the demo."""

    as_of: DateText
    explain: str | None = Field(None, description="the milestone whose gate is explained")
    due: bool = Field(False, description="whether the dates are shown, too")
    remind: DateText | None = Field(
        None, description="the days of which is shown what people would have been told"
    )


class FactsFile(Shape):
    """A file of facts about one process, for ``replay``."""

    process: Identifier
    facts: Annotated[list[Fact], DistinctIds] = Field(min_length=1)
    scenes: list[Scene] = []
    notes: Literal["public", "internal"] | None = Field(
        None, description="who may see its notes, where they do not say so themselves"
    )
