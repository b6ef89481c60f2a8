"""What a question tells before it asks: who asks, why, and what happened to them.

热线打了就得有人管。请问有没有哪个镇的办结率低于95%？ asks only what stands behind 请问. Where the
background alone names the town or the year, they are kept in front of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.models import Place
from rag.places import find_places

_LINK = r"(?:所以|因此|于是|现在|那么?|特别|就|很|也|还|正好|顺便|顺嘴|另外|再|我们?|咱们?|先)*"
_LOOKS = r"(?=[查筛列找把对核拿从给帮将统汇合看告说按全逐挑盘数比])"
_LEADS = re.compile(  # where the asking begins
    rf"{_LINK}(?:请问(?:一下)?|请教(?:一下|一句)?|"
    r"想(?:请教|请问|问问?|打听|知道|了解|看看|查(?:一查|一下)?|弄明白|弄清楚|核实|搞清楚|搞明白|听听|确认|摸清|找)(?:一?下|一?句|清楚)?(?:的是)?|"
    rf"(?:请|麻烦|烦请|劳驾)(?:你|您|贵方)?(?:直接|尽快)?{_LOOKS}(?:(?:核对|核实|查|看|对比|统计)一下(?=[,:]))?|"
    rf"(?:(?:你|您)(?:直接)?)?(?:给|帮|替)(?:我|咱|我们|咱们|忙)(?:们)?{_LOOKS}(?:[看挑盘数查找]{{1,2}}(?:一[看挑盘数查]|看|数|一下)?(?=[,:]))?|"
    r"我?好奇(?:的是)?|跟(?:你|您)打听(?:一下|个事)?|对比着问一句|问一句|问问(?:你|您)?|先?摸个底哈?|您?你?看看(?=哪)|你从报告里找找)"
)
_ASKS = re.compile(
    r"哪|多少|几(?=[个件起宗次场名人份家条项年位成台])|吗|什么|怎么|怎样|如何|为什么|为何|是不是|是否|有没有|谁|多大|多高|"
    r"[筛挑找列][选]?出|列举|合计|对比|比一比|统计|汇总|名单|逐条|找出来|列出来|捋一捋|还是|第几|[吧么][?]*$|没有?[?]+$"
)
_SENTENCE = re.compile(r"(?:(?!——)[^。!?;])+(?:[。!?;]|——)*")
_TELLS = re.compile(r"我|咱|听说|朋友|老话|街坊|邻居|人家|领导|县里|这块")  # of the one who asks
_LONG = 28  # characters of a sentence that may begin with what somebody tells
_SHORTEST = 7  # characters of what is asked
_YEAR = re.compile(r"20\d{2}年")
_THE_YEAR = re.compile(r"(?:那|这)一?年|当年|同年")
_OF_TOWNS = re.compile(r"哪(?:[些几]|一)?[个家]?(?:乡?镇|乡|街道|镇街|地方|单位)|各[镇乡地]")
_IT = re.compile(r"^(?:那么?|而|它|该镇|那儿|那里|这个镇|镇里|镇上)+(?:的)?")
_ENGLISH = re.compile(
    r"^(?P<front>[^:?]{6,160}):\s+(?P<rest>(?:(?:across|in|of|among|over) [^,?:]{3,40}, )?(?:which|what|whose|who|how|did|does|is|are|was|were|has|have|where|list|show)\b.+)$",
    re.IGNORECASE,
)

_ENGLISH_SENTENCE = re.compile(  # I sell checkups. Which towns … ?
    r"(?:(?<=[a-z)\"'])[.!]|\s[-–—]{1,2})\s+(?P<rest>(?:so |and |but )?(?:which|what|whose|who|how|did|does|is|are|was|were|has|have|had|where|list|show)\b[^?]+\?.*)$",
    re.IGNORECASE,
)

Needed = Callable[[str, str], bool]


def without_background(question: str, needed: Needed, places: Sequence[Place]) -> str:
    """A folded question without what is told before it asks.

    Args:
        needed: whether words in front say something that the rest leaves unsaid.
        places: the stored places, whose names and years are kept.

    >>> without_background("热线打了就得有人管。请问哪些镇的办结率低于95%?", lambda a, b: False, ())
    '哪些镇的办结率低于95%?'
    """
    for english in (_ENGLISH.match(question), *reversed([*_ENGLISH_SENTENCE.finditer(question)])):
        if english is None:
            continue
        front, asked = question[: english.start("rest")], english["rest"]
        if not needed(front, asked) and not find_places(front, places):
            return asked
    for front, behind in _cuts(question):
        rest = behind.lstrip(" ,:、。!?;")
        if len(rest) < _SHORTEST or not _ASKS.search(rest):
            continue
        told = _told_there(front, rest, places)
        if not (_asks_of_a_town(front, places) or needed(front, told)):
            return _behind_colon(told, needed)
    return question


def _cuts(question: str) -> list[tuple[str, str]]:
    """Where the background may end, the shortest rest first."""
    led = [match.end() for match in _LEADS.finditer(question) if match.start() > 0]
    cuts = list(led)
    sentences = [match.span() for match in _SENTENCE.finditer(question)]
    asked = [span for span in sentences if question[slice(*span)].rstrip().endswith("?")]
    asked = asked or sentences
    asking = next((span for span in asked if _ASKS.search(question, *span)), None)
    if asking and asking[0] > 0:
        cuts.append(asking[0])
    if not led and asking and asking[1] - asking[0] >= _LONG and _TELLS.search(question, *asking):
        commas = [
            m.end() for m in re.finditer("[,:]", question[: asking[1]]) if m.end() > asking[0]
        ]
        silent = [at for at in commas if not _ASKS.search(question, asking[0], at)]
        cuts += [at for at in silent[-1:] if _TELLS.search(question, asking[0], at)]
    return [(question[:at], question[at:]) for at in sorted(set(cuts), reverse=True)]


def _asks_of_a_town(front: str, places: Sequence[Place]) -> bool:
    """Whether words in front are a question of their own, or name several towns."""
    towns = {mention.name for mention in find_places(front, places) if mention.level == "town"}
    asked = front.rpartition("?")[0]
    return len(towns) > 1 or bool(towns and asked and _ASKS.search(asked))


def _told_there(front: str, rest: str, places: Sequence[Place]) -> str:
    """What is asked, with the town and the year that only the background names."""
    said = [mention for mention in find_places(front, places) if mention.level == "town"]
    if said and not (find_places(rest, places) or _OF_TOWNS.search(rest)):
        rest = said[-1].name + _IT.sub("", rest)
    years = _YEAR.findall(front)
    if years and not _YEAR.search(rest) and (said or _THE_YEAR.search(rest)):
        rest = f"{years[-1]}{rest}"
    return rest


def _behind_colon(rest: str, needed: Needed) -> str:
    """What is asked behind a colon, where both sides of it ask: 是不是真满意:…的都有哪些?"""
    front, colon, behind = rest.partition(":")
    asks_twice = colon and _ASKS.search(behind) and len(behind) >= _SHORTEST
    return behind if asks_twice and not needed(front, behind) else rest
