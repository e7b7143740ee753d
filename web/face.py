"""How fields and commands are called in a browser: the labels of fields, and what a form does."""

import gettext
from collections.abc import Mapping
from functools import cache

from definitions.language.actions import Action, Blank, Faced, Field
from definitions.language.text import Text, text
from screens.page import catalogue

LABELS: Mapping[str, Text] = {
    "about": text("About"),
    "actor": text("Who you are"),
    "address": text("E-mail address"),
    "allow_unsound": text("Why it starts all the same, though its definition is not sound"),
    "as_of": text("As it stood on"),
    "attested": text("On the word of a source, though the gate is not proved"),
    "body": text("Council, college or board"),
    "date": text("New date"),
    "due": text("Term"),
    "ground": text("Ground"),
    "known_at": text("As recorded by"),
    "language": text("Language of the letters"),
    "level": text("Level"),
    "mailbox": text("Mailbox of a function"),
    "milestone": text("Milestone"),
    "name": text("Name"),
    "note": text("What happened"),
    "on": text("Date"),
    "openness": text("Who may see it"),
    "options": text("Options it names"),
    "out_of_order": text("Why it was decided outside the order"),
    "outcome": text("Outcome"),
    "own_until": text("Own municipality until"),
    "part": text("Part"),
    "party": text("Party"),
    "point": text("Point"),
    "points": text("Points of the answer, one a line"),
    "process": text("Process"),
    "reason": text("Reason"),
    "reference": text("Where it can be found"),
    "remark": text("Remark"),
    "request": text("Question"),
    "result": text("Result"),
    "round": text("Round"),
    "seat": text("Role"),
    "secrecy": text("Ground of secrecy"),
    "seq": text("Entry"),
    "since": text("What has changed since"),
    "signed_by": text("Signed by"),
    "source": text("Where the entry can be found"),
    "subject": text("For which party or group"),
    "task": text("Task"),
    "text": text("Text (its file, or its SHA-256)"),
    "to": text("State it leads to"),
    "trigger": text("Transition"),
    "unnamed_options": text("Number of options it does not name"),
    "until": text("Last day"),
    "value": text("What it reads from now on"),
    "version": text("Version"),
    "votes": text("Votes"),
    "what": text("What is amended"),
    "withdraw": text("Withdraw the entry: it should say nothing"),
    "year": text("Year"),
}
"""What the fields of forms are called."""

TITLES: Mapping[str, Text] = {
    "advance": text("Move a milestone"),
    "amend": text("Amend the process"),
    "answer": text("Record a reply to a point"),
    "correct": text("Correct an entry"),
    "definitions check": text("Check the definition"),
    "deliverable": text("Report a part of a deliverable"),
    "doctor": text("Look at the settings and the database"),
    "due": text("See the terms"),
    "account": text("See the account"),
    "explain": text("See what it waits for"),
    "history": text("See the journal"),
    "join": text("Record that a party joins"),
    "lapse": text("Record that terms have passed in silence"),
    "leave": text("Record that a party leaves"),
    "member add": text("Give a role to somebody"),
    "member end": text("End somebody's role"),
    "member list": text("See who holds which role"),
    "member reach": text("Change where letters go"),
    "note": text("Record a note"),
    "received": text("Record that an answer was received"),
    "record": text("Record a decision"),
    "remind list": text("See the reminders"),
    "replan": text("Move a term"),
    "sent": text("Record that an answer was sent"),
    "start": text("Start a process"),
    "status": text("See where it stands"),
    "task": text("Report a task"),
    "verify": text("Verify the journal"),
}
"""What is done by a command, as the title of its form or the text of a link."""


class Browser:
    """A browser: sentences name fields by their labels, and commands by what they do."""

    def field(self, field: Field, catalogue: gettext.NullTranslations) -> str:
        """Return a field as its label, in quotation marks."""
        label = label_of(field.name).render(catalogue)
        if field.value is None or field.value is True or isinstance(field.value, Blank):
            return f"“{label}”"
        value = field.value
        said = value.render(catalogue) if isinstance(value, Text) else str(value)
        return f"“{label}: {said}”"

    def action(self, action: Action, catalogue: gettext.NullTranslations) -> str:
        """Return a command as the title of its form; sentences that quote it have the marks."""
        return title_of(action.command).render(catalogue)


def label_of(field: str) -> Text:
    """Return the label of a field."""
    return LABELS.get(field) or text("{name}", name=field.replace("_", " "))


def title_of(command: str) -> Text:
    """Return what is done by a command."""
    return TITLES.get(command) or text("{name}", name=command)


@cache
def said_in(language: str) -> gettext.NullTranslations:
    """Return the words of a language, as they are read in a browser."""
    return Faced(catalogue(language), Browser())
