"""Recording that the terms of silent bodies have passed."""

from terminal.handlers.entries import key_for, print_receipt
from terminal.runtime.open_engine import engine_of
from terminal.runtime.setup import Setup


def let_lapse(
    setup: Setup, process: str, reference: str | None, key: str | None, *, dry: bool
) -> None:
    """Record, of every body that is silent, that its term has passed."""
    with engine_of(setup) as engine:
        once = key_for(setup, engine, key, dry=dry)
        receipt = engine.lapse(process, setup.asker, reference, key=once, dry=dry)
        print_receipt(setup, engine, receipt)
