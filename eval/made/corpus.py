"""A made corpus in a folder: the files, their gold, and set questions about them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from eval.dataset import Question
from eval.made.files import as_bytes, draw_format
from eval.made.gold import MadeFact, MadeGold
from eval.made.layout import draw_layout, headings_of
from eval.made.questions import set_questions
from eval.made.report import upper_of, write_report
from eval.made.templates import templates
from rag.models import Place
from rag.register import register

YEARS = (2021, 2022, 2023, 2024)
QUESTIONS = 50
REPORTS, GOLD, ASKED = "reports", "gold.jsonl", "questions.jsonl"

Progress = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True)
class MadeCorpus:
    """Where the parts of a corpus are, and what is known of its reports."""

    folder: Path
    golds: tuple[MadeGold, ...]
    questions: tuple[Question, ...]

    @property
    def reports(self) -> Path:
        return self.folder / REPORTS

    @property
    def asked(self) -> Path:
        return self.folder / ASKED


def make_corpus(
    folder: Path,
    *,
    reports: int,
    seed: int = 0,
    questions: int = QUESTIONS,
    on_progress: Progress | None = None,
) -> MadeCorpus:
    """Write so many reports with their gold, and questions about them; the same for a seed.

    Towns are of the register and everything else is invented. A town has one to three
    reports, of different years.

    Raises:
        ValueError: there are not so many towns, or the folder holds something.
    """
    target = folder / REPORTS
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty; name a new folder")
    target.mkdir(parents=True)
    golds: list[MadeGold] = []
    for number, (place, year) in enumerate(_places_and_years(reports, seed)):
        random = Random(f"{seed} {number}")
        form = draw_format(random)
        source = f"made-{number:05}.{form}"
        report = write_report(
            source, place, year, templates=templates(upper_of(place)), random=random
        )
        layout = draw_layout(random)
        content = as_bytes(report, layout, form, random)
        (target / source).write_bytes(content)
        headings = headings_of(report, layout)
        golds.append(replace(report.gold, title=report.title, headings=headings))
        if on_progress:
            on_progress(number + 1, reports)
    _write_lines(folder / GOLD, (_gold_line(gold) for gold in golds))
    asked: tuple[Question, ...] = ()
    if questions:
        asked = set_questions(golds, questions, templates=templates(), seed=seed)
        lines = (item.model_dump(mode="json", exclude_defaults=True) for item in asked)
        _write_lines(folder / ASKED, lines)
    return MadeCorpus(folder, tuple(golds), asked)


def read_corpus_gold(folder: Path) -> tuple[MadeGold, ...]:
    """The gold of a corpus that was made before."""
    lines = (folder / GOLD).read_text(encoding="utf-8").splitlines()
    return tuple(_gold_of(json.loads(line)) for line in lines)


def _places_and_years(count: int, seed: int) -> Iterator[tuple[Place, int]]:
    """Town and year of each report; towns whose name no other place bears."""
    random = Random(f"places {seed}")
    towns = [places[0] for name, places in register().towns.items()
             if len(places) == 1 and name.endswith("镇") and 3 <= len(name) <= 5]  # fmt: skip
    random.shuffle(towns)
    left = count
    for place in towns:
        for year in random.sample(YEARS, min(random.choice((1, 1, 1, 2, 3)), left)):
            yield place, year
            left -= 1
        if not left:
            return
    raise ValueError(f"{count} reports are too many: there are places for {count - left}")


def _gold_line(gold: MadeGold) -> dict[str, Any]:
    return {
        "source": gold.source,
        **asdict(gold.place),
        "year": gold.year,
        "facts": [asdict(fact) for fact in gold.facts],
        "no_case": sorted(gold.no_case),
        "counted": sorted(gold.counted),
        "practices": dict(gold.practices),
        "title": gold.title,
        "headings": gold.headings,
    }


def _gold_of(line: dict[str, Any]) -> MadeGold:
    parts = ("town", "county", "city", "province", "code")
    return MadeGold(
        line["source"],
        Place(**{part: line[part] for part in parts}),
        line["year"],
        tuple(MadeFact(**fact) for fact in line["facts"]),
        frozenset(line["no_case"]),
        frozenset(line["counted"]),
        line["practices"],
        line["title"],
        tuple(line["headings"]),
    )


def _write_lines(path: Path, lines: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
