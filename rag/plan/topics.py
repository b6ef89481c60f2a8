"""What a question is about, once the words that ask are taken away.

A topic is written in one string: phrases that belong together separated by a space, and
alternatives for one phrase by a bar (经费|装备).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

from rag.models import Language
from rag.plan.cues import load_cues
from rag.words import field_terms, has_noun, phrases_of, word_edges

_QUOTED = re.compile(r"[“\"'「『《]([^“”\"'「」『』《》]{2,30})[”\"'」』》]")
_RATE = re.compile(r"的?([\u4e00-\u9fff]{1,8}率)")  # “好差评”主动参评率
_COUNTING = re.compile(r"[办搞做开发罚收建](?=[了过]?(?:多少|几[场次个件份]))")  # 宣传办了多少场
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_TAIL = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:的?(?:活动|工作|机制|做法|情况|方面|事项|任务|行动))$"
)
_VERB = re.compile(
    r".*(?:ed|ing|ly)|"
    + "|".join(
        f"(?:{verb})(?:s|es|d)?"
        for verb in (
            "hire appoint build built buy bought reach achieve fail meet met pass win won "
            "lose lost set start begin begun began end stop keep kept bring brought put run "
            "sign train teach taught learn visit check review file receive accept settle "
            "solve resolve impose collect pay paid spend spent cost send sent draw drew "
            "post arrange organise organize conduct implement introduce launch create "
            "develop improve strengthen promote support help provide offer serve employ "
            "engage recruit include involve exist occur arise arose come came see saw seen "
            "know knew known think thought want need wish hope try aim seek sought ask tell "
            "told speak spoke spoken discuss explain note state declare claim boast record "
            "log count measure score rate rank list show prove verify confirm deny reject "
            "admit face faced suffer enjoy own possess share cover reach extend publish "
            "print distribute deliver hang hung display install equip sport feature boast "
            "undertake undertook call tackle address treat manage lead led follow join "
            "attend appear participate good bad big small new old high low full whole "
            "complete total overall several various different same recent current local "
            "actual there here where when then thus way ways thing things kind sort type "
            "part parts lot lots one two three people person someone anybody anyone citizen "
            "citizens resident residents official officials"
        ).split()
    ),
    re.IGNORECASE,
)
_AND = {
    "zh": re.compile(
        r"[,，、;]|以及|并且|而且|同时|既|又|也(?=没|未|无|有|提)|但(?:是)?|却|和(?!谐|解|睦)|与|及(?!时)|还(?=有|建|开|做|提)"
    ),
    "en": re.compile(r",|;|\band\b|\bbut\b|\bnor\b|\bas well as\b", re.IGNORECASE),
}
_OR = {"zh": re.compile(r"或者?|还是|要么"), "en": re.compile(r"\bor\b", re.IGNORECASE)}


@dataclass(frozen=True)
class Topic:
    """A thing that a question is about, and where its words begin."""

    text: str
    start: int
    sides: tuple[str, ...] = ()  # the things that 或 or "or" joins, each by itself


def read_topics(masked: str, language: Language) -> tuple[Topic, ...]:
    """The topics a question names, one for each thing it asks about, in order.

    Args:
        masked: the folded question with places, years, figures and the indicators that
            it asks values of blanked out.
    """
    masked = _COUNTING.sub(" ", masked)
    quoted = [Topic(match[1], match.start(1)) for match in _QUOTED.finditer(masked)]
    if quoted and language == "zh":
        return _with_measure(quoted, masked)
    topics = []
    start = 0
    for cut in [*_AND[language].finditer(masked), None]:
        end = cut.start() if cut else len(masked)
        text, first, sides = _alternatives(masked[start:end], language)
        if text:
            topics.append(Topic(text, start + first, sides))
        start = cut.end() if cut else end
    strong = [topic for topic in topics if language == "en" or has_noun(topic.text)]
    return tuple({topic.text: topic for topic in strong or topics}.values())


def _with_measure(quoted: list[Topic], masked: str) -> tuple[Topic, ...]:
    """What stands in quotation marks, with the rate of it that is asked for behind it."""
    last = quoted[-1]
    behind = _RATE.match(masked, last.start + len(last.text) + 1)
    if behind is None:
        return tuple(quoted)
    return (*quoted[:-1], Topic(f"{last.text} {behind[1]}", last.start, last.sides))


def _alternatives(segment: str, language: Language) -> tuple[str, int, tuple[str, ...]]:
    """The topic of a part of a question, where in it its words begin, and its sides."""
    sides = []
    first = -1
    start = 0
    for cut in [*_OR[language].finditer(segment), None]:
        if (
            cut
            and language == "zh"
            and _joins_verbs(segment[start : cut.start()], segment[cut.end() :])
        ):
            continue
        end = cut.start() if cut else len(segment)
        phrases = _phrases(segment[start:end], language)
        if phrases:
            sides.append([phrase for _, phrase in phrases])
            first = start + phrases[0][0] if first < 0 else first
        start = cut.end() if cut else end
    if language == "zh" and any(has_noun(side[0]) for side in sides):
        sides = [side for side in sides if has_noun(side[0])]  # 编制或公布了…目录
    if len(sides) < 2:
        return (" ".join(sides[0]) if sides else ""), max(first, 0), ()
    either = "|".join([sides[0][-1], *(side[0] for side in sides[1:])])
    alone = tuple(side[0] for side in sides) if all(len(side) == 1 for side in sides) else ()
    return " ".join([*sides[0][:-1], either, *sides[-1][1:]]), first, alone


def _joins_verbs(before: str, after: str) -> bool:
    """Whether 或 stands between two words for having: 执法人员配上或者用上了执法记录仪."""
    asking = load_cues("zh").asking
    heads = [match for match in asking.finditer(before) if match.end() == len(before)]
    follows = asking.match(after)
    return bool(heads and heads[0][0].strip() and follows and follows[0].strip())


def _phrases(text: str, language: Language) -> list[tuple[int, str]]:
    """What a part of a question names, each with its offset in it."""
    text = _without_roles(text, language)
    if language == "en":
        return _english(text)
    trimmed: list[tuple[int, str]] = []
    position = 0
    for term in _field_terms().finditer(text):
        trimmed += _trimmed(text, position, term.start())
        if load_cues("zh").asking.sub("", term[0]):
            trimmed.append((term.start(), term[0]))
        position = term.end()
    trimmed += _trimmed(text, position, len(text))
    phrases = [(at, _TAIL.sub("", phrase)) for at, phrase in trimmed if len(phrase) >= 2]
    return [(at, phrase) for at, phrase in phrases if has_noun(phrase)] or phrases


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The phrases of text[start:end] between the words that only ask.

    A word that asks counts where it is a word of its own: 能 does, in 人工智能 it does not.
    """
    part = text[start:end]
    asking = load_cues("zh").asking
    edges = sorted(word_edges(part))
    within = set(edges)
    for first, last in pairwise(edges):
        if not asking.sub("", part[first:last]):
            within.update(range(first, last))

    def blank(match: re.Match[str]) -> str:
        whole = match.start() in within and match.end() in within
        return " " * len(match[0]) if whole else match[0]

    asked = asking.sub(blank, part)
    found = []
    position = 0
    for piece in asked.split():
        position = asked.index(piece, position)
        found += [
            (start + position + max(0, piece.find(phrase)), phrase) for phrase in phrases_of(piece)
        ]
        position += len(piece)
    return found


