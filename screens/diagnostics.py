"""The screens of ``verify``, ``doctor`` and ``db``."""

from collections.abc import Iterator, Sequence

from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass
from screens.page import Mark, Page, joined
from workflow.storage.copying import Copied
from workflow.storage.health import Check
from workflow.storage.refolding import Refolded, Upgraded
from workflow.storage.revision import PRE
from workflow.verify import Verdict


def verified_screen(verdicts: Sequence[Verdict], guards: Sequence[Text], page: Page) -> str:
    """Return the verdict on each process, and the faults in the guards of rows.

    Args:
        guards: the faults in the guards of the database.
    """
    if not guards:
        return verdicts_screen(verdicts, page)
    said = text("The database does NOT guard its rows as this program made it:")
    lines = [page.paragraph(said, mark=Mark.LATE), *(page.paragraph(each, 2) for each in guards)]
    return joined([verdicts_screen(verdicts, page), *lines] if verdicts else lines)


def verdicts_screen(verdicts: Sequence[Verdict], page: Page) -> str:
    """Return the verdict on each process, with its head to be kept elsewhere."""
    if not verdicts:
        return page.paragraph(text("No processes yet; there is nothing to verify."))
    return joined(line for verdict in verdicts for line in _verdict(verdict, page))


def _verdict(verdict: Verdict, page: Page) -> Iterator[str]:
    entries = ntext("{n} entry", "{n} entries", verdict.entries)
    if not verdict.problems:
        said = (
            text(
                "{process}: whole. {entries}, each following from the one before; the tables say "
                "what follows from them.",
                process=verdict.process,
                entries=entries,
            )
            if verdict.compared
            else text(
                "{process}: the journal is whole. {entries}, each following from the one before.",
                process=verdict.process,
                entries=entries,
            )
        )
        yield page.paragraph(said, mark=Mark.GOOD)
        head = text("Head: {seq}:{hash}", seq=verdict.entries, hash=verdict.head)
        yield f"  {page.say(head)}"
        yield from _remarks(verdict, page)
        return
    broken = text("{process}: NOT whole. {entries}.", process=verdict.process, entries=entries)
    yield page.paragraph(broken, mark=Mark.LATE)
    for problem in verdict.problems:
        yield page.paragraph(problem, 2)
    yield from _remarks(verdict, page)


def _remarks(verdict: Verdict, page: Page) -> Iterator[str]:
    """Yield the remarks that are no damage."""
    for remark in verdict.remarks:
        yield page.paragraph(text("Remark: {remark}.", remark=remark), 2)


@dataclass(frozen=True, slots=True)
class Report:
    """What ``doctor`` found: of the database, of the journals, and the settings in force."""

    checks: tuple[Check, ...]
    journals: tuple[Verdict, ...]
    actor: str
    language: str

    @property
    def healthy(self) -> bool:
        """Whether all is well."""
        return all(check.well for check in self.checks) and not any(
            verdict.problems for verdict in self.journals
        )

    @property
    def passing(self) -> bool:
        """Whether what is wrong may pass without anybody doing anything."""
        wrong = [check for check in self.checks if not check.well]
        return all(check.temporary for check in wrong) and not any(
            verdict.problems for verdict in self.journals
        )


def health_screen(report: Report, page: Page) -> str:
    """Return the checks and their results."""
    return joined(_health(report, page))


def _health(report: Report, page: Page) -> Iterator[str]:
    marks = {True: page.say(text("ok")), False: page.say(text("WRONG"))}
    for check in report.checks:
        remark = f" ({page.say(check.remark)})" if check.remark else ""
        mark = page.say(text("NOTE")) if check.well and check.warns else marks[check.well]
        found = f"[{mark}] {_name(check, page)}: {check.found}{remark}"
        yield page.wrapped(found, 0, 4, _mark(well=check.well and not check.warns))
    for verdict in report.journals:
        mark = marks[not verdict.problems]
        said = text("[{mark}] journal {process}", mark=mark, process=verdict.process)
        yield page.paragraph(said, 0, 4, _mark(well=not verdict.problems))
        yield from (page.paragraph(problem, 4) for problem in (*verdict.problems, *verdict.remarks))
    who = text(
        "You are {actor}; language {language}.", actor=report.actor, language=report.language
    )
    yield page.paragraph(who)


