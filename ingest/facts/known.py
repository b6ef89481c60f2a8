"""The labels of a sentence's figures so far, and what a later figure takes from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.facts.holders import only_says_where
from ingest.facts.labels import Label
from rag.amounts import Amount
from rag.models import FactKind, Number

_WHERE = re.compile(r"(?:(?:行政|自然)?村|社区|村\(社区\)|村\(居\)|村居|村社区|村民小组|小组)+")
_CLOSED = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Known:
    """A label of the sentence, and the unit of its figure."""

    label: Label
    unit: str
    kind: FactKind = "achieved"
    at: int = -1  # where the figure begins
    value: Number | None = None


def named_from(label: Label) -> int:
    """Where the words begin that may name the indicator: with the verb, where one goes before."""
    if label.named_from >= 0:
        return label.named_from
    return label.claim_start if label.rule in ("label_before", "verb_before") else label.start


def words_of(reading: str, known: Known) -> str:
    """A label as it reads."""
    return reading[known.label.start : known.label.end]


def counts_places(words: str) -> bool:
    """Whether a label only says where, as villages do that are counted: 10个村都建起大院."""
    return bool(_WHERE.fullmatch(words))


def kinds_before(reading: str, known: Sequence[Known], start: int) -> tuple[str, ...]:
    """What was counted side by side right before an offset; empty where nothing was.

    规范性文件1件、合同138件,审核率100%: the rate is of both.
    """
    if len(known) < 2:
        return ()
    listed = [known[-1]]
    for one in reversed(known[:-1]):
        if one.unit == "%" or reading[max(0, listed[-1].label.claim_start - 1)] != "、":
            break
        listed.append(one)
    if len(listed) < 2 or re.search(r"[。;]", reading[listed[0].at : start]):
        return ()
    return tuple(words_of(reading, one) for one in reversed(listed))


def outside_brackets(reading: str, known: Sequence[Known], start: int) -> Sequence[Known]:
    """The labels but for those in brackets closed before an offset; all where there are no others.

    处罚105起(其中简易程序86起),较上年减少27.9%: by that much all the penalties.
    """
    closed = [bracket.span() for bracket in _CLOSED.finditer(reading, 0, start)]
    kept = [one for one in known if not any(begin < one.at < end for begin, end in closed)]
    return kept or known


def previous_label(reading: str, known: Sequence[Known], enters: bool) -> str:
    """The last label of the sentence, but for those that only say where: 镇1处、村13处."""
    named = (one.label for one in reversed(known) if not only_says_where(words_of(reading, one)))
    if enters:
        named = (label for label in named if not reading.startswith("进", label.start))
    last = next(named, None)
    return reading[named_from(last) : last.end] if last else ""


def label_of_whole(reading: str, known: Sequence[Known], whole: int | None) -> str:
    """The label of the figure that this one is told as a part of."""
    of_whole = [words_of(reading, one) for one in known if one.at == whole]
    return of_whole[0] if whole is not None and of_whole else ""


def whole_by_sum(reading: str, known: Sequence[Known], amount: Amount) -> str:
    """The label of the figure that this one can be a part of, where the last one is smaller.

    项目36项,其中涉法5项,已办结31项; 发出412份,整改398份,其余14份: of the 36 and of the 412.
    """
    alike_ones = [one for one in known if one.unit == amount.unit and one.value is not None]
    if amount.value is None or len(alike_ones) < 2:
        return ""
    last, value = alike_ones[-1], amount.value
    for one in alike_ones[:-1]:
        if one.value == value + (last.value or 0):
            return words_of(reading, one)
    return ""


def is_part(reading: str, known: Sequence[Known]) -> bool:
    """Whether the last figure is told as a part: 其中正职出庭3次."""
    start = known[-1].label.claim_start if known else 0
    return reading[max(0, start - 3) : start].rstrip(", :").endswith("其中")


def names_more_than_places(reading: str, known: Sequence[Known]) -> bool:
    """Whether any figure so far counts more than places."""
    return any(not _WHERE.fullmatch(words_of(reading, one)) for one in known)
