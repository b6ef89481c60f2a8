"""A provider that says what a test wants, over HTTP on 127.0.0.1: the protocol of OpenAI."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rag.stores import Stores, open_stores

PIECE = 4  # characters of a chunk


@dataclass(frozen=True)
class Reply:
    """What is said to one request; a status other than 200 is an error with the text in it."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0  # seconds before anything is sent
    slowly: float = 0.0  # seconds after each piece
    breaks_off: bool = False  # the connection is cut after the text


@dataclass
class ScriptedModel:
    """What was asked, and what is said: `script` gets the request, with its number from 0."""

    script: Callable[[int, dict], Reply]
    requests: list[dict] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)  # time.monotonic() of each request
    keys: list[str] = field(default_factory=list)
    left: int = 0  # how many did not stay to the end
    first_piece_at: float | None = None  # time.monotonic() of the first words ever sent
    url: str = ""

    @property
    def prompts(self) -> list[str]:
        return ["\n".join(m["content"] for m in r["messages"]) for r in self.requests]


Script = Callable[[int, dict], Reply] | list[Reply]


@contextmanager
def with_model(
    like: Stores, script: Script, **settings: object
) -> Iterator[tuple[Stores, ScriptedModel]]:
    """Stores like others, with their encoder, whose chat model says what a script has."""
    with scripted_model(script) as model:
        own = {"chat_model": "openai:scripted", "chat_url": model.url} | settings
        with open_stores(like.settings.model_copy(update=own), embedder=like.embedder) as stores:
            yield stores, model


@contextmanager
def scripted_model(script: Script) -> Iterator[ScriptedModel]:
    """A running provider; a list is said in order, its last item ever after."""
    said = script if callable(script) else lambda number, _: script[min(number, len(script) - 1)]
    server = _Provider(ScriptedModel(said))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Provider(ThreadingHTTPServer):
    """The server on a free port, which knows what was asked of it and what it is to say."""

    def __init__(self, model: ScriptedModel) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.model = model
        self.lock = threading.Lock()
        model.url = f"http://127.0.0.1:{self.server_address[1]}/v1"

    def asked(self, body: dict, key: str) -> Reply:
        """Note a request; what is said to it."""
        with self.lock:
            number = len(self.model.requests)
            self.model.requests.append(body)
            self.model.arrivals.append(time.monotonic())
            self.model.keys.append(key)
        return self.model.script(number, body)


class _Handler(BaseHTTPRequestHandler):
    server: _Provider

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        reply = self.server.asked(body, self.headers.get("Authorization", ""))
        time.sleep(reply.pause)
        try:
            self.answer(reply, bool(body.get("stream")))
        except (BrokenPipeError, ConnectionResetError):  # who asked has gone
            self.server.model.left += 1

    def answer(self, reply: Reply, streamed: bool) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        kind = "text/event-stream" if streamed and reply.status == 200 else "application/json"
        self.send_header("Content-Type", kind)
        self.end_headers()
        if reply.status != 200:
            self.wfile.write(json.dumps({"error": {"message": reply.text}}).encode())
        elif streamed:
            self.stream(reply)
        else:
            message = {"role": "assistant", "content": reply.text}
            self.wfile.write(json.dumps(_whole(message)).encode())

    def stream(self, reply: Reply) -> None:
        model = self.server.model
        for start in range(0, len(reply.text), PIECE):
            if model.first_piece_at is None:
                model.first_piece_at = time.monotonic()
            self.send({"choices": [_delta(reply.text[start : start + PIECE])]})
            time.sleep(reply.slowly)
        if reply.breaks_off:
            return
        self.send({"choices": [_delta("", "stop")]})
        self.send({"choices": [], "usage": USAGE})
        self.wfile.write(b"data: [DONE]\n\n")

    def send(self, chunk: dict) -> None:
        whole = {"id": "1", "object": "chat.completion.chunk", "model": "scripted",
                 "created": 0} | chunk  # fmt: skip
        self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


USAGE = {"prompt_tokens": 70, "completion_tokens": 7, "total_tokens": 77}


def _delta(text: str, finish: str | None = None) -> dict:
    return {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}


def _whole(message: dict) -> dict:
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "model": "scripted", "created": 0,
            "choices": [choice], "usage": USAGE}  # fmt: skip
