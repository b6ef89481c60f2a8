"""What a model's sentence makes of a quote: done or planned, so or not so, the most, the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.words import telling_words
from rag.write.claim import Claim

GROUNDED = 0.6  # share of a Chinese sentence's telling words that the cited words must hold
_LEAST = 4  # characters of telling words
_NOT = {
    "zh": re.compile(r"没有|未能|尚未|从未|并未|未(?!来|成年)|无(?!论|障碍|人机|偿)|不(?!断|仅|但|少|同|得|动产|良)|非(?!法|常|公)|零(?!距离|跑)"),
    "en": re.compile(r"\b(?:no|not|never|none|neither|nor|without|fail(?:ed|s|ure)?|lack(?:ed|s|ing)?|zero|un(?:able|resolved|finished))\b|n't\b", re.I),
}  # fmt: skip
_QUOTED_NOT = re.compile(r"(?:没有|未能?|尚未|无|不)(?=([\u4e00-\u9fff]{4}))")
_PLANNED = {
    "zh": re.compile(r"力争|争取|确保|目标|计划|将|拟|预计|打算|下一步|明年|继续|要求"),
    "en": re.compile(r"\b(?:aims?|plans?|planned|targets?|goals?|will|would|intends?|strives?|expects?|expected|to be|ensure|next|should|must|require[sd]?)\b", re.I),
}  # fmt: skip
_TO_COME = re.compile(r"力争|争取|目标(?:是|为)|计划|将(?!.{0,4}纳入)|拟|预计|打算|下一步|明年")
_MOST = {
    "zh": re.compile(r"最[高低多少大小好差]|第[一二三]名?|首位|居首|排名|名列|领先|全[国省市县]第|倒数|高于|低于|多于|少于|超过(?=[\u4e00-\u9fff]{2,8}[镇乡])|相比|比[\u4e00-\u9fff]{2,8}[镇乡]|合计|总计|共有|平均|均为|都[是为达]|分别"),
    "en": re.compile(r"\b(?:highest|lowest|most|least|best|worst|first|top|rank\w*|more than (?=[A-Z])|higher|lower|fewer|compared|total(?:s|ling)?|altogether|average|both|all (?:the )?(?:towns|reports|five|four|three)|each of|respectively|only)\b"),
}  # fmt: skip
_MOST_IN_CHINESE = re.compile(r"最|第一|首|排名|名列|合计|总计|共|平均|均|都|分别|全|只|仅|较|比")


def turned_round(claim: Claim) -> Iterator[str]:
    """A denial that no cited word makes, or a denial of the quote that the sentence leaves out."""
    said_not = _NOT[claim.language].search(claim.plain)
    quoted_not = _NOT["zh"].search(" ".join(claim.quotes))
    if said_not and not quoted_not:
        yield f"denial: {said_not[0]}"
    if claim.language == "zh":
        for quote in claim.quotes:
            for match in _QUOTED_NOT.finditer(quote):
                denied, whole = match[1], quote[match.start() : match.end() + 4]
                if denied in claim.plain and whole not in claim.plain and not said_not:
                    yield f"denial left out: {whole}"
    elif not said_not and any(_QUOTED_NOT.search(quote) for quote in claim.quotes):
        yield "denial left out"


def told_as_done(claim: Claim) -> Iterator[str]:
    """A target or a plan without a word that says so."""
    planned = all(_TO_COME.search(quote) for quote in claim.quotes) and claim.quotes
    if planned and not _PLANNED[claim.language].search(claim.plain):
        yield "a plan told as done"


def ranked(claim: Claim) -> Iterator[str]:
    """Ranks, totals and comparisons that are not the report's own words."""
    for match in _MOST[claim.language].finditer(claim.plain):
        quoted = " ".join(claim.quotes)
        own = match[0] in quoted if claim.language == "zh" else _MOST_IN_CHINESE.search(quoted)
        if not own:
            yield f"ranking or total: {match[0]}"


def ungrounded(claim: Claim) -> Iterator[str]:
    """A Chinese sentence most of whose telling words no cited word holds."""
    if claim.language != "zh":
        return
    text = claim.plain
    for place in claim.places:
        text = text.replace(place, " ")
    said = {word for word in telling_words(text) if not word.isascii()}
    letters = sum(len(word) for word in said)
    held = sum(len(word) for word in said if word in claim.words)
    if held < _LEAST:
        yield "nothing of the evidence"
    elif held < GROUNDED * letters:
        missing = max((w for w in said if w not in claim.words), key=len)
        yield f"not in the evidence: {missing}"
