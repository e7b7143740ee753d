"""Parties that may join: described in a definition or a shared file, and checked as members."""

from pathlib import Path

import pytest

from definitions.faults import DefinitionInvalid
from definitions.in_force import in_force
from definitions.library import open_definition
from definitions.loading import load_definition, recompiled
from tests.support.definitions import no_parties
from tests.support.engine import ODD

NOORD = "may_join:\n  noord: {name: Noord, kind: gemeente, bodies: [raad]}\nroles:\n"
SHARED = b"""\
parties:
  noord: {name: Noord, kind: gemeente, code: GM0001, bodies: [raad], weight: 2}
"""


def of(*changes: tuple[str, str], joining: str = NOORD) -> str:
    """Return a definition that Noord may join, with changes."""
    written = ODD.replace("roles:\n", joining, 1)
    for old, new in changes:
        assert old in written
        written = written.replace(old, new, 1)
    return written


def faults(written: str) -> list[str]:
    """Return what is said of a definition."""
    with pytest.raises(DefinitionInvalid) as caught:
        load_definition(written.encode(), "f.yaml", no_parties)
    return [str(each.sentence) for each in caught.value.faults]


def test_nobody_has_joined_a_definition_that_is_read() -> None:
    """Neither its bodies nor its tasks are there, until it joins: then all of them are."""
    base = load_definition(of().encode(), "f.yaml", no_parties)
    assert ("noord" in base.parties, "noord.raad" in base.bodies) == (False, False)
    joined = in_force(base, frozenset({"noord"}))
    assert ("noord" in joined.parties, "noord.raad" in joined.bodies) == (True, True)
    assert base == in_force(joined, frozenset())
    assert base.document == joined.document
    assert base == recompiled(base.document, base.sha256)


def test_a_definition_in_force_is_what_the_file_would_say_with_the_party_in_it() -> None:
    """The same requests, tasks, parts and weights, in the order of the file."""
    apart = open_definition("docs/examples/toetreding.yaml")
    written = Path("docs/examples/toetreding.yaml").read_text(encoding="utf-8")
    begin, end = written.index("may_join:"), written.index("bodies:\n  bestuur")
    together = written[:begin] + written[end:]
    together = together.replace(
        "roles:\n",
        "    noord: {name: Noord, kind: gemeente, weight: 2, bodies: [raad, college]}\nroles:\n",
    )
    before, _, after = together.partition("bodies:\n  bestuur")
    board, noord, rest = after.partition("    noord: {name")
    party, _, rest = (noord + rest).partition("\nroles:\n")
    whole = load_definition(
        f"{before}{party}\nbodies:\n  bestuur{board}roles:\n{rest}".encode(), "f.yaml", no_parties
    )
    joined = in_force(apart, frozenset({"noord"}))
    for name in ("parties", "milestones", "tasks", "deliverables", "bodies"):
        assert getattr(whole, name) == getattr(joined, name), name
    assert {"oost": 4, "west": 3, "noord": 2} == joined.regional["bestuur"].members


def test_a_shared_file_describes_who_may_join() -> None:
    """What the definition says of it comes first."""
    joining = "may_join:\n  noord: {use: buren, weight: 5}\nroles:\n"
    base = load_definition(of(joining=joining).encode(), "f.yaml", lambda _: ("b.yaml", SHARED))
    noord = base.everybody.parties["noord"]
    assert ("Noord", "GM0001", 5) == (noord.name, noord.code, noord.weight)
    assert '"use"' not in base.document


def test_a_shared_file_has_to_have_it() -> None:
    """Its names are offered."""
    joining = "may_join:\n  noort: {use: buren}\nroles:\n"
    with pytest.raises(DefinitionInvalid) as caught:
        load_definition(of(joining=joining).encode(), "f.yaml", lambda _: ("b.yaml", SHARED))
    (fault,) = caught.value.faults
    assert ("may_join", "noort", "use") == fault.path
    assert "noord" in str(fault.advice)


@pytest.mark.parametrize(
    ("joining", "says"),
    [
        ("{kind: gemeente, bodies: [raad]}", "“name” is missing."),
        ("{name: Noord, kind: gemeente}", "“bodies” is missing."),
        (
            "{name: Noord, kind: gemeente, bodies: [raad], votes: {ab: 2}}",
            "There is no regional body “ab”.",
        ),
    ],
)
def test_a_candidate_is_described_whole(joining: str, says: str) -> None:
    """As a party is."""
    assert [says] == faults(of(joining=f"may_join:\n  noord: {joining}\nroles:\n"))


def test_who_takes_part_cannot_join() -> None:
    """One name, one party."""
    joining = NOORD.replace("noord:", "oost:")
    assert "“oost” is a party already: it cannot join." in faults(of(joining=joining))


def test_votes_of_who_may_join_are_not_counted_before() -> None:
    """They are written where it is described; a body that counts none has none to give."""
    bodies = "bodies: {ab: {name: AB, members: {oost: 2, noord: 1}}}\nroles:\n"
    (said,) = faults(of(joining=NOORD.replace("roles:\n", bodies)))
    assert "“noord” is no member yet: it may join." == said
    joining = NOORD.replace("[raad]}", "[raad], votes: {ab: 1}}")
    joining = joining.replace("roles:\n", "bodies: {ab: {name: AB, votes: 5}}\nroles:\n")
    (said,) = faults(of(joining=joining))
    assert "“ab” does not say which members it has, and how many votes." == said


def test_a_definition_that_cannot_work_once_they_joined_is_refused() -> None:
    """A share by weight is asked, and Noord would have none."""
    weigh = ("rule: {share: 2/3}", "rule: {weighted_share: 2/3}")
    weights = (
        ("oost: {name: Oost,", "oost: {name: Oost, weight: 1,"),
        ("west: {name: West,", "west: {name: West, weight: 1,"),
        ("zuid: {name: Zuid,", "zuid: {name: Zuid, weight: 1,"),
        ("of: [oost.raad, west.raad, zuid.staten]\n", "of: [each raad, zuid.staten]\n"),
    )
    said = "Once noord joined: A share by weight is asked, and noord have no weight."
    assert {said} == {*faults(of(weigh, *weights))}


def test_a_question_to_who_may_join_alone_waits_until_it_joins() -> None:
    """It is put to nobody until then, which is no fault; once it joined, it is asked."""
    base = open_definition("toetreding-gr", {"bestuur": ""})
    assert () == base.milestones["toetreding"].requests["toetreder"].bodies
    then = in_force(base, frozenset({"toetreder"}))
    assert ("toetreder.college",) == then.milestones["toetreding"].requests["toetreder"].bodies


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (
            "{owner: griffier, outlives: true, results: {ja: done}}",
            "Only a task of each party is one of who joins or leaves.",
        ),
        (
            "{owner: griffier, arises: {event: leaving}, results: {ja: done}}",
            "Only a task of each party is one of who joins or leaves.",
        ),
    ],
)
def test_only_a_task_of_each_party_arises_by_who_joins_or_leaves(task: str, says: str) -> None:
    """One for all has no party that could owe it."""
    assert [says] == faults(
        of(joining=NOORD.replace("roles:\n", f"tasks: {{som: {task}}}\nroles:\n"))
    )
