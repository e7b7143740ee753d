"""A screen as HTML: the words of a plain page, in paragraphs, tables, lists and links.

Every screen is written on a page, and this is another one: what a terminal shows and what a browser
shows are the same sentences. Whatever somebody wrote is escaped, and what nobody can see in it is
spelled out.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from markupsafe import Markup, escape

from definitions.language.actions import Action, action
from definitions.language.text import Text
from definitions.language.values import dataclass
from screens.page import Branch, Cell, Linked, Mark, Page, Place, mark_of, shares
from screens.safe_text import printable
from web.face import said_in, title_of
from web.links import SLUGS, path_of
from web.names import name_of, with_names

_SIGNS = {True: "✓", False: "✗"}
_BARS = {Place.DONE: "●", Place.AGAINST: "✗", Place.OPEN: "○"}
_ARGUMENTS = {"explain": ("process", "milestone"), "advance": ("process", "milestone", "trigger")}
_COLUMNS = re.compile(" {2,}")
"""What parts columns on a line of plain text."""
_STICKY = "\u00a0"


def _anything(_: Action) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class HtmlPage(Page):
    """Where a screen for a browser is written.

    Attributes:
        level: the level of its first headings; that of a page's title is 1.
        links: whether suggested commands are links to their forms; a page of the past has none.
        offers: whether a suggested command is one that its reader may give; a page of theirs links
            to no other.
        pages: whether queries are links to their pages; what is published has none.
        days: what comes behind the address of such a page, so that it is of the same day.
        names: what bodies, parties, milestones and seats are called, by their ids; None to show
            those as they are.
    """

    level: int = 2
    links: bool = True
    offers: Callable[[Action], bool] = _anything
    pages: bool = True
    days: str = ""
    names: Mapping[str, str] | None = None

    def say(self, sentence: Text) -> str:
        """Return a sentence in the page's language, as it is read in a browser."""
        named = sentence if self.names is None else with_names(sentence, self.names)
        return named.render(said_in(self.language))

    def called(self, id_: str) -> str:
        """Return what something is called: its name, since one types no ids here."""
        return name_of(id_, self.names or {})

    @property
    def narrow(self) -> bool:
        """Whether there is only room for the essentials: a browser makes room itself."""
        return False

    def wrapped(
        self,
        line: str,
        indent: int = 0,
        hanging: int = 2,  # noqa: ARG002 - a style sheet says how lines hang
        mark: Mark | None = None,
    ) -> str:
        """Return a line as a paragraph, or as a heading."""
        said = _safe(_COLUMNS.sub(" · ", line.strip(" ")))
        if mark is Mark.HEADING:
            return f"<h{self.level}>{said}</h{self.level}>"
        classes = [f"in-{min(indent // 2, 4)}"] if indent else []
        classes += [f"mark-{mark.name.lower()}"] if mark is not None else []
        named = f' class="{" ".join(classes)}"' if classes else ""
        return f"<p{named}>{said}</p>"

    def command(self, *words: str | Text, indent: int = 2) -> str:  # noqa: ARG002 - as above
        """Return a command as a link to its page; nothing where there is none."""
        return self.action(_as_action(words))

    def action(self, action: Action, indent: int = 2) -> str:  # noqa: ARG002 - as above
        """Return a suggested command as a link to its form; nothing where there is none."""
        path = self.path(action)
        if path is None:
            return ""
        values = action.values
        about = [
            values[name]
            for name in ("milestone", "trigger", "body", "task", "seq", "subject")
            if isinstance(values.get(name), str)
        ]
        said = self.say(title_of(action.command))
        whole = f"{said}: {' · '.join(self.called(str(each)) for each in about)}" if about else said
        return f'<p class="go"><a href="{escape(path)}">{_safe(whole)}</a></p>'

    def path(self, action: Action) -> str | None:
        """Return the address of what is suggested; None where this page does not lead there."""
        if action.command in SLUGS:
            return path_of(action) if self.links and self.offers(action) else None
        path = path_of(action) if self.pages else None
        return None if path is None else f"{path}{self.days}"

    def bar(self, places: Sequence[Place]) -> str:
        """Return how far something is: full dots and open ones, and crosses for against."""
        return "".join(_BARS[each] for each in shares(places))

    def tree(self, branch: Branch, depth: int = 0) -> str:
        """Return a branch and those under it as lists within each other."""
        if depth:
            return self._branch(branch)
        return f'<ul class="tree">{self._branch(branch)}</ul>'

    def _branch(self, branch: Branch) -> str:
        state = "holds" if branch.holds else "waits"
        sign = f'<span class="sign" aria-hidden="true">{_SIGNS[branch.holds]}</span>'
        said = f"<span>{sign} <b>{_safe(branch.sign)}</b> {_safe(branch.said)}</span>"
        more = "".join(f'<span class="more">{_safe(each)}</span>' for each in branch.more)
        inside = "".join(map(self._branch, branch.children))
        children = f"<ul>{inside}</ul>" if inside else ""
        return f'<li class="{state}">{said}{more}{children}</li>'

    def table(
        self,
        titles: Sequence[Text],
        rows: Sequence[Sequence[Cell]],
        spare: int | None = None,  # noqa: ARG002 - a browser has room, or moves the table
        more: Collection[int] = (),
    ) -> str:
        """Return rows in columns, under their titles; an empty column is left out."""
        shown = [at for at in range(len(titles)) if not rows or any(str(row[at]) for row in rows)]
        heads = "".join(f'<th scope="col">{_title(self.say(titles[at]))}</th>' for at in shown)
        lines = "".join(
            self._row([row[at] for at in shown], first=number not in more)
            for number, row in enumerate(rows)
        )
        return boxed(Markup(f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody>"))  # noqa: S704

    def _row(self, cells: Sequence[Cell], *, first: bool) -> str:
        head, *others = map(self._cell, cells)
        named = f'<th scope="row">{head}</th>' if first else "<td></td>"
        return f"<tr>{named}{''.join(f'<td>{each}</td>' for each in others)}</tr>"

    def _cell(self, found: Cell) -> str:
        said = str(found).replace(_STICKY, " ")
        shown = _safe(name_of(said, self.names or {}))
        if isinstance(found, Linked) and (path := self.path(found.to)) is not None:
            shown = f'<a href="{escape(path)}">{shown}</a>'
        mark = mark_of(found)
        return shown if mark is None else f'<span class="mark-{mark.name.lower()}">{shown}</span>'


def boxed(table: Markup) -> str:
    """Return the inside of a table, in a box that can be moved where there is no room for it."""
    return f'<div class="table" tabindex="0"><table>{table}</table></div>'


def html_of(lines: str) -> Markup:
    """Return a screen that was written on such a page, as HTML."""
    return Markup(lines)  # noqa: S704 - the page escaped what is in it


def _title(said: str) -> str:
    return _safe(said.capitalize() if said.isupper() else said)


def _safe(written: str) -> str:
    return str(escape(printable(written)))


def _as_action(words: Sequence[str | Text]) -> Action:
    """Return a command that a screen wrote as words, as far as a page can link to it."""
    said = [each for each in words if isinstance(each, str) and not each.startswith("-")]
    if said[-1] == "feitenrelaas":
        return action("account", process=said[1])
    two = " ".join(said[:2])
    command, rest = (
        (two, said[2:]) if two in ("member list", "remind list") else (said[0], said[1:])
    )
    names = _ARGUMENTS.get(command, ("process",))
    return action(command, **dict(zip(names, rest, strict=False)))
