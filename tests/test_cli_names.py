"""People by name: one name in whatever way it is typed, and none that only looks like another."""

import json

import pytest

from tests.support.cli import PROCESS, SECRETARY, Terminal, folded

ZOE = "Zoë"
WAYS = ["Zoe\u0308", " Zoë", "Zoë\u00a0", "\u3000Zoe\u0308 "]
HIDDEN = ["Zo\u200bë", "\u202eZoë", "Zoë\ufe0f", "Zo\në"]


def seats(terminal: Terminal) -> list[str]:
    """Return the names of those who hold a seat."""
    found = terminal.data(f"member list {PROCESS}")["seats"]
    return [holder["name"] for seat in found for holder in seat["holders"]]


@pytest.fixture
def with_zoe(started: Terminal) -> Terminal:
    """A process in which Zoë has a seat."""
    started.does("member", "add", PROCESS, "lezer", WAYS[0])
    return started


@pytest.mark.parametrize("typed", WAYS, ids=ascii)
def test_a_name_is_one_name_wherever_it_comes_in(with_zoe: Terminal, typed: str) -> None:
    """To give and end a seat, to be reached, to be exported and to be forgotten."""
    with_zoe.refused(4, "member", "add", PROCESS, "lezer", typed)
    held = json.loads(with_zoe.does("member", "export", typed))["data"]
    assert ZOE == held["name"]
    with_zoe.does("--as", typed, "member", "reach", typed, "--address", "zoe@oost.example")
    with_zoe.does("member", "end", PROCESS, "lezer", typed)
    with_zoe.world.it_is("2022-06-03")
    with_zoe.does("member", "erase", typed)
    with_zoe.refused(5, "member", "export", ZOE)


@pytest.mark.parametrize("typed", ["secretaris ", "\u00a0secretaris", "secretaris\t"], ids=ascii)
def test_who_asks_is_one_person(started: Terminal, typed: str) -> None:
    """By the option, by the environment, as logged in, and to start."""
    before = len(started.rows["people"])
    started.does("--as", typed, "note", PROCESS, "Een.")
    started.environment = {"MIJLPAAL_ACTOR": typed}
    started.does("note", PROCESS, "Twee.")
    started.does("start", PROCESS, "--id", "ander")
    started.environment = {}
    started.as_user(typed).does("note", PROCESS, "Drie.")
    assert before == len(started.rows["people"])


def test_a_receipt_shows_the_name_that_is_kept(started: Terminal) -> None:
    """Also of a dry run, which has kept nothing."""
    line = ("member", "add", PROCESS, "lezer", "  Zoe\u0308  de \u00a0Wit ")
    for options in (["--dry-run"], []):
        assert "Zoë de Wit holds" in started.does(*line, *options)
    assert "Zoë de Wit" in json.dumps(started.data(f"member list {PROCESS}"), ensure_ascii=False)


@pytest.mark.parametrize("typed", HIDDEN, ids=ascii)
@pytest.mark.parametrize(
    "line",
    [
        ("start", PROCESS, "--id", "ander", "--as", "NAME"),
        ("note", PROCESS, "Een.", "--as", "NAME"),
        ("member", "add", PROCESS, "lezer", "NAME"),
        ("member", "end", PROCESS, "lezer", "NAME"),
        ("member", "reach", "NAME", "--language", "nl"),
        ("member", "export", "NAME"),
        ("member", "erase", "NAME"),
    ],
    ids=" ".join,
)
def test_a_name_with_what_nobody_sees_is_refused(
    with_zoe: Terminal, line: tuple[str, ...], typed: str
) -> None:
    """The refusal says which character it is, and where it stands."""
    hidden = {
        HIDDEN[0]: "Character 3 of the name “Zo\\x200bë” cannot stand in a name: "
        "U+200B (ZERO WIDTH SPACE).",
        HIDDEN[1]: "Character 1 of the name “\\x202eZoë” cannot stand in a name: "
        "U+202E (RIGHT-TO-LEFT OVERRIDE).",
        HIDDEN[2]: "cannot stand in a name: U+FE0F (VARIATION SELECTOR-16).",
        HIDDEN[3]: "cannot stand in a name: U+000A (LINE FEED).",
    }
    said = with_zoe.refused(2, *(typed if word == "NAME" else word for word in line))
    assert hidden[typed] in folded(said)


