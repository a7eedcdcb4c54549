"""A real web site for tests: pages answered by functions, on an address of this machine."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Visit(BaseHTTPRequestHandler):
    """One request; a page writes its answer with ``send``."""

    protocol_version = "HTTP/1.1"
    pages: Mapping[str, Callable[[Visit], None]]
    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.close_connection = True
        with suppress(ConnectionError, TimeoutError):  # the visitor had enough
            self.pages[self.path](self)

    def send(self, content: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class Site:
    """Where a site is, and which paths were asked for."""

    def __init__(self, server: ThreadingHTTPServer, seen: list[str]) -> None:
        self.port = server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.seen = seen


@contextmanager
def site(pages: Mapping[str, Callable[[Visit], None]]) -> Iterator[Site]:
    """Serve pages by their paths, on all addresses 127.x.x.x."""
    seen: list[str] = []
    handler = type("Handler", (Visit,), {"pages": pages, "seen": seen})
    server = ThreadingHTTPServer(("0.0.0.0", 0), handler)  # noqa: S104 (reached by 127.0.0.1 and 127.0.0.2)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Site(server, seen)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
