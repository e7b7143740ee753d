"""Gates in a picture: what must all hold is listed, instead of put between brackets."""

from collections.abc import Iterator, Sequence

from definitions.language.text import Text, text
from definitions.model import AllOf, Gate, Slot
from screens.definitions import gate_text


def terms(gate: Gate | None) -> Iterator[Gate]:
    """Yield the conditions that must all hold."""
    match gate:
        case None:
            return
        case Slot(_, inner):
            yield from terms(inner)
        case AllOf(gates):
            for inner in gates:
                yield from terms(inner)
        case _:
            yield gate


def term_texts(conditions: Sequence[Gate]) -> Iterator[Text]:
    """Yield conditions in the words of ``definitions show``, one by one."""
    for index, each in enumerate(conditions):
        gate = gate_text(each)
        yield text("and {gate}", gate=gate) if index else text("if {gate}", gate=gate)
