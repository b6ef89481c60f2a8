"""Parts against their whole, and totals against what they sum up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.folding import fold_widths
from rag.amounts import plain_number
from rag.models import Contradiction, Fact, Number

_CASES = frozenset("件 起 宗 例 案".split())
_PEOPLE = frozenset("人 名 位 人次".split())
_PER_ONE = re.compile(r"均|每|各$")  # 村均4名 and 每村2名 are no wholes
_LISTED = re.compile(r"\s*(?:、|,|;|和|及|以及)[^,;。()]*")
_SIBLINGS = re.compile(r"\s*(?:、|和|及|以及)[^,;。()]*")
_THE_REST = re.compile(r"其他|其它|其余|剩余")
_TOTAL = re.compile(r"\s*[,、;]\s*(?:共|共计|合计|总计|总共|一共)\s*")
_NOTHING_FOLLOWS = re.compile(r"\s*(?:[,。;:()]|$|其中)")
_NEAR = 60  # characters between two figures that can be of one list


def wrong_sums(facts: Sequence[Fact], text: str) -> Iterator[Contradiction]:
    """Wholes that their parts cannot make up, and totals that are not the sum.

    A part is more than its whole; siblings (简易程序30件、普通程序40件) are more together, where
    they are of cases or things, which are in one class each; or they are not the whole though the
    last is all the rest (其他5件); or a bare 共35件 is not what was counted before it.
    """
    exact = [fact for fact in facts if fact.qualifier == "exact" and fact.value is not None]
    wholes = {fact.value_start: fact for fact in exact if not _is_of_each(fact, text)}
    parts: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        whole = wholes.get(fact.whole or -1)
        if whole and fact.value is not None and _alike(fact.unit, whole.unit):
            parts[whole.value_start].append(fact)
    for start, listed in parts.items():
        whole = wholes[start]
        if whole.whole is None:  # what follows a part may be of the whole instead
            yield from _against_whole(whole, listed, text)
    yield from _wrong_totals(exact, text)


def _against_whole(whole: Fact, parts: Sequence[Fact], text: str) -> Iterator[Contradiction]:
    most = whole.value or 0
    large = [
        part for part in parts if part.qualifier in ("exact", "at_least") and _more(part, most)
    ]
    if large:
        part = large[0]
        yield Contradiction(whole.report_id, "parts", (whole, part), f"{part.value} > {most}")
        return
    exact = [part for part in parts if part.qualifier == "exact"]
    if len(exact) < 2 or len(exact) != len(parts) or not _are_siblings(parts, text):
        return
    total = _sum(parts)
    rest = bool(_THE_REST.search(_before(parts[-1], text)))
    if (rest and total != most) or (total > most and not {whole.unit} & _PEOPLE):
        yield Contradiction(whole.report_id, "parts", (whole, *parts), _unequal(parts, most))


def _wrong_totals(facts: Sequence[Fact], text: str) -> Iterator[Contradiction]:
    """Of 省交办3件、市交办7件,共35件: the total, where all before it is of its unit."""
    by_sentence: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_sentence[fact.paragraph, fact.sentence].append(fact)
    for found in by_sentence.values():
        for index in range(2, len(found)):
            total, parts = found[index], found[:index]
            between = fold_widths(text[parts[-1].value_end : total.value_start])
            if not _TOTAL.fullmatch(between) or {part.unit for part in parts} != {total.unit}:
                continue
            after = fold_widths(text[total.value_end : total.value_end + 4])
            listed = all(_joins(one, other, text, _LISTED) for one, other in pairwise(parts))
            wholes = any(part.whole is not None for part in parts)
            if wholes or not listed or not _NOTHING_FOLLOWS.match(after):
                continue
            if _sum(parts) != total.value:
                arithmetic = _unequal(parts, total.value or 0)
                yield Contradiction(total.report_id, "parts", (total, *parts), arithmetic)


def _more(part: Fact, most: Number) -> bool:
    return (part.value or 0) > most


def _sum(facts: Sequence[Fact]) -> Number:
    return plain_number(round(sum(fact.value or 0 for fact in facts), 6))


def _unequal(parts: Sequence[Fact], whole: Number) -> str:
    """The sum as it can be done again: 27 + 39 = 66 ≠ 60."""
    return " + ".join(str(part.value) for part in parts) + f" = {_sum(parts)} ≠ {whole}"


def _alike(unit: str, other: str) -> bool:
    return unit == other != "%" or any({unit, other} <= one for one in (_CASES, _PEOPLE))


def _is_of_each(fact: Fact, text: str) -> bool:
    return bool(_PER_ONE.search(fact.label) or _PER_ONE.search(_before(fact, text)[-2:]))


def _are_siblings(parts: Sequence[Fact], text: str) -> bool:
    """Whether figures are listed side by side, none of them counted of the one before.

    A comma may go on to what came of the one before, unless both are of one kind of thing
    (书面调解27宗,口头调解39宗).
    """
    return all(
        _joins(one, other, text, _SIBLINGS)
        or (one.label[-2:] == other.label[-2:] and _joins(one, other, text, _LISTED))
        for one, other in pairwise(parts)
    )


def _joins(one: Fact, other: Fact, text: str, mark: re.Pattern[str]) -> bool:
    between = fold_widths(text[one.value_end : other.value_start][: _NEAR + 1])
    return len(between) <= _NEAR and bool(mark.fullmatch(between))


def _before(fact: Fact, text: str) -> str:
    """The words between a figure and the mark before it."""
    words = fold_widths(text[max(0, fact.value_start - 20) : fact.value_start])
    return re.split(r"[,、;。:()]", words)[-1]
