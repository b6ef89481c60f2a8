"""One change of a store in a process of its own, to be killed, starved or run beside another.

    python tests/store_worker.py DATA ingest FOLDER | remove [ID...] | restore FILE | backup FILE

It prints "begun" when the stores are open, and "done" at the end; vectors are made up. With
`serve` it reads such arguments as JSON, a line each, behind the environment that says where the
stores are, and takes each line in a child process, which spares it the seconds that the imports
take: it prints the child's id and its end.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

from written_reports import stores_of

from eval.stand_in import StandInEmbedder
from ingest.backup import back_up, restore
from ingest.likeness import signature
from ingest.pipeline import ingest_paths
from ingest.upkeep import remove_reports
from rag.errors import StoreUnavailable
from rag.settings import read_settings
from rag.stores import Stores, open_stores


def act(stores: Stores, action: str, arguments: list[str]) -> None:
    if action == "ingest":
        failed = [
            one for one in ingest_paths([Path(arguments[0])], stores=stores).files if one.error
        ]
        for one in failed:
            sys.stderr.write(f"{one.error}\n")
    elif action == "remove":
        remove_reports(arguments, stores=stores)
    elif action == "restore":
        restore(stores, Path(arguments[0]))
    elif action == "backup":
        back_up(stores, Path(arguments[0]))


def main(data: str, action: str, *arguments: str) -> None:
    try:
        with open_stores(read_settings(Path(data)), embedder=StandInEmbedder()) as stores:
            _ = stores.vectors, stores.lexical, stores.register
            _say("begun")
            act(stores, action, list(arguments))
            _say("done")
    except StoreUnavailable as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(3)


def serve() -> None:
    """Take the lines of standard input, each in a child process of its own."""
    with TemporaryDirectory() as folder, stores_of(Path(folder), {"甘宁镇": "走访7次。"}):
        signature("读过一份报告，词典、地名和指标就都在内存里了")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _say(f"pid {os.getpid()}")
            status = 1
            try:
                where, *arguments = json.loads(line)
                os.environ.update(where)
                main(*arguments)
                status = 0
            except SystemExit as end:
                status = int(str(end.code))
            finally:  # whatever happened, a child does not go on as its parent
                if status == 1:
                    traceback.print_exc()
                sys.stderr.flush()
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        _say(f"ended {os.waitstatus_to_exitcode(ended)}")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve() if sys.argv[1] == "serve" else main(*sys.argv[1:])
