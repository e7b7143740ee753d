"""Where things are in a browser: the addresses of pages, and of the forms of commands."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from definitions.language.actions import Action, Blank
from definitions.language.text import Text

PROCESSES = "/trajecten"
ACT = "vastleggen"
"""The part of an address under which the forms of a process lie."""

SLUGS: Mapping[str, str] = {
    "advance": "overgang",
    "amend": "aanpassing",
    "answer": "reactie",
    "correct": "correctie",
    "deliverable": "stuk",
    "join": "toetreding",
    "lapse": "termijn-verstreken",
    "leave": "uittreding",
    "member add": "functie",
    "member end": "functie-einde",
    "note": "aantekening",
    "received": "ontvangen",
    "record": "besluit",
    "replan": "termijn",
    "sent": "verzonden",
    "task": "taak",
}
"""The last part of the address of a form, by its command."""

PAGES: Mapping[str, str] = {
    "account": "feitenrelaas",
    "due": "termijnen",
    "history": "logboek",
    "member list": "mensen",
    "remind list": "herinneringen",
    "status": "",
}
"""The last part of the address of a page of a process, by the query that it answers."""


def process_path(process: str, *parts: str) -> str:
    """Return the address of a page of a process."""
    return "/".join((PROCESSES, *(quote(each, safe="") for each in (process, *parts) if each)))


def milestone_path(process: str, milestone: str) -> str:
    """Return the address of the page of a milestone."""
    return process_path(process, "mijlpalen", milestone)


def entry_path(process: str, seq: int, days: str = "") -> str:
    """Return the address of an entry in the journal.

    Args:
        days: the days as the end of an address, of a page that looks back.
    """
    path = process_path(process, PAGES["history"])
    return f"{path}{days}{'&' if days else '?'}tot={seq}#regel-{seq}"


def outside(reference: str | None) -> str:
    """Return a reference that is an address in the world; empty of any other, which is inert."""
    found = reference or ""
    return found if found.startswith(("https://", "http://")) and " " not in found else ""


def act_path(process: str, command: str, **given: str | None) -> str:
    """Return the address of the form of a command, with the fields that are filled in."""
    path = process_path(process, ACT, SLUGS[command])
    fields = {name: value for name, value in given.items() if value}
    return f"{path}?{urlencode(fields)}" if fields else path


def path_of(action: Action) -> str | None:
    """Return the address at which a command is given or a query answered; None if nowhere."""
    values = action.values
    process = values.get("process")
    if not isinstance(process, str) or not process:
        return PROCESSES if action.command == "status" else None
    given = {name: _filled(value) for name, value in action.given if name != "process"}
    if action.command in SLUGS:
        return act_path(process, action.command, **given)
    if action.command == "explain":
        milestone = given.get("milestone")
        return milestone_path(process, milestone) if milestone else None
    if action.command in PAGES:
        return process_path(process, PAGES[action.command])
    return None


def _filled(value: str | Text | Blank | bool) -> str | None:
    """Return a value as a form has it; None where it is still to be filled in."""
    match value:
        case str():
            return value
        case True:
            return "on"
        case _:
            return None
