"""One label with two values, in two sentences or in a sentence and a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from ingest.folding import fold_widths
from rag.indicators import Register
from rag.models import Check, Contradiction, Fact

_NARROWS_NOTHING = re.compile(
    r"全年|今年|本年度?|全[镇乡县]|我[镇乡]|街道|社区|村|镇|乡|各类|各级|各|两级|三级|调委会|调解组织|"
    r"人民调解委员会|和|共|累计|总|的|处理|开展|办理|组织|进行|现有|拥有|达到|达|[\s“”\"]|"
    r"\([^()]{1,4}\)$|(?:案件|事项)?(?:总?数量?|件数|人数|次数)$|案件$"
)
_UPPER = re.compile(r"镇|乡|街道|三级|两级")
_LOWER = re.compile(r"村|社区")
_WHOLE_YEAR = re.compile(
    r"1月?(?:-|至|到|~)12月(?:底|末|份)?|(?:截[至止]|到)?12月(?:底|末|31日)|年底"
)
_PART_OF_YEAR = re.compile(
    r"半年|季度|\d月|[一二三四五六七八九十]月|\d日|当[天日]|期间|此次|本次|该次|活动[周日]|专项"
)
_IN_ALL = re.compile(r"全年|累计|共|总计|合计|今年以来|一年来|本年度?|年内|截[至止]")
_AT_ONE_TIME = frozenset("人 名 位 个 所 处 支 家 间".split())  # how many there are, not how often
_CASES = frozenset("件 起 宗 例 案".split())
_SHORTEST = 4  # characters of a label that names a thing by itself


def different_values(facts: Sequence[Fact], register: Register) -> Iterator[Contradiction]:
    """Figures of one indicator under one label that differ, each value once.

    Counts of what happened must both be of the whole year by their words, of cases one of them:
    an event here and the year's events there are different things.
    """
    by_label: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        name = _name(fact.label)
        if fact.whole is None and _names_by_itself(fact, name, register):
            by_label[fact.indicator or "", fact.unit, name].append(fact)
    for found in by_label.values():
        rivals: dict[Fact, None] = {}
        for one, other in combinations(found, 2):
            if _disagree(one, other):
                rivals |= {one: None, other: None}
        if rivals:
            in_table = {fact.rule.startswith("row") for fact in rivals} == {True, False}
            values = " ≠ ".join(dict.fromkeys(_printed(fact) for fact in rivals))
            check: Check = "table" if in_table else "label"
            yield Contradiction(next(iter(rivals)).report_id, check, tuple(rivals), values)


def _names_by_itself(fact: Fact, name: str, register: Register) -> bool:
    """Whether a label says what it is of, so that it is of the same thing wherever it stands."""
    if fact.indicator is None or len(name) >= _SHORTEST:
        return fact.indicator is not None
    meant = register.recognise(fact.label, unit="%") if fact.unit == "%" else None
    return meant is not None and meant.name == fact.indicator


@lru_cache(maxsize=4096)
def _name(label: str) -> str:
    """A label without what narrows nothing: 全镇调解纠纷(件) and 调解纠纷数 are one."""
    return _NARROWS_NOTHING.sub("", _NARROWS_NOTHING.sub("", fold_widths(label)))


def _disagree(one: Fact, other: Fact) -> bool:
    if (one.value, one.low, one.high) == (other.value, other.low, other.high):
        return False
    if one.sentence == other.sentence or {one.qualifier, other.qualifier} != {"exact"}:
        return False  # of one sentence, so of two things; or the one may only say more of the other
    if one.period and other.period and one.period != other.period:
        return False
    if not _of_one_level(_clause(one), _clause(other)) or _is_partial(one) or _is_partial(other):
        return False
    return _in_all(one) + _in_all(other) >= _cues_wanted(one.unit)


def _cues_wanted(unit: str) -> int:
    """How many of two figures must say that they are of the whole year."""
    if unit == "%" or unit in _AT_ONE_TIME:
        return 0
    return 1 if unit in _CASES else 2


def _in_all(fact: Fact) -> bool:
    return fact.rule.startswith("row") or bool(_IN_ALL.search(fact.sentence))


def _is_partial(fact: Fact) -> bool:
    if fact.rule.startswith("row"):
        return False
    return bool(_PART_OF_YEAR.search(_WHOLE_YEAR.sub("", fact.sentence)))


def _clause(fact: Fact) -> str:
    """The words up to the end of a figure's label, back to the mark before it."""
    before, found, _ = fact.sentence.partition(fold_widths(fact.label))
    return re.split(r"[,;:。]", before)[-1] + fact.label if found else fact.label


def _of_one_level(one: str, other: str) -> bool:
    """Whether two clauses are of the town alike: 村调解30件 is no rival of 调解80件."""

    def level(words: str) -> tuple[bool, bool]:
        return bool(_UPPER.search(words)), bool(_LOWER.search(words))

    first, second = level(one), level(other)
    none = (False, False)
    return first == second or (none in (first, second) and (first[0] or second[0]))


def _printed(fact: Fact) -> str:
    shown = fact.value if fact.value is not None else f"{fact.low}—{fact.high}"
    return f"{shown}{fact.unit}"
