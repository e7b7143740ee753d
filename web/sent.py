"""A form as a browser sent it: its fields, and of a file that came along only its SHA-256."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

MOST_FIELDS, MOST_FILES = 200, 4
LARGEST_FIELD = 1 << 20
"""How many bytes a field may have."""
SLOWEST = 30.0
"""How many seconds a form may take to arrive."""
DRAINING = 5.0
"""How many seconds are spent on the rest of a form that is refused."""
FILE = "file-"
"""How the name of a field begins in which a file is sent along, to be hashed."""
IN_PARTS = "multipart/form-data"
NO_TEXT = frozenset("\0\ufffd")
"""What stands where bytes are no text, and what no database takes."""


class Unreadable(Exception):
    """A form cannot be read.

    Attributes:
        status: of the answer.
        why: which of the reasons it is, by its name in ``web.refusals.DOOR``.
    """

    def __init__(self, status: int, why: str) -> None:
        """Keep both."""
        super().__init__(why)
        self.status, self.why = status, why


async def given_in(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form, each with its values; of a file, its SHA-256.

    Raises:
        Unreadable: it cannot be read.
    """
    given: dict[str, list[str]] = {}
    async with form_in(request) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                given.setdefault(name, []).append(value)
            elif value.filename:
                given[name.removeprefix(FILE)] = [await _hashed(value)]
    return given


@asynccontextmanager
async def form_in(request: Request, largest: int = LARGEST_FIELD) -> AsyncIterator[FormData]:
    """Yield a form as it was sent, with its files open.

    Args:
        request: that sends it.
        largest: how many bytes a field may have.

    Raises:
        Unreadable: it is damaged, has too much in it, or does not arrive.
    """
    try:
        async with asyncio.timeout(SLOWEST):
            form = await _parsed(request, largest)
    except TimeoutError:
        raise Unreadable(408, "slow") from None
    except ClientDisconnect:
        raise Unreadable(400, "broken") from None
    except MultiPartException as error:
        await drained(request)
        # The parser says in words alone whether it was too much of something.
        large = "maximum" in error.message.lower()
        raise (Unreadable(413, "large") if large else Unreadable(400, "broken")) from None
    try:
        if any(NO_TEXT & {*n, *v} for n, v in form.multi_items() if isinstance(v, str)):
            raise Unreadable(400, "broken")
        yield form
    finally:
        await form.close()


async def _parsed(request: Request, largest: int) -> FormData:
    if request.headers.get("content-type", "").startswith(IN_PARTS):
        parts = _Parts(
            request.headers,
            request.stream(),
            max_files=MOST_FILES,
            max_fields=MOST_FIELDS,
            max_part_size=largest,
        )
        return await parts.parse()
    pairs = _Pairs(request.headers, request.stream(), max_fields=MOST_FIELDS, max_part_size=largest)
    return await pairs.parse()


class _Pairs(FormParser):
    """Fields whose values are spelled out; the framework would take others for Latin letters."""

    def on_field_data(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a value.

        Raises:
            Unreadable: a browser does not send it so.
        """
        if not data[start:end].isascii():
            raise Unreadable(400, "broken")
        super().on_field_data(data, start, end)


class _Parts(MultiPartParser):
    """Parts whose text is Unicode; the framework would take any other bytes for Latin letters."""

    def on_part_end(self) -> None:
        """Take a part that has come to its end.

        Raises:
            Unreadable: it is no text.
        """
        if self._current_part.file is None:
            try:
                self._current_part.data.decode()
            except UnicodeDecodeError:
                raise Unreadable(400, "broken") from None
        super().on_part_end()


async def _hashed(file: UploadFile) -> str:
    """Return the SHA-256 of a file, which is read piece by piece and not kept."""
    found = hashlib.sha256()
    while piece := await file.read(1 << 16):
        found.update(piece)
    return found.hexdigest()


async def drained(request: Request) -> None:
    """Read what is left of a request and throw it away.

    A browser that is answered before it has sent all of its form may show that the connection
    broke, and not the answer.
    """
    try:
        async with asyncio.timeout(DRAINING):
            async for _ in request.stream():
                pass
    except (TimeoutError, ClientDisconnect, RuntimeError):
        return  # it does not come, nobody waits for the answer, or nothing was left
