"""The start of the program: it checks that its own packages will be imported.

Other distributions may have packages of the same names, and Python imports the first one it finds.
So this module imports nothing of ours before it has checked; for the same reason its few messages
are here, in both languages, and not in the catalogues.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import PathFinder
from pathlib import Path
from typing import NamedTuple, NoReturn

NAMES = ("cli", "definitions", "workflow", "scheduler", "screens", "web", "terminal")
"""The packages that must be imported from beside this file."""
HOME = Path(__file__).absolute().parent
OURS = "mijlpaal"
"""The distribution that all of it belongs to."""


class Intruder(NamedTuple):
    """A foreign module in the place of one of our packages.

    Attributes:
        name: the name of the package.
        file: the file that Python finds under that name; "" if it finds none.
        owner: its distribution with version; "" if it has none.
        by_path: whether PYTHONPATH leads there.
    """

    name: str
    file: str
    owner: str = ""
    by_path: bool = False

    def sentences(self, language: str) -> tuple[str, str]:
        """Return the sentences on an intruder, and its remedy."""
        what, how = _WORDS[language][self._kind]
        folder = _folder_of(self.file) if self.file else ""
        values = {"name": self.name, "file": self.file, "owner": self.owner, "folder": folder}
        return what.format(**values, home=HOME), how.format(**values)

    @property
    def _kind(self) -> str:
        if not self.file:
            return "missing"
        if self.by_path:
            return "path"
        return "owned" if self.owner else "loose"


_WORDS = {
    "en": {
        "missing": (
            "The program's own “{name}” is no longer in {home}.",
            "Install it anew, in an environment of its own (pipx makes one).",
        ),
        "path": (
            "Another “{name}” is in the way: {file}, which PYTHONPATH leads to.",
            "Leave {folder} out of PYTHONPATH.",
        ),
        "owned": (
            "Another “{name}” is in the way: {file}, of {owner}.",
            "Uninstall that here, or give this program an environment of its own (pipx makes one).",
        ),
        "loose": (
            "Another “{name}” is in the way: {file}, which belongs to no installed package.",
            "Take it away, or give this program an environment of its own (pipx makes one).",
        ),
    },
    "nl": {
        "missing": (
            "De eigen “{name}” van het programma staat niet meer in {home}.",
            "Installeer het opnieuw, in een eigen omgeving (pipx maakt die).",
        ),
        "path": (
            "Een andere “{name}” zit in de weg: {file}, gevonden door PYTHONPATH.",
            "Laat {folder} weg uit PYTHONPATH.",
        ),
        "owned": (
            "Een andere “{name}” zit in de weg: {file}, van {owner}.",
            "Verwijder dat hier, of geef dit programma een eigen omgeving (pipx maakt die).",
        ),
        "loose": (
            "Een andere “{name}” zit in de weg: {file}, dat bij geen geïnstalleerd pakket hoort.",
            "Haal het daar weg, of geef dit programma een eigen omgeving (pipx maakt die).",
        ),
    },
}
"""For each language: what is in the way and whose it is, and what to do."""


# --- what is in the way ------------------------------------------------------------------------


def in_front() -> Intruder | None:
    """Return the module that would be imported in the place of one of our packages, if any.

    It runs at every start, and takes a few tenths of a millisecond.
    """
    for name in NAMES:
        found = PathFinder.find_spec(name)
        file = found.origin if found is not None else None
        if file is None:
            return Intruder(name, "")
        if not _is_ours(name, file):
            by_path = _is_on_pythonpath(_folder_of(file))
            return Intruder(name, file, "" if by_path else _owner_of(file), by_path)
    return None


def among_ours() -> Intruder | None:
    """Return a file that another distribution wrote where ours has one too; None without one.

    Whichever was installed last has it now. This reads what each distribution says that it
    installed: it is for when something went wrong, or somebody asks whether all is well.
    """
    ours: set[Path] = set()
    theirs: dict[Path, str] = {}
    for owner, file in _installed():
        if owner.partition(" ")[0] == OURS:
            ours.add(file)
        else:
            theirs.setdefault(file, owner)
    for file in sorted(each for each in ours & theirs.keys() if each.is_relative_to(HOME)):
        name = str(file.relative_to(HOME)).partition(os.sep)[0].removesuffix(".py")
        return Intruder(name, str(file), theirs[file])
    return None


def _is_ours(name: str, file: str) -> bool:
    """Return whether a file is ours of that name, by whichever way Python found it."""
    ours = HOME / ("cli.py" if name == "cli" else f"{name}/__init__.py")
    return file == str(ours) or (ours.exists() and ours.samefile(file))


def _folder_of(file: str) -> str:
    """Return the folder in which Python found a module, or the package of an ``__init__.py``."""
    found = Path(file)
    return str(found.parents[found.name == "__init__.py"])


def _is_on_pythonpath(folder: str) -> bool:
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return Path(folder).absolute() in [Path(each).absolute() for each in named if each]


def _owner_of(file: str) -> str:
    return next((owner for owner, each in _installed() if each == Path(file)), "")


def _installed() -> Iterator[tuple[str, Path]]:
    """Yield the files installed under our names, each with its distribution."""
    # Imported only when there is an intruder to name.
    import csv  # noqa: PLC0415
    from importlib.metadata import distributions  # noqa: PLC0415

    tops = {*NAMES, "cli.py"}
    for each in distributions():
        for row in csv.reader((each.read_text("RECORD") or "").splitlines()):
            if row and row[0].partition("/")[0] in tops:
                owner = f"{each.metadata['Name']} {each.version}"
                yield owner, Path(str(each.locate_file(row[0]))).absolute()


# --- the start ---------------------------------------------------------------------------------


def main() -> NoReturn:
    """Run the program, or say what keeps it from being run."""
    found = in_front()
    if found is None:
        try:
            from cli import main as run  # noqa: PLC0415 - not before we looked whose it is
        except Exception:  # a foreign file among ours can break in any way; else it is raised again
            found = among_ours()
            if found is None:
                raise
        else:
            run()
    if "_MIJLPAAL_COMPLETE" not in os.environ:
        what, how = found.sentences(_language(sys.argv[1:], os.environ))
        print(f"{OURS}: {what}\n{how}", file=sys.stderr)  # noqa: T201 - nothing else can say it
    sys.exit(1)


def _language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that is asked for, as the program itself would find it."""
    asked = ""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        name, _, value = word.partition("=")
        asked = (value or following) if name == "--lang" else asked
    named = ("MIJLPAAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = [asked, *(environment.get(each, "") for each in named)]
    return "nl" if next(filter(None, wanted), "").lower().startswith(("nl", "dutch")) else "en"


if __name__ == "__main__":
    main()
