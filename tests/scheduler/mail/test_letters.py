"""Writing letters: what is said, in whose words, and that nothing in it becomes anything else."""

import shlex
import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses, parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.actions import BLANK, action
from scheduler.mail.calendars import Method
from scheduler.mail.letter_content import BRIEF
from scheduler.mail.mime import Attached, Content, Envelope, as_mail
from scheduler.settings import MailSettings
from tests.support.letters import (
    GRIFFIER,
    LATE,
    LETTERS,
    OPINION,
    PRINCIPLE,
    QUESTIONS,
    ROUTE,
    SETTINGS,
    TODAY,
    long_letter,
    read,
    writer,
)
from tests.support.properties import examples
from workflow.model.mail_address import UnusableAddress, mailbox
from workflow.model.reminders import Contact, Instead, Item, Waiting

WRITE = writer()
NO = (None, None)
READER = mailbox("griffier@sliedrecht.example")
ODD = st.text(
    st.sampled_from(
        "<>&\"'{}%\\\r\n\t\0\x1b\x7f\x85\u2028\u202e\u2066\ud800éß–€א\U0001f600 aZ@:;,.=_-"
    ),
    max_size=40,
)


def subject_of(*items: Item, language: str = "nl") -> str:
    """Return the subject line of a letter."""
    return WRITE(replace(GRIFFIER, items=items, language=language)).subject


def text_of(*items: Item, language: str = "nl", name: str | None = "G. Voorbeeld") -> str:
    """Return a letter as text, without its folds."""
    letter = replace(GRIFFIER, items=items, language=language, name=name)
    return " ".join(read(WRITE(letter).content).txt.split())


def due_in(days: int, *, target: bool = False) -> Item:
    """Return an item with its deadline so many days away."""
    day = TODAY + timedelta(days=days)
    return replace(PRINCIPLE, deadline=day, written=day.isoformat(), target=target)


# --- the subject -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "nl", "en"),
    [
        (due_in(14), "Uiterlijk vr 26 feb 2021", "By Fri 26 Feb 2021"),
        (due_in(0), "Vandaag, vr 12 feb 2021", "Today, Fri 12 Feb 2021"),
        (due_in(-1), "1 dag te laat (do 11 feb 2021)", "1 day late (Thu 11 Feb 2021)"),
        (due_in(-3), "3 dagen te laat (di 9 feb 2021)", "3 days late (Tue 9 Feb 2021)"),
        (due_in(14, target=True), "Richtdatum vr 26 feb 2021", "Target date Fri 26 Feb 2021"),
    ],
)
def test_the_subject_begins_with_by_when(item: Item, nl: str, en: str) -> None:
    """Whoever reads nothing else knows that."""
    assert [nl, en] == [subject_of(item, language=each).partition(":")[0] for each in ("nl", "en")]


@pytest.mark.parametrize(
    ("item", "what"),
    [
        (PRINCIPLE, "principebesluit van de raad van Sliedrecht"),
        (
            replace(PRINCIPLE, instrument="toestemming"),
            "Principebesluit, toestemming van de raad van Sliedrecht",
        ),
        (
            replace(PRINCIPLE, instrument="onbekend"),
            "Principebesluit, besluit van de raad van Sliedrecht",
        ),
        (
            replace(PRINCIPLE, body="sliedrecht.college", instrument="treffen"),
            "Principebesluit, treffen van het college van Sliedrecht",
        ),
        (
            replace(PRINCIPLE, body="drechtstedenbestuur", subject_name=""),
            "principebesluit van het drechtstedenbestuur",
        ),
        (
            replace(PRINCIPLE, body="drechtraad", subject_name="Drechtraad"),
            "principebesluit van de Drechtraad",
        ),
        (QUESTIONS, "Hoofdlijnennotitie, technische vragen (Sliedrecht)"),
        (ROUTE, "Hoofdlijnennotitie naar “in route”"),
        (
            OPINION,
            "Zienswijzen van de raden, toezending van het besluit van de raad van Sliedrecht",
        ),
    ],
)
def test_the_subject_says_what(item: Item, what: str) -> None:
    """And of whom."""
    assert what == subject_of(item).partition(": ")[2]


