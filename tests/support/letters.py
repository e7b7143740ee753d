"""Letters made up for tests: of one item, of several, of a council and of a project secretary."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from definitions.language.actions import BLANK, action
from definitions.language.text import text
from scheduler.mail.letters import Writer
from scheduler.settings import MailSettings
from screens.page import spoken
from workflow.model.reminders import Asked, Contact, First, Instead, Item, Letter, Waiting

WRITTEN_AT = datetime(2021, 2, 12, 8, 0, tzinfo=UTC)
TODAY = date(2021, 2, 12)
PROCESS = "gr-sociaal-domein"
NAMES = {
    "alblasserdam": "Alblasserdam",
    "dordrecht": "Dordrecht",
    "hardinxveld-giessendam": "Hardinxveld-Giessendam",
    "hendrik-ido-ambacht": "Hendrik-Ido-Ambacht",
    "papendrecht": "Papendrecht",
    "sliedrecht": "Sliedrecht",
    "zwijndrecht": "Zwijndrecht",
}
SECRETARY = Contact("projectsecretaris", "P. Voorbeeld", "secretaris@drechtsteden.example")
SETTINGS = MailSettings.model_validate(
    {"sender": "griffie@drechtsteden.example", "sender_name": "Griffie Drechtsteden"}
)
OUTLINE = Waiting(
    "hoofdlijnennotitie",
    {"nl": "Hoofdlijnennotitie", "en": "Outline memorandum"},
    "in-route",
    date(2021, 3, 31),
)

PRINCIPLE = Item(
    process=PROCESS,
    process_titles={
        "nl": "Nieuwe GR sociaal domein",
        "en": "New joint arrangement for the social domain",
    },
    due="principebesluit/raden",
    subject="sliedrecht.raad",
    subject_name="Sliedrecht",
    asked=Asked.DECIDE,
    milestone="principebesluit",
    titles={"nl": "Principebesluit", "en": "Decision in principle"},
    what="raden",
    body="sliedrecht.raad",
    instrument="principebesluit",
    outcomes=("ingestemd", "gewijzigd-ingestemd", "verworpen", "aangehouden", "ingetrokken"),
    deadline=date(2021, 2, 26),
    written="2021-02",
    target=False,
    rung="-14d",
    today=TODAY,
    put=True,
    moved_from=None,
    moved_because="",
    waiting=(
        Waiting(
            "principebesluit",
            {"nl": "Principebesluit", "en": "Decision in principle"},
            "vastgesteld",
            None,
        ),
        OUTLINE,
    ),
    command=action(
        "record",
        process=PROCESS,
        milestone="principebesluit",
        body="sliedrecht.raad",
        outcome=BLANK,
        on=BLANK,
    ),
    ask=(SECRETARY,),
    meant_for=None,
    instead=None,
    uid="5f1c9a52-6a0e-5d6c-9f67-0a5a2f4e9d11",
    sequence=1,
    role="griffier",
    answers_to=("secretaris@drechtsteden.example",),
)
QUESTIONS = replace(
    PRINCIPLE,
    due="hoofdlijnennotitie/technische-vragen",
    subject="sliedrecht",
    asked=Asked.TASK,
    milestone="hoofdlijnennotitie",
    titles={"nl": "Hoofdlijnennotitie", "en": "Outline memorandum"},
    what="technische-vragen",
    body=None,
    instrument=None,
    outcomes=("gesloten",),
    deadline=date(2021, 3, 9),
    written="2021-03-09",
    put=False,
    moved_from="2021-02-23",
    moved_because="de stukken komen twee weken later",
    waiting=(OUTLINE,),
    command=None,
    first=(
        First(
            Asked.REACH,
            "hoofdlijnennotitie",
            {"nl": "Hoofdlijnennotitie", "en": "Outline memorandum"},
            "",
            (),
            text("from “{source}” to “{target}”", source="oplevering", target="in-route"),
            date(2021, 3, 31),
            (SECRETARY,),
        ),
    ),
    uid="1f4f8e0f-1f3b-5e0a-8a0b-1a0f9d1f2c33",
    sequence=2,
)
ROUTE = replace(
    PRINCIPLE,
    due="hoofdlijnennotitie.in-route",
    subject="",
    subject_name="",
    asked=Asked.REACH,
    milestone="hoofdlijnennotitie",
    titles={"nl": "Hoofdlijnennotitie", "en": "Outline memorandum"},
    what="in-route",
    body=None,
    instrument=None,
    outcomes=(),
    deadline=date(2021, 3, 31),
    written="2021-03",
    waiting=(),
    command=action("advance", process=PROCESS, milestone="hoofdlijnennotitie"),
    uid="7a1d2c3b-4e5f-5a6b-8c7d-9e0f1a2b3c4d",
)
OPINION = replace(
    PRINCIPLE,
    process="zienswijze-regionale-visie",
    process_titles={
        "nl": "Zienswijze regionale visie sociaal domein",
        "en": "Opinions on the regional vision",
    },
    due="zienswijzeronde/raden",
    asked=Asked.SEND,
    milestone="zienswijzeronde",
    titles={"nl": "Zienswijzen van de raden", "en": "Opinions of the councils"},
    instrument="zienswijze",
    outcomes=("zienswijze", "ziet-af", "aangehouden"),
    deadline=date(2021, 2, 13),
    written="uiterlijk 13 februari 2021",
    waiting=(),
    command=action(
        "sent",
        process="zienswijze-regionale-visie",
        milestone="zienswijzeronde",
        body="sliedrecht.raad",
        on=BLANK,
    ),
    uid="9c8b7a6d-5e4f-5c3b-8a2d-1c0b9a8f7e6d",
)
CONFERENCE = replace(
    ROUTE,
    due="conferentie.gehouden",
    milestone="conferentie",
    titles={"nl": "Derde conferentie", "en": "Third conference"},
    what="gehouden",
    deadline=date(2021, 2, 10),
    written="2021-02-10",
    target=True,
    command=action("advance", process=PROCESS, milestone="conferentie"),
    uid="0d9e8f7a-6b5c-5d4e-8f3a-2b1c0d9e8f7a",
)
LATE = tuple(
    replace(
        PRINCIPLE,
        subject=f"{party}.raad",
        subject_name=name,
        body=f"{party}.raad",
        deadline=date(2021, 2, 9),
        written="2021-02-09",
        rung="+3d",
        command=action(
            "record",
            process=PROCESS,
            milestone="principebesluit",
            body=f"{party}.raad",
            outcome=BLANK,
            on=BLANK,
            reference=BLANK,
        ),
        ask=(Contact(f"griffier@{party}", None, None, name),),
        uid=f"uid-{party}",
        role="projectsecretaris",
        instead=Instead.UNDELIVERED if party == "papendrecht" else None,
        meant_for="griffier@papendrecht" if party == "papendrecht" else None,
    )
    for party, name in NAMES.items()
)

GRIFFIER = Letter(
    id="0f3c2b1a9d8e4f5a8b7c6d5e4f3a2b1c",
    written_at=WRITTEN_AT,
    address="griffier@sliedrecht.example",
    name="G. Voorbeeld",
    language="nl",
    items=(PRINCIPLE,),
)
SEVERAL = replace(GRIFFIER, items=(OPINION, PRINCIPLE, QUESTIONS))
INSTEAD = replace(
    GRIFFIER,
    address="secretaris@drechtsteden.example",
    name=None,
    language=None,
    items=(
        replace(
            PRINCIPLE,
            instead=Instead.EMPTY,
            meant_for="griffier@sliedrecht",
            role="projectsecretaris",
        ),
    ),
)
SECRETARIAT = replace(
    GRIFFIER,
    address="secretaris@drechtsteden.example",
    name="secretaris",
    items=tuple(replace(each, role="projectsecretaris") for each in (*LATE, CONFERENCE, ROUTE)),
)
LETTERS = {
    "griffier": GRIFFIER,
    "several": SEVERAL,
    "instead": INSTEAD,
    "secretariat": SECRETARIAT,
}


def long_letter(number: int) -> Letter:
    """Return a letter of many items, of four kinds."""
    kinds = (PRINCIPLE, QUESTIONS, ROUTE, OPINION)
    items = tuple(
        replace(
            kinds[at % len(kinds)],
            due=f"mijlpaal-{at}/raden",
            titles={"nl": f"Mijlpaal {at}: een voorstel met een wat langere naam"},
            uid=f"uid-{at}",
        )
        for at in range(number)
    )
    return replace(GRIFFIER, items=items)


def writer(settings: MailSettings = SETTINGS) -> Writer:
    """Return the writer of letters, as the program makes it."""
    return Writer(settings, spoken)


@dataclass(frozen=True)
class Read:
    """A letter as a mail program shows it.

    Attributes:
        mail: the whole message.
        txt, html, ics: its three forms.
        in_html: the words that the HTML shows.
    """

    mail: EmailMessage
    txt: str
    html: str
    ics: str

    @property
    def in_html(self) -> str:
        """The words that the HTML shows, a line for each piece."""
        shown = _Shown()
        shown.feed(self.html)
        return "\n".join(shown.pieces)


class _Shown(HTMLParser):
    """Gathers what a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden = tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._hidden:
            self.pieces.append(data.strip())


def read(content: bytes) -> Read:
    """Return a letter as it is read; whatever is wrong in its form is an error."""
    mail = message_from_bytes(content, policy=policy.strict)
    assert isinstance(mail, EmailMessage)
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    (calendar,) = mail.iter_attachments()
    said = calendar.get_payload(decode=True)
    assert isinstance(said, bytes)
    return Read(
        mail,
        text.get_content().replace("\r\n", "\n"),
        html.get_content().replace("\r\n", "\n"),
        said.decode(),
    )
