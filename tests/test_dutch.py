"""The Dutch of screens, help, letters and files: that of a griffier, and one word for one thing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from catalogues.building import sources
from catalogues.messages import ROOT, language_of, read

BANNED = {
    r"zetels?": "functie; a zetel is one in the raad",
    r"slots?": "invulplek, or the name of the condition",
    r"tred(?:e|en)": "the days themselves: 28 dagen ervoor",
    r"ladders?": "herinneringsschema",
    r"kop(?:pen)?": "controlecode",
    r"beklee?d(?:t|en)?": "vervult",
    r"starters?": "wie het traject startte",
    r"herpla\w+": "verzet",
    r"verscho(?:ven|f)|verschuif\w*": "verzet",
    r"verplaatst": "verzet",
    r"eigen deelnemer": "eigen gemeente",
    r"toestandsmachines?": "toestanden en overgangen",
    r"WAAROM": "REDEN",
    r"drivers?": "stuurprogramma",
    r"in het geding": "ter discussie",
    r"niet meer mee|meedoe\w+": "neemt niet langer deel, deelneemt",
    r"staakt|gestaakt": "stopt",
    r"zeg": "geef aan",
}
"""What is not said, and what is said instead."""

EXCEPTIONS = {
    "“own” is of a body’s own party, and no body is asked here.": "of a word of definitions",
    "Amend a title, a ladder or a route of a running process; never a gate or a machine.\n\n"
    "WHAT is title, ladder/NAME, papers-due/PARTY or route/PARTY.": "ladder/NAAM is typed",
}
"""The messages whose Dutch may have one of these words, by their English, and why."""

NAMED = re.compile(r"\{\w+\}|“[^”]*”|\b[\w-]+/(?:NAAM|PARTY)")
"""What is not ours to say: what is filled in, and what somebody types or wrote."""
IDENTIFIER = re.compile(
    r"(?<![\w@./-])[a-z][a-z0-9-]*(?:\.(?:raad|college)\b|@[a-z0-9-]+(?![\w.@-]))"
)
"""The id of a body or a function, as it is typed: dordrecht.raad, griffier@dordrecht."""

LETTERS = sorted((ROOT / "tests/scheduler/golden/nl").glob("*.txt"))
SCREENS = sorted((ROOT / "tests/screens/golden/nl").glob("*.txt"))
WRITTEN = sorted(
    [*(ROOT / "definitions/processes").glob("*.yaml"), *(ROOT / "docs/examples").glob("*.yaml")]
)


def said_wrongly(dutch: str) -> list[str]:
    """Return which words of a text are not said, each with what is said instead."""
    return [
        f"{found[0]}: {instead}"
        for word, instead in BANNED.items()
        if (found := re.search(rf"\b(?:{word})\b", dutch, 0 if word.isupper() else re.IGNORECASE))
    ]


def messages() -> Iterator[tuple[str, str]]:
    """Yield each Dutch message of the program, singular and plural, with its English."""
    (catalogue,) = (file for file in sources(ROOT) if language_of(file) == "nl")
    for each in read(catalogue):
        english = each.id if isinstance(each.id, str) else each.id[0]
        forms = [each.string] if isinstance(each.string, str) else each.string or []
        yield from ((english, form) for form in forms if english)


def in_dutch(value: object) -> Iterator[str]:
    """Yield what stands under ``nl`` in a definition or a file with facts."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from [inner] if key == "nl" and isinstance(inner, str) else in_dutch(inner)
        case list():
            for inner in value:
                yield from in_dutch(inner)
        case _:
            pass


def test_no_message_has_a_word_that_a_griffier_would_not_use() -> None:
    """What is filled in and what stands between quotation marks is not ours to say."""
    wrong = {
        english: words
        for english, dutch in messages()
        if english not in EXCEPTIONS and (words := said_wrongly(NAMED.sub("", dutch)))
    }
    assert {} == wrong


def test_an_exception_is_one_still() -> None:
    """One that nothing needs any more is taken out."""
    needed = {english for english, dutch in messages() if said_wrongly(dutch)}
    assert set() == set(EXCEPTIONS) - needed


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.name)
def test_no_file_that_is_shipped_has_such_a_word(file: Path) -> None:
    """Titles and remarks; a ``ladder`` is a word of the language of definitions."""
    said = in_dutch(YAML(typ="safe").load(file))
    assert [] == [words for each in said if (words := said_wrongly(each))]


def test_the_comments_of_a_new_definition_have_none() -> None:
    """What ``definitions new`` writes in Dutch is read by whoever fills it in."""
    lines = (ROOT / "definitions/template.nl.yaml").read_text(encoding="utf-8").splitlines()
    comments = [re.sub(r"\"[^\"]*\"", "", line.partition("#")[2]) for line in lines]
    assert [] == [words for each in comments if (words := said_wrongly(each))]


@pytest.mark.parametrize("file", LETTERS, ids=lambda file: file.stem)
def test_a_letter_has_no_such_word_and_no_id(file: Path) -> None:
    """Only a command, which is to be typed, has the ids of bodies and functions in it."""
    lines = file.read_text(encoding="utf-8").splitlines()
    said = " ".join(line for line in lines if not line.strip().startswith("mijlpaal "))
    assert [] == said_wrongly(said)
    assert [] == IDENTIFIER.findall(said)


@pytest.mark.parametrize("file", SCREENS, ids=lambda file: file.stem)
def test_a_screen_has_no_english_of_click(file: Path) -> None:
    """The words in which the use of a command is described are translated too."""
    assert [] == re.findall(r"\[OPTIONS\]|\[ARGS\]|COMMAND|\[required\]", file.read_text("utf-8"))
