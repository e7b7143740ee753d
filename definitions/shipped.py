"""The names of the shipped files, which are not read, so that this takes no time."""

from collections.abc import Iterator
from pathlib import Path

FACTS = ".facts"
YAML = ".yaml"


def shipped() -> tuple[str, ...]:
    """Return the names of the shipped definitions."""
    return tuple(sorted(name for name in names_in("processes") if not name.endswith(FACTS)))


def shipped_with_facts() -> tuple[str, ...]:
    """Return the names of the shipped definitions of which the facts are shipped too."""
    names = (name.removesuffix(FACTS) for name in names_in("processes") if name.endswith(FACTS))
    return tuple(sorted(names))


def examples() -> tuple[str, ...]:
    """Return the names of the definitions that are examples of the documentation."""
    return tuple(sorted(name for name in names_in("examples") if not name.endswith(FACTS)))


def example_files() -> tuple[str, ...]:
    """Return the names of the examples that are no definition and no facts: scripts, settings."""
    found = (each.name for each in shipped_folder("examples").iterdir() if each.is_file())
    return tuple(sorted(name for name in found if not name.endswith(YAML)))


def names_in(folder: str) -> Iterator[str]:
    """Yield the names of the YAML files in a folder that is shipped."""
    for entry in shipped_folder(folder).iterdir():
        if entry.name.endswith(YAML):
            yield entry.name.removesuffix(YAML)


def shipped_folder(folder: str) -> Path:
    """Return a folder that is shipped: ``processes``, ``parties`` or ``examples``.

    The examples are files of the documentation: in a checkout they lie there, and an installed
    program has them beside its definitions.
    """
    # By where this file lies: importing importlib.resources takes a tenth of the tab key.
    own = Path(__file__).parent
    found = own / folder
    in_a_checkout = folder == "examples" and not found.is_dir()
    return own.parent / "docs" / folder if in_a_checkout else found
