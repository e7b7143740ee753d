"""Mail addresses: what can be sent to, and what is refused before it becomes anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.addresses import UnusableAddress, is_host, mailbox

USABLE = {
    "griffier@sliedrecht.example": "griffier@sliedrecht.example",
    "g.o'brien+raad@sliedrecht.example": "g.o'brien+raad@sliedrecht.example",
    "griffier@LOCALHOST": "griffier@LOCALHOST",
    "griffier@gemeente-súdwest.example": "griffier@xn--gemeente-sdwest-cvb.example",
    "jürgen@sliedrecht.example": "jürgen@sliedrecht.example",
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
    "griffier@": "after the @",
    "griffier@-sliedrecht.example": "after the @",
    "griffier@sliedrecht..example": "after the @",
    "griffier@[127.0.0.1]": "after the @",
    "griffier@sliedrecht.example>": "after the @",
    "griffier@sliedrecht.example, other": "after the @",
    f"{'g' * 65}@sliedrecht.example": "too long",
    f"griffier@{'s' * 250}.example": "too long",
    f"griffier@{'é' * 70}.example": "after the @",
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
