"""What a proof finds: the smallest definition of each kind of fault, and its mended twin."""

from collections.abc import Sequence

import pytest

from definitions.proving.proof import prove
from definitions.proving.verdict import ActKind, Finding, Result, Severity, Verdict
from tests.support.definitions import load

HEAD = """\
id: proef
version: 1
title: {en: Example}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    a: {name: A, kind: gemeente, weight: 3, bodies: [raad, college]}
    b: {name: B, kind: gemeente, weight: 2, bodies: [raad, college]}
    c: {name: C, kind: gemeente, weight: 2, bodies: [raad, college]}
roles:
  s: {may: [advance, stop, replan, record-on-behalf, task, note, member, party, deliverable]}
starter: [s]
instruments: {besluit: {ja: for, nee: against, later: pending}}
ladders: {l: [-7d, 0d]}
"""
STOP = "stoppen: {from: [open], to: weg, explicit: true, permission: stop}"
AGAIN = "opnieuw: {from: open, to: open, gate: {slot: af}, explicit: true, opens: round}"
LITTLE = 200
"""Nodes enough for a gate of three bodies, and not for a dozen of them."""
ASKED = "raden: {of: each raad, instrument: besluit, in: [open], due: none}"
ALL = "{request: raden, rule: all, counts: for}"
ONE_AGAINST = "{request: raden, rule: {at_least: 1}, counts: against}"


def one(
    gates: str,
    *transitions: str,
    requests: str = ASKED,
    tasks: str = "",
    slots: str = "aan",
    states: str = "open, klaar, weg",
) -> str:
    """Return a definition of one milestone."""
    moves = "\n".join(
        f"      {each}"
        for each in ("nemen: {from: open, to: klaar, gate: {slot: aan}}", *transitions)
    )
    more = f"    tasks: {{{tasks}}}\n" if tasks else ""
    bad = ", bad: [weg]" if "weg" in states else ""
    return f"""{HEAD}structures:
  x:
    states: [{states}]
    final: {{good: [klaar]{bad}}}
    slots: [{slots}]
    transitions:
{moves}
milestones:
  m:
    structure: x
    requests: {{{requests}}}
{more}    gates: {{{gates}}}
"""


def two(first: str, second: str) -> str:
    """Return a definition of two milestones, of which only the first can be stopped."""
    return f"""{HEAD}structures:
  x:
    states: [open, klaar, weg]
    final: {{good: [klaar], bad: [weg]}}
    slots: [aan]
    transitions:
      nemen: {{from: open, to: klaar, gate: {{slot: aan}}}}
      {STOP}
  y:
    states: [open, klaar]
    final: {{good: [klaar]}}
    slots: [aan]
    transitions:
      nemen: {{from: open, to: klaar, gate: {{slot: aan}}}}
milestones:
  m: {{structure: x, requests: {{{ASKED}}}, gates: {{aan: {first}}}}}
  n: {{structure: y, requests: {{{ASKED}}}, gates: {{aan: {second}}}}}
"""


def found(verdict: Verdict, *properties: str) -> list[tuple[str, str, str]]:
    """Return the findings of some properties: their number, kind and milestone."""
    return [
        (each.property, each.kind, each.milestone)
        for each in verdict.findings
        if each.property in properties
    ]


def of_kind(verdict: Verdict, kind: str) -> Finding:
    """Return the one finding of a kind."""
    (finding,) = (each for each in verdict.findings if each.kind == kind)
    return finding


def acts(finding: Finding) -> list[tuple[str, str, str]]:
    """Return a story in short: what was done, by whom, and to what."""
    return [(each.name, each.who, each.what) for each in finding.story]


# --- 1, 2 ----------------------------------------------------------------------------------------

NEVER = one(f"aan: {{all: [{ALL}, {{request: raden, rule: all, counts: against}}]}}", STOP)


def test_a_move_that_never_opens() -> None:
    """Everybody would have to be for and against."""
    verdict = prove(load(NEVER))
    assert verdict.result is Result.UNSOUND
    assert found(verdict, "1") == [("1", "never-opens", "m")]
    assert of_kind(verdict, "never-opens").values["trigger"] == "nemen"


def test_what_follows_from_it_is_not_said_again() -> None:
    """The state behind a move that never opens is not named beside it."""
    assert "never-reached" not in {each.kind for each in prove(load(NEVER)).findings}


