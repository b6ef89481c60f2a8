"""One run of a question set, in a process of its own, so that the chat keeps its pace.

`python -m ui.rooms.evaluation.worker` reads the order as a line of JSON from standard input
and writes how far it is as lines of JSON to standard output. It ends when its input is closed;
a run that ended early leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from eval.run import evaluate
from rag.errors import FazhiError
from rag.settings import Settings
from rag.stores import open_stores


def main() -> int:
    """Run what standard input orders; 0 when it is done, 1 where it could not be."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no part of what is told

    def tell(**what: object) -> None:
        told.write(json.dumps(what) + "\n")
        told.flush()

    def at(stage: str, done: int, total: int) -> None:
        tell(stage=stage, done=done, total=total)

    try:
        with ExitStack() as stack:
            evaluate(
                questions=Path(order["questions"]),
                corpus=_path(order["corpus"]),
                out=Path(order["out"]),
                stores=_stored(order, stack),
                on_progress=lambda done, total: at("answering", done, total),
                on_reading=at,
            )
    except FazhiError as error:
        tell(error=str(error))
        return 1
    tell(run=Path(order["out"]).name)
    return 0


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None


def _stored(order: dict[str, Any], stack: ExitStack) -> Any:
    """The stored reports where the set is asked of them; None for a corpus of its own."""
    if not order["stored"]:
        return None
    return stack.enter_context(open_stores(Settings.model_validate(order["settings"])))


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(2)  # whoever ordered this is gone, or wants no more of it


if __name__ == "__main__":
    sys.exit(main())
