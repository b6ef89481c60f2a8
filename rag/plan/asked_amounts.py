"""The figures a question compares with: 95%以上, 不到5000元, between 90% and 98%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.amounts import Amount, plain_number, read_amounts, read_number
from rag.models import Language, Operator

_ZH_BEFORE: tuple[tuple[str, Operator], ...] = (
    (
        r"不超过|不超出|不高于|不多于|不大于|未超过|(?<![^所]有)(?<!^有)没有?超过|至多|最多|<=|≤",
        "<=",
    ),
    (r"不低于|不少于|不小于|至少|起码|大于等于|大于或等于|>=|≥", ">="),
    (
        r"(?:(?<![^所]有)(?<!^有)没有?|未能?|不能|尚未|并未|仍未)\s*(?:达到|达|做到|到|满|实现)|不到|不足|低于|少于|小于|不满|不及|<",
        "<",
    ),
    (r"超过|高于|多于|大于|超出|突破|高过|超|逾|过了|破了?|>", ">"),
)
_ZH_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"^\s*(?:及|或)?(?:以上|往上|朝上)|^或更[高多]|^起步", ">="),
    (r"^\s*(?:及|或)?(?:以下|往下|以内|之内)|^或更[低少]", "<="),
    (r"^\s*(?:都|也)?(?:还)?(?:不到|不足|没到|没有到|没达到|达不到)", "<"),  # 连七成都不到
)
_EN_BEFORE: tuple[tuple[str, Operator], ...] = (
    (
        r"\b(?:at most|no more than|not more than|up to|not (?:exceed(?:ing)?|above|over)|"
        r"n't exceed|maximum of|no higher than)\b",
        "<=",
    ),
    (
        r"\b(?:at least|no less than|no fewer than|not less than|not (?:below|under)|no lower than|"
        r"minimum of)\b",
        ">=",
    ),
    (
        r"(?:not|n't|never|fail(?:ed|s)? to|without)\s+(?:quite\s+)?"
        r"(?:reach(?:ed|ing)?|hit|meet|met|achieve[d]?|attain(?:ed)?|report)(?:\s+an?)?|"
        r"\b(?:below|under|less than|fewer than|lower than|short of|smaller than|shy of)\b",
        "<",
    ),
    (
        r"\b(?:more than|over|above|exceed(?:s|ed|ing)?|greater than|higher than|in excess of|"
        r"upwards of|beyond|better than|topp?ed|tops)\b",
        ">",
    ),
)
_EN_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"^\s*(?:or|and) (?:more|higher|above|over|better|up)|^\+", ">="),
    (r"^\s*(?:or|and) (?:less|lower|below|under|fewer)", "<="),
)
_BEFORE = {"zh": _ZH_BEFORE, "en": _EN_BEFORE}
_AFTER = {"zh": _ZH_AFTER, "en": _EN_AFTER}
_OTHER = {
    "zh": re.compile(r"(?:不等于|(?<!是)不是|并非|不为)\s*$"),
    "en": re.compile(r"\b(?:not (?:equal to|exactly|at)|other than|n't)\s+$", re.IGNORECASE),
}
# What may stand between a comparison and its figure: 超过了1万元, below the 90%.
_GAP = {"zh": r"[^\d,。;%]{0,2}$", "en": r"[^\d%,;]{0,9}$"}
_EN_NUMBER = re.compile(
    r"(?<![\w.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w%.]*\d)(?!\s*(?:%|percent))"
)
_YEARS = re.compile(r"\s*(?:full |whole |past )?years?\b", re.IGNORECASE)  # over the 3 years
_YUAN = re.compile(r"\s*(?:yuan|rmb|cny)\b", re.IGNORECASE)
_ZH_NUMBER = re.compile(
    r"(?<![\d.A-Za-z〔第])(?P<number>\d+(?:\.\d+)?)\s*(?P<scale>[百千万亿]?)(?![\d.%‰年月日号项百千万亿A-Za-z])|"
    r"(?P<words>[一两二三四五六七八九十]+[百千万亿]+)(?![\u4e00-\u9fff]?(?:元|件|份))"
)
_ZH_SCALES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_AFTER_RATE = re.compile(
    r"[率比例](?:是不是|有没有|是否|能否)?(?:达到|达|为|是|到|等于|=|:)?了?\s*$"
)
_OF_MONEY = re.compile(
    r"(?:罚|款|额|钱)[款了过没]*(?:共|合计|总计|约|正好|刚好|恰好|就|是|为|有|等于|达到|达|到)*\s*$"
)
_EXACTLY = re.compile(r"(?:正好|刚好|恰好|等于|就是)(?:是|为|有)?\s*$")
_REACHES = re.compile(r"(?:达到|达|做到|到)了?\s*$|reach(?:ed|es|ing)?\s+$")
_BETWEEN_ZH = re.compile(r"(?:到|至|和|与|-|~)\s*$")
_EN_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_EN_SCALED = re.compile(
    r"\b(a|one|two|three|four|five|ten|half a|\d+(?:\.\d+)?) (hundred|thousand|million|billion)\b"
    r"(?! percent)",
    re.IGNORECASE,
)
_ONLY_ONE = re.compile(r"\b(?:exactly|only|just|precisely|at least) one\b(?! of)", re.IGNORECASE)
_EN_DIGITS = {"half a": "0.5", "a": "1", "one": "1", "two": "2", "three": "3", "four": "4"} | {
    "five": "5",
    "ten": "10",
}
_EN_WORDS = {
    "one hundred percent": "100%",
    "a hundred percent": "100%",
    "hundred percent": "100%",
    "twice": "2",
} | {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), 2
    )
}
_KINDS = ("类", "种", "些")  # 广场、公园一类: no figure
_EITHER = re.compile(r"\s+or\s+\d+\b")
_EITHER_BEFORE = re.compile(r"\b\d+\s+or\s+$")


@dataclass(frozen=True)
class AskedAmount:
    """A figure in a question with the comparison that the words around it make."""

    start: int
    end: int
    op: Operator
    value: int | float
    value2: int | float | None
    unit: str | None
    cue: int | None = None  # where the comparison before it begins
    negated: bool = False  # 不是100%

    @property
    def whole(self) -> tuple[int, int]:
        """Where the comparison and its figure stand."""
        return (self.start if self.cue is None else self.cue), self.end


def with_digits(text: str) -> str:
    """An English question with its number words as digits, at the same length.

    >>> with_digits("eight or more")
    '8     or more'
    """
    for match in _EN_SCALED.finditer(text):
        number = float(_EN_DIGITS.get(match[1].lower(), match[1])) * _EN_SCALES[match[2].lower()]
        written = str(plain_number(number))[: len(match[0])].ljust(len(match[0]))
        text = text[: match.start()] + written + text[match.end() :]
    text = _ONLY_ONE.sub(lambda match: match[0][:-3] + "1  ", text)
    for words, figure in _EN_WORDS.items():
        padded = figure.ljust(len(words))
        text = re.sub(rf"\b{words}\b(?! of the)", padded, text, flags=re.IGNORECASE)
    return text


def asked_amounts(text: str, language: Language) -> tuple[AskedAmount, ...]:
    """The figures a folded question compares with, in order."""
    read = (amount for amount in read_amounts(text) if amount.unit not in _KINDS)
    found = [_asked(text, amount, language) for amount in read]
    found += _bare_english(text, found) if language == "en" else _bare_chinese(text, found)
    return _between(text, sorted(found, key=lambda amount: amount.start))


def _asked(text: str, amount: Amount, language: Language) -> AskedAmount:
    if amount.value is None:
        low, high = amount.low or 0, amount.high
        return AskedAmount(amount.start, amount.end, "between", low, high, amount.unit)
    op, cue = _operator(text, amount.start, amount.end, language)
    if op is None:
        reaches = _REACHES.search(text[: amount.start])
        if amount.qualifier == "about":
            return _around(amount)
        at_least = amount.qualifier == "at_least" or (
            reaches and (amount.value, amount.unit) != (100, "%")
        )
        op = ">=" if at_least else "=="
    other = op == "==" and bool(_OTHER[language].search(text[: amount.start]))
    return AskedAmount(amount.start, amount.end, op, amount.value, None, amount.unit, cue, other)


def _around(amount: Amount) -> AskedAmount:
    """A figure of which about as much is asked: a point more or less, a tenth of a count."""
    value = amount.value or 0
    margin = 1 if amount.unit == "%" else abs(value) / 10
    low, high = plain_number(value - margin), plain_number(value + margin)
    return AskedAmount(amount.start, amount.end, "between", low, high, amount.unit)


def _operator(
    text: str, start: int, end: int, language: Language
) -> tuple[Operator | None, int | None]:
    """The comparison around a figure, and where the words before it that make it begin."""
    before = text[max(0, start - 32) : start]
    for pattern, op in _BEFORE[language]:
        found = re.search(rf"(?:{pattern}){_GAP[language]}", before, re.IGNORECASE)
        if found:
            return op, max(0, start - 32) + found.start()
    tail = text[end - 3 : end] if end >= 3 else ""
    for pattern, op in _AFTER[language]:
        bare = pattern.replace("^", "")
        if re.search(pattern, text[end:], re.IGNORECASE) or re.search(f"(?:{bare})$", tail):
            return op, None
    return None, None


def _bare_english(text: str, found: Sequence[AskedAmount]) -> list[AskedAmount]:
    """Figures without a unit that stand behind a comparison: more than 100 mediation cases."""
    bare = []
    for match in _EN_NUMBER.finditer(text):
        if _taken(match, found) or _YEARS.match(text, match.end()):
            continue
        op, cue = _operator(text, match.start(), match.end(), "en")
        either = _EITHER.match(text, match.end()) or _EITHER_BEFORE.search(text[: match.start()])
        if (
            op is not None
            or either
            or re.search(
                r"\b(?:between|from|exactly|precisely|only|just|equals?|and|to)\s+$",
                text[: match.start()],
            )
        ):
            value = plain_number(read_number(match[1]))
            unit = "元" if _YUAN.match(text, match.end()) else None
            bare.append(AskedAmount(*match.span(), op or "==", value, None, unit, cue))
    return bare


def _bare_chinese(text: str, found: Sequence[AskedAmount]) -> list[AskedAmount]:
    """Figures whose unit goes without saying: 罚款超过5万的, 应诉率100的, 在1万到5万之间."""
    bare: list[AskedAmount] = []
    for match in _ZH_NUMBER.finditer(text):
        if _taken(match, found):
            continue
        op, cue = _operator(text, match.start(), match.end(), "zh")
        before, after = text[: match.start()], text[match.end() :]
        of_rate = _AFTER_RATE.search(before)
        ends_range = bare and _BETWEEN_ZH.search(before) and bare[-1].end >= match.start() - 2
        begins_range = re.match(r"\s*(?:到|至|和|与|-|~)\s*\d[^年]*之间", after)
        in_words = match["words"] or ""
        large = match["scale"] in ("万", "亿") or in_words.endswith(("万", "亿"))
        of_money = large and _OF_MONEY.search(before)
        exactly = _EXACTLY.search(before) or _REACHES.search(before)
        if not (op or of_rate or of_money or ends_range or begins_range or exactly):
            continue
        if match["words"]:
            value = read_number(match["words"])
        else:
            value = read_number(match["number"]) * _ZH_SCALES[match["scale"]]
        number = plain_number(value)
        stands: Operator = ">=" if _REACHES.search(before) else "=="
        bare.append(AskedAmount(*match.span(), op or stands, number, None, None, cue))
    return bare


def _taken(match: re.Match[str], found: Sequence[AskedAmount]) -> bool:
    return any(amount.start < match.end() and match.start() < amount.end for amount in found)


def _between(text: str, amounts: list[AskedAmount]) -> tuple[AskedAmount, ...]:
    """Two figures with 之间 or between as one range, the unit of either for both."""
    if len(amounts) >= 2:
        first, second = amounts[0], amounts[1]
        joined = text[max(0, first.start - 10) : second.end + 4]
        inner = text[first.end : second.start]
        ranged = re.fullmatch(r"\s*(?:到|至|-|~|to)\s*", inner)
        next_to = re.fullmatch(r"\s*(?:或者?|or)\s*", inner) and second.value == first.value + 1
        if ranged or next_to or re.search(r"之间|\bbetween\b|介于", joined):
            unit = second.unit or first.unit
            low, high = sorted((first.value, second.value))
            merged = replace(first, end=second.end, op="between", value=low, value2=high, unit=unit)
            return (merged, *amounts[2:])
    return tuple(amounts)
