"""A token endpoint on this machine that answers as a test says."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.support.mailserver import Certificate

CLIENT, CLIENT_SECRET = "mijlpaal-client", "zeer~geheim8Q.k_v-x"
SCOPE = "https://outlook.example/.default"


@dataclass
class Counter:
    """The requests to an endpoint, and its answers.

    Attributes:
        tokens: the tokens it issues, one after the other; the last one repeats.
        lifetime: their stated lifetime in seconds; None to state none.
        answers: the answers instead of a token: status, headers, and body.
        drips: send so much of the answer, and then a byte at a time, so many seconds apart.
        asked: the forms that were posted to it.
    """

    tokens: list[str] = field(default_factory=lambda: ["eyJ.first.token"])
    lifetime: object = 3600
    answers: tuple[int, dict[str, str], bytes] | None = None
    drips: float = 0.0
    asked: list[dict[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def refuses(self, status: int, error: object, described: str = "") -> None:
        """Have it refuse, as RFC 6749 says."""
        body = json.dumps({"error": error, "error_description": described})
        self.answers = (status, {"Content-Type": "application/json"}, body.encode())

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Return the next answer."""
        if self.answers is not None:
            return self.answers
        token = self.tokens[min(len(self.asked), len(self.tokens)) - 1]
        said: dict[str, object] = {"access_token": token, "token_type": "Bearer"}
        if self.lifetime is not None:
            said["expires_in"] = self.lifetime
        return 200, {"Content-Type": "application/json"}, json.dumps(said).encode()


@contextmanager
def token_server(counter: Counter, certified: Certificate | None = None) -> Iterator[str]:
    """Run an endpoint, with TLS where it has a certificate, and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(length).decode(), strict_parsing=True)
            counter.asked.append({name: values[0] for name, values in form.items()})
            status, headers, body = counter.answer()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not counter.drips:
                self.wfile.write(body)
            while counter.drips and not counter.stop.wait(counter.drips):
                try:
                    self.wfile.write(b" ")
                    self.wfile.flush()
                except OSError:
                    return

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of a caller that hangs up."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certified is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certified.file, certified.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if certified is None else "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{server.server_port}/token"
    finally:
        counter.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def oauth(url: str, **more: object) -> dict[str, object]:
    """Return the settings of logging in with a token from an endpoint."""
    return {
        "user": "griffie@drechtsteden.example",
        "token_url": url,
        "client_id": CLIENT,
        "client_secret": CLIENT_SECRET,
        "scope": SCOPE,
        **more,
    }