def test_the_subject_says_how_many_more() -> None:
    """Each deadline of each party is one."""
    assert subject_of(*LATE).endswith("(en 6 andere)")
    assert subject_of(PRINCIPLE, QUESTIONS, language="en").endswith("(and 1 more)")


def test_a_subject_is_never_too_long() -> None:
    """The beginning of a long title is enough there."""
    item = replace(PRINCIPLE, titles={"nl": "Heel lang " * 100}, instrument="toestemming")
    assert 160 >= len(subject_of(item))
    assert "Heel lang Heel" in subject_of(item)


# --- what is said ------------------------------------------------------------------------------


def test_a_month_is_shown_as_it_was_written_and_as_the_day_that_follows() -> None:
    """As the brief of a griffier has it."""
    assert "februari 2021, dus uiterlijk vrijdag 26 februari" in text_of(PRINCIPLE)
    aimed = replace(PRINCIPLE, target=True)
    assert "Richtdatum vrijdag 26 februari 2021, over 14 dagen" in text_of(aimed)
    assert "februari 2021, dus vrijdag 26 februari" in text_of(aimed)


@pytest.mark.parametrize(
    "written", ["2021-02-26", "26 februari 2021", "uiterlijk 26 februari 2021"]
)
def test_a_day_is_shown_once(written: str) -> None:
    """Where it was written as that day, nothing follows from it."""
    assert "dus" not in text_of(replace(PRINCIPLE, written=written))


def test_a_date_that_nobody_can_read_is_shown_as_it_is() -> None:
    """In the words of its source."""
    assert "na het reces, dus uiterlijk vrijdag 26 februari" in text_of(
        replace(PRINCIPLE, written="na het reces")
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2020, 2, 1), "1 februari 2020 is een zaterdag; de datum blijft zoals hij is."),
        (date(2021, 4, 5), "is tweede paasdag; de datum blijft zoals hij is."),
    ],
)
def test_a_day_that_is_no_working_day_is_warned_about(day: date, said: str) -> None:
    """It is not moved."""
    assert said in text_of(replace(PRINCIPLE, deadline=day, written=day.isoformat())).lower()


def test_a_moved_date_says_from_when_and_why() -> None:
    """As it was written then."""
    moved = replace(PRINCIPLE, moved_from="2021-01", moved_because="corona")
    assert "De datum was januari 2021. Reden: corona" in text_of(moved)
    assert "De datum was januari 2021." in text_of(replace(moved, moved_because=""))


def test_what_waits_is_named_as_far_as_one_reads() -> None:
    """And how much more there is."""
    waiting = tuple(
        Waiting(f"m{number}", {"en": f"Milestone {number}"}, "in-route", None)
        for number in range(8)
    )
    said = text_of(replace(PRINCIPLE, waiting=waiting))
    assert "Milestone 4 naar “in route”" in said
    assert "Milestone 5" not in said
    assert "en nog 3" in said


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        (Instead.EMPTY, "niemand met een mailadres vervult die functie"),
        (Instead.UNDELIVERED, "daar kon het niet worden bezorgd"),
    ],
)
def test_a_letter_for_another_seat_says_so_and_why(instead: Instead, said: str) -> None:
    """Before what is asked."""
    item = replace(PRINCIPLE, instead=instead, meant_for="griffier@sliedrecht")
    whole = text_of(item)
    assert f"U krijgt dit in plaats van de griffier van Sliedrecht: {said}." in whole
    assert whole.index(said) < whole.index("wordt een besluit gevraagd")


def test_what_is_not_there_yet_is_said_to_be_so() -> None:
    """A question that was not put, a task that is not there."""
    assert "Zover is het nog niet" in text_of(replace(PRINCIPLE, put=False))
    assert "Zover is het nog niet" not in text_of(PRINCIPLE)


def test_whom_to_ask_is_said_as_far_as_it_is_known() -> None:
    """The seat at least."""
    ask = (Contact("projectsecretaris", None, None), Contact("stuurgroep", "S. Voorbeeld", None))
    said = text_of(replace(PRINCIPLE, ask=ask))
    assert "- projectsecretaris - stuurgroep, S. Voorbeeld" in said


