"""How well a printed label fits an entry of the register, as far as the label alone can say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.indicator_characters import needed_characters

_RATE_END = re.compile(r"(?:率|比例|百分比|占比|比重)$")
_EMPTY_END = re.compile(  # says of a label's words only that they are counted or done
    r"(?:均|都|为|达到|达|共计|累计|合计|共|分别|新增|开展|完成|办理|数量|总量|总数|件数|人数|次数|场次|数|量|"
    r"工作|活动|情况|案件|事项|服务|书|类|各|方面|对象|人员|业务|建设|处置|处理|申请|主题|系列|等|(?<![民刑董理领监从办])事)+$"
)
_BARE = re.compile(  # what a label has beside its name: how, when, by whom and how far it was done
    r"开展|组织|举办|召开|完成|办理|受理|累计|合计|共计|总计|共|已|均|全部|成功|按时|及时|按期|如期|提前|各类|各项|有关|相关|"
    r"案件|事项|工作|活动|情况|问题|群众|人员|数量|总数|总量|数|量|率|次|件|全年|全镇|全乡|本级|镇|乡|村|街道|社区|专题|集中|"
    r"平均|综合|总体|进行|实现|为|达|其中|以来|年度|今年|年|(?:国家|自治区|省|市|州|县|区|旗)级|当事人|自动|自觉|主动|自己|首办"
)
OWN_WORDS = 2  # characters of a label beside those found, in which it may still be bare


@dataclass(frozen=True)
class Part:
    """One expression of a pattern, with characters of which each match of it holds one."""

    expression: re.Pattern[str]
    needed: frozenset[str]  # empty where any may do

    def find(self, label: str, characters: frozenset[str]) -> re.Match[str] | None:
        """Where it first stands in a label, of which the characters are given."""
        if self.needed and characters.isdisjoint(self.needed):
            return None
        return self.expression.search(label)


@dataclass(frozen=True)
class LabelReading:
    """One pattern of an entry in a label: what the words found there weigh, and what is missing."""

    weight: int  # characters of the label that were found
    missing: tuple[re.Pattern[str], ...]  # to be found in what the label refers back to


class PatternIndex:
    """All patterns of a register, found by the characters that a label of theirs must have.

    Args:
        entries: of each entry its names, folded, and its patterns.
    """

    def __init__(
        self, entries: Sequence[tuple[Sequence[str], Sequence[tuple[re.Pattern[str], ...]]]]
    ) -> None:
        common = Counter(character for names, _ in entries for character in set("".join(names)))
        self._patterns: list[_Pattern] = []
        self._named: dict[str, frozenset[int]] = {}
        self._by_character: dict[str, list[int]] = {}
        self._always: list[int] = []  # patterns that any label may fit
        for number, (names, patterns) in enumerate(entries):
            for name in names:
                self._named[name] = self._named.get(name, frozenset()) | {number}
            for pattern in patterns:
                self._add(number, "\n".join(names), pattern, common)

    def _add(
        self, entry: int, names: str, pattern: tuple[re.Pattern[str], ...], common: Counter[str]
    ) -> None:
        needed = [needed_characters(part.pattern, common) for part in pattern]
        parts = tuple(Part(part, some) for part, some in zip(pattern, needed, strict=True))
        place = len(self._patterns)
        self._patterns.append(_Pattern(entry, names, parts))
        for character in needed[-1]:
            self._by_character.setdefault(character, []).append(place)
        if not needed[-1]:
            self._always.append(place)

    def named(self, *labels: str) -> frozenset[int]:
        """The entries that have one of these folded labels as a name."""
        return frozenset().union(*(self._named.get(label, frozenset()) for label in labels))

    def read(self, label: str, allowed: frozenset[int]) -> dict[int, list[LabelReading]]:
        """How the allowed entries can be meant by a folded label, by their number."""
        characters, end = frozenset(label), end_of(label)
        places = set(self._always)
        for character in characters:
            places.update(self._by_character.get(character, ()))
        readings: dict[int, list[LabelReading]] = {}
        for place in sorted(places):
            pattern = self._patterns[place]
            if pattern.entry not in allowed:
                continue
            head = pattern.parts[-1].expression.search(label)
            reading = head and _read(pattern, head, characters, end)
            if reading:
                readings.setdefault(pattern.entry, []).append(reading)
        return readings


@dataclass(frozen=True)
class _Pattern:
    entry: int
    names: str  # of the entry, a line each
    parts: tuple[Part, ...]


def _read(
    pattern: _Pattern, head: re.Match[str], characters: frozenset[str], end: range
) -> LabelReading | None:
    """A pattern whose head stands in a label, where the label's context may complete it."""
    label, names = head.string, pattern.names
    weight, missing, there = head.end() - head.start(), [], [pattern.parts[-1]]
    for part in pattern.parts[:-1]:
        found = part.find(label, characters)
        if found:
            weight += found.end() - found.start()
            there.append(part)
        else:
            missing.append(part.expression)
    named = label[end.start : end.stop] in names
    if missing or not named:
        covered = {
            place
            for part in there
            for match in part.expression.finditer(label)
            for place in range(match.start(), match.end())
        }
        if not (named or covered.issuperset(end)):
            return None
        if missing and _says_more(label, covered):
            return None
    return LabelReading(weight, tuple(missing))


def end_of(label: str) -> range:
    """The characters at a label's end that must be among the words found."""
    rate = _RATE_END.search(label)
    rest = label[: rate.start()] if rate else label
    empty = _EMPTY_END.search(rest)
    stop = empty.start() if empty and empty.start() else len(rest)
    return range(max(0, stop - 2), stop)


def _says_more(label: str, covered: set[int]) -> bool:
    """Whether a label has words of its own beside those found: it names its object itself.

    Only a bare label takes its object from what stands before it: after 规范性文件, 审查2件 is
    of those, 执法决定审查10件 is not.
    """
    rest = "".join(character for place, character in enumerate(label) if place not in covered)
    return len(_BARE.sub("", rest)) > OWN_WORDS
