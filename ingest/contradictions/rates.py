"""Rates against the counts that stand before them: 收到14件,办结7件,办结率100%."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.folding import fold_widths
from rag.amounts import plain_number
from rag.indicators import Register
from rag.models import Contradiction, Fact

_RATE = re.compile(r"(?P<done>[\u4e00-\u9fff]{2})(?:率|比例)$")
_IN_TIME = re.compile(r"按时|按期|及时|当场|首次|一次性|实际")  # a share of what was done at all
_MOST = 3  # counts before a rate; of more, which is its whole is not plain
_STEPS_ON = re.compile(r"[^、]*[,，;；:：][^、]*")  # between a whole and what came of it


def wrong_rates(facts: Sequence[Fact], text: str, register: Register) -> Iterator[Contradiction]:
    """Rates that no count before them gives, of those whose counts are plain.

    In one sentence stand the only two counts that the rate is defined by, or a whole, perhaps
    what was taken up of it, and what the rate is named for, each no more than the one before.
    """
    by_sentence: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_sentence[fact.paragraph, fact.sentence].append(fact)
    for found in by_sentence.values():
        for index, rate in enumerate(found):
            if rate.unit != "%":
                continue
            counts = _defining(rate, found[:index], register)
            before = _of_one_unit(found[:index])
            if not counts and _are_plain(rate, before, text):
                counts = before
            wrong = _wrong(rate, counts) if counts else None
            if wrong is not None:
                yield wrong


def _of_one_unit(counts: Sequence[Fact]) -> Sequence[Fact]:
    """The last of these counts, back to the first of their unit without another between."""
    run: list[Fact] = []
    for count in reversed(counts):
        if run and count.unit != run[0].unit:
            break
        run.insert(0, count)
    return run


def _defining(rate: Fact, before: Sequence[Fact], register: Register) -> Sequence[Fact]:
    """Whole and part by the rate's definition, where there is one of each; else none."""
    known = rate.indicator is not None and rate.indicator in register
    named = register.get(rate.indicator).implied_by if known and rate.indicator else ()
    if not named:
        return ()
    parts, wholes = ([one for one in before if one.indicator == name] for name in named)
    if len(parts) != 1 or len(wholes) != 1:
        return ()
    exact = parts[0].qualifier == wholes[0].qualifier == "exact"
    fits = exact and 0 < (wholes[0].value or 0) >= (parts[0].value or 0)
    return (*wholes, *parts) if fits else ()


def _are_plain(rate: Fact, counts: Sequence[Fact], text: str) -> bool:
    named = _RATE.search(rate.label)
    if not 2 <= len(counts) <= _MOST or named is None or _IN_TIME.search(rate.label):
        return False
    if any(one.qualifier != "exact" or not one.value for one in counts[:-1]):
        return False
    done = counts[-1]
    if done.qualifier != "exact" or done.value is None or not _is_named(named["done"], done):
        return False
    if any(_is_named(named["done"], one) for one in counts[:-1]):
        return False
    if len({one.unit for one in counts}) != 1 or done.unit == "%":
        return False
    pairs = pairwise((*counts, rate))
    if not all(_STEPS_ON.fullmatch(text[a.value_end : b.value_start]) for a, b in pairs):
        return False
    return all((a.value or 0) >= (b.value or 0) for a, b in pairwise(counts))


def _is_named(done: str, count: Fact) -> bool:
    """Whether a count is of what a rate is named for; who 出庭 is who 应诉."""
    return done in count.label or (done == "应诉" and "出庭" in count.label)


def _wrong(rate: Fact, counts: Sequence[Fact]) -> Contradiction | None:
    done, wholes = counts[-1], counts[:-1]
    if rate.value is None or any(_gives(rate, done, whole) for whole in wholes):
        return None
    whole = wholes[0]
    share = _share(done, whole)
    arithmetic = f"{done.value} ÷ {whole.value} ≈ {plain_number(round(share, 1))}% ≠ {rate.value}%"
    return Contradiction(rate.report_id, "rate", (rate, done, *wholes), arithmetic)


def _share(done: Fact, whole: Fact) -> float:
    return 100 * (done.value or 0) / (whole.value or 1)


def _gives(rate: Fact, done: Fact, whole: Fact) -> bool:
    """Whether a share is the rate, rounded or cut off as exactly as it is printed."""
    value, share = rate.value or 0, _share(done, whole)
    decimals = len(fold_widths(str(rate.value)).partition(".")[2])
    step = 10.0**-decimals
    if rate.qualifier == "at_least":
        return share > value - step
    if rate.qualifier == "less_than":
        return share < value + step
    if rate.qualifier == "about":
        return abs(share - value) < 2
    return abs(share - value) < step
