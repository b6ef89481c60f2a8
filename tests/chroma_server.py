"""A Chroma server of the tests' own, on 127.0.0.1 only."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

START_SECONDS = 60


@contextmanager
def new_vectors(server: str, name: str) -> Iterator[str]:
    """The URL of an empty database on a running server; dropped afterwards."""
    try:
        yield f"{server}/{name}"  # whoever opens it first makes it
    finally:
        databases = f"{server}/api/v2/tenants/default_tenant/databases"
        httpx.delete(f"{databases}/{name}", trust_env=False, timeout=START_SECONDS)


@contextmanager
def chroma_server(folder: Path, *, port: int | None = None) -> Iterator[str]:
    """The URL of a running server over the folder; stopped afterwards."""
    port = port or free_port()
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--path", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{url}/api/v2/heartbeat", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"no Chroma server came up at {url}")