def test_a_refusal_after_which_nothing_can_happen() -> None:
    """The way there is one act."""
    verdict = prove(load(one(f"aan: {ALL}", states="open, klaar")))
    assert verdict.result is Result.UNSOUND
    finding = of_kind(verdict, "no-way-on")
    assert [(each.kind, each.what) for each in finding.story] == [(ActKind.DECIDE, "nee")]
    assert finding.values == {"state": "open", "triggers": ()}


def test_a_way_on_mends_it() -> None:
    """With a stop it is sound; with a new round nothing is left to say of it."""
    stopped = prove(load(one(f"aan: {ALL}", STOP)))
    assert stopped.result is Result.SOUND
    assert found(stopped, "2", "2b") == [("2b", "only-a-stop-once-refused", "m")]
    again = prove(load(one(f"aan: {ALL}, af: {ONE_AGAINST}", STOP, AGAIN, slots="aan, af")))
    assert again.result is Result.SOUND
    assert found(again, "2", "2b") == [("2b", "two-texts", "m")]


def test_texts_that_differ() -> None:
    """All agreed, each on a text: a new round opens where that is asked, and else none does."""
    stuck = one(f"aan: {ALL}, af: {ONE_AGAINST}", STOP, AGAIN, slots="aan, af")
    finding = of_kind(prove(load(about_a_text(stuck))), "only-a-stop")
    assert finding.severity is Severity.WARNING
    assert {each.text for each in finding.story if each.what == "ja"} == {"1", "2"}
    either = f"{{any: [{ONE_AGAINST}, {{request: raden, differ: text}}]}}"
    mended = one(f"aan: {ALL}, af: {either}", STOP, AGAIN, slots="aan, af")
    assert found(prove(load(about_a_text(mended))), "1", "2", "2b") == []


def test_each_waits_for_the_other() -> None:
    """Neither opens; that one has no way on, and the other can only be stopped."""
    waits = "{milestone: %s, state: klaar}"
    verdict = prove(load(two(waits % "n", waits % "m")))
    assert {(each.property, each.milestone) for each in verdict.errors} == {
        ("1", "m"),
        ("1", "n"),
        ("2", "n"),
    }


def test_whoever_waits_for_what_will_never_be() -> None:
    """Only the one that waits has no way on: the other can be stopped, once it was refused."""
    verdict = prove(load(two(ALL, "{milestone: m, state: klaar}")))
    assert [(each.property, each.milestone) for each in verdict.errors] == [("2", "n")]
    assert [each.what for each in of_kind(verdict, "no-way-on").story] == ["nee"]


# --- 3, 4, 5, 7, 8c ------------------------------------------------------------------------------


def test_what_is_sure_where_it_was_adopted() -> None:
    """All agreed, or two of three; or nobody, where a hammer is enough."""
    (sure,) = prove(load(one(f"aan: {ALL}", STOP))).sure
    assert (sure.state, sure.request, sure.least, sure.asked) == ("klaar", "raden", 3, 3)
    majority = "{request: raden, rule: majority, counts: for}"
    assert [each.least for each in prove(load(one(f"aan: {majority}", STOP))).sure] == [2]
    hammer = "hameren: {from: open, to: klaar, explicit: true}"
    verdict = prove(load(one(f"aan: {ALL}", STOP, hammer)))
    assert [each.least for each in verdict.sure] == [0]
    assert found(verdict, "3") == [("3", "adopted-by-nobody", "m")]


def test_a_gate_that_always_holds() -> None:
    """Not two for and two against at once: there are three."""
    both = [
        f"{{request: raden, rule: {{at_least: 2}}, counts: {each}}}" for each in ("for", "against")
    ]
    verdict = prove(load(one(f"aan: {{not: {{all: [{', '.join(both)}]}}}}", STOP)))
    assert found(verdict, "4") == [("4", "always-holds", "m")]


def test_one_trigger_that_can_mean_two_moves() -> None:
    """An error where they have one name, and a word to the wise where they have two."""
    to = "{from: open, to: %s, gate: {slot: %s}}"
    moves = f"nemen: [{to % ('klaar', 'aan')}, {to % ('anders', 'af')}]"
    written = one(
        f"aan: {ALL}, af: {{request: raden, rule: {{at_least: 2}}, counts: for}}",
        STOP,
        slots="aan, af",
        states="open, klaar, anders, weg",
    )
    written = written.replace("nemen: {from: open, to: klaar, gate: {slot: aan}}", moves)
    written = written.replace("good: [klaar]", "good: [klaar, anders]")
    verdict = prove(load(written))
    assert found(verdict, "5") == [("5", "two-ways", "m")]
    assert len(of_kind(verdict, "two-ways").story) == 3


