"""What a question says is not so: no case arose, a thing is not mentioned, not done."""

from __future__ import annotations

import re

from rag.denials import only_denials
from rag.models import Language

# Where what a negation reaches ends, and where a new statement may begin.
_CLAUSE = {
    "zh": re.compile(
        r"[,;。?!]|但是?|却|而(?!且?没)|不过|并且|同时|又(?=[没未无不提有])|也(?=[没未无不提有])"
    ),
    "en": re.compile(
        r"[,;.?!]|\bbut\b|\bwhile\b|\bthough\b|\byet\b|"
        r"\band(?= (?:did|do|does|have|has|had|is|are|was|were|who|which|also)\b)",
        re.IGNORECASE,
    ),
}
_SAYING = "提到|提及|提|涉及|谈到|写到|写明|写|报告|载明|说明|披露|公布|公开|列出|列明|列|给出|交代|反映|记载|统计"
_DOING = (
    "开展|建立|建成|建设|建|设立|设|实施|推行|推进|推广|落实|聘请|聘用|聘|配备|配上|配齐|配|组织|举办|办理|运用|使用|"
    "实行|执行|制定|出台|成立|搞|做"
)
_NOT = (
    r"(?:(?<![^所]有)(?<!^有)没有?|(?<!与)未能?|未曾|尚未|从未|从没|并未|并没有?|还没有?|不曾|无)"
)
_NOT_ZH = re.compile(
    rf"{_NOT}(?:(?:{_SAYING}|{_DOING})(?:过|到|出|了)?(?:任何|的)?)?(?!达到|达|到\d|超过|做到)"
    rf"(?:[^,。;?!有]{{0,10}}(?:和|或者?|及|与|、))?[^,。;?!有]{{0,8}}$"
)
# 枫桥经验和综合查一次都没提到的镇
_NOT_AFTER_ZH = re.compile(
    rf"^[^,。;?!]{{0,14}}?(?:都|均|也|还|全)?{_NOT}(?:{_SAYING}|{_DOING}|有)(?:过|到|出|了|上|好)*"
    r"(?:的|[,;?!。]|$)"
)
_NOT_EN = re.compile(
    r"\b(?:not|never|no|nothing|silent|nobody|no-one|without(?: any)?|w/o|neither|nor|lack(?:s|ed|ing)?|fail(?:s|ed)? to|omit(?:s|ted)?|"
    r"don't|doesn't|didn't|haven't|hasn't|hadn't|isn't|aren't|wasn't|weren't)\b"
    r"(?! (?:quite )?(?:reach|hit|meet|achieve|attain|exceed|less|more|fewer|below|above|over|under|only))"
    r"[^,;.?!]{0,60}$",
    re.IGNORECASE,
)
_NO_CASE_ZH = re.compile(
    r"(?:(?<![^所]有)(?<!^有)没有?|(?<!与)未曾?|无|零|从未|从没|并无|不存在|0(?:件|起|宗)?)"
    rf"(?!.{{0,3}}(?:{_SAYING}))(?:任何|发生|出现|产生|打|涉及|过|有|被|一[件起宗个])*"
    r"[^,。;?!%有]{0,9}$"
)
_NO_CASE_AFTER_ZH = re.compile(
    r"^(?:案件|案|数|数量|件数|纠纷)*(?:(?:都|均)?(?:为|是|等于)?(?:零|0(?![\d.%]))|(?:都|均|也)?(?:没有?|未)(?:发生|出现|打|过)+|"
    r"(?:都|均|也)(?:没有?|未|无)(?:的|[,;。?!]|$))"
)
_NO_CASE_EN = re.compile(
    r"\b(?:no|nobody|not|never|without|w/o|zero|neither|nor|free (?:of|from)|n't|avoid(?:ed|ing)?)\b"
    r"(?!.{0,12}\b(?:mention|report|stat|disclos|say|describ|giv|publish|amount|number|figure|rate|sum|value))[^,;.?!]{0,50}$",
    re.IGNORECASE,
)
_SAID = {
    "zh": re.compile(_SAYING),
    "en": re.compile(r"\b(?:mention|name|state|say|describ|refer|report)", re.IGNORECASE),
}


def clause_of(text: str, start: int, language: Language) -> tuple[int, int]:
    """Where the clause that holds an offset begins and ends."""
    begin, end = 0, len(text)
    for match in _CLAUSE[language].finditer(text):
        if match.end() <= start:
            begin = match.end() if match[0] in ",;。?!." else match.start()
        elif match.start() >= start:
            end = match.start()
            break
    return begin, end


def is_negated(text: str, start: int, end: int, language: Language) -> bool:
    """Whether what stands at text[start:end] is wanted absent.

    >>> is_negated("没有提到枫桥经验的镇", 4, 8, "zh")
    True
    >>> is_negated("有没有提到枫桥经验", 5, 9, "zh")
    False
    """
    text = only_denials(text)
    begin, stop = clause_of(text, start, language)
    before, after = text[begin:start], text[end:stop]
    if language == "zh":
        return bool(_NOT_ZH.search(before) or _NOT_AFTER_ZH.search(after))
    return bool(_NOT_EN.search(before.replace("n't", " not")))


def is_unnamed(text: str, start: int, language: Language) -> bool:
    """Whether a thing is wanted not even named, rather than not done: 没有提到, don't mention."""
    begin, stop = clause_of(text, start, language)
    return bool(_SAID[language].search(text[begin:stop]))


def denies_case(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the cases named at text[start:end] are said not to have arisen.

    >>> denies_case("既没有诉讼也没有复议的镇", 3, 5, "zh")
    True
    """
    text = only_denials(text)
    begin, stop = clause_of(text, start, language)
    before, after = text[begin:start], text[end:stop]
    if language == "zh":
        return bool(_NO_CASE_ZH.search(before) or _NO_CASE_AFTER_ZH.search(after))
    return bool(_NO_CASE_EN.search(before.replace("n't", " not")))