@pytest.mark.parametrize("name", ["griffier van Oost", "de griffier van Oost", "griffier"])
def test_a_name_that_is_the_function_is_not_said_twice(name: str) -> None:
    """Many griffies are known by nothing else."""
    ask = (Contact("griffier@oost", name, "griffie@oost.example", "Oost"),)
    said = text_of(replace(PRINCIPLE, ask=ask))
    assert "Vragen aan: griffier van Oost, griffie@oost.example" in said


def test_the_same_deadline_of_a_party_is_said_once() -> None:
    """Two rungs that fell together; what is one's own comes before what was another's."""
    other = replace(PRINCIPLE, rung="0d", instead=Instead.EMPTY, meant_for="griffier@x")
    for items in ((PRINCIPLE, other), (other, PRINCIPLE)):
        letter = read(WRITE(replace(GRIFFIER, items=items)).content)
        assert 1 == letter.txt.count("mijlpaal record")
        assert 1 == letter.ics.count("BEGIN:VEVENT")
        assert "in plaats van" not in letter.txt


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anna de Vries", "Anna de Vries"),
        ("Zoë", "Zoë"),
        ("李明", "李明"),
        ("griffier van Oost", "griffier van Oost"),
        ("de griffier van Oost", "griffier van Oost"),
        ("de Vries", "de Vries"),
        ("anna", "griffier"),
        ("a.devries", "griffier"),
        ("zoë", "griffier"),
        ("ADEVRIES", "griffier"),
        ("Vries01", "griffier"),
        ("OOST\\Anna", "griffier"),
        ("Anna@oost.example", "griffier"),
        (None, "griffier"),
    ],
)
def test_a_letter_addresses_its_reader_as_people_do(name: str | None, said: str) -> None:
    """By a name, or else by function: nobody is called what they log in with."""
    assert text_of(PRINCIPLE, name=name).startswith(f"Geachte {said}, ")
    assert text_of(PRINCIPLE, name=name, language="en").startswith(f"Dear {said}, ")


def test_who_reads_it_in_two_functions_is_a_reader() -> None:
    """Neither of them is said, where there is no name."""
    both = (PRINCIPLE, replace(QUESTIONS, role="werkgroepleider"))
    assert text_of(*both, name="anna").startswith("Geachte lezer, ")
    assert text_of(replace(PRINCIPLE, role="lid-werkgroep"), name="anna").startswith(
        "Geachte lid werkgroep, "
    )


def test_whom_to_ask_of_several_parties_makes_no_card_of_its_own() -> None:
    """Five councils that each have a griffier of their own are one card, and each is named."""
    items = tuple(
        replace(each, ask=(Contact(f"griffier@{at}", f"G. {at}", None), Contact("stuurgroep", *NO)))
        for at, each in enumerate(LATE[:5])
    )
    letter = read(WRITE(replace(GRIFFIER, items=items)).content)
    assert 2 == letter.txt.count("-" * 70)
    assert 5 == letter.txt.count("mijlpaal record")
    assert 1 == letter.txt.count("Vragen aan:")
    assert 1 == letter.txt.count("stuurgroep")
    assert [1] * 5 == [letter.txt.count(f"- griffier van {at}, G. {at}\n") for at in range(5)]


def test_a_calendar_says_nothing_to_type() -> None:
    """It is read on a telephone; the letter says how it is recorded."""
    for each in LETTERS.values():
        letter = read(WRITE(each).content)
        assert "mijlpaal record" in letter.txt
        assert "mijlpaal record" not in letter.ics.replace("\r\n ", "")


def test_a_deadline_of_several_parties_is_one_card_with_a_command_for_each() -> None:
    """What they have in common is said once."""
    said = text_of(*LATE)
    assert "Van deze 7 wordt een besluit gevraagd" in said
    assert 1 == said.count("Wacht hierop")
    assert 7 == said.count("mijlpaal record")


def test_a_long_list_begins_with_what_is_in_it() -> None:
    """Forty things are found again."""
    said = read(WRITE(long_letter(40)).content).txt
    overview = said.partition("-" * 70)[0]
    assert 40 == overview.count("\n  - ")
    assert 11 == said.count("-" * 70)
    assert "Nog 30 termijnen staan alleen in de lijst hierboven." in " ".join(said.split())
    assert [] == [
        line for line in said.splitlines() if len(line) > 76 and "  mijlpaal " not in line
    ]