def test_an_extra_yes_that_closes() -> None:
    """At least one, and not three: the third one closes what was open."""
    three = "{request: raden, rule: {at_least: 3}, counts: for}"
    one_for = "{request: raden, rule: {at_least: 1}, counts: for}"
    verdict = prove(load(one(f"aan: {{all: [{one_for}, {{not: {three}}}]}}", STOP)))
    assert found(verdict, "7") == [("7", "extra-yes-closes", "m")]
    assert [each.what for each in of_kind(verdict, "extra-yes-closes").story] == ["ja"] * 3


def test_answers_that_are_left_behind() -> None:
    """They are admitted before the round opens that forgets them."""
    written = one(
        f"aan: {ALL}",
        "openen: {from: voor, to: open, opens: round}",
        STOP.replace("[open]", "[voor, open]"),
        requests=ASKED.replace("[open]", "[voor, open]"),
        states="voor, open, klaar, weg",
    )
    verdict = prove(load(written))
    assert found(verdict, "8c") == [("8c", "answers-left-behind", "m")]
    assert verdict.result is Result.SOUND


# --- limits --------------------------------------------------------------------------------------


def test_what_is_too_large_is_not_verified() -> None:
    """With the milestone and the numbers, and never sound; an error that was found is one still."""
    verdict = prove(load(one(f"aan: {ALL}", STOP)), limit=100)
    assert verdict.result is Result.NOT_VERIFIED
    (unproved,) = verdict.unproved
    assert (unproved.kind, unproved.milestones) == ("too-large", ("m",))
    assert unproved.values == {"limit": 100, "bodies": 3, "milestones": 1}


def test_what_was_found_before_it_became_too_large_is_said() -> None:
    """An error in the first milestone is one, whatever the second one takes."""
    shares = ", ".join(
        f"{{request: raden, rule: {{weighted_share: {each}}}, counts: {effect}}}"
        for each in ("2/7", "3/7", "4/7", "5/7", "6/7")
        for effect in ("for", "against")
    )
    never = f"{{all: [{ALL}, {{request: raden, rule: all, counts: against}}]}}"
    verdict = prove(load(two(never, f"{{at_least: 3, of: [{shares}]}}")), limit=LITTLE)
    assert [each.milestones for each in verdict.unproved] == [("n",)]
    assert [(each.property, each.milestone) for each in verdict.errors] == [("1", "m")]
    assert verdict.result is Result.UNSOUND


JOINING = one(
    f"aan: {{all: [{ALL}, {{request: raden, body: d.raad, counts: for}}]}}", STOP
).replace(
    "roles:", "may_join: {d: {name: D, kind: gemeente, weight: 1, bodies: [raad, college]}}\nroles:"
)


def test_what_waits_for_who_may_join_is_no_fault_where_somebody_may_record_it() -> None:
    """And is one where nobody may: then nobody ever joins."""
    verdict = prove(load(JOINING))
    assert verdict.result is Result.SOUND
    assert "never-opens-until-joined" in {each.kind for each in verdict.findings}
    never = prove(load(JOINING.replace("member, party,", "member,")))
    assert [(each.property, each.kind) for each in never.errors] == [("1", "never-opens")]


def test_the_same_every_time() -> None:
    """Nothing in a verdict depends on the clock or on what was proved before."""
    definition = load(one(f"aan: {ALL}, af: {ONE_AGAINST}", STOP, AGAIN, slots="aan, af"))
    assert prove(definition) == prove(definition)


# --- many parties --------------------------------------------------------------------------------

SHAPES = {
    "one question": (ALL, ONE_AGAINST),
    "no way on": (ALL, "{request: raden, rule: all, counts: against}"),
    "texts": (ALL, f"{{any: [{ONE_AGAINST}, {{request: raden, differ: text}}]}}"),
    "one is enough": ("{request: raden, rule: {at_least: 1}, counts: for}", ONE_AGAINST),
    "not": (f"{{all: [{ALL}, {{not: {ONE_AGAINST}}}]}}", ONE_AGAINST),
}


def about_a_text(written: str) -> str:
    """Return a definition in which the question is about a text."""
    stuk = "deliverables: {stuk: {levels: [concept, volledig], parts: {tekst: {}}}}\n"
    asked = f"{ASKED[:-1]}, text: stuk/tekst}}"
    return written.replace("structures:", f"{stuk}structures:").replace(ASKED, asked)


