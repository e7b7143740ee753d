"""What people see of every command: which screens, on which database, in which language.

A screen is what a command printed, under the line that was typed; all screens of a command are one
text. A screen can also be written with every letter of a message in wide form, so that
what is not a message stands out.
"""

import gettext
import re
import shutil
import sqlite3
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from cli import cli
from definitions.language.text import LANGUAGES
from screens.page import catalogue
from tests.support.cli import PROCESS, Terminal

EMPTY, STARTED, REPLAYED = "empty", "started", "replayed"
VIEWS = "zienswijze-regionale-visie"
TALKS = "verkenning-samenwerking"
FAULTY = "fout.yaml"
UNSOUND = "vast.yaml"
WHY = "de raden weten ervan"
PREPARED = {
    EMPTY: (),
    STARTED: (
        f"start {PROCESS}",
        f"member add {PROCESS} griffier@sliedrecht anna --on 2020-11-01",
        f"advance {PROCESS} principebesluit --on 2020-12-01",
        f"record {PROCESS} principebesluit zwijndrecht ingestemd --on 2020-12-02 --reference lijst",
    ),
    REPLAYED: (
        f"start {PROCESS} --reconstruction",
        f"replay {PROCESS}",
        f"start {VIEWS} --reconstruction",
        f"replay {VIEWS}",
        f"start {TALKS} --reconstruction",
        f"replay {TALKS}",
    ),
}
"""The commands that prepare a database."""
FAULTS = """\
id: Groot Huis
title: Een fout
begins: gisteren
parties:
  oost: {kind: gemeente}
mijlpalen: {}
"""
"""A definition with faults."""

