"""Compiles the catalogues: as a hook when hatchling builds, or run by itself.

Hatchling loads this file alone, so it imports nothing of ours.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path("screens") / "locale"
BEFORE = datetime(2021, 1, 1, tzinfo=UTC)
"""A date for the header of every compiled file: the same source gives the same bytes."""


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles every catalogue before a wheel, an sdist or an editable install is made."""

    def initialize(self, version: str, build_data: object) -> None:  # noqa: ARG002 - hatchling's
        """Compile."""
        compile_all(Path(self.root))


def compile_all(root: Path) -> None:
    """Compile every catalogue in a tree."""
    for source in sources(root):
        with source.open("rb") as written:
            catalogue = read_po(written)
        catalogue.creation_date = catalogue.revision_date = BEFORE
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


def sources(root: Path) -> Iterator[Path]:
    """Yield the catalogues of a tree."""
    yield from sorted((root / LOCALE).rglob("*.po"))


if __name__ == "__main__":
    compile_all(Path(__file__).parents[1])