@pytest.mark.parametrize(
    ("asked", "set_to", "language"),
    [
        ("nl", "en", "nl"),
        ("en", "nl", "en"),
        ("en-GB", "nl", "en"),
        ("NL_be", "en", "nl"),
        ("fr", "nl", "nl"),
        (None, "en", "en"),
        (None, "nl", "nl"),
    ],
)
def test_a_letter_is_in_the_language_of_its_reader(
    asked: str | None, set_to: str, language: str
) -> None:
    """Or in that of the installation, where it is not known or not ours."""
    chosen = SETTINGS.model_copy(update={"language": set_to})
    letter = read(writer(chosen)(replace(GRIFFIER, language=asked)).content)
    assert language == letter.mail["Content-Language"]
    assert {"nl": "Geachte", "en": "Dear"}[language] == letter.txt.split()[0]


# --- headers -----------------------------------------------------------------------------------


def test_the_headers_of_a_letter() -> None:
    """Frozen with the letter, and such that no holiday replies to them."""
    written = WRITE(GRIFFIER)
    mail = read(written.content).mail
    assert written.message_id == mail["Message-ID"]
    assert "<0f3c2b1a9d8e4f5a8b7c6d5e4f3a2b1c@drechtsteden.example>" == written.message_id
    assert "Fri, 12 Feb 2021 08:00:00 +0000" == mail["Date"]
    assert "auto-generated" == mail["Auto-Submitted"]
    assert written.subject == mail["Subject"]
    assert "Griffie Drechtsteden <griffie@drechtsteden.example>" == mail["From"]


@pytest.mark.parametrize(
    ("answers_to", "header"),
    [
        ((), None),
        (("s@a.example",), "s@a.example"),
        (("s@a.example", "S@A.example", "t@b.example"), "s@a.example, t@b.example"),
        (("s@straße.example",), "s@xn--strae-oqa.example"),
        (("Griffier@Sliedrecht.example",), None),
        (("nobody", "a@b.example\r\nBcc: c@d.example", "s@a.example"), "s@a.example"),
        (("zoë@a.example", "s@a.example"), "s@a.example"),
    ],
)
def test_answers_go_to_the_secretariat(answers_to: tuple[str, ...], header: str | None) -> None:
    """Each mailbox once, none that keeps a letter from its reader, and nobody to themselves."""
    items = (replace(PRINCIPLE, answers_to=answers_to), replace(QUESTIONS, answers_to=answers_to))
    mail = read(WRITE(replace(GRIFFIER, items=items)).content).mail
    assert header == mail["Reply-To"]


def test_letters_about_a_deadline_are_one_thread() -> None:
    """A later one has an id of its own, and goes on about the same."""
    first, later = (
        read(WRITE(replace(GRIFFIER, id=each, items=(item,))).content).mail
        for each, item in (("a1", PRINCIPLE), ("b2", due_in(3)))
    )
    other = read(WRITE(replace(GRIFFIER, items=(QUESTIONS,))).content).mail
    assert first["References"] == first["In-Reply-To"] == later["References"]
    assert first["Message-ID"] != later["Message-ID"]
    assert first["References"] != other["References"]


def test_the_calendar_is_an_attachment_that_calendars_know() -> None:
    """With a name, and the method in its type."""
    (part,) = read(WRITE(GRIFFIER).content).mail.iter_attachments()
    assert "text/calendar" == part.get_content_type()
    assert "PUBLISH" == part["Content-Type"].params["method"]
    assert "termijnen.ics" == part.get_filename()


def test_an_address_in_other_letters_is_written_as_it_is() -> None:
    """A server that takes it takes such headers too; all else stays in ASCII."""
    letter = replace(GRIFFIER, address="jürgen@gemeente-súdwest.example")
    head = WRITE(letter).content.partition(b"\r\n\r\n")[0].decode()
    assert '"G. Voorbeeld" <jürgen@xn--gemeente-sdwest-cvb.example>' in head


