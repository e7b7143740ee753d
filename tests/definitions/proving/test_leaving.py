"""What is found once a party has left."""

from definitions.model import Definition
from definitions.proving.leaving import if_one_leaves, kinds_of_party
from definitions.proving.verdict import Finding, Result, Severity, Verdict
from tests.definitions.proving.test_static_checks import SMALL
from tests.support.definitions import load

THREE = SMALL.replace(
    "    west:", "    zuid: {name: Zuid, kind: gemeente, weight: 2, bodies: [raad]}\n    west:"
)
BY_WEIGHT = THREE.replace("kind: gemeente, bodies", "kind: gemeente, weight: 1, bodies").replace(
    "rule: all", "rule: {weighted_share: 2/3}"
)
JOINING = SMALL.replace(
    "bodies: {bestuur",
    "may_join: {noord: {name: Noord, kind: gemeente, bodies: [raad]}}\nbodies: {bestuur",
)
TIE = Finding("2", "no-way-on", Severity.ERROR, "m", {"state": "open"})


def _verdict(*findings: Finding) -> Verdict:
    return Verdict("", Result.SOUND, 1, (), findings)


def _of_two(definition: Definition) -> Verdict:
    """Find a tie where there are two parties."""
    return _verdict(*[TIE] * (len(definition.parties) == 2))


def test_parties_of_which_the_same_is_said_are_of_one_kind() -> None:
    """Another weight makes another kind where weights are counted; another name never does."""
    assert kinds_of_party(load(BY_WEIGHT)) == [("oost", "west"), ("zuid",)]
    assert kinds_of_party(load(THREE)) == [("oost", "zuid", "west")]


def test_what_is_found_once_one_left_is_a_warning() -> None:
    """It is said once for each kind of party, with those of whom the same holds."""
    found = list(if_one_leaves(load(BY_WEIGHT), _verdict(), _of_two))
    assert {(each.kind, each.severity) for each in found} == {("if-leaves", Severity.WARNING)}
    assert [(each.values["party"], each.values["alike"]) for each in found] == [
        ("oost", ("west",)),
        ("zuid", ()),
    ]
    assert found[0].values["what"] == "no-way-on"


def test_what_was_unsound_before_is_not_said_again() -> None:
    """A definition with an error has that to mend first."""
    assert not list(if_one_leaves(load(THREE), _verdict(TIE), _of_two))


def test_who_left_does_not_come_back_with_those_who_join() -> None:
    """It is left out of the definition with everybody too."""
    seen: list[frozenset[str]] = []

    def prove(definition: Definition) -> Verdict:
        seen.append(frozenset(definition.everybody.parties))
        return _verdict()

    assert not list(if_one_leaves(load(JOINING), _verdict(), prove))
    assert seen == [{"west", "noord"}]