def _mark(*, well: bool) -> Mark | None:
    return None if well else Mark.LATE


def _name(check: Check, page: Page) -> str:
    """Return the name of a check in words; settings of a database keep their own names."""
    words = {
        "database": text("database"),
        "schema": text("schema"),
        "guards": text("what guards the rows"),
        "encoding": text("encoding"),
        "server": text("server"),
        "commits": text("standbys that confirm a commit"),
        "open_to_others": text("open to others"),
        "packages": text("packages"),
        "processes": text("processes"),
        "integrity": text("integrity of the file"),
        "orphans": text("rows that hang in the air"),
        "writable": text("writing"),
        "settings": text("settings"),
        "mail": text("the way letters go"),
        "mail_folder": text("the folder for letters"),
        "mail_connection": text("connecting to the mail server"),
        "mail_security": text("securing the connection"),
        "mail_token": text("a token from"),
        "mail_login": text("logging in"),
        "mail_sender": text("a letter from"),
        "mail_recipient": text("a letter to the sender"),
        "mail_letter": text("a test letter to"),
        "reminders": text("how long the oldest reminder waits"),
        "put_aside": text("reminders that were put aside"),
        "undelivered": text("reminders that could not be delivered"),
        "unheard": text("reminders without a recipient"),
        "node": text("a node that sends"),
        "empty_seats": text("empty seats"),
    }
    return page.say(words.get(check.name, text("{name}", name=check.name)))


@dataclass(frozen=True, slots=True)
class UpgradedView:
    """What became of the schema of a database.

    Attributes:
        dry_run: nothing was written.
        database: which one.
        before: its revision before; None where it was empty.
        after: its revision now.
        refolded: the processes that came out differently, for the rules of folding changed.
    """

    dry_run: bool
    database: str
    before: str | None
    after: str
    refolded: tuple[Refolded, ...]


@dataclass(frozen=True, slots=True)
class CopiedView:
    """The result of copying a database.

    Attributes:
        dry_run: nothing was written.
        tables: the number of rows of each table, in their order.
        processes: the verdict on each copied process; none in a dry run.
        whole: whether the copy is intact; None in a dry run.
    """

    dry_run: bool
    tables: tuple[Copied, ...]
    processes: tuple[Verdict, ...] = ()
    whole: bool | None = None


def upgraded(name: str, done: Upgraded, page: Page, *, dry: bool) -> str:
    """Return the result of ``db upgrade``, and the processes whose state changed."""
    before, after = done.before, done.after
    if before == after:
        return page.paragraph(
            text("{name} is up to date (revision {after}).", name=name, after=after)
        )
    values = {"name": name, "before": before, "after": after}
    if before is None and dry:
        said = text("Only tried; {name} would be set up, at revision {after}.", **values)
    elif before is None:
        said = text("{name} is set up, at revision {after}.", **values)
    elif dry:
        said = text("Only tried; {name} would go from revision {before} to {after}.", **values)
    else:
        said = text("{name}: from revision {before} to {after}.", **values)
    lines = [page.paragraph(said), *_refolded(done, page)]
    if after.endswith(PRE):
        finish = text("Once no older program runs any more:")
        lines += [page.paragraph(finish), page.command("db", "upgrade", "--finish")]
    return joined(lines)


def _refolded(done: Upgraded, page: Page) -> Iterator[str]:
    """Yield the processes whose state changed with the rules of folding."""
    if not done.refolded:
        return
    yield page.paragraph(text("Every journal was read anew. By the rules of this program:"))
    for each in done.refolded:
        yield page.paragraph(text("{process}", process=each.process), 2)
        yield from (page.paragraph(sentence, 4) for sentence in each.differences)


def to_copy_screen(copied: Sequence[Copied], page: Page) -> str:
    """Return how much would be copied."""
    number = sum(each.rows for each in copied)
    return page.paragraph(
        ntext(
            "Only tried; {n} row would be copied.", "Only tried; {n} rows would be copied.", number
        )
    )


def copied_screen(copied: Sequence[Copied], verdicts: Sequence[Verdict], page: Page) -> str:
    """Return how much was copied, and whether what arrived is whole."""
    number = sum(each.rows for each in copied)
    said = ntext("{n} row was copied.", "{n} rows were copied.", number)
    return joined([page.paragraph(said), verdicts_screen(verdicts, page)])
