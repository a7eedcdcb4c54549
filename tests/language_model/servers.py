"""A real server that speaks like OpenAI's chat completions, and misbehaves as a test wants."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Question(BaseHTTPRequestHandler):
    """One request to the model; ``task`` is what it shall do, ``data`` what the user message holds."""

    protocol_version = "HTTP/1.1"
    answer: Callable[[Question], object]
    asked: list[dict[str, Any]]

    def do_POST(self) -> None:
        self.close_connection = True
        self.request_data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({**self.request_data, "path": self.path, "key": self.headers.get("Authorization", "")})
        with suppress(ConnectionError, TimeoutError):
            type(self).answer(self)

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.request_data["messages"][-1]["content"])
        return found

    @property
    def wants(self) -> str:
        """What is asked for: reword, answer, propose or judge."""
        system = self.request_data["messages"][0]["content"]
        fields = {
            "reword": "read more naturally",
            "answer": "Answer the quiz question",
            "judge": "Which of the options",
        }
        return next((name for name, words in fields.items() if words in system), "propose")

    def say(self, content: Any, **more: Any) -> None:
        """Answer with a completion of the given words (or a value as JSON)."""
        words = content if isinstance(content, str | list | None) else json.dumps(content, ensure_ascii=False)
        choice = {"message": {"role": "assistant", "content": words}, "finish_reason": "stop", **more}
        self.send(json.dumps({"choices": [choice]}).encode())

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class Server:
    """Where the model is, and what it was asked."""

    def __init__(self, port: int, asked: list[dict[str, Any]]) -> None:
        self.url = f"http://127.0.0.1:{port}/v1"
        self.asked = asked


@contextmanager
def server(answer: Callable[[Question], object]) -> Iterator[Server]:
    """Serve a model that answers every question by ``answer``."""
    asked: list[dict[str, Any]] = []
    handler = type("Handler", (Question,), {"answer": answer, "asked": asked})
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Server(running.server_address[1], asked)
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