def with_parties(written: str, number: int) -> str:
    """Return a definition with so many parties, of one kind."""
    start, end = written.index("    a: {"), written.index("roles:")
    parties = "".join(
        f"    p{each}: {{name: P{each}, kind: gemeente, weight: 1, bodies: [raad, college]}}\n"
        for each in range(number)
    )
    return written[:start] + parties + written[end:]


def said(verdict: Verdict) -> Sequence[tuple[object, ...]]:
    """Return a verdict as far as it does not depend on the number of parties."""
    findings = (each for each in verdict.findings if each.kind != "proved-with-fewer")
    return [
        (
            verdict.result,
            *((each.kind, each.milestone, each.values.get("state")) for each in findings),
        ),
        tuple(each.least == each.asked for each in verdict.sure),
    ]


COLLEGES = """{of: each college, instrument: besluit, in: [open], due: none,
      after: {request: raden, of: own, counts: for}}"""


def after_their_own() -> str:
    """Return a definition in which the colleges are asked too, each after its own council."""
    agreed = f"{{all: [{ALL}, {{request: colleges, rule: all, counts: for}}]}}"
    asked = f"{ASKED}, colleges: {COLLEGES}"
    return one(f"aan: {agreed}, af: {ONE_AGAINST}", STOP, AGAIN, requests=asked, slots="aan, af")


WHOLE = {
    "after their own": after_their_own(),
    "two milestones": two(ALL, "{milestone: m, state: klaar}"),
    "two that wait": two("{milestone: n, state: klaar}", "{milestone: m, state: klaar}"),
}


@pytest.mark.parametrize("shape", WHOLE)
def test_more_parties_make_no_difference_to_more_than_one_question(shape: str) -> None:
    """Nor to what comes after it: found with all of them, and with as many as are kept."""
    written = WHOLE[shape]
    verdicts = [prove(load(with_parties(written, number))) for number in (4, 8, 11, 60)]
    assert all(said(each) == said(verdicts[0]) for each in verdicts)
    assert [each.kind for each in verdicts[-1].findings][-1] == "proved-with-fewer"


def test_where_tasks_are_asked_for_all_parties_are_looked_at() -> None:
    """No test says that fewer of them would do."""
    done = f"{{all: [{ALL}, {{tasks: t}}]}}"
    tasks = "t: {per: party, owner: s, results: {gedaan: done}}"
    written = one(f"aan: {done}, af: {ONE_AGAINST}", STOP, AGAIN, tasks=tasks, slots="aan, af")
    verdict = prove(load(with_parties(written, 20)))
    assert "proved-with-fewer" not in {each.kind for each in verdict.findings}
    assert {(each.least, each.asked) for each in verdict.sure} == {(20, 20)}


@pytest.mark.parametrize("shape", SHAPES)
def test_more_parties_of_a_kind_make_no_difference(shape: str) -> None:
    """From a few on: as many as are looked at, fewer, and more, all found one by one."""
    aan, af = SHAPES[shape]
    written = about_a_text(one(f"aan: {aan}, af: {af}", STOP, AGAIN, slots="aan, af"))
    verdicts = [prove(load(with_parties(written, number))) for number in (4, 7, 11, 12, 30)]
    assert all(said(each) == said(verdicts[0]) for each in verdicts)


def test_hundreds_of_councils_and_one_question() -> None:
    """It says with how many it was proved; a story is of all of them."""
    written = one(f"aan: {ALL}, af: {ONE_AGAINST}", STOP, AGAIN, slots="aan, af")
    verdict = prove(load(with_parties(written, 342)))
    assert verdict.result is Result.SOUND
    values = of_kind(verdict, "proved-with-fewer").values
    assert values["parties"] == 342
    assert [(each.least, each.asked) for each in verdict.sure] == [(342, 342)]
    everybody = {each.who for each in of_kind(verdict, "two-texts").story}
    assert len(everybody) == 342


def test_whoever_is_asked_alone_is_counted_alone() -> None:
    """A board beside sixty councils is one of one, not of the sixty."""
    asked = f"{ASKED}, ab: {{of: ab, instrument: besluit, in: [open], due: none}}"
    both = f"{{all: [{ALL}, {{request: ab, rule: all, counts: for}}]}}"
    written = one(f"aan: {both}, af: {ONE_AGAINST}", STOP, AGAIN, requests=asked, slots="aan, af")
    written = with_parties(written, 60).replace("roles:", "bodies: {ab: {name: AB}}\nroles:")
    sure = {each.request: (each.least, each.asked) for each in prove(load(written)).sure}
    assert sure == {"raden": (60, 60), "ab": (1, 1)}
