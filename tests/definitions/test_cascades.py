"""What entering a state sets off: what of it is refused, where, and what would help."""

from pathlib import Path

import pytest

from definitions.faults import DefinitionInvalid
from definitions.loading import load_definition
from tests.support.definitions import no_parties

WRITTEN = Path("docs/examples/ontvlechting.yaml").read_text(encoding="utf-8")
SETS_OFF = "uitgetreden: {stops: groeiplan, leaves: zuid, joins: noord}"


def fault(old: str, new: str) -> tuple[int, str, str]:
    """Return the line, the sentence and the advice of the first fault of a changed definition."""
    assert old in WRITTEN
    with pytest.raises(DefinitionInvalid) as caught:
        load_definition(WRITTEN.replace(old, new, 1).encode(), "f.yaml", no_parties)
    found = caught.value.faults[0]
    assert found.position is not None
    return found.position.line, str(found.sentence), str(found.advice or "")


LINE = WRITTEN[: WRITTEN.index(SETS_OFF)].count("\n") + 1


@pytest.mark.parametrize(
    ("written", "sentence", "advice"),
    [
        (
            "uitgetreden: {stops: groeiplam}",
            "There is no milestone “groeiplam”.",
            "Did you mean “groeiplan”?",
        ),
        (
            "uitgetreden: {stops: uittreding}",
            "“uittreding” would stop itself.",
            "Name another milestone, or leave it out.",
        ),
        (
            "uitgetreden: {stops: groeiplan.vastgesteld}",
            "“groeiplan” is not given up in “vastgesteld”.",
            "Name a state under “bad”: gestopt.",
        ),
        (
            "uitgetreden: {stops: groeiplan.gestort}",
            "There is no state “gestort”.",
            "Did you mean “gestopt”?",
        ),
        ("uitgetreden: {leaves: zuit}", "There is no party “zuit”.", "Did you mean “zuid”?"),
        (
            "uitgetreden: {joins: oost}",
            "There is no party that may join “oost”.",
            "There are: noord.",
        ),
        (
            "uitgetreden: {leaves: noord, joins: noord}",
            "“noord” would leave and join at once.",
            "Leave out one of the two.",
        ),
        (
            "aangekondigd: {stops: groeiplan}",
            "“uittreding” begins in “aangekondigd”: it is never entered.",
            "Name a state that a transition leads to.",
        ),
        ("uitgetredem: {leaves: zuid}", "There is no state “uitgetredem”.", ""),
    ],
)
def test_what_cannot_be_set_off_is_refused(written: str, sentence: str, advice: str) -> None:
    """At its place, with what was probably meant."""
    line, said, helps = fault(SETS_OFF, written)
    assert (LINE, sentence) == (line, said)
    assert advice in helps


def test_what_cannot_be_stopped_from_everywhere_is_not() -> None:
    """Somewhere it has no way out that is taken when named and asks nothing."""
    _, said, helps = fault(
        "stoppen: {from: [voorbereiding, bij-de-raden], to: gestopt",
        "stoppen: {from: voorbereiding, to: gestopt",
    )
    assert "“groeiplan” cannot be stopped from everywhere: not from bij-de-raden." == said
    assert "explicit, and without a gate" in helps


def test_a_stop_that_could_mean_two_states_names_one() -> None:
    """The state stands behind the milestone then."""
    two = WRITTEN.replace("bad: [gestopt]}", "bad: [gestopt, opgegeven]}").replace(
        "vastgesteld, gestopt]\n    final", "vastgesteld, gestopt, opgegeven]\n    final"
    )
    two = two.replace(
        "to: gestopt, explicit: true, permission: stop}",
        "to: gestopt, explicit: true, permission: stop}\n"
        "      opgeven: {from: [voorbereiding, bij-de-raden], to: opgegeven, explicit: true}",
    )
    with pytest.raises(DefinitionInvalid) as caught:
        load_definition(two.encode(), "f.yaml", no_parties)
    first = caught.value.faults[0]
    assert "“groeiplan” can be given up in more than one state." == str(first.sentence)
    assert "Name one: groeiplan.gestopt, groeiplan.opgegeven." == str(first.advice)
    named = two.replace("stops: groeiplan,", "stops: groeiplan.opgegeven,").replace(
        "stops: [afbouwplan]", "stops: [afbouwplan.gestopt]"
    )
    read = load_definition(named.encode(), "f.yaml", no_parties)
    entering = read.milestones["uittreding"].entering
    assert (("groeiplan", "opgegeven"),) == entering["uitgetreden"].stops


def test_a_circle_is_refused_once_with_its_way() -> None:
    """Whichever of its states is entered first."""
    line, said, helps = fault(
        "  afbouwplan:\n    title: {nl: Afbouwplan, en: Plan to wind down}\n",
        "  afbouwplan:\n    title: {nl: Afbouwplan, en: Plan to wind down}\n"
        "    entering: {gestopt: {stops: uittreding}}\n",
    )
    assert LINE + 1 == line
    assert (
        "This sets off itself: "
        "uittreding.ingetrokken → afbouwplan.gestopt → uittreding.ingetrokken." == said
    )
    assert "Leave out one of these stops." == helps
