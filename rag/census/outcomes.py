"""How the court cases of a report ended, where it says so without a figure: 4起案件全部胜诉."""

from __future__ import annotations

import re
from collections.abc import Collection

from rag.census.mentions import Texts, Words, spans_of
from rag.judgements import Judgement
from rag.models import Condition, State

LOST_CASES = "败诉案件数"
_WON = re.compile(
    r"(?:全部|全都|均|都|全)(?:获得?|取得|获|以)?(?:了)?(?:我[镇乡街]|镇政府|街道)?(?:胜诉|赢)|无一(?:件|起|宗)?败诉|"
    r"全胜|(?:没有?|未|无|零)(?:发生|出现|有)?(?:过)?(?:一[件起宗])?败诉|胜诉率(?:为|达到?|是)?100%"
)
_LOST = re.compile(
    r"(?:属|系|为|被判|判决|导致|造成|是)[^,。;]{0,8}败诉|败诉(?:原因|的原因|[一二三1-9]\d*[件起宗])|"
    r"(?:官司|案件|诉讼)[^,。;]{0,6}(?:输了|败诉了)|败诉(?=[,。;]|$)"
)
_NOT_ALL_WON = re.compile(r"胜诉率(?:为|达到?|是|仅)?(?:\d{1,2}(?:\.\d+)?%|[一二三四五六七八九]成)")
_NEVER = re.compile(r"没有?|未|无|零|避免|防止|降低|减少|杜绝|如|若|凡")


def outcomes(
    condition: Condition, *, texts: Texts, lexical: Words, report_ids: Collection[str]
) -> dict[str, Judgement]:
    """By report that says how its cases ended, whether that meets a condition on lost cases.

    None lost meets "no case" and nothing else; a lost one whatever asks for any.
    """
    found: dict[str, Judgement] = {}
    asks_for_none = condition.op == "no_case"
    for word in ("败诉", "胜诉"):
        for span, sentence in spans_of(word, texts=texts, lexical=lexical, report_ids=report_ids):
            lost = lost_in(sentence)
            if lost is None:
                continue
            state: State = "match" if lost != asks_for_none else "other_value"
            if lost and not asks_for_none and _LOST.search(sentence) is None:
                state = "mentioned"  # 胜诉率50%: a case was lost, which is not stated
            if lost or span.report_id not in found:
                found[span.report_id] = Judgement(state, spans=(span,))
    return found


def lost_in(sentence: str) -> bool | None:
    """Whether a sentence says that a case was lost, or that none was; None where neither.

    >>> lost_in("4起案件全部胜诉。"), lost_in("法院判决限期履行职责,属败诉。"), lost_in("胜诉2件。")
    (False, True, None)
    """
    if _WON.search(sentence):
        return False
    lost = _LOST.search(sentence) or _NOT_ALL_WON.search(sentence)
    if lost is None:
        return None
    clause = re.split(r"[,;:]", sentence[: lost.end()])[-1]
    return None if _NEVER.search(clause) else True
