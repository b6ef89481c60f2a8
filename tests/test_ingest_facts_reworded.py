"""A report that says the same in other words gives the same ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.load import load
from ingest.pipeline import read_report
from rag.indicators import Register, load_register

GOLD = Path(__file__).parents[1] / "eval" / "gold"
REPORTS = sorted(
    path
    for folder in ("reports", "reports_b")
    for path in (GOLD / folder).iterdir()
    if path.suffix == ".txt"
)
_OPENS_ALREADY = r"(?:[一二三四五六七八九十][是要、]|此外|同时|另外|据|截至|其中|目前|今年|去年|附)"

Rewording = Callable[[str], str]


def behind_full_stops(words: str) -> Rewording:
    """Every sentence inside a paragraph begins with the words."""
    opening = re.compile(rf"(?<=。)(?=[\u4e00-\u9fff])(?!{_OPENS_ALREADY})")
    return lambda text: opening.sub(words, text)


REWORDINGS: dict[str, Rewording] = {
    "法制 for 法治": lambda text: text.replace("法治", "法制"),
    "an ordinal before each sentence": behind_full_stops("一是"),
    "同时 before each sentence": behind_full_stops("同时，"),
    "据统计 before each sentence": behind_full_stops("据统计，"),
    "full-width percent signs": lambda text: text.replace("%", "％"),
    "a rate 为": lambda text: re.sub(r"率(?=\d)", "率为", text),
    "a rate 达": lambda text: re.sub(r"率(?:为|达到|达)?(?=\d)", "率达", text),
    "宗 for 件": lambda text: re.sub(r"(?<=\d)件(?![次套数/])", "宗", text),
    "名 for 人": lambda text: re.sub(r"(?<=\d)人(?![次民大均口数年员])", "名", text),
    "thousands parted": lambda text: re.sub(
        r"(?<![\d.])(\d)(\d{3})(?=[余多]?[件份人元次])", r"\1,\2", text
    ),
    "all of the town": lambda text: text.replace("我镇", "全镇").replace("我乡", "全乡"),
}
_SAME_UNIT = {"宗": "件", "起": "件", "名": "人"}


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.fixture(scope="module")
def ledgers(register: Register) -> dict[Path, Counter[tuple[object, ...]]]:
    return {path: ledger_of(path, register) for path in REPORTS}


@pytest.mark.parametrize("name", REWORDINGS)
def test_a_reworded_report_keeps_its_ledger(
    name: str,
    ledgers: dict[Path, Counter[tuple[object, ...]]],
    register: Register,
    tmp_path: Path,
) -> None:
    changed, facts, lost = 0, 0, Counter[tuple[object, ...]]()
    for path, ledger in ledgers.items():
        text = path.read_text("utf-8")
        reworded = REWORDINGS[name](text)
        if reworded == text:
            continue
        written = tmp_path / path.name
        written.write_text(reworded, "utf-8")
        changed, facts = changed + 1, facts + ledger.total()
        lost += ledger - ledger_of(written, register)
    assert changed >= 5
    assert lost.total() <= facts / 500, lost


def ledger_of(path: Path, register: Register) -> Counter[tuple[object, ...]]:
    """How often each figure with its meaning stands in a report."""
    read = read_report(
        load(path), source=path.name, sha256="", report_id=path.stem, register=register
    )
    return Counter(
        (
            fact.indicator,
            fact.value,
            _SAME_UNIT.get(fact.unit, fact.unit),
            fact.qualifier,
            fact.kind,
            fact.actor,
            fact.period,
        )
        for fact in read.facts
    )
