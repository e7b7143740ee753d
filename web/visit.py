"""A visit: one request for a page, with who asks, in which language, and of which day."""

import hmac
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from definitions.calendar.dates import given_date, says_today
from definitions.language.errors import InvalidValue, given_as
from definitions.language.text import LANGUAGES, Text, text
from definitions.language.values import dataclass
from web.desk import Desk
from web.html_page import HtmlPage
from web.standing import Standing, standing_of
from web.templating import render
from workflow.rules.refusals import DateRefused
from workflow.rules.snapshot import Snapshot
from workflow.storage.names import person_of
from workflow.storage.reading import Head
from workflow.views.seen import Seen, looks_back, process_title
from workflow.views.status import StatusView, status_view

Found = TypeVar("Found")
DAYS = ("as_of", "known_at")
THEME = "/static/theme.css"
"""The address of the style sheet of the installation."""
LANGUAGE = "taal"
"""The query and the cookie that choose the language."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The days of a page that looks back, as they were typed and as they were read.

    Attributes:
        typed: what stands in the fields.
        as_of: how things stood on that day; None for now.
        known_at: as recorded by that day; None for all of it.
        error: why a day cannot be used; None where they can. The page then shows the present.
    """

    typed: tuple[str, str] = ("", "")
    as_of: date | None = None
    known_at: date | None = None
    error: InvalidValue | DateRefused | None = None

    @property
    def back(self) -> bool:
        """Whether it is another day than the present, so that nothing can be done."""
        return self.as_of is not None or self.known_at is not None

    @property
    def fault(self) -> Text | None:
        """What is wrong with a day that was typed; None where nothing is."""
        return None if self.error is None else self.error.sentence

    @property
    def query(self) -> str:
        """The days as the end of an address; empty for the present."""
        given = (
            f"{n}={d.isoformat()}"
            for n, d in zip(DAYS, (self.as_of, self.known_at), strict=True)
            if d
        )
        found = "&".join(given)
        return f"?{found}" if found else ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page.

    Attributes:
        desk: what pages are made with.
        request: as the framework has it.
        language: in which the page is written.
    """

    desk: Desk
    request: Request
    language: str

    @property
    def page(self) -> HtmlPage:
        """Where screens are written."""
        return HtmlPage(self.language)

    @property
    def person(self) -> str | None:
        """Who asks, by the opaque id of a person; None of somebody who is not on record."""

        def read() -> str | None:
            with self.desk.queries.database.reading() as reader:
                return person_of(reader, self.desk.asker)

        return self._once(("person",), read)

    def part(self, name: str) -> str:
        """Return a part of the address."""
        found = self.request.path_params[name]
        return str(found)

    def query(self, name: str) -> str:
        """Return a value of the query of the address; empty where it has none."""
        return self.request.query_params.get(name, "").strip()

    def seen(self, process: str, asked: Asked, *, past_rounds: bool = True) -> Seen:
        """Return a process as it is looked at."""
        days = (asked.as_of, asked.known_at)
        queries = self.desk.queries

        def look(*, past_rounds: bool) -> Callable[[], Seen]:
            return lambda: queries.look_at(
                process, *days, language=self.language, past_rounds=past_rounds
            )

        more = ("seen", process, days, True)
        if past_rounds or more in self.request.scope.get("mijlpaal.read", ()):
            return self._once(more, look(past_rounds=True))
        return self._once(("seen", process, days, False), look(past_rounds=False))

    def head(self, process: str) -> tuple[Snapshot, Head]:
        """Return the present of a process, and the head of its journal."""
        return self.seen(process, Asked(), past_rounds=False), self.standing(process).head

    def status(self, process: str, asked: Asked) -> StatusView:
        """Return where a process stands."""
        seen, now = self.seen(process, asked), self.standing(process)
        missing = () if looks_back(seen) else now.undelivered
        started = self.desk.queries.first_event(process)
        return status_view(seen, missing, dict(now.people), started)

    def standing(self, process: str) -> Standing:
        """Return what a page of a process depends on, read in one transaction."""
        return self._once(("standing", process), lambda: standing_of(self.desk.queries, process))

    def _once(self, key: Hashable, read: Callable[[], Found]) -> Found:
        """Return what is read of a process; where nothing is written, once a request."""
        if self.request.method not in {"GET", "HEAD"}:
            return read()
        kept: dict[Hashable, Found] = self.request.scope.setdefault("mijlpaal.read", {})
        if key not in kept:
            kept[key] = read()
        return kept[key]

    def asked(self, process: str) -> Asked:
        """Return the days that a page is asked for."""
        typed = (self.query("as_of"), self.query("known_at"))
        if not any(typed):
            return Asked()
        now = self.standing(process)
        today = now.day
        try:
            as_of, known = (
                day_of(each, name, today) for name, each in zip(DAYS, typed, strict=True)
            )
            asked = Asked(typed, as_of, known)
            self.desk.drawn.get(
                ("days", now.head.head_hash, today, as_of, known),
                lambda: self._checked(process, asked),
            )
        except (InvalidValue, DateRefused) as error:
            return Asked(typed, error=error)
        return asked

    def _checked(self, process: str, asked: Asked) -> Markup:
        """See whether a process can be looked at as of its days.

        Raises:
            DateRefused: it cannot.
        """
        self.seen(process, asked, past_rounds=False)
        return Markup()

    def show(self, template: str, title: Text, status: int = 200, **values: object) -> Response:
        """Return a page, made of a template that fills the main part of every page."""
        main = render(template, self.language, {**self.common(), **values, "title": title})
        return self.whole(main, title, status)

    def whole(self, main: Markup, title: Text | str, status: int = 200, **more: object) -> Response:
        """Return a page around its main part.

        Args:
            main: what fills it.
            title: of the page.
            status: of the answer.
            more: ``process``, whose pages are offered; ``asked``, the days it is of; ``receipt``,
                of what was just recorded.
        """
        return HTMLResponse(self._frame(main, title, **more), status)

    def _frame(self, main: Markup, title: Text | str, **more: object) -> Markup:
        values = {
            **self.common(),
            "process": "",
            "asked": None,
            "receipt": "",
            "heading": "",
            **more,
            "main": main,
            "title": title,
        }
        return render("page", self.language, values)

    def framed(
        self,
        process: str,
        asked: "Asked | None",
        main: Markup,
        receipt: str = "",
    ) -> Response:
        """Return a page of a process around its main part, with the days it can be asked of."""
        now = self.standing(process)
        title = self.desk.drawn.get(
            ("title", now.head.head_hash, now.day, self.language),
            lambda: escape(process_title(self.seen(process, Asked(), past_rounds=False))),
        )
        if receipt or (asked is not None and asked.error is not None):
            return self.whole(
                main, title, process=process, asked=asked, receipt=receipt, heading=title
            )
        key = ("page", main, title, process, asked, self.language, *self.common().values())
        whole = self.desk.drawn.get(
            key, lambda: self._frame(main, title, process=process, asked=asked, heading=title)
        )
        return HTMLResponse(whole)

    def filled(self, template: str, **values: object) -> Markup:
        """Return a template that fills the main part of a page."""
        return render(template, self.language, {**self.common(), **values})

    def knows_form(self, given: Mapping[str, Sequence[str]]) -> bool:
        """Return whether a form that was sent came from a page of ours."""
        token = "".join(given.get("token", ())[:1])
        ours = str(self.request.scope.get("mijlpaal.token", ""))
        return bool(ours) and hmac.compare_digest(token.encode(), ours.encode())

    def common(self) -> dict[str, object]:
        """Return what every template can show."""
        return {
            "asker": str(self.desk.asker),
            "theme": "" if self.desk.theme is None else THEME,
            "path": self.request.url.path,
            "other_language": next(each for each in LANGUAGES if each != self.language),
            "token": str(self.request.scope.get("mijlpaal.token", "")),
        }


Page = Callable[[Visit], Response]


def language_of(request: Request, chosen: str | None) -> str:
    """Return the language of a page: as asked for, as chosen before, or as the browser has it."""
    wanted = [
        request.query_params.get(LANGUAGE, ""),
        request.cookies.get(LANGUAGE, ""),
        chosen or "",
        *(each.split(";")[0].strip()[:2] for each in _accepted(request)),
    ]
    return next((each for each in wanted if each in LANGUAGES), "nl")


def _accepted(request: Request) -> list[str]:
    return request.headers.get("accept-language", "").lower().split(",")


def day_of(written: str, field: str, today: date) -> date | None:
    """Return a day that was typed; None where nothing was.

    Raises:
        InvalidValue: it is none.
    """
    if not written:
        return None
    with given_as(field):
        day = given_date(written, today if says_today(written) else None).day
        if day is None:
            raise InvalidValue(
                text("“{written}” is not a day.", written=written),
                advice=text("Write it as 2021-03-16."),
            )
        return day
