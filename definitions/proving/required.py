"""What has to hold for a gate to hold, whatever else does."""

from collections.abc import Iterator

from definitions.model import AllOf, AnyOf, AtLeast, Gate, Slot


def required_in(gate: Gate | None) -> Iterator[Gate]:
    """Yield the gates inside a gate without which it never holds.

    Of one that takes some of several, that is none of them, unless it takes all.
    """
    match gate:
        case None:
            return
        case AllOf(gates) | AnyOf(gates) | AtLeast(_, gates):
            if gate.needed >= len(gates):
                for inner in gates:
                    yield from required_in(inner)
        case Slot(_, inner):
            yield from required_in(inner)
        case _:
            yield gate
