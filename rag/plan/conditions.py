"""Read the conditions of a question: an indicator, a comparison, a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.amounts import Amount, plain_number, read_amounts, read_number
from rag.indicators import IndicatorMention
from rag.models import Condition, Language, Operator

_ZH_BEFORE: tuple[tuple[str, Operator], ...] = (
    (r"不超过|不高于|不多于|不大于|至多|<=|≤", "<="),
    (r"不低于|不少于|不小于|至少|大于等于|大于或等于|>=|≥", ">="),
    (
        r"(?:没有?|未能?|不能|尚未|并未)\s*(?:达到|达|做到|到|满|实现)|不到|不足|低于|少于|小于|不满|<\s*$",
        "<",
    ),
    (r"超过|高于|多于|大于|超出|突破|超|逾|>\s*$", ">"),
)
_ZH_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"^(?:及)?以上|^或更高|^或以上", ">="),
    (r"^(?:及)?以下|^以内|^或更低", "<="),
)
_EN_BEFORE: tuple[tuple[str, Operator], ...] = (
    (r"\b(?:at most|no more than|not more than|up to|not exceeding)\b", "<="),
    (r"\b(?:at least|no less than|no fewer than|not less than|not below|minimum of)\b", ">="),
    (
        r"(?:not|n't|never|fail(?:ed|s)? to|without)\s+(?:quite\s+)?"
        r"(?:reach(?:ed|ing)?|hit|meet|met|achieve[d]?|attain(?:ed)?|report)(?:\s+an?)?|"
        r"\b(?:below|under|less than|fewer than|lower than|short of|smaller than)\b",
        "<",
    ),
    (
        r"\b(?:more than|over|above|exceed(?:s|ed|ing)?|greater than|higher than|in excess of)\b",
        ">",
    ),
)
_EN_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"^\s*(?:or|and) (?:more|higher|above|over|better)|^\+", ">="),
    (r"^\s*(?:or|and) (?:less|lower|below|under|fewer)", "<="),
)
_EN_NUMBER = re.compile(
    r"(?<![\w.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w%.]*\d)(?!\s*(?:%|percent))"
)
_YUAN = re.compile(r"\s*(?:yuan|rmb)\b", re.IGNORECASE)
_EN_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_EN_SCALED = re.compile(
    r"\b(a|one|two|three|five|ten|\d+(?:\.\d+)?) (hundred|thousand|million)\b(?! percent)",
    re.IGNORECASE,
)
_EN_DIGITS = {"a": "1", "one": "1", "two": "2", "three": "3", "five": "5", "ten": "10"}
_EN_WORDS = {
    "one hundred percent": "100%",
    "a hundred percent": "100%",
    "hundred percent": "100%",
} | {
    word: str(number)
    for number, word in enumerate(
        "three four five six seven eight nine ten eleven twelve".split(), 3
    )
}
_NOT_DONE = r"(?:(?<!有)没有?|未曾?|从未)(?:提到|提及|涉及|谈到|写到|开展|建立|设立|实施|推行|推进|报告|载明|说明|披露|聘请|配备|落实)(?!的案件)"
_NEVER_DONE = (
    r"\b(?:do(?:es)? not|did not|don't|doesn't|didn't|never|fail(?:ed|s)? to)\s+"
    r"(?:mention|name|state|report|describe|carry out|set up|establish|hire|use|adopt|disclose)"
)
_NO_CASE = {
    "zh": re.compile(
        r"(?:(?<!有)没有?|无|未|没|零)(?:任何|发生|出现|产生|过|有)*(?:的)?[^,。??]{0,6}?(?:行政)?(?:诉讼|复议|应诉|官司|案件|被告|被诉)|"
        r"(?:(?<!有)没有?|未)(?:发生|出现)过?"
    ),
    "en": re.compile(
        r"\b(?:no|not? (?:have )?(?:a|any)|without(?: any)?|zero|n't (?:have |had )?(?:a|any))\s+"
        r"(?:\w+\s+){0,3}?(?:litigation|lawsuits?|cases?|reconsiderations?|suits?)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class AskedAmount:
    """A figure in a question with the comparison that the words around it make."""

    start: int
    end: int
    op: Operator
    value: int | float
    value2: int | float | None
    unit: str | None


def with_digits(text: str) -> str:
    """An English question with its number words as digits, at the same length.

    >>> with_digits("eight or more")
    '8     or more'
    """
    for match in _EN_SCALED.finditer(text):
        number = float(_EN_DIGITS.get(match[1].lower(), match[1])) * _EN_SCALES[match[2].lower()]
        written = str(plain_number(number))[: len(match[0])].ljust(len(match[0]))
        text = text[: match.start()] + written + text[match.end() :]
    for words, figure in _EN_WORDS.items():
        padded = figure.ljust(len(words))
        text = re.sub(rf"\b{words}\b", padded, text, flags=re.IGNORECASE)
    return text


def asked_amounts(text: str, language: Language) -> tuple[AskedAmount, ...]:
    """The figures a folded question compares with, in order."""
    found = [_asked(text, amount, language) for amount in read_amounts(text)]
    if language == "en":
        found += _bare_english(text, found)
    return _between(text, sorted(found, key=lambda amount: amount.start))


def _asked(text: str, amount: Amount, language: Language) -> AskedAmount:
    if amount.value is None:
        low, high = amount.low or 0, amount.high
        return AskedAmount(amount.start, amount.end, "between", low, high, amount.unit)
    op = _operator(text, amount.start, amount.end, language)
    if op is None:
        reaches = re.search(
            r"(?:达到|达|做到|到)了?\s*$|reach(?:ed|es|ing)?\s+$", text[: amount.start]
        )
        op = ">=" if reaches and amount.value != 100 else "=="
    return AskedAmount(amount.start, amount.end, op, amount.value, None, amount.unit)


def _operator(text: str, start: int, end: int, language: Language) -> Operator | None:
    before_rules, after_rules = (
        (_ZH_BEFORE, _ZH_AFTER) if language == "zh" else (_EN_BEFORE, _EN_AFTER)
    )
    before = text[max(0, start - (7 if language == "zh" else 24)) : start]
    for pattern, op in before_rules:
        if re.search(pattern, before, re.IGNORECASE):
            return op
    tail = text[end - 3 : end] if end >= 3 else ""
    for pattern, op in after_rules:
        bare = pattern.replace("^", "")
        if re.search(pattern, text[end:], re.IGNORECASE) or re.search(f"(?:{bare})$", tail):
            return op
    return None


def _bare_english(text: str, found: Sequence[AskedAmount]) -> list[AskedAmount]:
    """Figures without a unit that stand behind a comparison: more than 100 mediation cases."""
    bare = []
    for match in _EN_NUMBER.finditer(text):
        if any(amount.start < match.end() and match.start() < amount.end for amount in found):
            continue
        op = _operator(text, match.start(), match.end(), "en")
        if op is not None or re.search(
            r"\b(?:between|exactly|equals?|and)\s+$", text[: match.start()]
        ):
            value = plain_number(read_number(match[1]))
            unit = "元" if _YUAN.match(text, match.end()) else None
            bare.append(AskedAmount(*match.span(), op or "==", value, None, unit))
    return bare


def _between(text: str, amounts: list[AskedAmount]) -> tuple[AskedAmount, ...]:
    if len(amounts) >= 2:
        first, second = amounts[0], amounts[1]
        joined = text[max(0, first.start - 10) : second.end + 4]
        if re.search(r"之间|\bbetween\b|介于", joined):
            low, high = sorted((first.value, second.value))
            merged = AskedAmount(first.start, second.end, "between", low, high, second.unit)
            return (merged, *amounts[2:])
    return tuple(amounts)


def read_conditions(
    text: str,
    mentions: Sequence[IndicatorMention],
    amounts: Sequence[AskedAmount],
    language: Language,
) -> tuple[Condition, ...]:
    """One condition for each indicator of a question that is compared with something."""
    no_case = _NO_CASE[language].search(text)
    conditions = []
    left = list(amounts)
    for mention in mentions:
        indicator = mention.indicator
        amount = _amount_of(mention, left, language) or _amount_of(mention, amounts, language)
        bounds = [amount] if amount else []
        if len(mentions) == 1 and len(amounts) == 2:  # above 90% but short of 100%
            bounds = [
                a
                for a in amounts
                if (a.unit in (None, "%")) == (indicator.unit == "rate") or a.unit is None
            ]
        for bound in bounds:
            left = [other for other in left if other is not bound]
            unit = bound.unit or ("%" if indicator.unit == "rate" else None)
            conditions.append(Condition(indicator.name, bound.op, bound.value, bound.value2, unit))
        if bounds:
            continue
        if no_case and no_case.start() <= mention.start < no_case.end() + 8:
            conditions.append(Condition(indicator.name, "no_case"))
    return tuple(conditions)


def asks_no_case(text: str, language: Language) -> bool:
    """Whether a question asks for towns in which no case arose."""
    return bool(_NO_CASE[language].search(text))


def _amount_of(
    mention: IndicatorMention, amounts: Sequence[AskedAmount], language: Language
) -> AskedAmount | None:
    """The figure that an indicator is compared with, of those whose unit fits.

    In Chinese it stands behind the indicator, in English next to it on either side.
    """
    rate = mention.indicator.unit == "rate"
    fitting = [a for a in amounts if a.unit is None or (a.unit in ("%", "‰")) == rate]
    if not fitting:
        return None
    behind = [amount for amount in fitting if amount.start >= mention.end]
    if language == "zh":
        return behind[0] if behind else fitting[-1]
    return min(
        fitting,
        key=lambda amount: max(amount.start - mention.end, mention.start - amount.end),
    )


def read_join(text: str, language: Language) -> str:
    """How the conditions of a question are joined: and, or, and_not."""
    if re.search(_NOT_DONE if language == "zh" else _NEVER_DONE, text, re.IGNORECASE):
        return "and_not"
    if language == "zh":
        if re.search(r"但(?:是)?(?:没有?|未|不)|却(?:没有?|未|不)|而(?:没有?|未|不)", text):
            return "and_not"
        return "or" if re.search(r"或者?|要么|任一", text) else "and"
    if re.search(r"\bbut (?:not|no|without|did not|didn't|does not|have not)\b", text, re.I):
        return "and_not"
    return (
        "or"
        if re.search(
            r"\beither\b|\bor\b(?! (?:more|higher|above|less|below|lower|over|better))", text, re.I
        )
        else "and"
    )
