"""Loose English ways of saying things, put as the register and the rules know them."""

from __future__ import annotations

import re

_REWORDED: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:leaders?|heads?|officials?|mayors?)(?: (?:has|have|had|did|actually|personally|always|really|themselves))* (?:showed up|show up|turned up|turn up|appeared|appear|attended|attend|went|go)"
            r"(?: (?:in|at|to|for|before))*(?: (?:court|hearings?))?(?: (?:in|at|for))? (?:every|each|all)(?: single| one)?(?: of (?:its|their|the))?(?: court)? (?:cases?|hearings?|trials?|lawsuits?)",
            re.IGNORECASE,
        ),
        "leaders' court appearance rate was 100%",
    ),
    (
        re.compile(r"\bdemocracy[- ]and[- ]rule[- ]of[- ]law\b", re.IGNORECASE),
        "democratic and rule-of-law",
    ),
    (
        re.compile(
            r"\b(?:lose|lost) any(?: of (?:its|their|the))?(?: [a-z]+){0,2} (?:cases?|lawsuits?|suits?)\b",
            re.IGNORECASE,
        ),
        "have any lost cases",
    ),
    # Xiaoguan Dong Township: the nationality is no part of the name that people write
    (
        re.compile(
            r"(?<=[a-z]) (?:Dong|Miao|Yi|Tujia|Manchu|Hui|She|Tibetan|Mongol(?:ian)?|Yao|Zhuang|Bai|Hani|Dai|Buyi|Korean)"
            r"(?: ethnic| minority| autonomous)* (?=Town(?:ship)?\b)",
            re.IGNORECASE,
        ),
        " ",
    ),
    (
        re.compile(
            r"\b(?:lost|lose) (?:an?|any|some)(?: (?:administrative|court))* (?:lawsuits?|suits?|cases?|actions?|litigations?)\b",
            re.IGNORECASE,
        ),
        "had lost cases",
    ),
    (
        re.compile(
            r"\b(?:at least )?(?:one of )?(?:an?|the|its|their|any)?\s?(?:town's |township's |sub-?district's )?(?:own )?(?:administrative )?(?:decisions?|acts?|actions?)"
            r"(?: of the [\w-]+(?: or (?:the )?[\w-]+)?)?,?(?: (?:was|were|has been|had been|been|being))?,? "
            r"(?:(?:found|ruled|declared|held|judged)(?: to be)? (?:unlawful|illegal)|corrected|overturned|revoked|reversed|changed)"
            r"(?:,? (?:or|and) (?:(?:found|ruled|declared|held|judged)(?: to be)? (?:unlawful|illegal)|corrected|overturned|revoked|reversed|changed))*,? "
            r"(?:in|by|through|on|upon|during) (?:an? |the )?(?:administrative )?(?:reconsiderations?|reviews?)(?: cases?)?(?: \(行政复议\))?",
            re.IGNORECASE,
        ),
        "reconsideration cases overturned above 0",
    ),
    (
        re.compile(
            r"^(?:am i (?:right|correct)|would (?:it|i) be (?:right|correct)|is it (?:right|correct|fair))\b[^,?]{0,6}?"
            r"(?:(?:in (?:supposing|thinking|saying|assuming|believing)|to (?:say|suppose|think|assume|believe))(?: that)?|that)\b",
            re.IGNORECASE,
        ),
        "Is it true that",
    ),
    (re.compile(r"\boutnumber(s|ed)?\b", re.IGNORECASE), r"exceed\1"),
    (re.compile(r"\b(?:(?:one|a) )?hundred per ?cent\b", re.IGNORECASE), "100%"),
    (re.compile(r"(?<=\d) per ?cent\b", re.IGNORECASE), "%"),
    (
        re.compile(
            r"\b(?:let|lets) (?:some|certain|a few|any)?\s?(?:people|offenders|violators|businesses) (?:go without|off(?: without)?) (?:punishment|penalt\w+|fines?)|"
            r"\b(?:go|goes|went) (?:unpunished|without punishment)\b",
            re.IGNORECASE,
        ),
        "exempted minor offences from punishment",
    ),
    (
        re.compile(
            r"\b(?:leaders?|heads?|officials?|mayors?)\b[^?.,]{0,24}?\b(?:never|not once) "
            r"(?:appear|attend|go|went|show up|turn up)\w*(?: (?:in|at|to|before))?(?: the)? (?:court|hearings?)",
            re.IGNORECASE,
        ),
        "leaders' court appearance rate was 0%",
    ),
    (
        re.compile(
            r"\b(?:administrative reviews?(?: case(?=s?\b))?|review case(?=s?\b))", re.IGNORECASE
        ),
        "administrative reconsideration case",
    ),
    # What are the towns that were sued
    (
        re.compile(
            r"^what (?:are|were) (?:all )?(?:of )?the (towns|townships|places|reports|subdistricts|streets) (?:that|which|where|who)\b",
            re.IGNORECASE,
        ),
        r"Which \1",
    ),
    (re.compile(r"\bno (?:less|fewer) than\b", re.IGNORECASE), "at least"),
    # administrative court case, litigation cases
    (re.compile(r"\b(?:litigation|court|legal) case(s?)\b", re.IGNORECASE), r"lawsuit\1"),
    (
        re.compile(
            r"\b(?:legal |law )?awareness(?:-raising)? (session|event|activit|campaign)",
            re.IGNORECASE,
        ),
        r"legal publicity \1",
    ),
)


def reworded_english(text: str) -> str:
    """A folded question whose English is in the words that the rules know.

    >>> reworded_english("Which towns lost a lawsuit?")
    'Which towns had lost cases?'
    """
    for pattern, usual in _REWORDED:
        text = pattern.sub(usual, text)
    return text