@pytest.mark.parametrize("address", ["griffier", "a@b.example\r\nBcc: c@d.example", "a@b, c@d"])
def test_an_address_that_cannot_be_used(address: str) -> None:
    """Nothing is written to it."""
    with pytest.raises(UnusableAddress):
        WRITE(replace(GRIFFIER, address=address))


def test_an_odd_id_is_still_an_id() -> None:
    """Always the same one."""
    odd = [WRITE(replace(GRIFFIER, id="a b>\r\nX: y")).message_id for _ in range(2)]
    assert odd[0] == odd[1]
    assert set() == set(odd[0]) - set(string.hexdigits) - set("<>@drechtsteden.example")


HEADERS = {
    *("MIME-Version", "Message-ID", "Date", "From", "To", "Subject", "In-Reply-To", "References"),
    *("Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "Content-Type"),
}


@examples(40)
@given(name=ODD, title=ODD, reason=ODD, subject=ODD, word=ODD)
def test_nothing_that_is_said_becomes_a_header_or_markup(
    name: str, title: str, reason: str, subject: str, word: str
) -> None:
    """Whatever names, titles, reasons and ids are: one reader, known headers, lines of mail."""
    item = replace(
        PRINCIPLE,
        titles={"nl": title},
        process_titles={"nl": title},
        subject_name=subject,
        what=word,
        outcomes=(word,),
        moved_from=word,
        moved_because=reason,
        command=action("record", process=word, outcome=BLANK),
        ask=(Contact(word, name, name),),
        meant_for=subject,
        instead=Instead.EMPTY,
    )
    letter = replace(GRIFFIER, name=name, items=(item, replace(QUESTIONS, process=word, uid=word)))
    written = WRITE(letter)
    found = read(written.content)

    assert WRITE(letter) == written
    assert set(found.mail.keys()) == HEADERS
    assert ["griffier@sliedrecht.example"] == [each for _, each in getaddresses([found.mail["To"]])]
    assert written.subject.isprintable() or "\u2068" in written.subject
    assert 998 >= max(len(line) for line in written.content.split(b"\r\n"))
    assert written.content.replace(b"\r\n", b"").isascii()
    assert not set(written.content.replace(b"\r\n", b"")) & {0, 10, 13}
    assert found.html.count("<td") == found.html.count("</td>")
    assert "<script" not in found.html
    assert 2 == found.ics.count("BEGIN:VEVENT\r\n")


@pytest.mark.parametrize(
    "process", ["gr sociaal", "o'brien's", "$(rm -rf ~)", 'a"b', "naïef", "`id`", "-x"]
)
def test_a_command_can_be_typed_as_it_stands(process: str) -> None:
    """Whatever the process is called."""
    said = read(
        WRITE(
            replace(
                GRIFFIER,
                items=(replace(ROUTE, command=action("advance", process=process, milestone="m")),),
            )
        ).content
    )
    (line,) = [each for each in said.txt.splitlines() if "mijlpaal advance" in each]
    assert ["mijlpaal", "advance", process, "m"] == shlex.split(line)
    assert shlex.join(["mijlpaal", "advance", process, "m"]) in said.in_html


@pytest.mark.parametrize("name", ['Griffie "7", <x@y>', "Ädel, Ö", "é" * 99, "a\nBcc: x@y", ""])
def test_whoever_sends_is_one_sender(name: str) -> None:
    """Whatever their name has in it."""
    chosen = SETTINGS.model_copy(update={"sender_name": name})
    found = read(writer(chosen)(GRIFFIER).content)
    ((said, address),) = getaddresses([found.mail["From"]])
    assert "griffie@drechtsteden.example" == address
    # Python's own reader puts spaces between the pieces of a long name.
    assert said.replace(" ", "") in ("".join(name.split()), "é" * 59 + "…")
    assert set(found.mail.keys()) == HEADERS


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "=?utf-8?b?R3JhdGlz?=",
                "=?utf-8?q?Gratis_geld?=",
                "=?iso-8859-1?Q?=E9?=",
                "=?",
                "?=",
            ),
            *("=?UTF-8*nl?B?w6k=?=", "=", "?", "_", " ", "a", "Raad", "é", "🏊", '"', "\\", ","),
            *("(", ")", "<x@y.example>", ";", ":", "=41", "%41", "'", "\t"),
        ]
    ),
    max_size=5,
).map(lambda pieces: " ".join("".join(pieces).split())[:BRIEF].strip())