@pytest.mark.parametrize("name", ["علی\u200cرضا", "👩🏽\u200d⚕️"], ids=ascii)
def test_a_name_has_the_joiners_that_it_needs(started: Terminal, name: str) -> None:
    """They are kept, found and shown."""
    started.does("member", "add", PROCESS, "lezer", name)
    assert name in started.does(f"member list {PROCESS}")
    started.does("member", "end", PROCESS, "lezer", name)


@pytest.mark.parametrize("kept", ["Zoe\u0308", "Zoë ", "Zoë\u00a0de  Wit", "Zoë\u034f"], ids=ascii)
def test_a_name_that_an_earlier_version_kept_is_found(with_zoe: Terminal, kept: str) -> None:
    """As it was typed then and as it is typed now; nothing is migrated."""
    with_zoe.force(f"update people set name = '{kept}' where name = '{ZOE}'")
    for typed in {kept, kept.replace("e\u0308", "ë").replace("\u00a0", " ").strip()}:
        said = json.loads(with_zoe.does("member", "export", typed))["data"]
        assert kept == said["name"]
    with_zoe.does("member", "end", PROCESS, "lezer", f" {kept}")


def test_two_that_an_earlier_version_kept_apart_stay_apart(with_zoe: Terminal) -> None:
    """Each is found as it is on record; what fits both equally well is refused."""
    with_zoe.does("member", "add", PROCESS, "lezer", "tweede")
    with_zoe.force("update people set name = 'Zoë ' where name = 'tweede'")
    ids = {
        json.loads(with_zoe.does("member", "export", typed))["data"]["id"]
        for typed in ("Zoë", "Zoë ", " Zoë")
    }
    assert 2 == len(ids)
    with_zoe.force(f"update people set name = ' {ZOE}' where name = '{ZOE}'")
    said = with_zoe.refused(4, "member", "export", ZOE)
    assert "There are several people called “Zoë”." in folded(said)
    assert all(f"“{each}”" in folded(said) for each in ids)


def test_two_of_one_name_are_told_apart(with_zoe: Terminal) -> None:
    """By where they are reached, and by their id, wherever a person is named."""
    with_zoe.does("member", "add", PROCESS, "lezer", "tweede", "--on", "2021-01-01")
    with_zoe.force("update people set name = 'Zoë ' where name = 'tweede'")
    with_zoe.force(f"update people set name = ' {ZOE}' where name = '{ZOE}'")
    for name in ("Zoë ", f" {ZOE}"):
        to = f"{'een' if name[0] == ' ' else 'twee'}@oost.example"
        with_zoe.does("--as", name, "member", "reach", name, "--address", to)
    for line in (
        ("note", PROCESS, "x", "--as", ZOE),
        ("member", "end", PROCESS, "lezer", ZOE),
        ("member", "reach", ZOE, "--language", "nl"),
        ("member", "export", ZOE),
        ("member", "erase", ZOE),
    ):
        said = folded(with_zoe.refused(4, *line))
        assert "Name one: “Zoë <een@oost.example>”, “Zoë <twee@oost.example>”." in said
    one = json.loads(with_zoe.does("member", "export", "Zoë <EEN@oost.example>"))["data"]
    other = json.loads(with_zoe.does("member", "export", "Zoë<twee@oost.example>"))["data"]
    assert [f" {ZOE}", "Zoë "] == [one["name"], other["name"]]
    assert one == json.loads(with_zoe.does("member", "export", one["id"]))["data"]
    with_zoe.refused(5, "member", "export", "Zoë <drie@oost.example>")
    twee = "Zoë <twee@oost.example>"
    with_zoe.does("member", "end", PROCESS, "lezer", twee, "--on", "2021-01-02")
    with_zoe.does("--as", other["id"], "member", "reach", twee, "--language", "nl")
    with_zoe.does("member", "erase", twee)
    assert one["id"] == json.loads(with_zoe.does("member", "export", ZOE))["data"]["id"]


