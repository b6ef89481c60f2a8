"""Which of the indicators a question names it asks values of, and which are only its subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rag.amounts import MONEY
from rag.indicators import Indicator, IndicatorMention, Register
from rag.models import Language
from rag.plan.asked_amounts import AskedAmount
from rag.plan.comparisons import compared_indicators, compared_with_wider
from rag.plan.cues import Cues
from rag.plan.events import happened, is_denied
from rag.plan.siblings import rate_of

_MONEY_EN = re.compile(
    r"\b(?:money|amounts?|yuan|rmb|worth|value|sums?|how much|fin(?:es?|ed|ing)|cost|funds?|funding|budget|"
    r"spend|spent|paid|pay|penalt(?:y|ies)|expens\w*|financ\w*|dollars?|collected)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:[,、]\s*)?(?:and|及其?|和|与|以及)?\s*(?:the |its |their )?", re.IGNORECASE
)
_HOW_MANY = re.compile(r"\bhow many\b(?! percent)[^?]*\band (?:what|how) ", re.IGNORECASE)
_AVERAGE = re.compile(r"平均|\b(?:average|mean)\b", re.IGNORECASE)  # no average of counts
_OF_ALL_REPORTS = re.compile(r"(?:一共|总共|合计|共计|总计)\s+|\bin total\s*\?*$|^in total,")
_EVERY = re.compile(r"\b(?:all|every|each|whole|full|fully|rate|coverage)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"其中|\bof (?:them|these|those)\b", re.IGNORECASE)
_COUNT = re.compile(r"[\u4e00-\u9fff](?:数|[人场件户]次)$")  # 执法人员数, 信访接待人次


@dataclass(frozen=True)
class _Comparison:
    """How a question deals in figures."""

    numeric: bool  # it asks for figures at all
    percent: bool  # for shares
    counted: bool  # it names figures that are no shares
    money: bool  # it names sums of money

    @property
    def figures(self) -> bool:
        return self.numeric or self.percent


def asked_values(
    text: str,
    mentions: Sequence[IndicatorMention],
    amounts: Sequence[AskedAmount],
    cues: Cues,
    register: Register,
    language: Language,
    *,
    numeric: bool = False,
) -> tuple[IndicatorMention, ...]:
    """The mentions that ask for a figure, each of the indicator whose unit the question uses.

    哪些镇聘请了法律顾问 names 法律顾问数 and asks for no number: its subject is a topic. A
    count compared with a percentage, or asked for as a share, means the rate that goes with it.

    Args:
        numeric: whether the question compares figures anyway.
    """
    if language == "en" and not _MONEY_EN.search(text):  # disputes are no amount in dispute
        others = tuple(one for one in mentions if one.indicator.unit != "money")
        mentions = others or mentions
    if compared_indicators(text, mentions, language):
        return tuple(mentions)
    compares = _comparison(text, amounts, cues, language, numeric=numeric)
    if compares.money and not any(mention.indicator.unit == "money" for mention in mentions):
        mentions = tuple(_as_money(mention, register) for mention in mentions)
    no_rate = all(mention.indicator.unit != "rate" for mention in mentions)
    share = compares.percent and not compares.counted and no_rate
    asked = []
    told = _without_context(text, mentions)
    for named in told:
        as_rate = share and not _is_before_last(named, told, text)
        mention = _as_rate(named, register) if as_rate else named
        measured = _is_measured(named, mention, told, text, amounts, cues)
        rate = mention.indicator.unit == "rate"
        if rate and language == "en" and not (compares.figures or amounts or measured):
            # Do the villages have legal advisers: a practice, unless all of them are meant
            rate = bool(_EVERY.search(text)) or not cues.kinds["yes_no"].search(text)
        event = is_denied(text, named, language) or happened(text, named, language)
        if rate or measured or event or compares.numeric or compares.counted:
            if as_rate and mention is not named and _HOW_MANY.search(text):
                asked.append(named)  # how many were found, and what percentage was fixed
            asked.append(mention)
    return tuple(asked)


def _comparison(
    text: str,
    amounts: Sequence[AskedAmount],
    cues: Cues,
    language: Language,
    *,
    numeric: bool,
) -> _Comparison:
    counted_reports = cues.kinds["count"].search(text)  # 有几个镇: no figure of theirs
    of_values = cues.kinds["count"].sub(" ", text) if counted_reports else text
    of_values = _OF_ALL_REPORTS.sub(" ", of_values)
    kinds = ("rank", "aggregate", "trend")
    numeric = numeric or any(cues.kinds[kind].search(of_values) for kind in kinds)
    percent = any(amount.unit == "%" for amount in amounts) or bool(cues.share.search(of_values))
    return _Comparison(
        numeric=numeric or bool(cues.ask_value.search(of_values)),
        percent=percent or bool(_AVERAGE.search(text) and compared_with_wider(text, language)),
        counted=any(amount.unit != "%" for amount in amounts),
        money=any(amount.unit in MONEY for amount in amounts),
    )


def _is_measured(
    named: IndicatorMention,
    mention: IndicatorMention,
    told: Sequence[IndicatorMention],
    text: str,
    amounts: Sequence[AskedAmount],
    cues: Cues,
) -> bool:
    """Whether a mention names a measure, or is all that a question says."""
    if len(mention.text) >= len(text.strip(" ?!.。的")):
        return True
    if cues.measure.search(mention.text) or _COUNT.search(mention.text):
        return True
    if text[named.end : named.end + 1] == "数":
        return True
    return not amounts and _beside_rate(text, named, told)


def _beside_rate(text: str, one: IndicatorMention, mentions: Sequence[IndicatorMention]) -> bool:
    """Whether a count is joined to a rate that is asked for: hazards found, and rectification rate."""
    return any(
        other.indicator.unit == "rate" and _JOINED.fullmatch(text[one.end : other.start])
        for other in mentions
        if other.start >= one.end
    )


def _is_before_last(one: IndicatorMention, mentions: Sequence[IndicatorMention], text: str) -> bool:
    """Whether another count follows, of which "what share of them" is asked."""
    return one is not mentions[-1] and bool(_OF_THEM.search(text, mentions[-1].end))


def _without_context(
    text: str, mentions: Sequence[IndicatorMention]
) -> tuple[IndicatorMention, ...]:
    """The mentions without counts that only say what the rate behind them is of: 热线群众满意率."""
    mentions = [one for one in mentions if not _is_gloss(text, one, mentions)]
    return tuple(
        one
        for one, following in zip_longest(mentions, mentions[1:])
        if not (
            following
            and one.indicator.unit != "rate" == following.indicator.unit
            and one.indicator.name[:2] == following.indicator.name[:2]
            and re.fullmatch(r"的?[\u4e00-\u9fff]{0,3}", text[one.end : following.start])
            and not re.search(r"[和与及、]", text[one.end : following.start])
        )
    )


def _as_money(mention: IndicatorMention, register: Register) -> IndicatorMention:
    """The sum that goes with a count compared with money: disputes worth over 10 million yuan."""
    sums = [one for one in register.indicators if one.unit == "money"]
    name = mention.indicator.name
    beside = [
        one for one in sums if name in one.neighbours or one.name in mention.indicator.neighbours
    ]
    alike = [one for one in sums if one.name[:2] in name]
    found = (alike or beside)[:1]
    return replace(mention, indicator=found[0]) if found else mention


def _is_gloss(text: str, one: IndicatorMention, mentions: Sequence[IndicatorMention]) -> bool:
    """Whether a mention stands in brackets that explain another: 校园法治教育(进校园、法治宣传)."""
    opened = text.rfind("(", 0, one.start)
    if opened < 0 or ")" in text[opened : one.start]:
        return False
    return any(other.end <= opened and not text[other.end : opened].strip() for other in mentions)


def _as_rate(mention: IndicatorMention, register: Register) -> IndicatorMention:
    rates: list[Indicator] = [tied for tied in mention.tied if tied.unit == "rate"]
    rate = rates[0] if rates else rate_of(mention.indicator, register)
    return replace(mention, indicator=rate) if rate else mention
