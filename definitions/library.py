"""The definitions and party files that ship with the package, and those a user has."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from definitions.files import read_file, read_named
from definitions.language.errors import NotFound
from definitions.language.naming import did_you_mean
from definitions.language.text import text
from definitions.loading import PartySource, load_definition
from definitions.model import Definition
from definitions.shipped import FACTS, names_in, shipped, shipped_folder, shipped_with_facts

__all__ = ["facts_file", "open_definition", "shipped", "shipped_parties", "shipped_with_facts"]


def open_definition(name: str, parameters: Mapping[str, str] | None = None) -> Definition:
    """Load a shipped definition by its name, or any definition by the path of its file.

    Args:
        name: which one.
        parameters: the values of its parameters, as they were typed.

    Raises:
        NotFound: neither exists.
        DefinitionInvalid: it has faults.
    """
    if name in shipped():
        path = _resource("processes", name)
        return load_definition(path.read_bytes(), f"{name}.yaml", shipped_parties, parameters)
    content = _user_file(name, shipped())
    return load_definition(content, name, _parties_beside(Path(name).parent), parameters)


def facts_file(name: str) -> tuple[str, bytes]:
    """Return the file name and content of a facts file, shipped or a user's own.

    Args:
        name: the id of a shipped process, or a path.

    Raises:
        NotFound: neither exists.
    """
    known = shipped_with_facts()
    if name in known:
        return f"{name}{FACTS}.yaml", _resource("processes", f"{name}{FACTS}").read_bytes()
    return name, _user_file(name, known)


def _user_file(name: str, known: Sequence[str]) -> bytes:
    try:
        return read_named(name)
    except FileNotFoundError:
        raise NotFound(
            text("There is no file “{name}”, and nothing shipped has that name.", name=name),
            advice=did_you_mean(name, known),
        ) from None


def _parties_beside(folder: Path) -> PartySource:
    """Return a source of party files: next to the definition first, then those shipped."""

    def find(name: str) -> tuple[str, bytes]:
        path = folder / f"{name}.yaml"
        with suppress(FileNotFoundError):
            return str(path), read_file(path)
        return shipped_parties(name)

    return find


def shipped_parties(name: str) -> tuple[str, bytes]:
    """Return the file name and content of a shipped party file.

    Raises:
        NotFound: there is no such name.
    """
    known = list(names_in("parties"))
    if name in known:
        return f"{name}.yaml", _resource("parties", name).read_bytes()
    raise NotFound(
        text("There is no party file “{name}”.", name=name), advice=did_you_mean(name, known)
    )


def _resource(folder: str, name: str) -> Path:
    return shipped_folder(folder).joinpath(f"{name}.yaml")
