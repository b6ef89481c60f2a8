"""One run of a question set, in a process of its own, so that the chat keeps its pace.

`python -m ui.rooms.evaluation.worker` is ordered and tells as `ui.worker_processes` has it. It
ends when its input is closed; a run that ended early leaves nothing behind.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from eval.run import evaluate
from rag.errors import FazhiError
from rag.settings import Settings
from rag.stores import open_stores
from ui.worker_processes import take_order


def main() -> int:
    """Run what standard input orders; 0 when it is done, 1 where it could not be."""
    order, tell = take_order()

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


if __name__ == "__main__":
    sys.exit(main())
