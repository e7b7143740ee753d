"""What proves definitions, with the verdicts that are kept in the user's cache."""

from definitions.proving.kept_verdicts import KeptVerdicts, Prover
from terminal.runtime.setup import Setup


def prover_of(setup: Setup) -> Prover:
    """Return what proves definitions, each once."""
    return Prover(KeptVerdicts(setup.cache()))
