"""Sentences beside a question that only say how to count: 打算买的不要算."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_NOT_COUNTED = r"(?:(?:都|就|也)?(?:别|不要?|不用|不必|无需)(?:把它们?|把这些)?(?:计?算(?:在内|进[来去]|作|是)?|计入|包括|包含|统计|列(?:入|进来)?|写|给我|数|(?=了?[。.!?]*$))|(?:别|不用)(?:告诉我|跟我说|说)|就算了|(?:剔除|排除|除外|去掉|刨掉|扣掉))"
_PLANNED = (
    r"打算|计划|准备|拟|还没|尚未|没(?:有)?(?:做|建|办|买|配)|规划|预备|将来|目标|只是(?:提|说|写)"
)
_REMARK_ZH = re.compile(
    rf"(?:光|只|仅|单|那些|其中)?[^,。;?!]{{0,6}}(?:{_PLANNED})[^;?!。]{{0,14}}{_NOT_COUNTED}(?:了|的|哦|啊)*[。.!]*|"
    r"(?:请)?以[^,;?!。]{1,14}为准[。.!]*|"
    r"(?:请)?只(?:统?计?算|计入|列|看|要)[^,;?!。]{2,24}的[。.!]*|"
    rf"[^,;?!。]{{1,14}}(?:以上|以下|以内|左右|上下)的?{_NOT_COUNTED}(?:了|的|哦|啊)*[。.!]*"
)
_REMARK_EN = re.compile(
    r"[^.;?!]*\b(?:plan(?:s|ned)?|intend(?:s|ed)?|intention|announced|promised|not yet|future|targets?|goals?)\b[^.;?!]*"
    r"\b(?:not|n't|exclud\w+|leave|ignore|skip|no)\b[^.;?!]*[.!]*|"
    r"(?:please )?(?:do not|don't|ignore|exclude|leave out|skip|not counting)\b[^.;?!]*"
    r"\b(?:plan(?:s|ned)?|intend(?:s|ed)?|intentions?|promised?|not yet|future|targets?|goals?)\b[^.;?!]*[.!]*|"
    r"(?:and )?not (?:those|the ones?|towns|ones)(?: (?:who|which|that))? (?:only |just |merely |still )*"
    r"(?:want|plan|hope|intend|promise|wish|announce|prepare)\w*\b[^.;?!]*[.!]*|"
    r"(?:count|include|consider|list|show|take) only\b[^.;?!]*[.!]*|only (?:count|include|consider)\b[^.;?!]*[.!]*|"
    r"only (?:who|those|the ones)[^.;?!]*\breally\b[^.;?!]*[.!]*",
    re.IGNORECASE,
)


_WHICH_ONES = re.compile(
    r"(?:请)?(?:分别|都|各)?(?:列出来|是(?:谁|哪些|哪几[个家份]|哪里))(?:[个家份])?[?!。]*|"
    r"(?:and )?which(?: ones?| towns?| places?)?(?: are they| were they| was it| is it)?[?.]*",
    re.IGNORECASE,
)
_FRAME = re.compile(  # who asks, and what for
    r"(?:(?:作为|身为|我是|我们是|我在|我们在|我正在?|本人|为了?|写稿用?|写材料用?|做课题|课题|调研|领导(?:要|问)|我们?(?:县|镇|乡|局|单位|这边|这里|科室)|想?请教|"
    r"请问|想问|问一?下|麻烦|打扰|你好|您好)[^,:;?!。]{0,16}[,:])(?=\s*[^,:?!。\s]{3})|"
    r"(?:(?:i'm|i am|i was|we are|we're|as an?|for (?:my|our|an?|the)|working on|writing|hi|hello|excuse me|dear|"
    r"sorry|thanks)\b[^,:.;?!]*[,:.;!-]\s*)(?=[^,:?!]{8})",
    re.IGNORECASE,
)


_COLON = re.compile(r"^(?P<frame>[^:?!。]{4,48}):\s*(?=\S.{5,})")
_WISH = re.compile(
    r"我|想|为了|麻烦|打算|需要|请|\b(?:i|we|my|our|please|need|want|would like)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"[哪谁几吗]|多少|什么|怎|\b(?:which|what|how|who|where|does|did|is|are)\b", re.IGNORECASE
)


def without_remarks(pieces: Sequence[str]) -> list[str]:
    """The sentences of a question without those that only leave plans out, as is done anyway.

    >>> without_remarks(["哪些镇配了执法记录仪?", "光打算买、还没有的不要算。"])
    ['哪些镇配了执法记录仪?']
    """
    asking = [piece for piece in pieces if not _is_remark(piece.strip())]
    asking = [p for p in asking if p is asking[0] or not _WHICH_ONES.fullmatch(p.strip())]
    return asking if asking else list(pieces)


_AFTERTHOUGHT = re.compile(  # …, not just planned to?
    r"\s*[,;(-]\s*(?:and |but )?(?:not|rather than|instead of|as opposed to|as against)\b(?: (?:just|only|merely|simply))?[^,;?!]{0,20}"
    r"\b(?:plan(?:s|ned|ning)?|intend(?:s|ed)?|promis(?:e|es|ed)|want(?:s|ed)?|target(?:s|ed)?)\b[^,;?!]{0,24}(?=[?!.]*$)|"
    rf"[,，](?:仅仅|只是|光|只|那些)?[^,，。;?!]{{0,8}}(?:计划|打算|规划|来年|明年|准备|拟)[^,，。;?!]{{0,14}}{_NOT_COUNTED}[^,，。;?!]{{0,3}}(?=[??。]*$)|"
    r"[,，]?(?:而)?不(?:是|算)(?:只|光|仅)?(?:是)?(?:光|只|仅)?(?:打算|计划|准备|写在计划里|画在(?:图纸|纸)上|写在纸上|嘴上说|说说)[^,。;?!]{0,8}(?=[??。]*$)",
    re.IGNORECASE,
)


def without_afterthought(question: str) -> str:
    """A folded question without the words at its end that only leave plans out.

    >>> without_afterthought("Which towns bought cameras, not just planned to?")
    'Which towns bought cameras?'
    """
    return _AFTERTHOUGHT.sub("", question)


def without_frame(question: str, needed: Callable[[str, str], bool]) -> str:
    """A folded question without the words in front that only say who asks, and what for.

    Args:
        needed: whether the words in front say something that the rest leaves unsaid; such a
            question stays whole.

    >>> without_frame("作为研究者,我想知道哪些镇打过官司", lambda front, rest: False)
    '我想知道哪些镇打过官司'
    """
    colon = _COLON.match(question)
    framed = colon and _WISH.search(colon["frame"]) and not _ASKS.search(colon["frame"])
    for front in (colon if framed else None, _FRAME.match(question)):
        if front and not needed(front[0], question[front.end() :]):
            return without_frame(question[front.end() :].lstrip(), needed)
    return question


def _is_remark(piece: str) -> bool:
    if _REMARK_EN.fullmatch(piece):
        return True
    return bool(piece) and all(_REMARK_ZH.fullmatch(part) for part in piece.split(",") if part)
