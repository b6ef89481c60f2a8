"""What a question that found nothing is asked as once more: of its rarest words, or of a figure
that goes by a name the question uses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from rag.models import Fact
from rag.words import fold, has_noun, is_said_of_anything, telling_words

_SPECIFIC = 1 / 3  # of the stored reports: a word that more of them hold tells nothing apart
_SHORTEST_LABEL = 3  # characters: 签收率
_TELLING_END = 4  # characters of a longer label's end: 主动参评率 of 群众评价主动参评率
_GENERAL = frozenset(
    "分析 研究 帮助 结果 例子 办法 影响 事项 情况 工作 活动 方面 机制 制度 问题 措施 做法 报告 乡镇 街道 群众 干部 单位".split()
)

ReportsHolding = Callable[[str], Collection[str]]


def looser_topics(topic: str, holding: ReportsHolding, stored: int) -> Iterator[str]:
    """Topics that say less, the nearest first: any of its rare phrases, then its rarest word.

    >>> held = {"双语普法": (), "双语": (1, 2), "普法": range(9)}
    >>> list(looser_topics("双语普法", lambda word: held.get(word, ()), 9))
    ['双语']

    Args:
        topic: phrases joined by a space, alternatives within one by |.
        holding: the stored reports that hold a phrase.
        stored: how many reports there are.
    """
    phrases = topic.split()

    def rare(phrase: str) -> int:
        count = len({report for one in phrase.split("|") for report in holding(one)})
        return count if count <= max(1, stored * _SPECIFIC) else 0

    telling = [phrase for phrase in phrases if rare(phrase)]
    if len(phrases) > 1 and telling:
        yield "|".join(telling)
    parts = dict.fromkeys(word for phrase in phrases for word in _words_of(phrase))
    counted = [(count, word) for word in parts if (count := rare(word)) and word not in phrases]
    if counted:
        yield min(counted, key=lambda one: one[0])[1]


def label_in(question: str, facts: Sequence[Fact]) -> str:
    """The label of a figure that a question says, or the end of a longer one; empty without one.

    Of several the one of which it says most: 主动参评率 for 群众评价主动参评率.
    """
    text = fold(question)
    labels = {
        fact.label
        for fact in facts
        if fact.kind == "achieved" and fact.indicator is None and len(fact.label) >= _SHORTEST_LABEL
    }
    said = [(size, label) for label in labels if _names(label) and (size := _said(label, text))]
    return max(said, default=(0, ""))[1]


def _names(label: str) -> bool:
    """Whether a label names something by itself: 签收率."""
    return has_noun(label) or label.endswith(("率", "比例", "额", "度"))


def _said(label: str, text: str) -> int:
    """How many of a label's last characters a text says, where they may stand for it; else 0."""
    for size in range(len(label), min(_TELLING_END, len(label)) - 1, -1):
        if label[-size:] in text:
            return size
    return 0


def _words_of(phrase: str) -> list[str]:
    """The words of a phrase that name something of their own."""
    words = telling_words(phrase.partition("|")[0])
    return [w for w in words if has_noun(w) and not is_said_of_anything(w) and w not in _GENERAL]
