"""Templates of an installation: what they may change, what they never reach, and when they fail."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler.mail.letters import Writer
from scheduler.mail.template_process import TemplateProcess
from scheduler.settings import MailSettings
from screens.page import spoken
from tests.support.letters import GRIFFIER, PRINCIPLE, SETTINGS, WRITTEN_AT, read, writer
from workflow.model.reminders import Letter, Written

SHOP = TemplateProcess()
"""One program for all of it: to start it takes longer than to write a letter."""
TEXT, HTML, SUBJECT = "letter.txt.j2", "letter.html.j2", "subject.txt.j2"
BUILT_IN = writer()(GRIFFIER)


@pytest.fixture(autouse=True, scope="module")
def shut() -> Iterator[None]:
    """End the program after the last one."""
    yield
    SHOP.close()


@pytest.fixture
def own(tmp_path: Path) -> Writer:
    """Return a writer of letters with the templates of a folder."""
    return Writer(_with(tmp_path), spoken, SHOP)


def _with(folder: Path) -> MailSettings:
    return SETTINGS.model_copy(update={"templates": folder})


def written(folder: Path, name: str, template: str, letter: Letter = GRIFFIER) -> Written:
    """Return a letter, written by a template."""
    (folder / name).write_text(template, encoding="utf-8")
    return Writer(_with(folder), spoken, SHOP)(letter)


def test_without_templates_of_their_own_ours_are_used(own: Writer) -> None:
    """To the byte, also in a sandbox."""
    assert own(GRIFFIER) == BUILT_IN


def test_a_template_of_their_own(tmp_path: Path) -> None:
    """It sees all that a letter says; the other forms stay as they are."""
    card = "{{ card.title }} {{ card.deadline }} ({{ card.days_left }})"
    template = f"{{{{ letter.greeting }}}} {{% for card in letter.cards %}}{card}{{% endfor %}}"
    found = written(tmp_path, TEXT, template)
    assert None is found.fault
    assert "Geachte G. Voorbeeld, Principebesluit 2021-02-26 (14)\n" == read(found.content).txt
    assert read(found.content).html == read(BUILT_IN.content).html


def test_a_template_that_changes_only_the_signature(tmp_path: Path) -> None:
    """The rest is taken from ours, by the name it has there."""
    found = written(
        tmp_path,
        HTML,
        '{% extends "mijlpaal/letter.html.j2" %}{% block signature %}Griffie{% endblock %}',
    )
    assert None is found.fault
    html = read(found.content).in_html
    assert html.endswith("Griffie")
    assert "Dit bericht is automatisch" not in html


def test_a_subject_of_their_own_is_one_line(tmp_path: Path) -> None:
    """Whatever the template makes of it."""
    found = written(tmp_path, SUBJECT, "Herinnering:\n{{ letter.subject }}\nBcc: a@b\n\n")
    assert f"Herinnering: {BUILT_IN.subject} Bcc: a@b" == found.subject
    assert None is read(found.content).mail["Bcc"]


def test_a_template_is_read_anew_when_it_was_changed(tmp_path: Path) -> None:
    """Also by a service that runs for weeks."""
    file = tmp_path / SUBJECT
    file.write_text("een", encoding="utf-8")
    write = Writer(_with(tmp_path), spoken, SHOP)
    assert "een" == write(GRIFFIER).subject
    file.write_text("nog een", encoding="utf-8")
    assert "nog een" == write(GRIFFIER).subject


def test_what_is_put_into_html_is_no_markup(tmp_path: Path) -> None:
    """Also in a template of their own, and in what that includes."""
    (tmp_path / "part.j2").write_text("{{ letter.greeting }}", encoding="utf-8")
    letter = replace(GRIFFIER, name="<b>& X")
    found = written(tmp_path, HTML, '{{ letter.greeting }}{% include "part.j2" %}', letter)
    assert "Geachte &lt;b&gt;&amp; X,Geachte &lt;b&gt;&amp; X,\n" == read(found.content).html


FAULTS = {
    "{{ letter.nowhere }}": "Page object' has no attribute 'nowhere'",
    "{% for %}": "TemplateSyntaxError: Expected an expression",
    "{{ 1 / 0 }}": "ZeroDivisionError: division by zero",
    "{% include 'nowhere.j2' %}": "TemplateNotFound: nowhere.j2",
    "": "ValueError: letter.txt.j2",
    "{{ 'x' * 3000000 }}": "OverflowError: letter.txt.j2",
    "{{ letter.__class__.__mro__ }}": "SecurityError: access to attribute '__class__'",
    "{{ ''.__class__ }}": "SecurityError: access to attribute '__class__'",
    "{{ cycler.__init__.__globals__ }}": "SecurityError: access to attribute '__init__'",
    "{{ '{0.__class__}'.format(letter) }}": "SecurityError: access to attribute '__class__'",
    "{{ letter.cards.__getitem__(0) }}": "SecurityError: access to attribute '__getitem__'",
    "{% set x = [] %}{{ x.append(1) }}": "SecurityError",
    "{% for i in range(1000000) %}{% endfor %}": "OverflowError: Range too big",
    "{% include '../secret' %}": "TemplateNotFound: ../secret",
}


@pytest.mark.parametrize("template", FAULTS)
def test_a_template_that_fails(tmp_path: Path, template: str) -> None:
    """Or reaches for the program: the built-in ones write the letter, and it is said why."""
    (tmp_path / "own").mkdir()
    (tmp_path / "secret").write_text("geheim", encoding="utf-8")
    found = written(tmp_path / "own", TEXT, template)
    assert BUILT_IN.content == found.content
    assert FAULTS[template] in str(found.fault)


@pytest.mark.parametrize(
    ("template", "line"), [("a\n{{ letter.x }}", 2), ("a\n\n{% if %}", 3), ("{{ 1 / 0 }}", 1)]
)
def test_a_fault_says_where_it_is(tmp_path: Path, template: str, line: int) -> None:
    """In which template, in which line, in the language of the installation."""
    fault = written(tmp_path, TEXT, template, replace(GRIFFIER, language="en")).fault
    assert str(fault).startswith(f"Het sjabloon {TEXT} loopt vast in regel {line}; ")


def test_a_template_that_fails_on_one_letter_writes_the_others(tmp_path: Path) -> None:
    """The fault is of that letter."""
    template = "{{ 1 / letter.cards[0].days_left }}"
    today = replace(PRINCIPLE, today=PRINCIPLE.deadline)
    assert None is written(tmp_path, TEXT, template).fault
    assert written(tmp_path, TEXT, template, replace(GRIFFIER, items=(today,))).fault


def test_a_template_that_is_no_text(tmp_path: Path) -> None:
    """It is said so, and the letter goes."""
    (tmp_path / TEXT).write_bytes(b"\xff\xfe")
    found = Writer(_with(tmp_path), spoken, SHOP)(GRIFFIER)
    assert BUILT_IN.content == found.content
    assert "UnicodeDecodeError" in str(found.fault)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    """After the settings were read: the built-in ones are used."""
    folder = tmp_path / "templates"
    folder.mkdir()
    write = Writer(_with(folder), spoken, SHOP)
    folder.rmdir()
    assert BUILT_IN.content == write(GRIFFIER).content


def test_a_template_changes_nothing_else(tmp_path: Path) -> None:
    """Not whom it is for, nor its id, nor its date, nor the calendar."""
    ours, theirs = read(BUILT_IN.content), read(written(tmp_path, TEXT, "x").content)
    for header in ("To", "Message-ID", "Date", "References"):
        assert ours.mail[header] == theirs.mail[header]
    assert ours.ics == theirs.ics
    assert f"{WRITTEN_AT:%Y%m%dT%H%M%SZ}" in theirs.ics


# --- bounds ------------------------------------------------------------------------------------

DIGITS = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_a_template_that_takes_all_memory(tmp_path: Path) -> None:
    """It gets none, and the letter goes by ours; the program that runs it goes on."""
    found = written(tmp_path, TEXT, "{{ 'x'|center(500000000) }}")
    assert BUILT_IN.content == found.content
    assert "MemoryError" in str(found.fault)
    assert None is written(tmp_path, TEXT, "x").fault


def test_a_template_that_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is stopped; the other letters of the claim do not wait for it, and the next one tries.

    That next one has as long as it takes a busy machine to begin a program.
    """
    (tmp_path / TEXT).write_text(DIGITS, encoding="utf-8")
    shop = TemplateProcess(seconds=0.3)
    write = Writer(_with(tmp_path), spoken, shop)
    for _ in range(3):
        found = write(GRIFFIER)
        assert BUILT_IN.content == found.content
        assert "De sjablonen duurden langer dan 1 seconde en zijn gestopt; " in str(found.fault)
    (tmp_path / TEXT).write_text("x", encoding="utf-8")
    monkeypatch.setattr(shop, "_seconds", 60)
    write.rest()
    assert None is write(GRIFFIER).fault
    write.rest()


