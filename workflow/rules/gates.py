"""Gates (*voorwaarden*): does it hold, why, and who would have to do what.

Evaluating is pure: a process on a day in; a finding out. A finding is a tree of
the same shape as the gate, and each of its nodes says why it holds or does not.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from definitions.gate_wording import counts_text, rule_text
from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass, replace
from definitions.model import (
    ALL,
    MORE_FOR_THAN_AGAINST,
    AllOf,
    AnyOf,
    Arising,
    AtLeast,
    DateReached,
    Decisions,
    Definition,
    Due,
    DuePast,
    Effect,
    Gate,
    InState,
    Joined,
    Not,
    PartsAt,
    Request,
    Rule,
    Slot,
    Task,
    TasksDone,
    TextsDiffer,
    adopting,
)
from workflow.model.state import PROVED, Basis, DecisionState, State
from workflow.rules.asked import asked_bodies, asked_subjects
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import Instance, instance, instances_of, task_name
from workflow.rules.terms import due_date, parties_with_term

SHORT = 12
"""How much of a hash is shown."""


@dataclass(frozen=True, slots=True)
class Contrary:
    """A decision because of which a gate does not hold.

    Attributes:
        seq: the entry that says it, and that may be a slip.
        text: the SHA-256 of the text, where others decided on another; None where it is the
            outcome that does not count.
    """

    body: str
    outcome: str
    seq: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The finding on a gate.

    Attributes:
        kind: ``decisions``, ``texts``, ``tasks``, ``parts``, ``milestone``, ``date``, ``all``,
            ``any``, ``at_least``, ``not`` or ``slot``.
        subject: its subject: ``hoofdlijnennotitie/raden``, the name of a slot…
        holds: whether the gate holds.
        reason: why.
        waiting_for: the bodies, tasks or parts that would open it.
        children: the findings inside it.
        contrary: the recorded decisions that keep it from holding.
        reachable: whether decisions yet to come can open it.
    """

    kind: str
    subject: str
    holds: bool
    reason: Text
    waiting_for: tuple[str, ...] = ()
    children: tuple["Finding", ...] = ()
    contrary: tuple[Contrary, ...] = ()
    reachable: bool = True

    def nodes(self) -> Iterator["Finding"]:
        """Yield the finding itself, and every one inside it."""
        yield self
        for child in self.children:
            yield from child.nodes()

    def leaves(self) -> Iterator["Finding"]:
        """Yield the findings that have none inside them."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


OPEN = Finding("all", "", True, text("nothing is asked"))
"""The finding on a transition without a gate."""


def evaluate(gate: Gate | None, now: Snapshot, party: str | None = None) -> Finding:
    """Find out whether a gate holds, and why.

    Args:
        now: the process on the day whose passing ``date`` gates look at.
        party: whose ``own`` decisions and tasks count, where a body's own is asked.
    """
    if gate is None:
        return OPEN
    # By identity, for to hash a gate takes longer; it is kept, or another could come to have that.
    key = (id(gate), party)
    _, finding = now.once(key, lambda: (gate, _evaluated(gate, now, party)))
    return finding


def holds(gate: Gate | None, now: Snapshot, party: str | None = None) -> bool:
    """Return whether a gate holds, as ``evaluate`` finds, but without why.

    A fold asks of each gated move no more. It is told as soon as that is known, in a fifth of the
    time.
    """
    match gate:
        case AllOf(gates):
            return all(holds(each, now, party) for each in gates)
        case AnyOf(gates):
            return any(holds(each, now, party) for each in gates)
        case AtLeast(needed, gates):
            return sum(holds(each, now, party) for each in gates) >= needed
        case Not(inner):
            return not holds(inner, now, party)
        case Slot(_, inner):
            return holds(inner, now, party)
        case _:
            return evaluate(gate, now, party).holds


def _evaluated(gate: Gate, now: Snapshot, party: str | None) -> Finding:
    match gate:
        case Decisions():
            return _decisions(gate, now, party)
        case TextsDiffer():
            return _texts_differ(gate, now)
        case TasksDone():
            return _tasks(gate, now, party)
        case PartsAt():
            return _parts(gate, now)
        case InState():
            return _in_state(gate, now)
        case DateReached():
            return _date(gate, now)
        case DuePast():
            return _past(gate, now, party)
        case AllOf() | AnyOf() | AtLeast():
            return _joined(gate, now, party)
        case Not():
            return _not(gate, now, party)
        case Slot():
            return _slot(gate, now, party)


# --- decisions ---------------------------------------------------------------------------------


def _decisions(gate: Decisions, now: Snapshot, party: str | None) -> Finding:
    poll = _poll(gate, now, party)
    holds = poll.enough and bool(poll.asked)
    return Finding(
        "decisions",
        f"{gate.milestone}/{gate.request}",
        holds,
        _why(gate, poll, now.definition),
        () if holds else poll.undecided,
        contrary=() if holds else tuple(_contrary(poll)),
        reachable=bool(poll.asked) and poll.within_reach,
    )


@dataclass(frozen=True, slots=True)
class _Poll:
    """The answers of the bodies that are asked, counted as a gate counts.

    Attributes:
        given: their decisions on record.
        counting: the bodies whose answer counts.
        texts: the texts that they decided on, if that matters.
        weigh: returns the weight of some bodies together.
        needed: the weight that it takes, where the rule is about those asked.
        together: the weight of the bodies that can have decided on one text.
        attainable: the same, with the bodies whose text may still come to count.
        came: what the request came to that this one is bound to; None where it is bound to none.
        elsewhere: the bodies whose answer would count, were it on the text that it is bound to.
        late: those that answered after their term, where a share of the votes cast is asked.
        to_come: those whose term has not passed, where their votes can change that share.
        until: when the last of those terms ends; None where that is not known.
    """

    asked: tuple[str, ...]
    given: Mapping[str, DecisionState]
    counting: tuple[str, ...]
    undecided: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]
    weigh: Callable[[Collection[str]], int]
    needed: int
    together: int
    rule: Rule
    attainable: int
    came: "_Came | None" = None
    elsewhere: tuple[str, ...] = ()
    late: frozenset[str] = frozenset()
    to_come: tuple[str, ...] = ()
    until: date | None = None

    @property
    def enough(self) -> bool:
        """Whether as many as it takes agree, and nobody can change that."""
        return any(self.agreed_on(each) for each in self.candidates)

    @property
    def within_reach(self) -> bool:
        """Whether they can still become as many."""
        if self.came is not None and not self.came.can_come_to(None):
            return False
        if self.rule.cast and self.came is None:
            return any(self.can_agree_on(each) for each in self.candidates)
        needed = min(self.takes(each, self.undecided) for each in self.candidates)
        return self.attainable + self.weigh(self.undecided) >= needed

    @property
    def candidates(self) -> tuple[str | None, ...]:
        """The texts of which one may be agreed on; None where nobody names one."""
        return tuple(self.texts) or (None,)

    def agreed_on(self, named: str | None, *, surely: bool = False) -> bool:
        """Return whether enough agree on a text, and nobody can change that.

        Args:
            surely: only by those that are known to have decided on it.
        """
        return self.on(named, surely=surely) >= self.takes(named, self.to_come)

    def can_agree_on(self, named: str | None) -> bool:
        """Return whether enough agree on a text, or still can."""
        able = self.on(named) + self.weigh(self.undecided)
        return able >= self.takes(named, self.undecided)

    def takes(self, named: str | None, more: Collection[str] = ()) -> int:
        """Return the weight that it takes to agree on a text.

        Args:
            more: the bodies whose votes are counted as cast, where a share of those is asked.
        """
        if not self.rule.cast:
            return self.needed
        return max(self.rule.needed(self.cast(named) + self.weigh(more)), 1)

    def cast(self, named: str | None) -> int:
        """Return the weight of the votes cast that are held against those on a text.

        What counts on another text is cast as well; but not after its term, when the voting may
        have been over: one more in favour then closes no gate.
        """
        late = {
            body
            for body in self.late.intersection((*self.counting, *self.elsewhere))
            if self.given[body].text not in (None, named)
        }
        votes = (body for body, each in self.given.items() if each.effect in VOTES)
        return self.weigh([body for body in votes if body not in late])

    def on(self, named: str | None, *, surely: bool = False) -> int:
        """Return the weight of those that may have agreed on a text; on any, where none is named.

        Args:
            surely: only of those that are known to have.
        """
        if named is None:
            return self.together
        able = (named,) if surely else (None, named)
        return self.weigh([body for body in self.counting if self.given[body].text in able])


def _poll(gate: Decisions, now: Snapshot, party: str | None) -> _Poll:
    request = now.definition.milestones[gate.milestone].requests[gate.request]
    asked = _asked(request, gate, now, party)
    given = decisions_on(now.state, gate.milestone, request, asked)
    agreeing = tuple(body for body, each in given.items() if _counts(gate, each))
    compared = gate.compares_texts
    came = came_to(request, now) if compared else None
    counting = tuple(body for body in agreeing if came is None or came.to(given[body].text))
    texts = _texts(given, counting) if compared else {}
    weigh = _scale(gate, now.definition)
    together = max(map(weigh, _together(given, counting, texts)))
    poll = _Poll(
        asked=asked,
        given=given,
        counting=counting,
        undecided=tuple(
            body
            for body in asked
            if body not in agreeing and (body not in given or not given[body].closes)
        ),
        texts=texts,
        weigh=weigh,
        needed=gate.rule.needed(weigh(asked)),
        together=together,
        rule=gate.rule,
        attainable=together if came is None else came.attainable(given, agreeing, weigh),
        came=came,
        elsewhere=tuple(body for body in agreeing if body not in counting),
    )
    return _of_votes_cast(gate, poll, request, now) if gate.rule.cast else poll


def _of_votes_cast(gate: Decisions, poll: _Poll, request: Request, now: Snapshot) -> _Poll:
    """Return a poll with what a share of the votes cast, for and against, depends on.

    A body whose term runs may still vote otherwise than the gate counts: its vote is counted as
    one. So the gate holds when the voting is over, or when what is to come can change nothing; not
    because one body was the first.
    """
    ends = _ends_of_terms(gate.milestone, request, poll.asked, now)
    to_come = tuple(body for body in poll.undecided if not _passed(ends[body], now.day))
    known = [end for body in to_come if (end := ends[body]) is not None]
    return replace(
        poll,
        late=frozenset(
            body for body, each in poll.given.items() if _passed(ends[body], each.effective_on)
        ),
        to_come=to_come,
        until=max(known) if known and len(known) == len(to_come) else None,
    )


VOTES = frozenset({Effect.FOR, Effect.AGAINST})
"""The effects of an answer that is a vote."""


def _ends_of_terms(
    milestone: str, request: Request, bodies: Iterable[str], now: Snapshot
) -> dict[str, date | None]:
    """Return the end of each body's term; None where it has none, or none that is known.

    A term that was over before anybody was asked, in an earlier round for instance, is none.
    """
    asked_on = _asked_on(now, milestone, request)
    if request.due is None or asked_on is None:
        return dict.fromkeys(bodies)
    found = {}
    for body in bodies:
        end = due_date(now, request.due, now.definition.party_of(body)).deadline
        found[body] = end if end is not None and end >= asked_on else None
    return found


def _asked_on(now: Snapshot, milestone: str, request: Request) -> date | None:
    """Return since when answers are admitted in the open round; None where none were yet."""
    at = now.state.milestones[milestone]
    initial = now.definition.milestones[milestone].initial
    entered = {initial: now.state.begins, at.state: at.since, **at.entered}
    days = (entered[state] for state in request.admitted_in if state in entered)
    return min((day for day in days if at.opened_on is None or day >= at.opened_on), default=None)


def _passed(end: date | None, day: date) -> bool:
    return end is not None and day > end


def _counts(gate: Decisions, given: DecisionState) -> bool:
    return gate.includes(given.outcome, given.effect)


def can_be_undone(gate: Decisions, now: Snapshot, party: str | None = None) -> bool:
    """Return whether a gate that holds can cease to by what is still decided in its round."""
    if Effect.PENDING in gate.counts:
        return True
    poll = _poll(gate, now, party)
    sure = (poll.on(each) >= poll.takes(each, poll.undecided) for each in poll.candidates)
    return poll.rule.cast and not any(sure)


def _why(gate: Decisions, poll: _Poll, definition: Definition) -> Text:
    """Return how many agree, how many it takes, and what is peculiar about them."""
    differ = len(poll.texts) > 1
    many = not poll.rule.cast and poll.weigh(poll.counting) >= poll.needed
    if not poll.asked:
        return _nobody_asked(gate, definition)
    reason = _differing_texts(poll.texts) if differ and many else _counted(gate, poll)
    if differ and poll.enough:
        reason = text(
            "{counted}, on one text; others decided on another: {texts}",
            counted=_counted(gate, poll),
            texts=_named_texts(poll.texts),
        )
    elif differ and not many:
        differing = _differing_texts(poll.texts)
        reason = text("{reason}; {differing}", reason=reason, differing=differing)
    if poll.came is not None:
        reason = _bound(reason, poll, poll.came)
    early = [body for body in poll.counting if poll.given[body].out_of_order]
    if early:
        reason = text("{reason}; recorded out of order: {bodies}", reason=reason, bodies=early)
    opposed = [body for body, each in poll.given.items() if each.effect is Effect.AGAINST]
    if opposed and gate.compares_texts and not gate.body:
        reason = text("{reason}; against: {bodies}", reason=reason, bodies=opposed)
    for body in poll.asked:
        board = definition.regional.get(body)
        if board is not None and board.majority != MORE_FOR_THAN_AGAINST:
            rule = rule_text(board.majority)
            reason = text(
                "{reason}; {body} adopts with {rule}", reason=reason, body=body, rule=rule
            )
    return reason


def _nobody_asked(gate: Decisions, definition: Definition) -> Text:
    """Return why none of those at whose answers a gate looks is asked."""
    awaited = candidates_awaited(gate, definition)
    if awaited:
        return text("nobody is asked before {parties} joins", parties=awaited)
    if gate.body:
        return text("{body} is asked no more", body=gate.body)
    return text("nobody is asked any more")


def candidates_awaited(gate: Decisions, definition: Definition) -> tuple[str, ...]:
    """Return the parties that may join of which one has to before a gate can hold at all."""
    every = definition.everybody
    request = every.milestones[gate.milestone].requests[gate.request]
    bodies = (gate.body,) if gate.body else request.bodies
    if any(body in definition.bodies for body in bodies):
        return ()
    parties = dict.fromkeys(every.bodies[body] for body in bodies if body in every.bodies)
    absent = definition.may_join.keys() - definition.joined
    return tuple(party for party in parties if party in absent)


def _counted(gate: Decisions, poll: _Poll) -> Text:
    if gate.body:
        return _of_one_body(gate, poll)
    if poll.rule.cast:
        return _counted_of_cast(gate, poll)
    if not poll.within_reach:
        return _out_of_reach(gate, poll)
    if gate.rule.weighted:
        return _weighed(gate, poll)
    return text(
        "{counting} of {asked} {counts}; {needed} needed",
        counting=len(poll.counting),
        asked=len(poll.asked),
        counts=counts_text(gate),
        needed=poll.needed,
    )


def _of_one_body(gate: Decisions, poll: _Poll) -> Text:
    """Return what the one body decided at which a gate looks."""
    said = poll.given.get(gate.body)
    if said is None:
        return text("{body} has not decided yet", body=gate.body)
    values = {"body": gate.body, "outcome": said.outcome, "counts": counts_text(gate)}
    if _counts(gate, said):
        return text("{body} answered “{outcome}”", **values)
    return text("{body} answered “{outcome}”; {counts} needed", **values)


def _counted_of_cast(gate: Decisions, poll: _Poll) -> Text:
    """Return what the votes cast come to, and whether others can change that."""
    best = max(poll.candidates, key=lambda each: poll.on(each) - poll.takes(each))
    cast, counting, needed = poll.cast(best), poll.on(best), poll.takes(best)
    values = {
        "counting": counting,
        "cast": cast,
        "counts": counts_text(gate),
        "needed": needed,
        "rule": rule_text(gate.rule),
    }
    reason = text("no vote has been cast")
    if cast and gate.rule.weighted:
        reason = text(
            "weight {counting} of {cast} that voted is {counts}; {needed} needed ({rule})", **values
        )
    elif cast:
        reason = ntext(
            "{counting} of {n} vote cast is {counts}; {needed} needed ({rule})",
            "{counting} of {n} votes cast are {counts}; {needed} needed ({rule})",
            cast,
            **values,
        )
    return text("{reason}; {finality}", reason=reason, finality=_finality(poll, counting >= needed))


def _finality(poll: _Poll, agreed: bool) -> Text:
    """Return whether the voting is over, or who can still change what it came to."""
    if not poll.undecided:
        return text("the voting is over: nobody is still to answer")
    if not poll.within_reach:
        return text("out of reach in this round; still to decide: {bodies}", bodies=poll.undecided)
    if not poll.to_come:
        return text(
            "the voting is over: its term passed without an answer of {bodies}",
            bodies=poll.undecided,
        )
    if poll.enough:
        return text("{bodies} can no longer change that", bodies=poll.to_come)
    if agreed and poll.until is not None:
        values = {"bodies": poll.to_come, "until": poll.until}
        return text("{bodies} can still change that, until {until}", **values)
    if agreed:
        return text("{bodies} can still change that", bodies=poll.to_come)
    return text("still to answer: {bodies}", bodies=poll.to_come)


def _scale(gate: Decisions, definition: Definition) -> Callable[[Collection[str]], int]:
    """Return how bodies are counted: by head, or by the weight of their parties."""
    if not gate.rule.weighted:
        return len
    return lambda bodies: sum(map(definition.weight_of, bodies))


def _weighed(gate: Decisions, poll: _Poll) -> Text:
    return text(
        "weight {counting} of {asked} {counts}; {needed} needed ({rule})",
        counting=poll.weigh(poll.counting),
        asked=poll.weigh(poll.asked),
        counts=counts_text(gate),
        needed=poll.needed,
        rule=rule_text(gate.rule),
    )


def _asked(request: Request, gate: Decisions, now: Snapshot, party: str | None) -> tuple[str, ...]:
    definition = now.definition
    of = (gate.body,) if gate.body else None
    asked = asked_bodies(now, gate.milestone, request, of=of)
    if not gate.own:
        return asked
    return tuple(body for body in asked if definition.party_of(body) == party)


def decisions_on(
    state: State, milestone: str, request: Request, bodies: Iterable[str] | None = None
) -> dict[str, DecisionState]:
    """Return the last decision of each body in the open round of a request.

    Args:
        state: where the process stands.
        milestone: the id of the milestone that asks.
        request: what it asks.
        bodies: only of these; of all that were asked when None.
    """
    number = state.round_of(milestone)
    answers = state.decisions
    bodies = request.bodies if bodies is None else bodies
    found = ((body, answers.get((milestone, request.id, number, body))) for body in bodies)
    return {body: answer for body, answer in found if answer is not None}


def _texts(
    given: Mapping[str, DecisionState], counting: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return the texts that bodies decided on in a way that counts, the most common one first.

    A body that named no text may have had any of them; rejected texts may differ.
    """
    texts: dict[str, tuple[str, ...]] = {}
    for body in counting:
        named = given[body].text
        if named is not None:
            texts[named] = (*texts.get(named, ()), body)
    return dict(sorted(texts.items(), key=lambda each: -len(each[1])))


