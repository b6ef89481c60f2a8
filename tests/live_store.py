"""A store that another process changes again and again, and what each answer may say meanwhile.

Every figure and paragraph of a report says the number of its version, so that rows of two
versions in one answer would show, and so would a version that was replaced before the question.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

from store_places import StorePlace
from store_process import StoreProcess
from written_reports import report_text

from rag.models import Answer
from rag.passages import passages_of
from rag.stores import Stores

TOWNS = tuple(f"{name}镇" for name in "甘宁 龙沙 响水 武陵 瀼渡 天城 熊家 大周 小周 孙家".split())
FIRST = 1000  # no other number of a report is a version
BODY = "调解纠纷{v}件。走访群众{v}次。办理行政复议案件{v}件。开展执法培训{v}场次。"
TASK = "围绕重点任务组织专题学习，第{n}批台账{v}份逐条销号管理。"
TASKS = 35  # paragraphs of a report; together more than are looked up without the vectors
ASKED = (
    "各镇调解纠纷多少件？",
    "{town}走访群众多少次？",
    "哪些镇的行政复议案件达到1000件？",
    "{town}如何开展执法培训？",
    "各镇如何推进重点任务？",
)


def text_of(town: str, version: int) -> str:
    tasks = "\n\n".join(TASK.format(n=n, v=version) for n in range(1, TASKS + 1))
    return report_text(town, BODY.format(v=version) + "\n\n" + tasks)


class LiveStore:
    """A folder of reports, and a process that takes it in whenever it is told to."""

    def __init__(self, place: StorePlace, worker: StoreProcess, *, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self.worker = worker
        self.place, self.reports = place, place.data.parent / "reports"
        self.reports.mkdir()
        self.written = dict.fromkeys(TOWNS, FIRST)  # newest version that a file has
        self.stored = dict.fromkeys(TOWNS, FIRST)  # newest version whose ingest has ended
        for town in TOWNS:
            self.write(town)
        self.ingest()

    def write(self, town: str) -> None:
        text = text_of(town, self.written[town])
        (self.reports / f"{town}.txt").write_text(text, encoding="utf-8")

    def change(self, towns: int) -> list[str]:
        """Write the next version of some reports' files; gives their towns."""
        changed = self.random.sample(TOWNS, towns)
        for town in changed:
            self.written[town] += 1
            self.write(town)
        return changed

    def ingest(self) -> float:
        """Take the folder in, in another process; gives the moment when that had ended."""
        ended = self.do("ingest", self.reports)
        self.stored = dict(self.written)
        return ended

    def do(self, action: str, path: Path) -> float:
        """Have another process do it; gives the moment when that had ended."""
        self.worker.begin(self.place, action, str(path))
        said = [self.worker.line(), self.worker.line()]
        assert said == ["done", "ended 0"], said
        return time.monotonic()


def faults(answer: Answer, oldest: dict[str, int], newest: dict[str, int]) -> list[str]:
    """What of an answer is of no whole version between these, town by town; empty if sound."""
    said: dict[str, set[str]] = {}
    for citation in answer.citations:
        said.setdefault(citation.town or "", set()).add(citation.raw)
    values = {(f.town, f.value) for f in answer.findings if f.state in ("match", "other_value")}
    found = [
        f"{town} says {sorted(raws)}, of no version from {oldest[town]} to {newest[town]}"
        for town, raws in said.items()
        if not any(
            all(raw in text_of(town, version) for raw in raws)
            and {value for name, value in values if name == town} <= {version, None}
            for version in range(oldest[town], newest[town] + 1)
        )
    ]
    if not said or answer.status != "answered":
        found.append(f"{answer.status}: {answer.text}")
    if answer.plan.kind == "census" or "各镇" in answer.question:
        found += [f"{town} is left out" for town in TOWNS if town not in said]
    return found


def unfound_by_meaning(stores: Stores, versions: dict[str, int]) -> list[str]:
    """The towns of which a passage of this version is not found by its very vector."""
    missing = []
    with stores.snapshot() as snapshot:
        for card in snapshot.database.cards():
            paragraphs = snapshot.database.paragraphs(report_ids=[card.id])
            passage = passages_of(
                card.title, paragraphs, count_tokens=stores.embedder.token_count, window=512
            )[-2]
            town = str(card.place.town)
            found = snapshot.meaning.search(passage.text, k=1)
            if str(versions[town]) not in passage.text or not found or found[0][1] < 0.999:
                missing.append(town)
    return missing
