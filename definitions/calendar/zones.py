"""Time zones: which a definition may name, and what this machine knows of them.

A definition means the same on every machine. So it names a place that the time zone database lists
(``zone.tab``), or UTC: ``localtime`` is another zone on each machine, and some have ``right/…``.
The list is the one that travels with the program, wherever it runs.
"""

import re
import zoneinfo
from functools import cache
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from definitions.language.errors import MijlpaalError
from definitions.language.text import text

UTC = "UTC"
_ELSEWHERE = re.compile(r"(?:localtime|posixrules|Factory)$|(?:right|posix)(?:/|$)")
"""Names that are no zones of their own: a machine's zone, or variants of one."""


_PLACE = re.compile(r"^[A-Z]{2}\t[^\t\n]+\t([^\t\n]+)", re.MULTILINE)
"""A row of ``zone.tab``: the country, where it is, and the zone."""
_LINK = re.compile(r"^L (\S+) (\S+)$", re.MULTILINE)
"""A row of ``tzdata.zi``: a zone, and another name of it."""
_RELEASE = re.compile(r"# version (\d{4}[a-z]+)", re.ASCII)
_SAME = {"Etc/UTC": UTC, "Etc/GMT": UTC}
_ABBREVIATED = re.compile("[A-Z0-9]+")
"""Abbreviations, which cover many places: CET need not mean Brussels."""


class NoZone(MijlpaalError):
    """This machine has no data on a time zone that a stored definition names.

    Cause: the package ``tzdata`` is missing, or older than the zone. Remedy: install it. Exit
    code 1.
    """

    def __init__(self, name: str) -> None:
        """Say which zone it is."""
        self.name = name
        super().__init__(
            text("This machine has no data on the time zone “{name}”.", name=name),
            advice=text("Install the newest “tzdata” with pip, or the package of the system."),
        )


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone.

    Raises:
        NoZone: this machine has no data on it.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NoZone(name) from None


def has_zone(name: str) -> bool:
    """Return whether this machine has data on a time zone."""
    try:
        zone_of(name)
    except NoZone:
        return False
    return True


@cache
def listed() -> frozenset[str]:
    """Return the zones that a definition may name."""
    return frozenset({UTC, *_PLACE.findall(_data("zone.tab"))})


def is_of_a_machine(name: str) -> bool:
    """Return whether a name means another zone on each machine, or none on some."""
    return _ELSEWHERE.match(name) is not None


def meant_by(name: str) -> str | None:
    """Return the listed zone that an older or another name stands for, where that is known."""
    seen: set[str] = set()
    wanted = re.sub("^(?:right|posix)/", "", name)
    while wanted not in listed() and wanted not in seen:
        seen.add(wanted)
        wanted = _links().get(wanted, "")
    vague = _ABBREVIATED.fullmatch(name) is not None and wanted != UTC
    return wanted if wanted in listed() and not vague else None


@cache
def _links() -> dict[str, str]:
    """Return the zone that each other name stands for."""
    return {name: target for target, name in _LINK.findall(_data("tzdata.zi"))} | _SAME


def _data(name: str) -> str:
    """Return a file of the time zone database: ours, or that of the system where ours is gone."""
    try:
        ours = Path(import_module("tzdata.zoneinfo").__path__[0], name)
        return ours.read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        found = (Path(folder, name) for folder in zoneinfo.TZPATH)
        file = next((each for each in found if each.is_file()), None)
        return "" if file is None else file.read_text(encoding="utf-8")


def release_of(name: str) -> str:
    """Return the release of the data on a zone (“2025b”); empty if it is not stated."""
    for folder in map(Path, zoneinfo.TZPATH):
        if (folder / name).is_file():
            return _release_in(folder)
    try:
        return str(import_module("tzdata").IANA_VERSION)
    except (ModuleNotFoundError, AttributeError):
        return ""


def _release_in(folder: Path) -> str:
    """Return the release of the data in a folder, which its list of rules begins with."""
    try:
        with (folder / "tzdata.zi").open(encoding="utf-8") as rules:
            found = _RELEASE.match(rules.readline())
    except OSError:
        return ""
    return found[1] if found else ""