def _together(
    given: Mapping[str, DecisionState], counting: tuple[str, ...], texts: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    """Yield, for each text that was decided on, the bodies that may have decided on it.

    Another decision can only add bodies: one on another text removes none.
    """
    named = list(texts)
    if not named:
        yield counting
    for each in named:
        yield tuple(body for body in counting if given[body].text in (None, each))


def _differing_texts(texts: Mapping[str, tuple[str, ...]]) -> Text:
    return text("they did not decide on the same text: {texts}", texts=_named_texts(texts))


def _named_texts(texts: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [f"{each[:SHORT]} ({', '.join(bodies)})" for each, bodies in texts.items()]


def _contrary(poll: _Poll) -> Iterator[Contrary]:
    """Yield the decisions that do not count, and those on another text than most of them.

    Where no text is that of most, each may be the one that is meant.
    """
    given, texts = poll.given, poll.texts
    for body, each in given.items():
        if body in poll.elsewhere:
            if poll.came is not None and poll.came.to(None):
                yield Contrary(body, each.outcome, each.seq, each.text)
        elif body not in poll.counting:
            yield Contrary(body, each.outcome, each.seq)
    numbers = [len(bodies) for bodies in texts.values()]
    most = 1 if numbers[1:] and numbers[0] > numbers[1] else 0
    for named, bodies in list(texts.items())[most:] if numbers[1:] else ():
        for body in bodies:
            yield Contrary(body, given[body].outcome, given[body].seq, named)


def _out_of_reach(gate: Decisions, poll: _Poll) -> Text:
    if poll.needed > poll.weigh(poll.asked):
        return text(
            "{counting} of {asked} {counts}; {needed} needed, and so many are asked no more",
            counting=len(poll.counting),
            asked=len(poll.asked),
            counts=counts_text(gate),
            needed=poll.needed,
        )
    return text(
        "{counting} of {asked} {counts}; {needed} needed, out of reach in this round: "
        "{undecided} still to decide",
        counting=len(poll.counting),
        asked=len(poll.asked),
        counts=counts_text(gate),
        needed=poll.needed,
        undecided=len(poll.undecided),
    )


# --- the text of another request ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Came:
    """The texts that a request came to: each on which as many agreed as a gate asks for.

    One more in favour can add a text, and takes none away.

    Attributes:
        request: how it is written: ``milestone/request``.
        polls: its answers, as each gate counts them that asks how many agreed.
    """

    request: str
    polls: tuple[_Poll, ...]

    def to(self, named: str | None, *, surely: bool = False) -> bool:
        """Return whether it came to a text; to any, where none is named.

        Args:
            surely: only by those that are known to have decided on it.
        """
        return any(
            poll.asked and (poll.enough if named is None else poll.agreed_on(named, surely=surely))
            for poll in self.polls
        )

    def can_come_to(self, named: str | None) -> bool:
        """Return whether it came to a text, or still can in this round."""
        return any(
            poll.within_reach if named is None else poll.can_agree_on(named) for poll in self.polls
        )

    def texts(self) -> dict[str, tuple[str, ...]]:
        """Return the texts that it is known to have come to, with the bodies that agreed."""
        found = {named: bodies for poll in self.polls for named, bodies in poll.texts.items()}
        return {named: bodies for named, bodies in found.items() if self.to(named, surely=True)}

    def attainable(
        self,
        given: Mapping[str, DecisionState],
        agreeing: Iterable[str],
        weigh: Callable[[Collection[str]], int],
    ) -> int:
        """Return the weight of those that agree on one text that this has come or can come to."""
        able = tuple(body for body in agreeing if self.can_come_to(given[body].text))
        return max(map(weigh, _together(given, able, _texts(given, able))))


def came_to(request: Request, now: Snapshot) -> _Came | None:
    """Return what the request came to that another is bound to; None where it is bound to none."""
    if request.same_text_as is None:
        return None
    asked = request.same_text_as
    return now.once(("came to", *asked), lambda: _came_to(asked, now))


def _came_to(asked: tuple[str, str], now: Snapshot) -> _Came:
    """Return what a request came to, by the gates that ask how many agreed on it.

    Where none asks so, all have to.
    """
    gates = dict.fromkeys(
        gate
        for milestone in now.definition.milestones.values()
        for arm in milestone.arms
        for gate in adopting(arm.gate, *asked)
    )
    either = gates or [Decisions(*asked, ALL, frozenset({Effect.FOR}))]
    return _Came("/".join(asked), tuple(_poll(gate, now, None) for gate in either))


class TextRelation(StrEnum):
    """The relation of an answer to the text that another request came to."""

    SAME = "same"
    """It is on that text."""
    OTHER = "other"
    """It is on another text, and does not count."""
    PENDING = "pending"
    """The other request has come to no text yet: it counts once it comes to that of the answer."""
    UNKNOWN = "unknown"
    """The text of one of the two is not known. It counts: a text that nobody named may be any."""


def text_relation(request: Request, named: str | None, now: Snapshot) -> TextRelation:
    """Return how the text of an answer relates to that which its request is bound to.

    Args:
        request: what was answered; bound to no other, it may be on any text.
        named: the SHA-256 of the text of the answer; None where it is not known.
    """
    came = came_to(request, now)
    if came is None:
        return TextRelation.SAME
    if not came.to(None):
        return TextRelation.PENDING
    if not came.to(named):
        return TextRelation.OTHER
    sure = named is not None and came.to(named, surely=True)
    return TextRelation.SAME if sure else TextRelation.UNKNOWN


def _bound(reason: Text, poll: _Poll, came: _Came) -> Text:
    """Return a reason with what the text of another request makes of it."""
    request = came.request
    if poll.elsewhere:
        named = _named_texts(_texts(poll.given, poll.elsewhere)) or poll.elsewhere
        values = {"reason": reason, "request": request, "texts": named}
        reason = (
            text("{reason}; on another text than {request} came to: {texts}", **values)
            if came.to(None)
            else text("{reason}; not counted yet, as {request} came to no text: {texts}", **values)
        )
    unknown = [
        body
        for body in poll.counting
        if poll.given[body].text is None or not came.to(poll.given[body].text, surely=True)
    ]
    if unknown:
        reason = text(
            "{reason}; not known whether on the text of {request}: {bodies}",
            reason=reason,
            request=request,
            bodies=unknown,
        )
    return reason


def _texts_differ(gate: TextsDiffer, now: Snapshot) -> Finding:
    """Return the finding whether two texts are known to differ; an unknown one never does."""
    request = now.definition.milestones[gate.milestone].requests[gate.request]
    asked = asked_bodies(now, gate.milestone, request)
    given = decisions_on(now.state, gate.milestone, request, asked)
    agreeing = tuple(body for body in given if given[body].effect in gate.counts)
    texts, came = _texts(given, agreeing), came_to(request, now)
    others = {} if came is None or not texts else came.texts()
    unknown = [body for body in agreeing if given[body].text is None]
    undecided = [body for body in asked if body not in given or not given[body].closes]
    several = len(agreeing) + len(undecided) + (came is not None) > 1
    holds = len({**others, **texts}) > 1
    reason = _how_they_differ({**others, **texts}) if holds else _on_one_text(texts, agreeing)
    if unknown:
        reason = text("{reason}; not known on which: {bodies}", reason=reason, bodies=unknown)
    return Finding(
        "texts",
        f"{gate.milestone}/{gate.request}",
        holds,
        reason,
        reachable=holds or (several and bool(unknown or undecided)),
    )


def _how_they_differ(texts: Mapping[str, tuple[str, ...]]) -> Text:
    return text("they decided on different texts: {texts}", texts=_named_texts(texts))


def _on_one_text(texts: Mapping[str, tuple[str, ...]], agreeing: Collection[str]) -> Text:
    if texts:
        return text("no two texts are known to differ: {texts}", texts=_named_texts(texts))
    if agreeing:
        return text("no text is known, so that none is known to differ")
    return text("nobody decided yet, so that no texts differ")


def without_text(gate: TextsDiffer, now: Snapshot) -> list[DecisionState]:
    """Return the answers that a gate compares and of which it is not known on which text."""
    request = now.definition.milestones[gate.milestone].requests[gate.request]
    asked = asked_bodies(now, gate.milestone, request)
    given = decisions_on(now.state, gate.milestone, request, asked)
    return [each for each in given.values() if each.effect in gate.counts and each.text is None]


# --- tasks -------------------------------------------------------------------------------------


def _tasks(gate: TasksDone, now: Snapshot, party: str | None) -> Finding:
    tasks = [now.definition.tasks[ref] for ref in gate.tasks]
    children = tuple(_task(task, gate, now, party) for task in tasks)
    asked = sum(len(_subjects(task, gate, now, party)) for task in tasks)
    missing = tuple(name for child in children for name in child.waiting_for)
    needed = needed_tasks(gate, asked)
    done = asked - len(missing)
    holds = done >= needed
    reason = _tasks_done(gate, now, (asked, done, needed))
    waiting = [] if holds or gate.arisen else list(_not_arisen(tasks, missing, now))
    if waiting:
        reason = text("{reason}; not arisen: {tasks}", reason=reason, tasks=waiting)
    subject = ", ".join(str(ref) for ref in gate.tasks)
    return Finding(
        "tasks",
        subject,
        holds,
        reason,
        () if holds else missing,
        children if len(children) > 1 else (),
    )


def needed_tasks(gate: TasksDone, asked: int) -> int:
    """Return how many tasks have to be done; of those that have arisen, none where none has."""
    if gate.arisen and asked == 0 and gate.rule.at_least is None:
        return 0
    return gate.rule.needed(asked)


def _not_arisen(tasks: Iterable[Task], missing: Collection[str], now: Snapshot) -> Iterator[str]:
    """Yield those of the missing tasks that have not arisen, and so cannot be reported."""
    for task in tasks:
        for each in instances_of(now, task) if task.arises is not None else ():
            if each.name in missing and each.arisen_on is None:
                yield each.name


def _tasks_done(gate: TasksDone, now: Snapshot, counted: tuple[int, int, int]) -> Text:
    """Return how many of the tasks are done; of those that have arisen, whether more may arise.

    Args:
        counted: how many are asked, how many of these are done, and how many have to be.
    """
    asked, done, needed = counted
    values = {"done": done, "needed": needed}
    if not gate.arisen:
        return ntext(
            "{done} of {n} task done; {needed} needed",
            "{done} of {n} tasks done; {needed} needed",
            asked,
            **values,
        )
    reason = (
        ntext(
            "{done} of {n} task that has arisen done; {needed} needed",
            "{done} of {n} tasks that have arisen done; {needed} needed",
            asked,
            **values,
        )
        if asked
        else _none_arisen(needed)
    )
    open_ = list(dict.fromkeys(_may_give_rise(gate, now)))
    if not open_:
        return reason
    return text("{reason}; more may arise by {requests}", reason=reason, requests=open_)


def _none_arisen(needed: int) -> Text:
    if needed:
        return text("none has arisen; {needed} needed", needed=needed)
    return text("none has arisen, so that none has to be done")


def _may_give_rise(gate: TasksDone, now: Snapshot) -> Iterator[str]:
    """Yield the requests of which an answer may still make one of the tasks arise."""
    for ref in gate.tasks:
        arises = now.definition.tasks[ref].arises
        if arises is None or arises.kind is not Arising.DECISION:
            continue
        milestone = now.definition.milestones[arises.milestone]
        at, request = now.state.milestones[milestone.id].state, milestone.requests[arises.name]
        given = decisions_on(now.state, milestone.id, request)
        bodies = asked_bodies(now, milestone.id, request)
        waits = any(body not in given or not given[body].closes for body in bodies)
        if waits and at not in milestone.final:
            yield f"{milestone.id}/{request.id}"


def is_asked(each: Instance, gate: TasksDone) -> bool:
    """Return whether a gate asks for an instance of a task: of those that arise, perhaps later."""
    return not gate.arisen or each.arisen_on is not None


def _subjects(task: Task, gate: TasksDone, now: Snapshot, party: str | None) -> tuple[str, ...]:
    subjects = _everybody(task, gate, now, party)
    if not gate.arisen:
        return subjects
    return tuple(each for each in subjects if is_asked(instance(now, task, each), gate))


def _everybody(task: Task, gate: TasksDone, now: Snapshot, party: str | None) -> tuple[str, ...]:
    if gate.own and party is not None and _is_per_party(task, now.definition):
        # A party without an instance has no task of its own to wait for.
        return tuple(each for each in task.subjects if each == party)
    return asked_subjects(now, task)


def _is_per_party(task: Task, definition: Definition) -> bool:
    return all(subject in definition.parties for subject in task.subjects)


def _task(task: Task, gate: TasksDone, now: Snapshot, party: str | None) -> Finding:
    subjects = _subjects(task, gate, now, party)
    missing = tuple(
        task_name(task.ref, subject)
        for subject in subjects
        if not instance(now, task, subject).done
    )
    done = len(subjects) - len(missing)
    reason = text("{done} of {asked} done", done=done, asked=len(subjects))
    return Finding("tasks", str(task.ref), not missing, reason, missing)


# --- parts, milestones, dates ------------------------------------------------------------------


def _parts(gate: PartsAt, now: Snapshot) -> Finding:
    deliverable = now.definition.deliverables[gate.deliverable]
    wanted = deliverable.levels.index(gate.level)
    asked = [
        (part, subject)
        for part in gate.parts
        for subject in now.state.remaining(deliverable.parts[part].subjects)
    ]
    missing = tuple(
        part_name(gate.deliverable, part, subject)
        for part, subject in asked
        if deliverable.levels.index(_level(now, gate.deliverable, part, subject)) < wanted
    )
    reason = text(
        "{ready} of {asked} at “{level}”",
        ready=len(asked) - len(missing),
        asked=len(asked),
        level=gate.level,
    )
    subject = gate.deliverable if len(gate.parts) > 1 else f"{gate.deliverable}/{gate.parts[0]}"
    return Finding("parts", subject, not missing, reason, missing)


def _level(now: Snapshot, deliverable: str, part: str, subject: str) -> str:
    found = now.state.parts.get((deliverable, part, subject))
    return found.level if found else now.definition.deliverables[deliverable].levels[0]


def part_name(deliverable: str, part: str, subject: str) -> str:
    """Return how a part is written: ``deliverable/part@party``."""
    name = f"{deliverable}/{part}"
    return f"{name}@{subject}" if subject else name


def _in_state(gate: InState, now: Snapshot) -> Finding:
    current = now.state.milestones[gate.milestone]
    there = current.state in gate.states
    last = now.state.last_gated(gate.milestone)
    basis = current.basis or (last.basis if last is not None else None)
    if not there:
        reason = text(
            "it is in “{state}”, not in “{wanted}”", state=current.state, wanted=gate.states
        )
    elif basis is Basis.ATTESTED:
        reason = text("it is in “{state}” on the word of a source: not proved", state=current.state)
    elif basis is Basis.IN_QUESTION:
        reason = text("it is in “{state}”, but that is in question", state=current.state)
    elif last is not None and last.out_of_order:
        reason = text(
            "it is in “{state}”, which rests on entries recorded out of order",
            state=current.state,
        )
    else:
        reason = text("it is in “{state}”", state=current.state)
    holds = there and basis in PROVED
    waiting = () if holds else (gate.milestone,)
    return Finding("milestone", gate.milestone, holds, reason, waiting)


def _date(gate: DateReached, now: Snapshot) -> Finding:
    wanted = gate.date.day
    if wanted is None:
        reason = text("the date is not known yet")
        return Finding("date", "", False, reason, ("date",))
    holds = now.day >= wanted
    reason = (
        text("{date} has come", date=gate.date)
        if holds
        else ntext(
            "{date} is {n} day away",
            "{date} is {n} days away",
            (wanted - now.day).days,
            date=gate.date,
        )
    )
    return Finding(
        "date", wanted.isoformat(), holds, reason, () if holds else (wanted.isoformat(),)
    )


def _past(gate: DuePast, now: Snapshot, party: str | None) -> Finding:
    asked = now.definition.dues[gate.due]
    parties = None
    if party is None:
        parties = parties_with_term(now, asked)
    if parties is not None:
        return _all_past(asked, parties, now)
    due = due_date(now, asked, party or "")
    day = due.deadline
    if day is None:
        reason = text("the date is not known yet")
        return Finding("date", gate.due, False, reason, (gate.due,))
    holds = now.day > day
    reason = (
        text("{date} has gone by", date=due) if holds else text("{date} has not gone by", date=due)
    )
    return Finding("date", gate.due, holds, reason, () if holds else (gate.due,))


def _all_past(due: Due, parties: tuple[str, ...], now: Snapshot) -> Finding:
    """Return the finding whether the terms of all parties have passed, each its own."""
    ends = {party: due_date(now, due, party).deadline for party in parties}
    running = tuple(
        f"{due.ref}@{party}" for party, end in ends.items() if end is None or now.day <= end
    )
    reason = text(
        "{past} of {all} terms have gone by", past=len(ends) - len(running), all=len(ends)
    )
    return Finding("date", due.ref, bool(ends) and not running, reason, running)


# --- joined ------------------------------------------------------------------------------------


def _joined(gate: Joined, now: Snapshot, party: str | None) -> Finding:
    children = tuple(evaluate(inner, now, party) for inner in gate.gates)
    holding = sum(child.holds for child in children)
    holds = holding >= gate.needed
    kind, reason = _how_many(gate, holding)
    return Finding(kind, "", holds, reason, () if holds else _waiting(children), children)


def _how_many(gate: Joined, holding: int) -> tuple[str, Text]:
    """Return the kind of a gate that joins others, and how many of them hold."""
    values = {"holding": holding, "all": len(gate.gates)}
    match gate:
        case AllOf():
            return "all", text("{holding} of {all} hold; all needed", **values)
        case AnyOf():
            return "any", text("{holding} of {all} hold; one needed", **values)
        case AtLeast(needed):
            values["needed"] = needed
            return "at_least", text("{holding} of {all} hold; {needed} needed", **values)


def _not(gate: Not, now: Snapshot, party: str | None) -> Finding:
    child = evaluate(gate.gate, now, party)
    reason = text("what should not be the case is") if child.holds else text("it is not the case")
    return Finding("not", "", not child.holds, reason, (), (child,))


def _slot(gate: Slot, now: Snapshot, party: str | None) -> Finding:
    child = evaluate(gate.gate, now, party)
    reason = text("it holds") if child.holds else text("it does not hold")
    return Finding("slot", gate.name, child.holds, reason, child.waiting_for, (child,))


def _waiting(children: Iterable[Finding]) -> tuple[str, ...]:
    waiting = (name for child in children if not child.holds for name in child.waiting_for)
    return tuple(dict.fromkeys(waiting))


def closed_in(gate: Gate | None, now: Snapshot, party: str | None = None) -> Iterator[Gate]:
    """Yield the innermost gates because of which a gate does not hold."""
    if gate is None or evaluate(gate, now, party).holds:
        return
    match gate:
        case AllOf(gates) | AnyOf(gates) | AtLeast(_, gates):
            for inner in gates:
                yield from closed_in(inner, now, party)
        case Slot(_, inner):
            yield from closed_in(inner, now, party)
        case _:
            yield gate