@examples(150)
@given(title=PIECES, name=PIECES)
def test_what_is_read_is_what_was_written(title: str, name: str) -> None:
    """By two readers: nothing is decoded that was not encoded by us, and all that was is."""
    chosen = SETTINGS.model_copy(update={"sender_name": name})
    item = replace(PRINCIPLE, titles={"nl": title}, instrument="toestemming")
    written = writer(chosen)(replace(GRIFFIER, name=name, items=(item,)))
    older = message_from_bytes(written.content)
    newer = message_from_bytes(written.content, policy=policy.default)
    subject = f"Uiterlijk vr 26 feb 2021: {title}, toestemming van de raad van Sliedrecht"
    assert subject == written.subject == newer["Subject"] == decoded(older["Subject"])
    for header, address in (
        ("To", "griffier@sliedrecht.example"),
        ("From", "griffie@drechtsteden.example"),
    ):
        ((name_read, address_read),) = getaddresses([str(newer[header])])
        # This reader puts spaces between the pieces of a long name.
        assert name.replace(" ", "") == name_read.replace(" ", "")
        raw, address_raw = parseaddr(older[header])
        assert (name, address, address) == (decoded(raw), address_raw, address_read)


def decoded(header: str) -> str:
    """Return a header as a mail program shows it."""
    return str(make_header(decode_header("".join(header.splitlines()))))


@pytest.mark.parametrize("name", ["termijnen.ics", "=?utf-8?b?R3JhdGlz?=.ics", 'a"; x="é\r\n.ics'])
def test_an_attachment_is_called_what_it_is_called(name: str) -> None:
    """Whatever is in it."""
    envelope = Envelope("<a@b.example>", (), GRIFFIER.written_at, "a@b.example", "", READER, "")
    calendar = Attached(name, Method.PUBLISH, b"BEGIN:VCALENDAR")
    content = as_mail(envelope, Content("nl", "x", "x", "x", (calendar,)))
    (part,) = message_from_bytes(content, policy=policy.default).iter_attachments()
    assert name == part.get_filename()
    assert name == part["Content-Type"].params["name"]


def test_names_that_run_from_right_to_left_turn_nothing_round() -> None:
    """They are kept apart from what stands beside them."""
    said = text_of(replace(PRINCIPLE, subject_name="רמת גן"))
    assert "van \u2068רמת גן\u2069 wordt" in said


# --- always the same ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", LETTERS)
def test_the_same_letter_is_always_the_same_bytes(name: str) -> None:
    """By another writer too, in another process, on another day."""
    assert writer()(LETTERS[name]) == WRITE(LETTERS[name])


def test_a_letter_of_nobody_known_on_a_bare_laptop() -> None:
    """Without any setting there is a sender, and a language."""
    items = (replace(PRINCIPLE, role="", answers_to=()),)
    bare = replace(GRIFFIER, name=None, language=None, items=items)
    written = writer(MailSettings())(bare)
    mail = read(written.content)
    assert "mijlpaal <mijlpaal@mijlpaal.invalid>" == mail.mail["From"]
    assert "griffier@sliedrecht.example" == mail.mail["To"]
    assert mail.txt.startswith("Geachte lezer,")
    assert mail.mail["Reply-To"] is None


def test_the_instant_is_that_of_the_letter_in_whatever_zone() -> None:
    """The same instant is the same letter."""
    later = GRIFFIER.written_at.astimezone(None)
    assert WRITE(GRIFFIER) == WRITE(replace(GRIFFIER, written_at=later))


def test_a_turn_of_the_year() -> None:
    """The year is said where it matters."""
    item = replace(
        PRINCIPLE, deadline=date(2022, 1, 1), written="2022-01-01", today=date(2021, 12, 31)
    )
    letter = replace(GRIFFIER, items=(item,), written_at=datetime(2021, 12, 31, 8, tzinfo=UTC))
    said = read(WRITE(letter).content)
    assert "Uiterlijk zaterdag 1 januari 2022, morgen" in said.txt
    assert "DTEND;VALUE=DATE:20220102" in said.ics
