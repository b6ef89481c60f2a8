"""A tiny reverse proxy: a path of its own in front of a server, with a password, for tests."""

from __future__ import annotations

import base64
import http.client
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = ("connection", "keep-alive", "transfer-encoding", "host", "authorization")
CREDENTIALS = ("reader", "for the test alone")


WANTED = "Basic " + base64.b64encode(":".join(CREDENTIALS).encode()).decode()


@contextmanager
def proxied(url: str, prefix: str) -> Iterator[str]:
    """The address, up to the prefix and with a slash, at which what is at `url` is reached.

    As the examples of docs/serving.md do: asks for a password, takes the prefix off, says in
    X-Forwarded-… who asked for what, and passes on each piece as it comes.
    """
    server = _Proxy(url, prefix)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}/"
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


class _Proxy(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, url: str, prefix: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind, self.prefix = urlsplit(url), prefix


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Proxy

    def log_message(self, *_: object) -> None:
        return

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def _pass(self) -> None:
        self.close_connection = True
        prefix, behind = self.server.prefix, self.server.behind
        if self.headers.get("Authorization") != WANTED:
            self._answer(401, [("WWW-Authenticate", 'Basic realm="fazhi"')], b"who are you?\n")
            return
        if not self.path.startswith(prefix + "/"):
            self._answer(404, [], b"nothing here\n")
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        server = http.client.HTTPConnection(behind.hostname or "", behind.port, timeout=120)
        with closing(server):
            path = self.path.removeprefix(prefix)
            server.request(self.command, path, body, self._told(len(body)))
            self._pass_on(server.getresponse())

    do_GET = do_POST = do_HEAD = do_DELETE = _pass  # noqa: N815

    def _told(self, length: int) -> dict[str, str]:
        """The headers for the server behind: the request's own, and who asked for what."""
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
        return headers | {
            "Host": self.headers["Host"],
            "X-Forwarded-For": self.client_address[0],
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Host": self.headers["Host"],
            "X-Forwarded-Prefix": self.server.prefix,
            "Content-Length": str(length),
        }

    def _pass_on(self, answer: http.client.HTTPResponse) -> None:
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(http.client.IncompleteRead):  # the server ended, and its streams with it
            while piece := answer.read1(65536):
                self.wfile.write(piece)
                self.wfile.flush()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