def test_one_program_for_many_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started with the first, and ends when the writer rests."""
    begun: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def popen(*how: Any, **more: Any) -> subprocess.Popen[bytes]:
        begun.append(start(*how, **more))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    monkeypatch.setenv("MIJLPAAL_MAIL_PASSWORD", "geheim")
    write = Writer(_with(tmp_path), spoken)
    (tmp_path / TEXT).write_text("x", encoding="utf-8")
    assert [None] * 3 == [write(GRIFFIER).fault for _ in range(3)]
    (process,) = begun
    if Path(f"/proc/{process.pid}/environ").exists():
        assert b"geheim" not in Path(f"/proc/{process.pid}/environ").read_bytes()
    write.rest()
    assert process.poll() is not None


@pytest.mark.parametrize(
    "said", [b"", b"no\n", b"[]\n", b"{}\n", b'{"why": "x", "name": "x", "line": "x"}\n']
)
def test_what_the_program_answers_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    """Whatever it is, the letter goes by ours."""
    answers = f"import sys; sys.stdout.buffer.write(b'{{}}\\n' + {said!r})"
    start = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **more: start([command[0], "-c", answers], **more)
    )
    write = Writer(_with(tmp_path), spoken)
    found = write(GRIFFIER)
    write.rest()
    assert BUILT_IN.content == found.content
    assert "Het programma dat de sjablonen uitvoert" in str(found.fault)
