"""A picture written out: as Mermaid or DOT by ourselves, as SVG by Graphviz."""

import shutil
import subprocess
from enum import StrEnum
from pathlib import Path

from definitions.language.errors import InvalidValue, MijlpaalError
from definitions.language.text import text
from screens.graph.dot import dot
from screens.graph.mermaid import mermaid
from screens.graph.model import Graph

PROGRAM = "dot"
PATIENCE = 60
"""Seconds until we stop waiting for Graphviz; fifty milestones take it less than one."""


class PictureFormat(StrEnum):
    """The formats of a picture."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


ENDINGS = {
    "": PictureFormat.MERMAID,
    ".mmd": PictureFormat.MERMAID,
    ".mermaid": PictureFormat.MERMAID,
    ".md": PictureFormat.MERMAID,
    ".dot": PictureFormat.DOT,
    ".gv": PictureFormat.DOT,
    ".svg": PictureFormat.SVG,
}
"""The format of a file, by its suffix."""


class CannotDraw(MijlpaalError):
    """Graphviz is not there, or failed.

    Remedy: the advice says how to install it, and what works without. Exit code 1.
    """


def format_of(named: str | None, file: Path | None) -> PictureFormat:
    """Return the form asked for: as named, or as the name of the file says; else Mermaid.

    Raises:
        InvalidValue: the file is called as one of another kind, a PNG say.
    """
    if named is not None:
        return PictureFormat(named)
    ending = file.suffix.lower() if file else ""
    if ending not in ENDINGS:
        raise InvalidValue(
            text("No picture is written as “{ending}”.", ending=ending),
            advice=text(
                "The name of a file ends in one of: {endings}. With --format, it may be any.",
                endings=[each for each in ENDINGS if each],
            ),
        )
    return ENDINGS[ending]


def written(graph: Graph, form: PictureFormat, path: str | None) -> str:
    """Return a picture in a form.

    Args:
        path: the folders in which programs are looked for; None for those of the environment.

    Raises:
        CannotDraw: it takes Graphviz, which is not there or failed.
    """
    match form:
        case PictureFormat.MERMAID:
            return mermaid(graph)
        case PictureFormat.DOT:
            return dot(graph)
        case PictureFormat.SVG:
            return _svg(dot(graph), path)


def _svg(source: str, path: str | None) -> str:
    program = shutil.which(PROGRAM, path=path)
    if program is None:
        raise CannotDraw(
            text("SVG is drawn by Graphviz, and there is no “{program}” here.", program=PROGRAM),
            advice=text(
                "Install Graphviz (apt install graphviz, brew install graphviz, winget install "
                "graphviz), or take --format mermaid or --format dot, which need nothing."
            ),
        )
    try:
        return _run(program, source)
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotDraw(
            text("Graphviz failed: {why}.", why=_why(error)),
            advice=text("--format dot shows its input; --format mermaid does not need it."),
        ) from None


def _run(program: str, source: str) -> str:
    done = subprocess.run(  # noqa: S603 - the program we looked up, no shell, nothing typed
        [program, "-Tsvg"],
        input=source.encode(),
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout.decode()


def _why(error: OSError | subprocess.SubprocessError) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        said: bytes = error.stderr or b""
        return said.decode(errors="replace").strip() or str(error)
    return str(error)
