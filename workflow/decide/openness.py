"""Who may see what is recorded, and what is left out of it under secrecy."""

from dataclasses import replace

from definitions.language.actions import Field
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from workflow.decide.case import Case
from workflow.model.commands import AddNote, Ordinary, Record, ReportPart
from workflow.model.events import names_in
from workflow.model.openness import Audience, Openness
from workflow.rules.refusals import Missing, Refused


class NotOurs(Refused):
    """Something is kept to a party by somebody who has no seat of that party."""

    def __init__(self, party: str) -> None:
        """Take the party."""
        super().__init__(
            text("Only a seat of {party} can keep this to {party}.", party=party)
            if party
            else text("This is of no party, so it cannot be kept to one."),
            advice=text(
                "Record it as {internal}, for everybody with a seat in the process; or leave it "
                "to that party.",
                internal=Field("openness"),
            ),
        )


def openness_for(
    case: Case, asked: str | None, party: str, *, on_behalf: bool = False
) -> str | None:
    """Return who may see an entry, as the entry has it; None for what is usual.

    Args:
        asked: as the command has it.
        party: the party whose entry it is; empty where it is of none.
        on_behalf: it is recorded by somebody else, on the word of a source.

    Raises:
        InvalidValue: there is no such openness.
        NotOurs: it is to be one party's own, and is not, or is recorded by somebody else.
    """
    if asked is None:
        return None
    try:
        found = Openness.asked_for(asked, party)
    except ValueError:
        raise InvalidValue(
            text("“{asked}” does not say who may see it.", asked=asked),
            advice=text("It is public, internal, or own; own until a day: “own 2026-03-01”."),
            field="openness",
        ) from None
    if found.audience is Audience.OWN and (party not in case.definition.parties or on_behalf):
        raise NotOurs(party if party in case.definition.parties else "")
    return str(found)


def check_secrecy(command: Record | ReportPart | AddNote) -> None:
    """Refuse what is under secrecy with any of its content, or without its ground.

    Of what is secret the fact, the body that said so and the ground may be recorded, never the
    content (Gemeentewet 25, 55 and 86; since 1 April 2023, 87 to 89).

    Raises:
        Missing: no ground is given, or nobody who imposed it; or a note says nothing.
        InvalidValue: it has content.
    """
    if command.secrecy is None:
        if isinstance(command, AddNote) and not command.note.strip():
            raise Missing(text("The note is empty."), field="note")
        return
    if not command.secrecy.strip():
        raise Missing(
            text("Secrecy has a ground."),
            advice=text("Give the article and the interest on which it was imposed."),
            field="secrecy",
        )
    match command:
        case AddNote():
            _refuse_content(command.note, "note", text("a note"))
            if not names_in(command.about):
                raise Missing(
                    text("Who imposed the secrecy?"),
                    advice=text("Name the body with {field}.", field=Field("about")),
                    field="about",
                )
        case Record():
            _refuse_content(command.points, "points", text("points"))
            _refuse_content(command.options, "options", text("options"))
            _refuse_content(command.unnamed_options, "unnamed_options", text("options"))
            _refuse_content(command.ground, "ground", text("a ground of the decision itself"))
            _refuse_content(command.remark, "remark", text("a remark"))
        case ReportPart():
            _refuse_content(command.version, "version", text("the name of a version"))
            _refuse_content(command.remark, "remark", text("a remark"))


def without_content(command: Ordinary) -> Ordinary:
    """Return a command without what says something of the content of what it records."""
    match command:
        case AddNote():
            return replace(command, note="")
        case Record():
            return replace(
                command, points=(), options=(), unnamed_options=None, ground=None, remark=None
            )
        case ReportPart():
            return replace(command, version=None, remark=None)
        case _:
            return command


def _refuse_content(value: object, field: str, what: Text) -> None:
    if value:
        raise InvalidValue(
            text("Under secrecy nothing of the content is recorded: this has {what}.", what=what),
            advice=text("Leave it out: the fact, who imposed it and its ground are what is kept."),
            field=field,
        )
