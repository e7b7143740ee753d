"""The names of what ships with the package; reading none of it, so that it costs nothing."""

from collections.abc import Iterator
from importlib.resources import files

FACTS = ".facts"


def shipped() -> tuple[str, ...]:
    """Return the names of the shipped definitions."""
    return tuple(sorted(name for name in names_in("processes") if not name.endswith(FACTS)))


def shipped_with_facts() -> tuple[str, ...]:
    """Return the names of the shipped definitions of which the facts are shipped too."""
    names = (name.removesuffix(FACTS) for name in names_in("processes") if name.endswith(FACTS))
    return tuple(sorted(names))


def names_in(folder: str) -> Iterator[str]:
    """Yield the names of the YAML files in a folder of the package."""
    for entry in files("definitions").joinpath(folder).iterdir():
        if entry.name.endswith(".yaml"):
            yield entry.name.removesuffix(".yaml")
