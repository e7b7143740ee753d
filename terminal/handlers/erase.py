"""Forgetting a person: in the database, and in the folders that letters were put in."""

from collections.abc import Sequence
from typing import Any

from terminal.handlers.remind import settings_of
from terminal.runtime.setup import Setup


def erased(setup: Setup, name: str, *, dry: bool) -> Any:
    """Forget a person wherever this installation wrote their name; return what was reached."""
    from scheduler.mail.erasing import take_out_of
    from workflow.people import Filed, erase

    mail = settings_of(setup).mail
    own = mail.folder or mail.own_folder

    def files(gone: Any, folders: Sequence[str], dry: bool) -> Sequence[Any]:
        known = [*folders, *([str(own)] if own.is_dir() else [])]
        found = list(take_out_of(known, gone, dry=dry))
        named = [each for each in ("sender", "sender_name") if gone.is_in(getattr(mail, each))]
        if named:
            found.append(Filed("settings", 0, tuple(f"mail.{each}" for each in named)))
        return found

    with setup.engine() as engine:
        return erase(engine, name, setup.asker, dry=dry, files=files)
