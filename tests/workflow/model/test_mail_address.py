"""Mail addresses: what can be sent to, and what is refused before it becomes anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.model.mail_address import UnusableAddress, is_host, mailbox, same_mailbox

USABLE = {
    "griffier@sliedrecht.example": "griffier@sliedrecht.example",
    "g.o'brien+raad@sliedrecht.example": "g.o'brien+raad@sliedrecht.example",
    "griffier@LOCALHOST": "griffier@localhost",
    "G.Raad@Sliedrecht.EXAMPLE": "G.Raad@sliedrecht.example",
    "griffier@gemeente-súdwest.example": "griffier@xn--gemeente-sdwest-cvb.example",
    "griffier@gemeente-su\u0301dwest.example": "griffier@xn--gemeente-sdwest-cvb.example",
    "griffier@Gemeente-SÚDWEST.example": "griffier@xn--gemeente-sdwest-cvb.example",
    "jürgen@sliedrecht.example": "jürgen@sliedrecht.example",
    "ju\u0308rgen@sliedrecht.example": "jürgen@sliedrecht.example",
    # The four letters in which IDNA 2008 differs from that of 2003, as in UTS 46, table 1.
    "griffie@straße.example": "griffie@xn--strae-oqa.example",
    "griffie@faß.example": "griffie@xn--fa-hia.example",
    "griffie@STRAẞE.example": "griffie@xn--strae-oqa.example",
    "griffie@STRASSE.example": "griffie@strasse.example",
    "griffie@βόλος.example": "griffie@xn--nxasmm1c.example",
    "griffie@βόλοσ.example": "griffie@xn--nxasmq6b.example",
    "griffie@ශ්\u200dරී.example": "griffie@xn--10cl1a0b660p.example",
    "griffie@ශ්රී.example": "griffie@xn--10cl1a0b.example",
    "griffie@نامه\u200cای.example": "griffie@xn--mgba3gch31f060k.example",
    "griffie@xn--strae-oqa.example": "griffie@xn--strae-oqa.example",
    "griffie@XN--STRAE-OQA.example": "griffie@xn--strae-oqa.example",
    "griffie@gemeente。example": "griffie@gemeente.example",
}
UNUSABLE = {
    "": "it has no @",
    "griffier": "it has no @",
    "griffier@sliedrecht.example\nBcc: all@example": "it has a line break",
    "griffier@sliedrecht.example\r": "it has a line break",
    "grif\x00fier@sliedrecht.example": "it has a line break",
    "grif\u202efier@sliedrecht.example": "it has a line break",
    "grif\udc80fier@sliedrecht.example": "it has a line break",
    "griffier @sliedrecht.example": "before the @",
    "@sliedrecht.example": "before the @",
    ".griffier@sliedrecht.example": "before the @",
    "grif..fier@sliedrecht.example": "before the @",
    "a@b@sliedrecht.example": "before the @",
    "<griffier@sliedrecht.example": "before the @",
    "x,griffier@sliedrecht.example": "before the @",
    '"griffier"@sliedrecht.example': "before the @",
    "=?utf-8?q?a=40b?=@sliedrecht.example": "before the @",
    "griffier@": "after the @",
    "griffier@-sliedrecht.example": "after the @",
    "griffier@sliedrecht..example": "after the @",
    "griffier@[127.0.0.1]": "after the @",
    "griffier@sliedrecht.example>": "after the @",
    "griffier@sliedrecht.example, other": "after the @",
    f"{'g' * 65}@sliedrecht.example": "too long",
    f"griffier@{'s' * 250}.example": "too long",
    f"griffier@{'é' * 70}.example": "after the @",
    f"griffier@{'.'.join(['ü' * 9] * 13)}.example": "too long",
    "grif\u200dfier@sliedrecht.example": "it has a line break",
    "griffier@slie\u200ddrecht.example": "after the @",
    "griffier@slie\u200cdrecht.example": "after the @",
    "griffier@☃.example": "after the @",
    "griffier@-ü.example": "after the @",
    "griffier@ü..example": "after the @",
    "griffier@xn--a.example": "after the @",
    "griffier@xn--.example": "after the @",
    "griffier@XN--Strasse-.example": "after the @",
    "griffier@ü_b.example": "after the @",
    "griffier@אa.example": "after the @",
    "griffier@\u0301ü.example": "after the @",
}


@pytest.mark.parametrize("written", USABLE)
def test_an_address_that_can_be_used(written: str) -> None:
    """Also one whose domain is not in ASCII: that is put into it."""
    assert USABLE[written] == str(mailbox(written))


@pytest.mark.parametrize("written", UNUSABLE)
def test_an_address_that_cannot_be_used(written: str) -> None:
    """The sentence says what is wrong with it."""
    with pytest.raises(UnusableAddress) as refused:
        mailbox(written)
    assert UNUSABLE[written] in str(refused.value)
    assert written == refused.value.address


def test_only_a_name_in_other_letters_needs_a_newer_server() -> None:
    """A domain in other letters does not."""
    assert mailbox("jürgen@a.example").international
    assert not mailbox("jurgen@ü.example").international


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("griffie@regio.example", "griffie@Regio.EXAMPLE"),
        ("griffie@regio.example", "Griffie@regio.example"),
        ("griffie@straße.example", "griffie@xn--strae-oqa.example"),
        ("griffie@straße.example", "GRIFFIE@STRAẞE.EXAMPLE"),
        ("rené@regio.example", "RENE\u0301@regio.example"),
    ],
)
def test_one_mailbox_in_two_spellings(one: str, other: str) -> None:
    """They are compared without capitals, and as they are in ASCII."""
    assert same_mailbox(one) == same_mailbox(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("griffie@straße.example", "griffie@strasse.example"),
        ("groß@regio.example", "gross@regio.example"),
        ("g.riffie@regio.example", "griffie@regio.example"),
        ("griffie+raad@regio.example", "griffie@regio.example"),
        ("griffie", "Griffie"),
    ],
)
def test_two_mailboxes(one: str, other: str) -> None:
    """Nothing else is alike; nor is what is no address."""
    assert same_mailbox(one) != same_mailbox(other)


@given(st.text(max_size=80) | st.emails())
def test_whatever_is_typed_is_used_or_refused(written: str) -> None:
    """What is used is one name at one domain, of nothing that ends a line or a field."""
    try:
        found = mailbox(written)
    except UnusableAddress:
        return
    assert str(found).isprintable()
    assert set() == set(str(found)) & set(' <>,;:"()[]\\')
    assert 1 == str(found).count("@")
    assert is_host(found.domain)
