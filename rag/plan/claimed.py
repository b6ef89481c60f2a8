"""A claim that somebody heard, and asks about: 听说…,是真的吗? I heard that … Is that right?"""

from __future__ import annotations

import re

_HEARD_ZH = re.compile(
    r"^(?:我)?(?:听说|据说|听人说|有人说|有人讲|都说|人家说|网上说)[,:]?(?P<claim>[^?]{6,}?)[,。!?]+"
    r"(?:这话|这个?说法|这|此话)?(?:能不能(?:这么)?说|对不对|对吗|是真的吗|真的吗|属实吗|准不准|没错吧|是不是真的|靠谱吗|有这回事吗|是这样吗)"
    r"(?:[,?。]*(?:是真的吗|真的吗|对吗|对不对))*[?。]*$"
)
_HEARD_EN = re.compile(
    r"^(?:i(?:'ve| have)? (?:heard|read)|i was told|someone (?:said|told me)|they say|people say|my \w+ (?:says|claims|thinks))(?: that)? "
    r"(?P<claim>.{8,}?)[.!?,]+ (?:is|was) (?:that|this|it) (?:right|true|correct|so|accurate)\?*$",
    re.IGNORECASE,
)


def as_claimed(question: str) -> str:
    """A folded question whose claim stands before the asking, as one question.

    >>> as_claimed("听说周庄镇2023年已经没有败诉案件了,这话能不能说?是真的吗?")
    '周庄镇2023年已经没有败诉案件了,是真的吗?'
    >>> as_claimed("I heard Yehe has finished its corridor. Is that right?")
    'Is it true that Yehe has finished its corridor?'
    """
    heard = _HEARD_ZH.match(question)
    if heard:
        return f"{heard['claim']},是真的吗?"
    told = _HEARD_EN.match(question)
    return f"Is it true that {told['claim']}?" if told else question
