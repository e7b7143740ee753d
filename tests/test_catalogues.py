"""The catalogues: taken from the sources without a rest, in good order, compiled as they are."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from catalogues.building import compile_all, sources
from catalogues.messages import (
    PACKAGES,
    ROOT,
    fields,
    in_source,
    language_of,
    messages,
    misfits,
    missing,
    read,
    updated,
    written,
)
from cli import cli
from definitions.language.text import LANGUAGES

FILES = list(sources(ROOT))


@pytest.fixture(scope="module")
def wanted() -> list[tuple[str, ...]]:
    """Return every message of the program."""
    return messages()


def test_there_is_a_catalogue_for_every_language_but_the_source() -> None:
    """English is written in the code; what else can be chosen has a catalogue."""
    assert set(LANGUAGES) - {"en"} == {language_of(file) for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=language_of)
def test_a_catalogue_is_what_make_messages_would_write(
    file: Path, wanted: list[tuple[str, ...]]
) -> None:
    """It has every message, no other, sorted; else run ``make messages``."""
    assert file.read_bytes() == written(updated(read(file), wanted))


@pytest.mark.parametrize("file", FILES, ids=language_of)
def test_a_translation_is_sure_and_has_the_fields_of_its_message(file: Path) -> None:
    """Nothing is fuzzy, and a field in one language is a field in the other."""
    catalogue = read(file)
    assert [] == [each.id for each in catalogue if each.id and each.fuzzy]
    assert [] == misfits(catalogue)


@pytest.mark.parametrize("file", FILES, ids=language_of)
def test_nothing_is_left_untranslated(file: Path) -> None:
    """Every sentence that somebody may read is there in every language."""
    assert [] == missing(read(file))


@pytest.mark.parametrize("file", FILES, ids=language_of)
def test_what_is_compiled_is_what_is_written(file: Path, tmp_path: Path) -> None:
    """A screen speaks the catalogue of today, else run ``make``; the bytes bear no date."""
    source = tmp_path / file.relative_to(ROOT)
    source.parent.mkdir(parents=True)
    source.write_bytes(file.read_bytes())
    compile_all(tmp_path)
    assert source.with_suffix(".mo").read_bytes() == file.with_suffix(".mo").read_bytes()


def test_what_looks_like_a_command_is_one() -> None:
    """A screen adds the database that was named to it, and would add it to any other word."""
    said = [each for message in messages() for each in message]
    words = {word for each in said for word in re.findall(r"\bmijlpaal ([a-z]+)\b", each)}
    assert set() == words - set(cli.commands)


# --- taking messages out -----------------------------------------------------------------------


def test_what_is_said_is_found_and_what_is_asked_of_the_database_is_not() -> None:
    """Only our own functions take messages, under whatever name a module has them."""
    source = """
from definitions.language.text import ntext, text as say
from sqlalchemy import text
say("One.", value=1)
say("Two "
    "lines.")
ntext("{n} day", "{n} days", 3)
text("SELECT 1")
"""
    assert [("One.",), ("Two lines.",), ("{n} day", "{n} days")] == list(in_source(source))


def test_what_is_not_written_out_is_an_error() -> None:
    """A message that is put together when the program runs would stay English for ever."""
    with pytest.raises(ValueError, match=r"a\.py:2"):
        list(in_source("from definitions.language.text import text\ntext(words)", "a.py"))


def test_a_new_message_is_missing_and_an_old_one_goes() -> None:
    """Known translations stay; of a message that got a plural they do not."""
    known = Catalog("nl")
    for message, dutch in (("Old.", "Oud."), ("Kept.", "Gebleven."), ("{n} day", "{n} dag")):
        known.add(message, dutch)
    fresh = updated(known, [("Kept.",), ("New.",), ("{n} day", "{n} days")])
    assert ["New.", "{n} day"] == sorted(missing(fresh))
    assert b"Old." not in written(fresh)
    assert b'msgid "Kept."\nmsgstr "Gebleven."' in written(fresh)


@pytest.mark.parametrize(
    ("message", "dutch", "right"),
    [
        ("{a} on {b}", "op {b}: {a}", True),
        ("{a} on {b}", "op {b}", False),
        ("{a}", "{a} {c}", False),
        (("{n} day", "{n} days"), ("één dag", "{n} dagen"), True),
        (("{n} day, {a}", "{n} days, {a}"), ("{n} dag, {a}", "{n} dagen"), False),
    ],
)
def test_fields_are_compared(
    message: str | tuple[str, ...], dutch: str | tuple[str, ...], right: bool
) -> None:
    """A sentence may move its fields, not lose one or make one up; a number may be in words."""
    catalogue = Catalog("nl")
    catalogue.add(message, dutch)
    assert right == (not misfits(catalogue))


def test_a_sentence_is_given_the_values_it_has_fields_for() -> None:
    """No type checker sees that a field and its value have the same name.

    A sentence that is given none is filled in later, or is a template.
    """
    wrong = []
    for file in (ROOT / name for package in PACKAGES for name in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="text"), args=[ast.Constant(value=str(said))], keywords=given
                ) if given and all(each.arg for each in given):
                    if fields(said) != {each.arg for each in given}:
                        wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert [] == wrong
