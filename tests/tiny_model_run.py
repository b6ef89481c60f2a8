"""Ask a question set with a tiny, inventive chat model and count what of its words gets through.

As a program it asks every question on the samples, or of a set and its corpus, and prints the
counts as JSON; FOLDER is for the stores and the weights:
python tests/tiny_model_run.py FOLDER [QUESTIONS.jsonl CORPUS]
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from model_server import model_server

from eval.dataset import Question, read_questions
from eval.metrics.score import score_answer
from eval.metrics.unsupported import unsupported_numbers
from eval.run import SAMPLE_QUESTIONS, sample_folder, stored_texts
from ingest.pipeline import ingest_paths
from rag.models import Answer, Turn
from rag.pipeline import answer
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores

_MARK = re.compile(r"\[(\d+)\]")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def tiny(settings: Settings, url: str, *, seconds: float) -> Settings:
    """The settings with the model of a server, within what two slow cores can do."""
    own = {"chat_model": "openai:tiny", "chat_url": url, "chat_timeout": seconds,
           "chat_context": 1_000, "chat_tokens": 80, "chat_price": "1 1"}  # fmt: skip
    return settings.model_copy(update=own)


def ask_twice(questions: Sequence[Question], rules: Stores, model: Stores) -> dict[str, object]:
    """Each question asked by rules and with the model: counts, and what must be empty."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    prose: list[str] = []
    texts = stored_texts(rules)
    handler = _Counting(counts)
    for name in ("rag.write.writer", "rag.plan.model_reading"):
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO)
    started = time.monotonic()
    for number, question in enumerate(questions, 1):
        history = [Turn(earlier) for earlier in question.history]
        by_rules = answer(question.question, history=history, stores=rules)
        with_model = answer(question.question, history=history, stores=model)
        counts[f"answers by {with_model.writer}"] += 1
        before, after = (score_answer(question, asdict(a), texts) for a in (by_rules, with_model))
        if before.right and not after.right:
            wrong.append(f"{question.id}: no longer right: {after.failures}")
        if with_model.writer == "model":
            prose.append(with_model.text.partition("\n\n")[0])
        wrong += [f"{question.id}: {what}" for what in unsupported(with_model, by_rules)]
        sys.stderr.write(f"\r{number} of {len(questions)}")
    for name in ("rag.write.writer", "rag.plan.model_reading"):
        logging.getLogger(name).removeHandler(handler)
    seconds = round(time.monotonic() - started)
    return {
        "questions": len(questions), "seconds": seconds, **counts, "wrong": wrong, "prose": prose,
    }  # fmt: skip


def unsupported(with_model: Answer, by_rules: Answer) -> list[str]:
    """Numbers, marks, towns and years of an answer that nothing supports, by eyes of its own."""
    found = [f"number {n}" for n in unsupported_numbers(asdict(with_model))]
    found = [item for item in found if item[7:] not in unsupported_numbers(asdict(by_rules))]
    by_mark = {citation.mark: citation for citation in with_model.citations}
    found += [f"mark {m}" for m in _MARK.findall(with_model.text) if int(m) not in by_mark]
    if with_model.writer == "rules":
        same = (with_model.text, with_model.findings) == (by_rules.text, by_rules.findings)
        return found if same else [*found, "another answer of the rules"]
    prose, _, rest = with_model.text.partition("\n\n")
    cited = [by_mark[int(mark)] for mark in _MARK.findall(prose) if int(mark) in by_mark]
    words = " ".join(f"{c.town} {c.year} {c.quote} {c.title} {' '.join(c.section)}" for c in cited)
    found += [f"town {town}" for town in _TOWN.findall(prose) if town not in words]
    found += [f"year {year}" for year in _YEAR.findall(prose) if year not in words]
    if _MARK.sub("", rest) != _MARK.sub("", by_rules.text):
        found.append("the rules' part is another")
    return found


class _Counting(logging.Handler):
    """Adds up what the log says of each answer."""

    def __init__(self, counts: Counter[str]) -> None:
        super().__init__()
        self._counts = counts

    def emit(self, record: logging.LogRecord) -> None:
        said = dict(re.findall(r"(\w+)=(\S+)", record.getMessage()))
        for name in ("calls", "sentences", "kept", "rewritten"):
            self._counts[name] += int(said.get(name, 0))
        if "sentences" in said:
            self._counts["dropped"] += int(said["sentences"]) - int(said["kept"])
            self._counts["prose asked for"] += 1
        else:
            self._counts["questions read by the model"] += 1
        if said.get("failure", "-") != "-":
            self._counts[f"failure {said['failure']}"] += 1


def main(folder: Path, asked: Path, corpus: Path) -> None:
    settings = read_settings(folder / "data")
    with (
        model_server(folder) as url,
        open_stores(settings) as rules,
        open_stores(tiny(settings, url, seconds=90)) as model,
    ):
        ingest_paths([corpus], stores=rules)
        found = ask_twice(read_questions(asked), rules, model)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    sys.exit(int(bool(found["wrong"])))


if __name__ == "__main__":
    target = Path(sys.argv[1]) / (Path(sys.argv[2]).stem if sys.argv[2:] else "samples")
    target.mkdir(parents=True, exist_ok=True)
    main(target, *map(Path, sys.argv[2:4] or (SAMPLE_QUESTIONS, sample_folder())))
