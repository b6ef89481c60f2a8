"""Cases that arise or do not: being sued, losing a case, a reconsideration.

Questions name them without the indicator that counts them (被告过, got sued), and ask whether
there was any rather than how many.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.denials import only_denials
from rag.indicators import IndicatorMention, Register
from rag.models import Language
from rag.plan.cues import load_cues
from rag.plan.negation import clause_of, denies_case

_HAVING = {
    "zh": re.compile(
        r"(?:有|发生|出现|打|吃|被|遭|涉及|(?:收到|接到|受理)(?=过|了))(?:过|了|到)?(?:任何|一[起件个宗])?[^,。;?!没未无]{0,6}$"
    ),
    "en": re.compile(
        r"\b(?:had|have|has|having|faced?|faces|were|was|been|got|get|lost|lose|losing|with|saw|any)\b"
        r"[^,;.?!]{0,30}$",
        re.IGNORECASE,
    ),
}
_HAPPENED = {
    "zh": re.compile(
        r"^(?:过|了)?(?:案件|案|官司)?(?:过|了)?的|^过|^(?:(?:和|与|及|、)(?:行政)?(?:诉讼|复议)(?:案件)?)?(?:案件|案)?(?:都|均)(?:有|发生)"
    ),
    "en": re.compile(r"^\s+(?:arose|happened|occurred|were (?:filed|brought))", re.IGNORECASE),
}
# One kind of cases beside another: 诉讼比复议多的镇.
_WEIGHED = {
    "zh": re.compile(r"比[^,。;?!]{2,10}(?:多|少)|多于|少于|超过(?=[^\d一二两三四五六七八九十])"),
    "en": re.compile(r"\b(?:more|fewer|less) \w+ than\b", re.IGNORECASE),
}
_DEALT_WITH = {
    "zh": re.compile(
        r"(?:怎么|如何|怎样|咋)(?:样)?(?:去|来|进行)?(?:整改|处理|应对|改|补救|避免|防范|减少|降低|挽回)|"
        r"(?:做|采取|作)了?(?:过)?(?:哪些|什么|些什么)(?:整改|补救|措施|工作|改进|办法|对策|行动|举措)|有(?:什么|哪些)(?:整改|补救|应对)"
    ),
    "en": re.compile(
        r"\bwhat (?:did|does|has|have)\b[^?]*\b(?:do|done)\b[^?]*\b(?:about|after|following|in response)\b|"
        r"\bhow\b(?! (?:many|much|often))[^?]*\b(?:deal(?:s|t)? with|handles?|handled|respond(?:s|ed)?|react(?:s|ed)?|prevents?|avoids?|reduces?|address(?:es|ed)?)\b|"
        r"\b(?:learn(?:ed)? from|put right|correct(?:ed)? after)\b",
        re.IGNORECASE,
    ),
}
_DENIED_INSIDE = re.compile(  # issued no normative documents, 复议没有被纠错
    r"\b(?:no|zero)\b|(?<!有)没有?(?!没)|未|(?<!有)无", re.IGNORECASE
)
_FIGURE_EN = re.compile(r"\b(?:amount|number|figure|rate|sum|total)s?\b", re.IGNORECASE)
_NAMED = {
    "zh": re.compile(r"提到|提及|写|载明|报告(?!.{0,4}(?:有|没|未|无)|里|中)|说明|披露|公布|统计"),
    "en": re.compile(r"\b(?:mention|state|describ|disclos|discuss|talk)\w*\b", re.IGNORECASE),
}


def find_events(
    text: str, language: Language, found: tuple[IndicatorMention, ...], register: Register
) -> tuple[IndicatorMention, ...]:
    """The indicators of a question with those that it names by what happened."""
    events = load_cues(language).events
    mentions = [mention for mention in found if not _of_another(text, mention, events)]
    for name, pattern in events.items():
        if name not in register:
            continue
        for match in pattern.finditer(text):
            inner = [m for m in mentions if _is_inside(m, match) and m.indicator.name in events]
            mentions = [m for m in mentions if m not in inner]
            event = IndicatorMention(*match.span(), match[0], register.get(name))
            if not _counts(text, event, language):
                continue
            across = [m for m in mentions if m.start < match.end() and match.start() < m.end]
            begun = all(m.how == "pattern" or m.start > event.start for m in across)
            if begun and all(m.indicator.name == name for m in across):
                mentions = [m for m in mentions if m not in across]  # 镇全年没有被告上法庭
                end = max((event.end, *(m.end for m in across)))
                mentions.append(replace(event, end=end, text=text[event.start : end]))
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _is_inside(mention: IndicatorMention, match: re.Match[str]) -> bool:
    """Whether longer words hold those of a mention: 官司 in 败诉的官司."""
    longer = match.end() - match.start() > mention.end - mention.start
    return longer and match.start() <= mention.start and mention.end <= match.end()


def _of_another(text: str, mention: IndicatorMention, events: dict[str, re.Pattern[str]]) -> bool:
    """Whether words that name one kind of cases were taken for another: 诉讼案件 beside 复议."""
    own = events.get(mention.indicator.name)
    if own is None or own.search(mention.text):
        return False
    naming = [
        pattern
        for pattern in events.values()
        for match in pattern.finditer(text)
        if match.start() < mention.end and mention.start < match.end()
    ]
    return bool(naming) and own not in naming


def _counts(text: str, event: IndicatorMention, language: Language) -> bool:
    """Whether words that only name such cases ask how many there were, or whether any."""
    weighed = _WEIGHED[language].search(text)
    return bool(weighed) or is_denied(text, event, language) or happened(text, event, language)


def asks_how(text: str, language: Language) -> bool:
    """Whether a question asks how cases were dealt with, not for their number."""
    return bool(_DEALT_WITH[language].search(text))


def is_event(mention: IndicatorMention, language: Language) -> bool:
    pattern = load_cues(language).events.get(mention.indicator.name)
    return pattern is not None and bool(pattern.search(mention.text))


def is_denied(text: str, mention: IndicatorMention, language: Language) -> bool:
    """Whether a question says that no such case arose."""
    if language == "en" and _FIGURE_EN.search(mention.text):
        return False  # no amount of fines: a figure is missing, not what it measures
    inside = _DENIED_INSIDE.search(only_denials(mention.text))
    if is_event(mention, language) and inside:
        return True
    return is_event(mention, language) and denies_case(text, mention.start, mention.end, language)


def happened(text: str, mention: IndicatorMention, language: Language) -> bool:
    """Whether a question speaks of such cases having arisen, not of a report naming them."""
    begin, _ = clause_of(text, mention.start, language)
    said = text[begin : mention.start]
    having = _HAVING[language].search(said) or mention.text.endswith(("过", "了"))
    if not is_event(mention, language) or (_NAMED[language].search(said) and not having):
        return False
    itself = re.search(
        r"败|输|被|纠错|撤|sued|taken to court|lost|los(?:e|ing)|losses|defeat|overturned",
        mention.text,
    )
    after = _HAPPENED[language].search(text[mention.end :])
    return bool(itself or having or after)
