"""`fazhi` run in the tests' own process, as a user runs it: arguments in, streams and status out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from ui import cli


@dataclass(frozen=True)
class Ran:
    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Fazhi = Callable[..., Ran]


def command_line(monkeypatch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[bytes]) -> Fazhi:
    """A function that runs `fazhi` with its arguments and gives what that left."""

    def run(*arguments: object) -> Ran:
        captured.readouterr()
        monkeypatch.setattr(sys, "argv", ["fazhi", *map(str, arguments)])
        try:
            cli.main()
            status = 0
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else 0
        out, err = captured.readouterr()
        return Ran(status, out, err.decode())

    return run
