"""Forgetting a person: in the database, and in the folders that letters were put in."""

from collections.abc import Sequence

from definitions.language.text import text
from scheduler.mail.erasing import erase_from_folders
from screens.erased import erased, erased_view
from terminal.handlers.mailing import settings_of
from terminal.runtime.open_engine import engine_of
from terminal.runtime.output import answering, say, say_as_json
from terminal.runtime.setup import Setup
from workflow.model.person import Called
from workflow.people import Erased, Filed, erase
from workflow.rules.redacting import Forgotten


def erase_person(setup: Setup, name: str, *, dry: bool) -> None:
    """Forget a person, and print what was reached."""
    found = _erased(setup, name, dry=dry)
    with answering(None if dry else text("The name and the address are forgotten.")):
        if setup.as_json:
            say_as_json(setup, "member-erase", erased_view(found, dry=dry))
        else:
            say(erased(found, setup.page, dry=dry))


def _erased(setup: Setup, name: str, *, dry: bool) -> Erased:
    """Forget a person wherever this installation wrote their name; return what was reached."""
    mail = settings_of(setup).mail
    own = mail.folder or mail.own_folder
    written = {"sender": mail.sender, "sender_name": mail.sender_name}

    def files(gone: Forgotten, folders: Sequence[str], dry: bool) -> Sequence[Filed]:
        known = [*folders, *([str(own)] if own.is_dir() else [])]
        found = list(erase_from_folders(known, gone, dry=dry))
        named = [f"mail.{each}" for each, value in written.items() if gone.is_in(value)]
        if named:
            found.append(Filed("settings", 0, tuple(named)))
        return found

    with engine_of(setup) as engine:
        return erase(engine, Called(name), setup.asker, dry=dry, files=files)