P = PROCESS
SCREENS: Mapping[str, Mapping[str, Iterable[str]]] = {
    "": {EMPTY: ["", "staus", "status --jsno", "status --lang de", "verify --db /geen/map/x.db"]},
    "advance": {
        STARTED: [
            f"advance {P} hoofdlijnennotitie --on 2021-03-01 --dry-run",
            f"advance {P} principebesluit vaststellen --on 2021-02-20",
            f"advance {P} principebesluit vaststellen --on 2021-02-20 --attested"
            " --reference brief --dry-run",
            f"advance {P} concepttekst --on 2021-01-02 --as anna",
            f"advance {P} principebesluit opnieuw",
            f"advance {P} principebeslui",
            f"advance {P}",
        ]
    },
    "amend": {
        STARTED: [
            f"amend {P} title 'Een andere titel' --reason spelling --on 2020-12-01",
            f"amend {P} papers-due/dordrecht 'drie weken' --reason afspraak --on 2020-12-01",
            f"amend {P} gate/x y --reason r",
            f"amend {P} title x",
        ]
    },
    "answer": {
        REPLAYED: [
            f"record {VIEWS} zienswijzeronde sliedrecht zienswijze --on 2020-01-28"
            " --reference brief --point 'Zorg om de kosten.'",
            f"answer {VIEWS} zienswijzeronde sliedrecht 1 --on 2020-03-01 --reference brief",
            f"answer {VIEWS} zienswijzeronde papendrecht 1 --on 2020-03-01 --reference brief",
            f"answer {VIEWS} zienswijzeronde papendrecht een",
        ]
    },
    "completion": {EMPTY: ["completion csh"]},
    "correct": {
        STARTED: [
            f"correct {P} 6 --outcome verworpen --reason 'verkeerd gelezen' --reference lijst",
            f"correct {P} 99 --withdraw --reason vergissing",
            f"correct {P} 6 --withdraw --outcome verworpen --reason vergissing",
            f"correct {P} zes --reason vergissing",
        ]
    },
    "db": {EMPTY: ["db", "db chek"]},
    "db check": {EMPTY: ["db check", "db check x"]},
    "db copy": {
        STARTED: [
            "db copy mijlpaal.db kopie.db",
            "db copy mijlpaal.db kopie.db",
            "db copy nergens.db kopie.db",
            "db copy",
        ]
    },
    "db upgrade": {EMPTY: ["db upgrade", "db upgrade --db nieuw.db --dry-run"]},
    "definitions": {EMPTY: ["definitions lst"]},
    "definitions check": {
        EMPTY: [
            f"definitions check {VIEWS}",
            f"definitions check {FAULTY}",
            f"definitions check {UNSOUND}",
            "definitions check",
        ]
    },
    "definitions export": {
        EMPTY: [
            f"definitions export {P} --to eigen --dry-run",
            f"definitions export {P} --to eigen",
            f"definitions export {VIEWS} --to eigen",
            "definitions export sportpark --to eigen",
            "definitions export roles.sql --to eigen",
            f"definitions export {P} --to eigen",
            f"definitions export {P} --to {FAULTY}",
            "definitions export sportpak",
            "definitions export",
        ]
    },
    "definitions graph": {
        REPLAYED: [
            f"definitions graph {P} principebesluit",
            f"definitions graph --process {VIEWS}",
            f"definitions graph {P} nergens",
            "definitions graph",
        ]
    },
    "definitions list": {EMPTY: ["definitions list", "definitions list x"]},
    "definitions new": {
        EMPTY: [
            "definitions new plan.yaml --title Plan --party oost --party west --begins 2027-01-01",
            f"definitions new {FAULTY} --title Plan --party oost",
            "definitions new",
        ]
    },
    "definitions schema": {EMPTY: ["definitions schema proces"]},
    "definitions show": {
        EMPTY: [
            *(f"definitions show {each}" for each in (P, VIEWS, TALKS, "wijziging-gr")),
            "definitions show gr",
        ]
    },
    "deliverable": {
        STARTED: [
            f"deliverable {P} hoofdlijnennotitie/waarom volledig --on 2021-02-01 --reference x",
            f"deliverable {P} hoofdlijnennotitie/waarom klaar --on 2021-02-01 --reference x",
            f"deliverable {P}",
        ]
    },
    "demo": {EMPTY: ["demo", "demo x"]},
    "doctor": {EMPTY: ["doctor", "doctor --db nergens/x.db"], REPLAYED: ["doctor"]},
    "due": {
        REPLAYED: [
            f"due {P} --as-of 2021-02-15",
            f"due {VIEWS} --as-of 2020-01-15",
            f"due {VIEWS}",
            f"due {TALKS} --as-of 2020-03-10",
            "due nergens",
            "due",
        ],
    },
    "explain": {
        REPLAYED: [
            f"explain {P} principebesluit --as-of 2021-02-15",
            f"explain {P} concepttekst opleveren --as-of 2021-04-15",
            f"explain {P} definitieve-tekst",
            f"explain {P} hoofdlijnennotitie in-route",
            f"explain {TALKS} conferentie-3",
            f"explain {P} nergens",
            f"explain {P}",
        ]
    },
    "history": {
        STARTED: [f"history {P}", f"history {P} --party nergens", f"history {P} --as verhaal"],
        REPLAYED: [
            f"history {P} --party sliedrecht",
            f"history {P} --as feitenrelaas --party sliedrecht",
            f"history {P} --as feitenrelaas --as-of 2020-12-31",
        ],
    },
    "lapse": {REPLAYED: [f"lapse {VIEWS}", f"lapse {VIEWS}", "lapse nergens", "lapse"]},
    "join": {
        STARTED: [
            f"join {P} noord --reason 'de raad van Noord besloot het'",
            f"join {P} dordrecht --reason x",
        ],
    },
    "leave": {
        STARTED: [
            f"leave {P} dordrecht --reason 'een andere regio' --on 2021-01-01",
            f"leave {P} nergens --reason x",
            f"leave {P} dordrecht",
        ]
    },
    "member": {EMPTY: ["member lst"]},
    "member add": {
        STARTED: [
            f"member add {P} griffier@papendrecht bram --on 2020-12-01"
            " --address griffie@papendrecht.example",
            f"member add {P} griffier@nergens bram",
            f"member add {P} griffier@dordrecht cees --as anna",
            f"member add {P} griffier@papendrecht anna --another --on 2020-12-01"
            " --address anna@papendrecht.example",
            f"member add {P}",
        ]
    },
    "member end": {
        STARTED: [
            f"member end {P} griffier@sliedrecht anna --on 2021-01-01",
            f"member end {P} griffier@sliedrecht bram",
            f"member end {P} griffier@papendrecht anna",
            f"member end {P}",
        ]
    },
    "member erase": {
        STARTED: [
            "member erase anna",
            "member erase bram --dry-run",
            "member erase nobody",
            "member erase",
        ]
    },
    "member export": {STARTED: ["member export nobody", "member export"]},
    "member list": {REPLAYED: [f"member list {P}"], EMPTY: ["member list nergens", "member list"]},
    "member reach": {
        STARTED: [
            "member reach anna --address griffie@sliedrecht.example --language nl --dry-run",
            "member reach anna --address griffie@sliedrecht.example",
            "member reach anna --address niemand",
            "member reach anna",
            "member reach bram --language en",
        ]
    },
    "note": {
        STARTED: [
            f"note {P} 'De stuurgroep kwam bijeen.' --on 2020-12-03 --reference verslag",
            f"note {P} Toekomst --on 2031-01-01 --reference verslag",
            f"note {P} x --expect drie",
            f"note {P} ''",
        ]
    },
    "received": {
        REPLAYED: [
            f"received {VIEWS} zienswijzeronde papendrecht --on 2020-02-03 --reference brief",
            f"received {VIEWS} zienswijzeronde sliedrecht --on 2020-02-03 --reference brief",
            f"received {VIEWS}",
        ]
    },
    "record": {
        STARTED: [
            f"record {P} principebesluit papendrecht ingestemd --on 2021-01-26 --reference lijst"
            " --votes 27-0",
            f"record {P} principebesluit papendrecht ingestemd --on 2021-01-26 --as anna",
            f"record {P} principebesluit papendrecht vastgesteld --on 2021-01-26",
            f"record {P} principebesluit papendrecht ingestemd --on 2020-11-20 --reference lijst",
            f"record {P} principebesluit zwijndrecht verworpen --on 2021-01-26 --reference lijst",
            f"record {P} principebesluit papendrecht ingestemd --on 2031-01-26 --reference lijst",
            f"record {P} definitieve-tekst dordrecht verleend --on 2021-02-01 --reference lijst",
            f"record {P} definitieve-tekst dordrecht onthouden --on 2021-02-01 --reference lijst"
            " --request raden",
            f"record {P} principebesluit papendrecht ingestemd --on gisteren",
            f"record {P} principebesluit papendrecht ingestemd --on 2021-01-26 --votes 27:0",
            f"record {P} principebesluit papendrecht ingestemd --on 2021-01-26 --text geen.pdf",
            f"record {P} principebesluit papendrecht ingestemd",
        ]
    },
    "remind": {EMPTY: ["remind lst"]},
    "remind list": {
        STARTED: [
            f"remind list {P} --from 2021-02-01 --to 2021-03-31",
            f"remind list {P} --from 2021-02-01 --to 2021-01-31",
        ],
        REPLAYED: [
            f"remind list {P} --from 2021-02-01 --to 2021-02-14",
            f"remind list {VIEWS} --to 2019-12-01",
        ],
        EMPTY: ["remind list", "remind list nergens"],
    },
    "remind preview": {
        REPLAYED: [
            f"remind preview {P} --from 2021-02-12 --to 2021-02-12",
            f"remind preview {P} --from 2021-02-05 --to-folder brieven",
            f"remind preview {P} --from 2019-01-01",
        ],
        EMPTY: ["remind preview nergens", "remind preview"],
    },
    "remind run": {EMPTY: ["remind run nu"]},
    "remind run-due": {EMPTY: ["remind run-due"]},
    "publish": {
        REPLAYED: [f"publish {P} openbaar --dry-run"],
        EMPTY: ["publish nergens openbaar", "publish"],
    },
    "serve": {
        EMPTY: ["serve nu", "serve --port 70000", "serve --host 0.0.0.0"],
    },
    "replan": {
        STARTED: [
            f"replan {P} hoofdlijnennotitie.in-route 2021-04 --reason 'later klaar'"
            " --on 2021-01-15 --reference brief",
            f"replan {P} hoofdlijnennotitie.in-route 2021-05-14 --reason 'later klaar'"
            " --on 2021-01-16 --reference brief",
            f"replan {P} hoofdlijnennotitie.in-route 2051-04 --reason later",
            f"replan {P} hoofdlijnennotitie.nergens 2021-04 --reason later",
            f"replan {P} hoofdlijnennotitie.in-route 2021-04",
        ]
    },
    "replay": {
        STARTED: [f"replay {P} --dry-run", f"replay {P} --process nergens", "replay nergens.yaml"]
    },
    "sent": {
        REPLAYED: [
            f"sent {VIEWS} zienswijzeronde papendrecht --on 2020-01-31 --reference brief",
            f"sent {VIEWS} zienswijzeronde sliedrecht --on 2020-01-31 --reference brief",
            f"sent {VIEWS} zienswijzeronde",
        ]
    },
    "start": {
        EMPTY: [
            f"start {P}",
            f"start {P}",
            "start wijziging-gr",
            "start gr-sociaal",
            f"start {P} --id 'een twee'",
            f"start {FAULTY}",
            f"start {UNSOUND}",
            f"start {UNSOUND} --allow-unsound '{WHY}'",
            "start",
        ]
    },
    "status": {
        EMPTY: ["status", f"status {P}", "status --party dordrecht", "status --mine"],
        STARTED: [
            f"status {P}",
            f"status {P} --party sliedrecht",
            f"status {P} --role griffier",
            f"member add {P} griffier@papendrecht bas --on 2020-11-01 --until 2021-06-30",
            "status --mine --as anna",
            "status --mine",
            "status --mine --as bas",
            f"status {P} --mine --as bas",
            "status --mine --as ana",
            "status --mine --as iemand",
            "status --mine --party dordrecht",
        ],
        REPLAYED: [
            "status",
            f"status {P}",
            f"status {P} --as-of 2021-02-15",
            f"status {P} --as-of 2021-02-15 --party sliedrecht",
            f"status {P} --as-of 2021-02-15 --known-at 2021-02-15",
            f"status {VIEWS}",
            f"status {TALKS}",
            "status gr-sociaal-domei",
            f"status {P} --party nergens",
            f"status {P} --party dordrecht --role griffier",
            f"status {P} --as-of eens",
        ],
    },
    "task": {
        STARTED: [
            f"task {P} nieuwsbrief verzonden --on 2021-02-01 --reference x",
            f"task {P} principebesluit/ambtelijk-overleg gehouden --on 2020-12-10 --reference x",
            f"task {P} hoofdlijnennotitie/niets gehouden",
            f"task {P} hoofdlijnennotitie",
        ]
    },
    "verify": {
        REPLAYED: [
            "verify",
            f"verify {P} --head 3:abc",
            f"verify {P} --head 3:{'0' * 64}",
            "verify --head 3:abc",
            "verify nergens",
        ],
        EMPTY: ["verify"],
    },
}
"""Of each command, what is typed on which database, besides its help."""


