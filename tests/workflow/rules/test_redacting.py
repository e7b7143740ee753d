"""Taking a person out of texts and letters: in every form they stand there, and nothing else."""

import unicodedata
from dataclasses import replace
from email import message_from_bytes, policy
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.mail.letters import Writer
from screens.page import catalogue
from tests.support.letters import PRINCIPLE, SETTINGS, WRITTEN_AT
from tests.support.properties import examples
from tests.support.traces import read_out
from workflow.model.reminders import Contact, Letter
from workflow.rules.redacting import Forgotten

JAN = Forgotten("person-7", "Jan", "jan@a.example", ("Jan de Boer", "Marie Jan", "Piet"))
ZOE = Forgotten("person-8", "Zoë van der Ließt", "zoe@straße.example")


@pytest.mark.parametrize(
    "said",
    [
        "Geachte Jan,",
        "vragen aan: Jan (jan@a.example)",
        "Jan's brief; Jan’s brief; “Jan”",
        "<p>Jan</p>",
        "is het Jan?",
        r"DESCRIPTION:eerst\nJan\, jan@a.example",
        "JAN@A.EXAMPLE <jan%40a.example> mailto:jan&#64;a.example",
        "Jan.",
    ],
)
def test_they_are_taken_out(said: str) -> None:
    """Whatever stands around them."""
    found = JAN.text(said)
    assert "person-7" in found
    assert "Jan" not in found
    assert "jan" not in found.lower()


@pytest.mark.parametrize(
    "said",
    [
        "Januari, Janssen, januari; JAN, jan",
        "op 5 Jan 2026, 12 Jan en Jan 2026",
        "Jan de Boer en Marie Jan",
        "Jan-Willem; Klaas-Jan",
        "a.jan@a.example, jan@a.example.org, jan@a.examples, xjan@a.example, jan-x@a.example",
        "griffier@Jan, Jan@oost, www.Jan.example",
        "Jańs",
    ],
)
def test_what_is_not_them_stays(said: str) -> None:
    """A name that is part of a word, of another name, of a date, of another address or a seat."""
    assert said == JAN.text(said)


@pytest.mark.parametrize(
    "said",
    [
        "Zoë van der Ließt",
        unicodedata.normalize("NFD", "Zoë van der Ließt"),
        "ZOË VAN DER LIEßT",
        "Zoë van\r\n    der Ließt",
        "Zoë\u00a0van der&nbsp;Ließt",
        "\u2068Zoë van der Ließt\u2069",
        "Zo&euml; van der Lie&szlig;t",
        "Zo&#235; van der Lie&#xDF;t",
        r"Zoë van\nder Ließt",
        "zoe@xn--strae-oqa.example",
        "zoe@strasse.example",
        "zoe@straße.example",
        "zoe%40stra%C3%9Fe.example",
    ],
)
def test_in_every_form(said: str) -> None:
    """Another normal form, capitals, broken lines, entities, escapes; and the domain in ASCII."""
    assert f"({said})" != ZOE.text(f"({said})")
    expected = ("(person-8)", "(person-8@forgotten.invalid)", "(\u2068person-8\u2069)")
    assert ZOE.text(f"({said})") in expected


NAMES = st.text(st.sampled_from("abcdeJkLmno éßÇ'’-.,;&<>\"()øŁ中"), min_size=5, max_size=70).map(
    lambda said: " ".join(f"Ana{said}Bo".split())
)
DOMAINS = st.sampled_from(("a.example", "straße.example"))
LOCALS = st.from_regex(r"[a-z]{2,8}(?:[.+][a-z]{2,6})?", fullmatch=True)


@examples(15)
@given(
    NAMES, LOCALS, st.sampled_from(("a.example", "straße.example")), st.sampled_from(("nl", "en"))
)
def test_of_a_letter_nothing_is_left_and_the_rest_is(
    name: str, local: str, domain: str, language: str
) -> None:
    """Whatever the name: no mail program shows it; and the letter is the one without it else."""
    address = f"{local}.q@{domain}"
    gone = Forgotten("person-9", name, address)
    asked = (Contact("secretaris", name, address), Contact("griffier@west", "Piet", "p@w.example"))
    item = replace(PRINCIPLE, ask=asked, answers_to=(address,))
    write = Writer(SETTINGS, catalogue)
    for reader, to in (("Piet", "p@w.example"), (name, address)):
        written = write(Letter("l1", WRITTEN_AT, to, reader, language, (item,))).content
        without = gone.letter(written)
        said = read_out(without)
        assert not gone.is_in(said)
        assert f"{local}.q" not in said
        assert unicodedata.normalize("NFC", name)[:30] not in said
        assert escape(name) not in said
        assert without == gone.letter(without)
        assert all(each in said for each in ("Piet", "p@w.example", "person-9"))
        assert not message_from_bytes(without, policy=policy.default).defects
        assert all(len(line) <= 998 for line in without.split(b"\r\n"))


def test_of_what_cannot_be_read_nothing_is_kept() -> None:
    """Better nothing than what nobody looked through."""
    odd = (
        b"Message-ID: <1@a.example>\r\nDate: Mon, 01 Feb 2021 08:00:00 +0000\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--y\r\nJan is here\r\n'
        b"--x\r\nContent-Type: text/plain; charset=utf-7\r\n"
        b"Content-Transfer-Encoding: x-unknown\r\n\r\nJan\r\n--x--\r\n"
    )
    found = JAN.letter(odd)
    assert b"Jan" not in found
    assert b"<1@a.example>" in found


def test_other_letters_stay_what_they_are() -> None:
    """To the byte."""
    written = Writer(SETTINGS, catalogue)(
        Letter("l1", WRITTEN_AT, "p@w.example", "Piet", "nl", (PRINCIPLE,))
    ).content
    assert written == JAN.letter(written)
    assert b"" == JAN.letter(b"")
