"""Verdicts that are kept in a folder, since a proof takes longer than what asks for it."""

from collections.abc import Callable, Collection
from pathlib import Path
from time import time as seconds_now

from definitions.canonical_json import canonical, sha256_of
from definitions.in_force import without_parties
from definitions.kept_files import Shelf
from definitions.language.values import replace
from definitions.model import Definition
from definitions.proving import verdict
from definitions.proving.verdict import CHECKER, Verdict

FOLDER = "verdicts"
"""The folder of verdicts, in that of the compiled definitions."""

Prove = Callable[[Definition], Verdict]
"""Returns the verdict on a definition."""


class KeptVerdicts:
    """The verdicts in a folder, by the hash of the definition.

    That of another checker, or of another version of the program, is none.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = seconds_now) -> None:
        """Take the folder of the compiled definitions.

        Args:
            folder: in which the folder of verdicts is, or is made.
            clock: the present, in seconds, as files have it.
        """
        self._shelf = Shelf(folder / FOLDER, Verdict, vars(verdict).values(), clock)

    def get(self, sha256: str) -> Verdict | None:
        """Return the verdict on the definition that has a hash, where it is kept."""
        found = self._shelf.get(sha256)
        if found is None or found.sha256 != sha256 or found.checker != CHECKER:
            return None
        return found

    def put(self, found: Verdict) -> None:
        """Keep a verdict, where that can be done."""
        self._shelf.put(found.sha256, found)


def as_changed(definition: Definition, gone: Collection[str] = ()) -> Definition:
    """Return a definition as those take part who joined, and not those who left.

    It has a hash of its own, so that a verdict on it is not taken for one on the definition.

    Args:
        definition: the one in force.
        gone: the parties that left.
    """
    if not gone and not definition.joined:
        return definition
    who = [definition.sha256, *sorted(definition.joined), "", *sorted(gone)]
    return replace(without_parties(definition, gone), sha256=sha256_of(canonical(who)))


class Prover:
    """Proves definitions, each once: what is kept is not proved again."""

    def __init__(self, kept: KeptVerdicts, prove: Prove | None = None) -> None:
        """Take where verdicts are kept.

        Args:
            kept: the verdicts that were found before.
            prove: finds one; None for the proof itself.
        """
        self._kept = kept
        self._prove = prove

    def __call__(self, definition: Definition) -> Verdict:
        """Return the verdict on a definition: the one that is kept, or a new one."""
        return self._kept.get(definition.sha256) or self.anew(definition)

    def anew(self, definition: Definition) -> Verdict:
        """Prove a definition, also where a verdict on it is kept, and keep the new one."""
        found = self._found(definition)
        self._kept.put(found)
        return found

    def briefly(self, definition: Definition, limit: int) -> Verdict:
        """Return the verdict on a definition for which somebody waits.

        It is not kept where the limit was too low for some of it.

        Args:
            limit: as of a proof: it is counted, and not timed.
        """
        kept = self._kept.get(definition.sha256)
        if kept is not None:
            return kept
        found = self._found(definition, limit)
        if not found.unproved:
            self._kept.put(found)
        return found

    def _found(self, definition: Definition, limit: int | None = None) -> Verdict:
        if self._prove is not None:
            return self._prove(definition)
        # Imported lazily: where a verdict is kept, nothing is proved.
        from definitions.proving.proof import prove  # noqa: PLC0415

        return prove(definition) if limit is None else prove(definition, limit)
