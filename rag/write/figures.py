"""Figures of a model's sentence that the reading of amounts does not see, or sees too kindly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.amounts import read_amounts
from rag.models import Number
from rag.write.claim import Claim

_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR_IN_WORDS = re.compile(r"[一二][零〇0九][零〇一二三四五六七八九0-9]{2}(?=年)")
_CHINESE_RUN = re.compile(
    r"[一二两三四五六七八九十百千万亿廿〇零]+(?=[余多几来]?[个项条种类次场件起宗例人名位份户家所支处成倍天日月期篇批届年])|"
    r"(?:数|上|近|好几|几|过|半)[十百千万亿]+|过半|半数|翻[一两几]?番|一半|大半|若干|多数|大多数|绝大部分"
)
_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}日)?|[上下]半年|第?[一二三四]季度|[年月]底|[年月]初|年末")
_RELATIVE_YEAR = {
    "zh": re.compile(r"去年|上年|上一年|前年|明年|次年|同期|近[一二两三四五六七八九十\d]+年|往年"),
    "en": re.compile(
        r"\b(?:last|previous|prior|next|following|past) (?:few |two |three |five )?years?\b", re.I
    ),
}
_EARLIER = re.compile(r"去年|上年|上一年|前年|明年|次年|同期|同比|往年|下一年|近.{1,3}年")
_TITLE = re.compile(r"《([^》]+)》")
_LABEL = re.compile(r"[^,。;:、\s\d%()]+$")
_MONTHS = re.compile(
    r"\b(?:january|february|march|april|may (?=\d)|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_SMALL = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty".split())}  # fmt: skip
_TENS = {word: 10 * number for number, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER_WORD = "|".join((*_SMALL, *_TENS, *_SCALES))
_ENGLISH_NUMBER = re.compile(
    rf"\b(?:{_NUMBER_WORD})(?:[ -](?:and )?(?:{_NUMBER_WORD}))*\b", re.IGNORECASE
)
_VAGUE_ENGLISH = re.compile(
    r"\b(?:dozens?|scores? of|hundreds|thousands|millions|tens of|half|one[- ]third|two[- ]thirds|quarters?|"
    r"doubled?|tripled?|twice|thrice|majority|most of|several hundred|-fold|first|second|third)\b",
    re.IGNORECASE,
)


def digits_for_words(text: str) -> str:
    """An English text with its number words as digits; "one" alone is no number.

    >>> digits_for_words("twenty-one cases, three hundred and five leaflets, one of them")
    '21 cases, 305 leaflets, one of them'
    """

    def written(match: re.Match[str]) -> str:
        words = re.split(r"[ -]+", match[0].lower())
        if words == ["one"]:
            return match[0]
        total = part = 0
        for word in words:
            if word in _SCALES:
                part = max(part, 1) * _SCALES[word]
                if _SCALES[word] >= 1_000:
                    total, part = total + part, 0
            elif word != "and":
                part += _SMALL.get(word, _TENS.get(word, 0))
        return str(total + part)

    return _ENGLISH_NUMBER.sub(written, text)


def unread_numbers(claim: Claim) -> Iterator[str]:
    """Dates, titles, ordinals and vague numbers that the cited words do not hold."""
    known = {match[0].replace(",", "") for match in _DIGITS.finditer(claim.words)}
    known |= {str(citation.year) for citation in claim.cited}
    read = [(amount.start, amount.end) for amount in read_amounts(claim.plain)]
    for match in _DIGITS.finditer(claim.plain):
        inside = any(start <= match.start() < end for start, end in read)
        if claim.language == "zh" and not inside and match[0].replace(",", "") not in known:
            yield f"number: {match[0]}"
    for match in _CHINESE_RUN.finditer(claim.plain):
        inside = any(start <= match.start() < end for start, end in read)
        around = claim.plain[match.start() : match.end() + 1]
        if not inside and around not in claim.words:
            yield f"number: {around}"
    for pattern in (_DATE, _YEAR_IN_WORDS):
        for match in pattern.finditer(claim.plain):
            if match[0] not in claim.words:
                yield f"date: {match[0]}"
    for match in _TITLE.finditer(claim.plain):
        if match[1] not in claim.words:
            yield f"title: {match[0]}"
    if _RELATIVE_YEAR[claim.language].search(claim.plain) and not _EARLIER.search(
        " ".join(claim.quotes)
    ):
        yield "year: another than the report's"
    if claim.language == "en" and (vague := _VAGUE_ENGLISH.search(claim.plain)):
        yield f"number: {vague[0]}"
    if claim.language == "en" and (month := _MONTHS.search(claim.plain)):
        yield f"date: {month[0].strip()}"


@dataclass(frozen=True)
class _Labelled:
    label: frozenset[str]  # pairs of characters before the figure
    value: Number | None
    unit: str


def mislabelled(claim: Claim) -> Iterator[str]:
    """Figures that a quote states of something else than the sentence does."""
    stated = [figure for quote in claim.quotes for figure in _labelled(quote)]
    said = _labelled(claim.plain)
    if claim.language == "en":
        yield from _out_of_order(said, stated)
        return
    for figure in said:
        likeness = {
            other.value: max(
                (_share(figure.label, one.label) for one in stated if one.value == other.value),
                default=0.0,
            )
            for other in stated
            if other.unit == figure.unit
        }
        own = likeness.get(figure.value)
        if own is not None and own < max(likeness.values()):
            yield f"number: {figure.value}{figure.unit} is of something else"


def _labelled(text: str) -> list[_Labelled]:
    found = []
    before = 0
    for amount in read_amounts(text):
        match = _LABEL.search(text[before : amount.start].rstrip("达到为是共计了有约超过近"))
        label = match[0] if match else ""
        pairs = frozenset(label[i : i + 2] for i in range(len(label) - 1))
        found.append(_Labelled(pairs, amount.value, amount.unit))
        before = amount.end
    return found


def _share(said: frozenset[str], stated: frozenset[str]) -> float:
    return len(said & stated) / max(1, len(said | stated))


def _out_of_order(said: Sequence[_Labelled], stated: Sequence[_Labelled]) -> Iterator[str]:
    """Of several figures with one unit in a quote: all of them in its order, or none.

    In another language than the report's nothing else tells which is which.
    """
    for unit in {figure.unit for figure in stated}:
        quoted = [figure.value for figure in stated if figure.unit == unit]
        used = [figure.value for figure in said if figure.value in quoted]
        if used and len(set(quoted)) > 1 and used != quoted:
            yield f"number: which of {', '.join(map(str, quoted))} is meant"