@cache
def _field_terms() -> re.Pattern[str]:
    long = sorted((term for term in field_terms() if len(term) >= 4), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, long)))


def _without_roles(text: str, language: Language) -> str:
    """The text without the words that name a section's role or the kind of question."""
    cues = load_cues(language)
    asking = [cues.kinds[kind] for kind in ("rank", "compare", "trend")]
    for pattern in (*cues.roles.values(), *asking):
        if language == "zh" or pattern is not cues.kinds["compare"]:
            text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _english(text: str) -> list[tuple[int, str]]:
    """Chinese terms for the English ones, Chinese words as they are, and what is left over."""
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = [match.span() for match in _CHINESE.finditer(text)]
    printed = [(match.start(), match[0]) for match in _CHINESE.finditer(text)]
    for pattern, terms in _glossary():
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            found.append((match.start(), "|".join(terms)))
    if printed:  # the question gives the Chinese word itself
        return printed
    for start, end in taken:
        text = text[:start] + " " * (end - start) + text[end:]
    text = load_cues("en").asking.sub(lambda match: " " * len(match[0]), text)
    left = re.finditer(r"[A-Za-z][A-Za-z-]{2,}", text)
    found += [(match.start(), match[0]) for match in left if not _VERB.fullmatch(match[0])]
    first = {phrase: at for at, phrase in sorted(found, reverse=True)}
    return sorted((at, phrase) for phrase, at in first.items())


@cache
def _glossary() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    content = yaml.safe_load(files("rag.plan").joinpath("glossary.yaml").read_text("utf-8"))
    ordered = sorted(content.items(), key=lambda item: -len(str(item[0])))
    return tuple((_inflected(str(phrase)), tuple(map(str, terms))) for phrase, terms in ordered)


def _inflected(phrase: str) -> re.Pattern[str]:
    """The phrase with its usual endings: fine → fines, fined; penalty → penalties."""
    *gapped, last = phrase.split(" … ")
    stem = re.escape(last[:-1]) + "(?:y|ies)" if last.endswith("y") else re.escape(last)
    before = "".join(rf"{re.escape(part)}(?:s|ed|ing)?\b[^,;.?!]{{0,40}}?\b" for part in gapped)
    return re.compile(rf"\b{before}{stem}(?:s|es|d|ed|ing)?\b", re.IGNORECASE)
