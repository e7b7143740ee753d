"""Serving: the server, the reminders and the signals of one program."""

import asyncio
import logging
import secrets
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from definitions.language.values import dataclass
from scheduler.service import Service
from web.app import application
from web.desk import Desk
from web.guard import ALWAYS, Session

LOOPBACK = "127.0.0.1"
THREADS = 4
"""How many pages are made at once: more take longer over the same, at four times the memory."""
BROKEN = "Dit verzoek is beschadigd. Ga terug naar de pagina waar u vandaan kwam.\n"
"""What is said to what is no request; there is no telling in which language it was asked."""
PATIENCE = 8
"""How many seconds requests in hand are waited for at the end."""


@dataclass(frozen=True, slots=True)
class Served:
    """How serving ended.

    Attributes:
        idle: whether nothing was being sent; otherwise a thread is stuck, and the program is to
            end without it.
    """

    idle: bool


class Protocol(H11Protocol):
    """HTTP, of which also what cannot be read is answered in Dutch, with the usual headers."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - it says nothing of use
        """Answer what cannot be read, and hang up."""
        said = BROKEN.encode()
        headers = {
            "content-type": "text/plain; charset=utf-8",
            "content-length": str(len(said)),
            **ALWAYS,
            "connection": "close",
        }
        lines = ("HTTP/1.1 400 Bad Request", *(f"{n}: {v}" for n, v in headers.items()), "", "")
        self.transport.write("\r\n".join(lines).encode() + said)
        self.transport.close()


class Server(uvicorn.Server):
    """A server that leaves the signals to the program around it.

    uvicorn's own raises a signal again once it has stopped, which ends the program before the
    reminders have.
    """

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def listening(port: int) -> socket.socket:
    """Return a socket of this machine alone, at a port; 0 for a free one.

    Raises:
        OSError: somebody has that port.
    """
    # By name, or asyncio does not see that it is TCP, and each page waits 40 ms for the reader's
    # acknowledgement of its headers.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((LOOPBACK, port))
    except OSError:
        found.close()
        raise
    return found


def serve(
    desk: Desk, at: socket.socket, service: Service | None, ready: Callable[[str], None]
) -> Served:
    """Serve the pages, and send reminders, until a signal ends both.

    Args:
        desk: what the pages are made with.
        at: where it listens.
        service: what sends reminders; None where another program does.
        ready: called with the link by which one comes in, once it can be opened.
    """
    port = at.getsockname()[1]
    session = Session(port, partial(secrets.token_urlsafe, 32))
    hosts = (f"localhost:{port}", f"{LOOPBACK}:{port}")
    server = Server(config(application(desk, session, hosts)))

    sending = _in_a_thread(service) if service is not None else None
    _on_signal(server, service)
    asyncio.run(serving(server, at, lambda: ready(f"http://localhost:{port}{session.start}")))
    if service is None or sending is None:
        return Served(idle=True)
    service.stopping.set()
    sending.join(service.patience.total_seconds() + 2)
    return Served(idle=not sending.is_alive())


def _quiet() -> None:
    """Log of the server what goes wrong, and not that it began and ended.

    What fails in a page is logged by the pages themselves, with its address.
    """
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_is_of_the_server)


def _is_of_the_server(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith("Exception in ASGI application")


def config(app: object) -> uvicorn.Config:
    """Return how pages are served."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=Protocol,
        timeout_graceful_shutdown=PATIENCE,
        timeout_keep_alive=15,
    )


async def serving(server: uvicorn.Server, at: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until the server is told to stop."""
    import anyio.to_thread  # noqa: PLC0415 - its limiter exists only in a loop that runs

    _quiet()
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    task = asyncio.create_task(server.serve(sockets=[at]))
    while not server.started and not task.done():
        await asyncio.sleep(0.01)
    if server.started:
        ready()
    await task


def _in_a_thread(service: Service) -> threading.Thread:
    sending = threading.Thread(target=service.run, name="reminders", daemon=True)
    sending.start()
    return sending


def _on_signal(server: uvicorn.Server, service: Service | None) -> None:
    """End on a signal: no new requests, those in hand are answered, nothing is cut while sent."""

    def end(*_: object) -> None:
        server.should_exit = True
        if service is not None:
            threading.Thread(target=service.stopping.set).start()

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, end)
