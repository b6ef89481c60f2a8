"""A PostgreSQL of the tests' own: Debian's, in a temporary folder, on 127.0.0.1 only."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

USER = "postgres"  # Debian's account; the server refuses to run as root
START_SECONDS = 30


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a running server, up to the name of a database; stopped afterwards."""
    programs = _programs()
    port = _free_port()
    # Not below pytest's folder: that one is closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="fazhi-postgres-"))
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    _run_as(
        [programs / "initdb", "-D", data, "-U", "fazhi", "-A", "trust", "-E", "UTF8",
         "--locale", "C.UTF-8", "--no-sync"], folder,
    ).check_returncode()  # fmt: skip
    settings = {"listen_addresses": "127.0.0.1", "port": port, "fsync": "off",
                "unix_socket_directories": folder, "max_connections": 50}  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [*_as_user(), programs / "postgres", "-D", data, *options],
            cwd=folder, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _wait_for(port, server, folder / "log")
        yield f"postgresql+psycopg://fazhi@127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGINT)  # its fast shutdown
        server.wait(START_SECONDS)
        shutil.rmtree(folder)


@contextmanager
def new_database(server: str, name: str) -> Iterator[str]:
    """The URL of an empty database on the server; dropped afterwards."""
    plain = server.replace("+psycopg", "")
    with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{plain}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _programs() -> Path:
    """The folder of the newest PostgreSQL of Debian; skips the test where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        pytest.skip("needs Debian's postgresql (apt-get install postgresql)")
    if os.geteuid() == 0 and USER not in {entry.pw_name for entry in pwd.getpwall()}:
        pytest.skip(f"runs as root, and there is no user {USER} to run the server as")
    return found[-1].parent


def _as_user() -> list[str]:
    """The words before a command that run it as the server's user, no longer than the tests."""
    stops = ["setpriv", "--pdeathsig=QUIT"]  # where the tests are killed: its immediate shutdown
    if os.geteuid() != 0:
        return [*stops, "--"]
    return [*stops, f"--reuid={USER}", f"--regid={USER}", "--init-groups", "--"]


def _run_as(command: list[object], folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*_as_user(), *map(str, command)], cwd=folder, check=False, capture_output=True
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=fazhi dbname=postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")
