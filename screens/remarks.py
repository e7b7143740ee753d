"""What a receipt remarks on a decision: that it stands apart from others, or against a source."""

from collections.abc import Iterable, Iterator

from definitions.language.text import text
from definitions.model import Effect
from screens.page import Page
from screens.words import FILE, WHY, names_text
from workflow.model.events import DecisionRecorded
from workflow.model.state import Basis
from workflow.rules.gates import SHORT
from workflow.unit_of_work import Receipt
from workflow.views.status import MilestoneView


def decision_remarks(
    event: DecisionRecorded,
    seq: int,
    receipt: Receipt,
    milestones: Iterable[MilestoneView],
    page: Page,
) -> Iterator[str]:
    """Yield what is to be said of a decision, beside how far its request is.

    Args:
        seq: the entry that says it, or that was corrected.
        milestones: where each milestone stands after it.
    """
    yield from _another_text(event, seq, receipt, page)
    yield from _against_a_source(seq, milestones, page)


def _another_text(event: DecisionRecorded, seq: int, receipt: Receipt, page: Page) -> Iterator[str]:
    """Say on which other texts others decided in this round, and how a slip is mended."""
    others: dict[str, list[str]] = {}
    round_ = (event.milestone, event.request, event.round)
    given = {key[3]: each for key, each in receipt.after.decisions.items() if key[:3] == round_}
    if event.body not in given or given[event.body].effect not in _AGREEING:
        return
    for body, each in given.items():
        if each.effect in _AGREEING and each.text not in (None, event.text):
            others.setdefault(str(each.text), []).append(body)
    if event.text is None or not others:
        return
    for hash_, bodies in others.items():
        names = names_text(bodies)
        said = text("Not the same text as {hash}, of {names}.", hash=hash_[:SHORT], names=names)
        yield page.told(said, 6)
    if not receipt.dry:
        yield page.told(text("If that is a slip:"), 6)
        mended = ("correct", receipt.head.id, str(seq), "--text", FILE, "--reason", WHY)
        yield page.command(*mended, indent=8)


_AGREEING = frozenset({Effect.FOR, Effect.ANSWERED})
"""What is to be on one text; several may well be rejected."""


def _against_a_source(seq: int, milestones: Iterable[MilestoneView], page: Page) -> Iterator[str]:
    """Say which moves that were attested can no longer be proved because of a decision."""
    for milestone in milestones:
        for move in milestone.not_proved:
            out_of_reach = (each.contrary for each in move.missing if not each.reachable)
            against = {each.seq for contrary in out_of_reach for each in contrary}
            if move.basis is Basis.ATTESTED and seq in against:
                said = text(
                    "It contradicts {reference}, on the word of which {milestone} went from "
                    "“{source}” to “{target}”: decisions can no longer prove that.",
                    reference=move.reference,
                    milestone=move.milestone,
                    source=move.source,
                    target=move.target,
                )
                yield page.told(said, 6)
