"""Facts files: dated, sourced facts that ``replay`` records, each as the command it means."""

from collections.abc import Iterator, Sequence
from datetime import date

from definitions.calendar.dates import PartialDate, parse_date
from definitions.faults import Position
from definitions.language.text import Text, text
from definitions.loading import read_shape
from definitions.schema import Fact, FactsFile
from workflow.model.commands import (
    AddNote,
    Advance,
    FollowUp,
    Join,
    Leave,
    Ordinary,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)
from workflow.model.events import About, about_of
from workflow.model.state import Step
from workflow.model.story import DatedFact, Scene, Story


def read_facts(file: str, content: bytes) -> Story:
    """Read a facts file.

    Args:
        file: its name, for the faults.
        content: its bytes.

    Raises:
        DefinitionInvalid: with every fault of its form.
    """
    data, positions = read_shape(content, file, FactsFile)
    shape = FactsFile.model_validate(data)
    facts = [
        DatedFact(
            f"fact:{fact.id}",
            _command(fact, shape.notes),
            _label(fact, file, positions[("facts", index)]),
        )
        for index, fact in enumerate(shape.facts)
    ]
    return Story(shape.process, tuple(_in_order(facts)), tuple(_scenes(shape)))


def _in_order(facts: Sequence[DatedFact]) -> list[DatedFact]:
    """Return facts in the order of their dates; those without one come last.

    A decision of an unknown day keeps its place after the fact that stands before it in the file.
    """
    days: dict[str, date] = {}
    before = date.max
    for fact in facts:
        day = fact.command.on.day
        stays = day is None and isinstance(fact.command, Record)
        days[fact.key] = before if stays else day or date.max
        before = day or before
    return sorted(facts, key=lambda each: days[each.key])


def _scenes(shape: FactsFile) -> Iterator[Scene]:
    for each in shape.scenes:
        day, days = parse_date(each.as_of).day, parse_date(each.remind or "unknown")
        span = (days.opening_day, days.day)
        told = (span[0], span[1]) if span[0] is not None and span[1] is not None else None
        if day is not None:
            yield Scene(day, each.explain, each.due, told)


def _label(fact: Fact, file: str, place: Position) -> Text:
    return text("{file}:{line}: fact “{id}”", file=file, line=place.line, id=fact.id)


def _command(fact: Fact, notes: str | None) -> Ordinary:
    """Return the command that a fact means.

    Args:
        notes: who may see notes that do not say so.
    """
    on = parse_date(fact.on)
    match fact.kind:
        case "advance":
            return _advance(fact, on)
        case "record":
            return _record(fact, on)
        case "sent":
            return _follow_up(fact, on, Step.SENT, fact.sent)
        case "received":
            return _follow_up(fact, on, Step.RECEIVED, fact.received)
        case "answer":
            return _follow_up(fact, on, Step.REPLIED, fact.answer)
        case "replan":
            date_, reason = parse_date(str(fact.date)), str(fact.reason)
            return Replan(str(fact.replan), date_, reason, on, fact.source, fact.note)
        case "join":
            return Join(str(fact.join), str(fact.reason), on, fact.source, fact.note)
        case "leave":
            return Leave(str(fact.leave), str(fact.reason), on, fact.source, fact.note)
        case "task":
            return _task(fact, on)
        case "deliverable":
            return _part(fact, on)
        case _:
            openness = fact.openness or (notes if fact.secrecy is None else None)
            return AddNote(fact.note or "", on, fact.source, _about(fact), openness, fact.secrecy)


def _advance(fact: Fact, on: PartialDate) -> Advance:
    return Advance(
        milestone=str(fact.advance),
        on=on,
        trigger=fact.trigger,
        to=fact.to,
        attested=fact.attested,
        reference=fact.source,
        remark=fact.note,
    )


def _record(fact: Fact, on: PartialDate) -> Record:
    return Record(
        milestone=str(fact.record),
        body=str(fact.body),
        outcome=str(fact.outcome),
        on=on,
        request=fact.request,
        votes=fact.votes,
        reference=fact.source,
        ground=fact.ground,
        options=tuple(fact.options),
        unnamed_options=fact.unnamed_options,
        points=tuple(fact.points),
        signed_by=tuple(fact.signed_by),
        out_of_order=fact.out_of_order,
        remark=fact.note,
        round=fact.round,
        openness=fact.openness,
        secrecy=fact.secrecy,
    )


def _task(fact: Fact, on: PartialDate) -> ReportTask:
    return ReportTask(
        task=str(fact.task),
        result=str(fact.result),
        on=on,
        subject=fact.for_,
        reference=fact.source,
        out_of_order=fact.out_of_order,
        remark=fact.note,
        year=fact.year,
        round=fact.round,
        openness=fact.openness,
    )


def _part(fact: Fact, on: PartialDate) -> ReportPart:
    return ReportPart(
        part=str(fact.deliverable),
        level=str(fact.level),
        on=on,
        subject=fact.for_,
        reference=fact.source,
        version=fact.version,
        remark=fact.note,
        openness=fact.openness,
        secrecy=fact.secrecy,
    )


def _follow_up(fact: Fact, on: PartialDate, step: Step, milestone: str | None) -> FollowUp:
    return FollowUp(
        milestone=str(milestone),
        body=str(fact.body),
        step=step,
        on=on,
        request=fact.request,
        point=fact.point,
        reference=fact.source,
        remark=fact.note,
        round=fact.round,
        openness=fact.openness,
    )


def _about(fact: Fact) -> About:
    return fact.about if fact.about is None or isinstance(fact.about, str) else about_of(fact.about)
