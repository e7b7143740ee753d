"""What travels with the program, as files to start from: definitions, facts and examples."""

from definitions.language.errors import NotFound
from definitions.language.naming import did_you_mean
from definitions.language.text import text
from definitions.language.values import dataclass
from definitions.library import shipped_parties
from definitions.loading import load_definition, read_shape
from definitions.model import Definition
from definitions.schema import FactsFile
from definitions.shipped import FACTS, YAML, example_files, examples, shipped, shipped_folder


@dataclass(frozen=True, slots=True)
class Export:
    """The files that are exported under one name, as they were shipped, to the byte.

    Attributes:
        definition: the name of the definition's own file; None where it is no definition.
        parties: the names of the party files that it uses; other definitions may use them too.
        facts: the names of the files that can be replayed, each by itself.
        files: the content of every file, by its name.
    """

    definition: str | None
    parties: tuple[str, ...]
    facts: tuple[str, ...]
    files: dict[str, bytes]


def exportable() -> tuple[str, ...]:
    """Return every name that can be exported."""
    return (*shipped(), *examples(), *example_files())


def export_of(name: str) -> Export:
    """Return the files of a shipped definition, or of an example.

    Those of a definition are its own file, the party files that it uses, and what is known of how
    such a process went.

    Args:
        name: one of ``exportable``.

    Raises:
        NotFound: nothing that is shipped has that name.
    """
    if name in example_files():
        content = shipped_folder("examples").joinpath(name).read_bytes()
        return Export(None, (), (), {name: content})
    if name not in {*shipped(), *examples()}:
        raise NotFound(
            text("No shipped definition or example is called “{name}”.", name=name),
            advice=did_you_mean(name, exportable()),
        )
    own, facts = f"{name}{YAML}", _facts_of(name)
    _, used = _opened(name)
    return Export(own, tuple(used), tuple(facts), {own: _content(name), **used, **facts})


def open_example(name: str) -> Definition:
    """Load a definition that is an example of the documentation.

    Args:
        name: one of ``examples``.
    """
    definition, _ = _opened(name)
    return definition


def _opened(name: str) -> tuple[Definition, dict[str, bytes]]:
    """Return a definition, and the party files that were read for it."""
    used: dict[str, bytes] = {}

    def find(parties: str) -> tuple[str, bytes]:
        file, content = shipped_parties(parties)
        used[file] = content
        return file, content

    return load_definition(_content(name), f"{name}{YAML}", find), used


def _content(name: str) -> bytes:
    return shipped_folder(_folder_of(name)).joinpath(f"{name}{YAML}").read_bytes()


def _folder_of(name: str) -> str:
    return "processes" if name in shipped() else "examples"


def _facts_of(name: str) -> dict[str, bytes]:
    """Return the facts files of a process, by name; an example may have several."""
    found: dict[str, bytes] = {}
    folder = shipped_folder(_folder_of(name))
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(f"{FACTS}{YAML}"):
            content = file.read_bytes()
            shape, _ = read_shape(content, file.name, FactsFile)
            found |= {file.name: content} if shape["process"] == name else {}
    return found
