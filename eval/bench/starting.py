"""Cold start: from a new process to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial

from eval.bench.measures import Figures, median_seconds
from rag.settings import Settings
from rag.stores import open_stores

FAZHI = (sys.executable, "-c", "from ui.cli import main; main()")
COMMANDS = {
    "help_s": ["--help"],
    "census_answer_s": ["ask", "哪些镇的行政诉讼应诉率达到100%？", "--json"],
    "describe_answer_s": ["ask", "各镇的普法宣传做了哪些工作？", "--json"],  # needs the model
}


def measure_start(settings: Settings, rounds: int) -> Figures:
    """Seconds of help, a census, and an answer that embeds; milliseconds of opening the stores."""
    environment = os.environ | {
        "FAZHI_DATA": str(settings.data),
        "FAZHI_DATABASE": "",
        "FAZHI_CHROMA": "",
    }

    def run(command: list[str]) -> None:
        subprocess.run([*FAZHI, *command], check=True, stdout=subprocess.DEVNULL, env=environment)

    def open_and_close() -> None:
        with open_stores(settings) as stores:
            stores.database.cards()

    figures: Figures = {
        name: round(median_seconds(partial(run, command), rounds), 2)
        for name, command in COMMANDS.items()
    }
    figures["open_stores_ms"] = round(median_seconds(open_and_close, rounds) * 1000, 1)
    return figures