@dataclass(frozen=True)
class Theatre:
    """Where screens are shown: the databases to begin with, and a terminal."""

    databases: Mapping[str, Path]
    terminal: Terminal

    def in_(self, language: str) -> "Theatre":
        """Return the same with a terminal in a language."""
        environment = {"MIJLPAAL_LANG": language, "MIJLPAAL_MAIL_FOLDER": "/mail"}
        return replace(self, terminal=replace(self.terminal, environment=environment))

    def shown(self, command: str) -> str:
        """Return all screens of a command as one text; a code other than 0 ends a screen."""
        screens = [self._screen(f"{command} --help".strip())]
        for stage, lines in SCREENS[command].items():
            shutil.copy(self.databases[stage], self.terminal.file)  # as private as it was made
            screens += [self._screen(line) for line in lines]
        return "\n".join(screens)

    def _screen(self, line: str) -> str:
        said = self.terminal(line)
        ending = f"= {said.code}\n" if said.code else ""
        shown = f"$ mijlpaal {line}".rstrip() + f"\n{said.out}{said.err}{ending}"
        return shown.replace(sqlite3.sqlite_version, "3")


# --- messages in wide letters --------------------------------------------------------------------

_WIDE = {ord(each): ord(each) + 0xFEE0 for each in string.ascii_letters}


