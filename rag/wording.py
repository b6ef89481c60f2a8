"""Whether a stretch of text speaks of a phrase: in its words, or in nearly its words.

A phrase may list alternatives, separated by a bar (枫桥经验|枫桥式): then those are the ways
to say it, and only one of them counts. A phrase alone may also be held by its telling
words standing close together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.words import field_terms, fold, has_noun, is_said_of_anything, telling_words

GAP = 6  # characters that may stand inside a phrase: 对轻微违法(行为)免罚
WIDE_GAP = 14  # characters that may stand where a name says so: 旁听…庭审
REACH = 40  # characters within which a phrase's telling words stand together
_SHORTEST_PART = 2  # characters on each side of a gap
_NARROWS_NOTHING = frozenset("事项 情况 工作 活动 方面 相关 有关 机制 制度 开展 实施 推行".split())


@dataclass(frozen=True)
class Wording:
    """The ways to hold one phrase."""

    pattern: re.Pattern[str]  # an alternative, whole or around one gap
    together: tuple[str, ...]  # words that may stand in any order instead; empty: none may
    needed: tuple[tuple[str, ...], ...]  # of one of these a paragraph has to hold every part

    def place(self, text: str, *, reach: int = REACH) -> tuple[int, int] | None:
        """Where a folded text in small letters holds the phrase; None where it does not."""
        match = self.pattern.search(text)
        if match:
            return match.span()
        return _close_together(text, self.together, reach) if self.together else None


@lru_cache(maxsize=512)
def wording(phrase: str) -> Wording:
    """The ways to hold a phrase, alternatives separated by bars.

    >>> wording("轻微违法免罚").place("对轻微违法行为免罚12件")
    (1, 9)
    >>> wording("综合查一次|联合检查").place("综合执法队检查了一次") is None
    True
    """
    alternatives = [fold(part).lower() for part in phrase.split("|") if part]
    together = _telling(alternatives[0]) if len(alternatives) == 1 else ()
    alternatives += [shorter for one in alternatives if len(shorter := _shorter(one)) >= 4]
    ways = [way for alternative in alternatives for way in _ways(alternative)]
    needed = [parts for alternative in alternatives for parts in _parts(alternative)]
    if together:
        needed.append(together)
    pattern = "|".join(sorted(dict.fromkeys(ways), key=len, reverse=True))
    return Wording(re.compile(pattern or r"(?!)"), together, tuple(dict.fromkeys(needed)))


def _shorter(alternative: str) -> str:
    """A phrase without the nouns that narrow nothing: 重大行政决策(事项)目录."""
    return re.sub(r"(?<=..)(?:事项|工作|活动|情况)", "", alternative)


def _ways(alternative: str) -> list[str]:
    """The alternative whole, and with one gap inside it; a set term only whole."""
    if "…" in alternative:
        first, _, second = alternative.partition("…")
        return [rf"{re.escape(first)}[^,;。]{{0,{WIDE_GAP}}}?{re.escape(second)}"]
    found = [re.escape(alternative)]
    if alternative.isascii():  # AI, not in "paid"
        return [rf"(?<![a-z]){re.escape(alternative)}(?![a-z])"]
    for first, second in _cut(alternative):
        found.append(rf"{re.escape(first)}[^,;。]{{0,{GAP}}}?{re.escape(second)}")
    return found


def _parts(alternative: str) -> list[tuple[str, ...]]:
    if "…" in alternative:
        return [tuple(alternative.split("…"))]
    return [(alternative,), *_cut(alternative)]


def _cut(alternative: str) -> list[tuple[str, str]]:
    """Where one gap may be: between two parts that are long enough to tell."""
    if alternative in field_terms() or not re.fullmatch(r"[\u4e00-\u9fff]{4,}", alternative):
        return []
    first, second = alternative[:2], alternative[2:]
    if len(alternative) == 4 and (is_said_of_anything(first) or not has_noun(second)):
        return []  # 旅游(消费)纠纷, but 依法行政 stands whole
    last = len(alternative) - _SHORTEST_PART
    return [(alternative[:at], alternative[at:]) for at in range(_SHORTEST_PART, last + 1)]


def _telling(phrase: str) -> tuple[str, ...]:
    """The words that have to stand together; none for a set term or a phrase of one word."""
    if len(phrase) >= 4 and phrase in field_terms():
        return ()  # 综合查一次 is no 检查 that happens 一次
    every = tuple(dict.fromkeys(telling_words(phrase)))
    words = tuple(word for word in every if word not in _NARROWS_NOTHING) or every
    if not words or words == (phrase,) or _loses_noun(phrase, every):
        return ()
    return words


def _loses_noun(phrase: str, words: tuple[str, ...]) -> bool:
    """Whether a short phrase names something that none of its longer words does: 执法仪."""
    left = phrase
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    return len(phrase) <= 4 and any(has_noun(piece) for piece in left.split())


def _close_together(text: str, words: tuple[str, ...], reach: int) -> tuple[int, int] | None:
    """The shortest stretch, up to the reach, from one word that holds all of them."""
    best: tuple[int, int] | None = None
    for match in re.finditer(re.escape(words[0]), text):
        low = max(0, match.start() - reach)
        high = min(len(text), match.end() + reach)
        around = text[low:high]
        starts = [_nearest(around, word, match.start() - low) for word in words]
        if min(starts) < 0:
            continue
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        span = (low + min(starts), low + max(ends))
        if span[1] - span[0] <= reach and (best is None or span[1] - span[0] < best[1] - best[0]):
            best = span
    return best


def _nearest(text: str, word: str, position: int) -> int:
    """Where the word stands nearest to a position; -1 where it does not stand."""
    starts = [match.start() for match in re.finditer(re.escape(word), text)]
    return min(starts, key=lambda start: abs(start - position)) if starts else -1