ONE, OTHER = "Zoë <een@oost.example>", "Zoë <twee@oost.example>"


@pytest.fixture
def of_two(with_zoe: Terminal) -> Terminal:
    """The process with another Zoë in the same seat."""
    with_zoe.does("--as", ZOE, "member", "reach", ZOE, "--address", "een@oost.example")
    add = ("member", "add", PROCESS, "lezer", ZOE, "--another", "--address", "twee@oost.example")
    assert "Only tried" in with_zoe.does(*add, "--dry-run")
    assert f"{OTHER} holds the seat lezer" in folded(with_zoe.does(*add))
    return with_zoe


@pytest.mark.parametrize(
    "line",
    [
        ("member", "add", PROCESS, "lezer", "NAME"),
        ("member", "end", PROCESS, "lezer", "NAME"),
        ("member", "reach", "NAME", "--language", "nl"),
        ("member", "export", "NAME"),
        ("member", "erase", "NAME"),
        ("status", "--mine", "--as", "NAME"),
        ("note", PROCESS, "Een.", "--as", "NAME"),
        ("start", PROCESS, "--id", "ander", "--as", "NAME"),
    ],
    ids=" ".join,
)
def test_a_name_of_two_is_refused_with_how_each_is_named(
    of_two: Terminal, line: tuple[str, ...]
) -> None:
    """And is taken in that form, by the command that was refused."""
    said = folded(of_two.refused(4, *(ZOE if word == "NAME" else word for word in line)))
    assert f"Name one: “{ONE}”, “{OTHER}”." in said
    seen = of_two(*(OTHER if word == "NAME" else word for word in line))
    assert "several people" not in seen.err


def test_two_of_one_name_can_be_read_apart(of_two: Terminal) -> None:
    """In the journal, among the seats, and in what the tab key offers."""
    of_two.does("member", "end", PROCESS, "lezer", OTHER)
    history = folded(of_two.does(f"history {PROCESS}"))
    assert f"{ONE} holds the seat lezer" in history
    assert f"{OTHER} holds the seat lezer no longer" in history
    held = of_two.data(f"member list {PROCESS}")["seats"]
    assert ["een@oost.example", "twee@oost.example"] == [
        seat["address"] for seat in held if seat["name"] == ZOE
    ]


def test_another_person_has_no_mailbox(of_two: Terminal) -> None:
    """Only a person of a name that is on record can be another of that name."""
    line = f"member add {PROCESS} lezer --mailbox griffie@oost.example --another"
    assert "--another tells apart people of one name" in folded(of_two.refused(2, *line.split()))
    of_two.refused(2, "member", "add", PROCESS, "lezer", "--another")


def test_somebody_new_is_entered_by_the_name_alone(with_zoe: Terminal) -> None:
    """An address in a name would be read as whom it tells apart."""
    said = with_zoe.refused(2, "member", "add", PROCESS, "lezer", "Anna <anna@oost.example>")
    assert "the name alone, with the address as --address" in folded(said)


def test_what_is_written_is_kept_in_one_form(started: Terminal) -> None:
    """A note, a source and a title; and the same fact is not recorded twice for an accent."""
    facts = started.file.with_name("facts.yaml")
    for name in ("Zoe\u0308", "Zoë", " Zoë "):
        facts.write_text(
            f"process: {PROCESS}\nfacts:\n"
            f"  - {{id: een, on: 2021-03-16, note: '{name} sprak.', source: '{name}'}}\n",
            encoding="utf-8",
        )
        started.does(f"replay {facts}")
    entry = started.data(f"history {PROCESS}")["entries"][-1]["payload"]
    assert (f"{ZOE} sprak.", ZOE) == (entry["note"].strip(), entry["reference"])


def test_an_id_without_letters_is_answered_with_no_empty_guess(started: Terminal) -> None:
    """A party called “_” has no name that could have been meant."""
    file = started.file.with_name("f.yaml")
    file.write_text("id: _\nversion: 1\nparties: {_: {name: x}}\n")
    said = started("definitions", "check", str(file))
    assert 3 == said.code
    assert "“”" not in said.err
    assert "“”" not in started("member", "export", "_").err
    assert SECRETARY in started("member", "export", "_").err
