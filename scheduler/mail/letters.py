"""Letters: what is said, put into the installation's templates or our own, and made into mail."""

import gettext
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from definitions.language.text import LANGUAGES, text
from scheduler.mail.calendars import Method, Organizer, calendar_of, cancelled, in_calendar
from scheduler.mail.letter_content import (
    Attachments,
    Page,
    content_of,
    distinct,
    in_brief,
    in_more,
    why_gone,
)
from scheduler.mail.mime import (
    Attached,
    Content,
    Envelope,
    as_mail,
    calendars_in,
    message_id,
    thread_id,
)
from scheduler.mail.template_process import Stopped, TemplateProcess
from scheduler.mail.templates import RenderedLetter, render_built_in
from scheduler.mail.wording import Wording
from scheduler.settings import MailSettings
from workflow.model.mail_address import Mailbox, UnusableAddress, mailbox, same_mailbox
from workflow.model.reminders import Item, Letter, Written

Catalogues = Callable[[str], gettext.NullTranslations]
"""Returns the catalogue of a language; English, the language of the sources, if there is none."""


class Writer:
    """Writes letters, in the language of each reader."""

    def __init__(
        self,
        settings: MailSettings,
        catalogues: Catalogues,
        template_process: TemplateProcess | None = None,
    ) -> None:
        """Take the settings of sender and templates, and the catalogues.

        Args:
            template_process: the process that runs an installation's templates; None for a new one.
        """
        self._settings = settings
        self._catalogues = catalogues
        self._template_process = template_process or TemplateProcess()
        self._wordings: dict[str, Wording] = {}

    def rest(self) -> None:
        """Release resources until the next letter is written."""
        self._template_process.close()
        self._wordings.clear()  # the names of people are in them

    def __call__(self, letter: Letter) -> Written:
        """Write a letter: the same one always becomes the same bytes.

        Raises:
            UnusableAddress: no letter can be sent to its address.
        """
        settings = self._settings
        reader = mailbox(letter.address)
        say = self._wording(self._language_of(letter))
        items = distinct(letter.items)
        out = list(_taken_out(letter, items))
        names = _named(len(out), say)
        page = content_of(letter, say, names)
        forms, fault = self._forms(page)
        content = Content(
            language=say.language,
            subject=forms.subject,
            text=forms.text,
            html=forms.html,
            calendars=tuple(self._calendars(letter, items, out, say, names)),
        )
        first = items[0]
        envelope = Envelope(
            id=message_id(letter.id, settings.id_domain),
            thread=(thread_id((first.process, first.due, first.subject), settings.id_domain),),
            written_at=letter.written_at,
            sender=settings.sender,
            sender_name=settings.sender_name,
            reader=reader,
            reader_name=letter.name or "",
            answers_to=tuple(_answers_to(items, reader)),
        )
        return Written(envelope.id, forms.subject, as_mail(envelope, content), fault)

    def _wording(self, language: str) -> Wording:
        if language not in self._wordings:
            self._wordings[language] = Wording(language, self._catalogues(language))
        return self._wordings[language]

    def _language_of(self, letter: Letter) -> str:
        asked = (letter.language or "").lower().replace("_", "-").partition("-")[0]
        return asked if asked in LANGUAGES else self._settings.language

    def _calendars(
        self,
        letter: Letter,
        items: list[Item],
        out: list[tuple[Item, str]],
        say: Wording,
        names: Attachments,
    ) -> Iterator[Attached]:
        """Yield the calendars attached to a letter: first the cancellations, then the deadlines.

        In that order no deadline is in a calendar twice, even for a moment.
        """

        def describe(item: Item) -> tuple[str, str]:
            return in_brief(item, say), in_more(item, say)

        def explain(item: Item) -> tuple[str, str]:
            return in_brief(item, say), why_gone(item, say)

        organizer = Organizer(self._settings.sender, self._settings.sender_name)
        for name, (item, uid) in zip(names.cancelled, out, strict=True):
            calendar = cancelled(item, uid, letter.written_at, organizer, explain)
            yield Attached(name, Method.CANCEL, calendar)
        there = [item for item in items if item.gone is None]
        if there:
            calendar = calendar_of(there, letter.written_at, organizer, describe)
            yield Attached(names.deadlines, Method.PUBLISH, calendar)

    # --- templates -----------------------------------------------------------------------------

    def _forms(self, page: Page) -> tuple[RenderedLetter, str | None]:
        """Return a letter in its forms; by our own templates, and why, where others fail."""
        folder = self._settings.templates
        if folder is None:
            return render_built_in(page), None
        try:
            made = self._template_process.write(folder, page)
        except Stopped as error:
            fault = error.sentence
        else:
            if isinstance(made, RenderedLetter):
                return made, None
            fault = text(
                "The template {name} fails in line {line}, so the built-in ones are used: {why}",
                name=made.name,
                line=made.line,
                why=made.why,
            )
        return render_built_in(page), fault.render(self._catalogues(self._settings.language))


def _named(number: int, say: Wording) -> Attachments:
    """Return the file names of the calendars of a letter.

    Args:
        number: the number of cancellations.
    """
    first = say(text("cancelled.ics"))
    stem, dot, ending = first.rpartition(".")
    more = (f"{stem}-{each}{dot}{ending}" for each in range(2, number + 1))
    cancelled = (first, *more) if number else ()
    return Attachments(say(text("deadlines.ics")), cancelled)


def _taken_out(letter: Letter, items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Yield the items that a letter cancels in a calendar, each with its id there.

    Those are lapsed deadlines, and deadlines with the id of an earlier version that get a new one
    now.
    """
    there = in_calendar(each for sent in letter.earlier for each in calendars_in(sent))
    for item in items:
        if item.gone is not None and (item.uid in there or item.former_uid not in there):
            yield item, item.uid
        if item.former_uid in there:
            yield item, item.former_uid


def _answers_to(items: Iterable[Item], reader: Mailbox) -> Iterator[str]:
    """Yield the addresses that answers go to, each mailbox once; none where that is the reader.

    One that only some servers take would keep the letter from others, and is left out there.
    """
    known = {same_mailbox(str(reader))}
    for written in (each for item in items for each in item.answers_to):
        if same_mailbox(written) in known:
            continue
        known.add(same_mailbox(written))
        with suppress(UnusableAddress):
            found = mailbox(written)
            if reader.international or not found.international:
                yield str(found)