class WideLetters(gettext.NullTranslations):
    """A catalogue whose messages are as long as those of another, in letters of their own."""

    def __init__(self, language: str) -> None:
        """Take the catalogue of a language."""
        super().__init__()
        self._real = catalogue(language)

    def gettext(self, message: str) -> str:
        """Return a message in wide letters."""
        return widened(self._real.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return a message in wide letters, by number."""
        return widened(self._real.ngettext(msgid1, msgid2, n))


def widened(message: str) -> str:
    """Return a message in wide letters; the names of its fields stay what they are."""
    parts = string.Formatter().parse(message)
    return "".join(
        literal.replace("{", "{{").replace("}", "}}").translate(_WIDE)
        + ("" if name is None else f"{{{name}}}")
        for literal, name, _, _ in parts
    )


# --- what is not a message -----------------------------------------------------------------------

_NAME = re.compile("[A-Za-z][A-Za-z0-9-]*")
_HASH = re.compile(r"\b[0-9a-f]{12,64}\b")
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
_TECHNICAL = {
    *(
        "mijlpaal",
        "sqlite",
        "demo",
        "MIJLPAAL",
        "DATABASE",
        "URL",
        "ID",
        "export",
        "T10",
        "Z",
        "sha256",
    ),
    *("sqlite3", "secretaris", "papers-due", "define", "groot-huis", "gr-sociaal-domein-2"),
    *("journal", "mode", "delete", "synchronous", "foreign", "keys", "ok", "schema"),
}
"""Names of programs, formats and settings, which no language has words of its own for."""


_DRAWING = re.compile(
    r"^ *(?:---|config:|flowchart|classDef|class) .*"
    r"|</?b>|<br>|#59;|:::\w+|\w+__\w+|\bstart\b",
    re.MULTILINE,
)
"""The lines that only serve to draw a graph."""


def names_of_the_program() -> set[str]:
    """Return the names of commands, and the words that can be chosen from."""
    return {*" ".join(_words_of(cli)).split(), *_TECHNICAL}


def _words_of(command: click.Command) -> Iterator[str]:
    yield command.name or ""
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice):
            yield from parameter.type.choices
    for each in getattr(command, "commands", {}).values():
        yield from _words_of(each)


def scalars(data: object) -> Iterator[str]:
    """Yield everything that stands in a file of data."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from scalars(value)
    elif isinstance(data, list):
        for value in data:
            yield from scalars(value)
    else:
        yield str(data)


def of_definition(data: object, language: str) -> Iterator[str]:
    """Yield the values of a definition file, and its prose in one language.

    Words for people that are there in one language only are not yielded: in the other language
    they are a mistake on every screen.
    """
    if isinstance(data, dict):
        if data and set(data) <= set(LANGUAGES):
            yield data.get(language, "")
            return
        for key, value in data.items():
            yield str(key)
            if key not in PROSE or isinstance(value, dict):
                yield from of_definition(value, language)
            elif isinstance(value, list):
                told = (each for each in value if isinstance(each, dict))
                yield from (each for one in told for each in of_definition(one, language))
            elif value == "unknown":
                yield value
    elif isinstance(data, list):
        for value in data:
            yield from of_definition(value, language)
    else:
        yield str(data)


PROSE = frozenset({"assumed", "unknown", "what", "papers_due"})
"""The keys of a definition under which words for people stand."""


def neither(screen: str, data: Iterable[str]) -> list[str]:
    """Return the words of a screen in wide letters that are no message, and not data either.

    Data of several words is taken out as a whole: its single words may not stand elsewhere.
    """
    rest = " ".join(_DRAWING.sub(" ", screen).split())
    known = set(data)
    for phrase in sorted((each for each in known if " " in each), key=len, reverse=True):
        rest = rest.replace(" ".join(phrase.split()), " ")
    rest = _OPTION.sub(" ", _HASH.sub(" ", rest))
    names = {name for each in known if " " not in each for name in _NAME.findall(each)}
    return [each for each in _NAME.findall(rest) if each not in names]
