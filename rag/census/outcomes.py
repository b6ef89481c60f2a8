"""How the cases of a report ended, where it says so without a figure: 4起案件全部胜诉, 均被维持."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from rag.census.mentions import Texts, Words, spans_of
from rag.denials import only_denials
from rag.judgements import Judgement
from rag.models import Condition, State

_NEVER = re.compile(r"没有?|未|无|零|避免|防止|降低|减少|杜绝|如|若|凡")
_NONE_OF = r"(?:没有?|未|无|零)(?:发生|出现|有)?(?:过)?(?:一[件起宗])?(?:被)?"
_ALL = r"(?:全部|全都|均|都|全)"


@dataclass(frozen=True)
class _Ending:
    """The words by which sentences tell whether any case ended badly."""

    words: tuple[str, ...]  # of which a sentence has one
    none: re.Pattern[str]  # no case did
    some: re.Pattern[str]  # one did
    hidden: re.Pattern[str] | None = None  # one did, though it is not said of any case
    of: str = ""  # what the sentence has to be about as well


_ENDINGS = {
    "败诉案件数": _Ending(
        ("败诉", "胜诉"),
        re.compile(
            rf"{_ALL}(?:获得?|取得|获|以)?(?:了)?(?:我[镇乡街]|镇政府|街道)?(?:胜诉|赢)|无一(?:件|起|宗)?败诉|"
            rf"全胜|{_NONE_OF}败诉|胜诉率(?:为|达到?|是)?100%"
        ),
        re.compile(
            r"(?:属|系|为|被判|判决|导致|造成|是)[^,。;]{0,8}败诉|败诉(?:原因|的原因|[一二三1-9]\d*[件起宗])|"
            r"(?:官司|案件|诉讼)[^,。;]{0,6}(?:输了|败诉了)|败诉(?=[,。;]|$)"
        ),
        re.compile(r"胜诉率(?:为|达到?|是|仅)?(?:\d{1,2}(?:\.\d+)?%|[一二三四五六七八九]成)"),
    ),
    "行政复议纠错数": _Ending(
        ("维持", "纠错", "撤销", "确认违法"),
        re.compile(
            rf"{_ALL}(?:被|获得?|得到|予以|依法|决定)*维持|{_NONE_OF}(?:纠错|撤销|变更|确认违法)|"
            r"维持率(?:为|达到?|是)?100%|纠错率(?:为|是)?0(?![\d.])"
        ),
        re.compile(r"(?:被|予以|决定)[^,。;]{0,6}(?:撤销|变更|纠错|确认违法)"),
        of="复议",
    ),
}


def tells_outcomes(indicator: str) -> bool:
    """Whether reports tell without a figure whether there was any of what it counts."""
    return indicator in _ENDINGS


def outcomes(
    condition: Condition, *, texts: Texts, lexical: Words, report_ids: Collection[str]
) -> dict[str, Judgement]:
    """By report that says how its cases ended, whether that meets a condition on the bad ones.

    None meets "no case" and nothing else; one that ended so whatever asks for any.
    """
    ending = _ENDINGS[condition.indicator]
    found: dict[str, Judgement] = {}
    asks_for_none = condition.op == "no_case"
    for word in ending.words:
        for span, sentence in spans_of(word, texts=texts, lexical=lexical, report_ids=report_ids):
            any_so = ended_badly(sentence, condition.indicator)
            if any_so is None:
                continue
            state: State = "match" if any_so != asks_for_none else "other_value"
            if any_so and not asks_for_none and ending.some.search(sentence) is None:
                state = "mentioned"  # 胜诉率50%: a case was lost, which is not stated
            if any_so or span.report_id not in found:
                found[span.report_id] = Judgement(state, spans=(span,))
    return found


def ended_badly(sentence: str, indicator: str) -> bool | None:
    """Whether a sentence says that a case ended so, or that none did; None where neither.

    >>> ended_badly("4起案件全部胜诉。", "败诉案件数"), ended_badly("胜诉2件。", "败诉案件数")
    (False, None)
    >>> ended_badly("法院判决限期履行职责,属败诉。", "败诉案件数")
    True
    >>> ended_badly("行政复议3件,均被维持。", "行政复议纠错数")
    False
    >>> ended_badly("行政复议3件,2件均维持,1件被撤销。", "行政复议纠错数")
    True
    """
    ending = _ENDINGS[indicator]
    if ending.of not in sentence:
        return None
    if _is_said(ending.some, sentence):
        return True
    if ending.none.search(sentence):
        return False
    return True if ending.hidden and _is_said(ending.hidden, sentence) else None


def _is_said(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether a pattern stands in a clause that neither denies nor only fears it."""
    sentence = only_denials(sentence)
    clauses = (re.split(r"[,;:]", sentence[: m.end()])[-1] for m in pattern.finditer(sentence))
    return any(not _NEVER.search(clause) for clause in clauses)
