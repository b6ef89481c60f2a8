"""The pattern language of the register, and the mapping of a printed label to its indicator.

A pattern is one or more regular expressions joined by " & "; all must be found, in any
order. `{词}` stands for an alternative of the file's `words`. What stands in the label
weighs three per character, what only the subject supplies weighs one, so that the most
specific entry wins. What a Chinese noun phrase is about stands at its end, so the end of the
label must be among the words found or the entry's names: 审查意见采纳率 is no 审查率, and 执法队编制 are no 执法队员.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.errors import BadSetting
from rag.indicator_entries import Indicator

LABEL_WEIGHT = 3
NAME_BONUS = 1
NEAR = 40  # characters of a subject, from its end, that a label can refer to
_DROPPED = re.compile(r"[\s的“”\"'‘’「」『』《》〈〉()（）\[\]【】]+")
_MULTIPLIER = re.compile(r"[余多]|^[万亿千百](?=[^元])")
_RATE_END = re.compile(r"(?:率|比例|百分比|占比|比重)$")
_EMPTY_END = re.compile(  # says of a label's words only that they are counted or done
    r"(?:均|都|为|达到|达|共计|累计|合计|共|分别|开展|完成|办理|数量|总量|总数|件数|人数|次数|场次|数|量|"
    r"工作|活动|情况|案件|事项|服务|书|类|方面|对象|人员|业务|建设|处置|处理|申请|主题|系列|等)+$"
)
_BARE = re.compile(  # what a label has beside its name: how, when, by whom and how far it was done
    r"开展|组织|举办|召开|完成|办理|受理|累计|合计|共计|总计|共|已|均|全部|成功|按时|及时|按期|如期|提前|各类|各项|有关|相关|"
    r"案件|事项|工作|活动|情况|问题|群众|人员|数量|总数|总量|数|量|率|次|件|全年|全镇|全乡|本级|镇|乡|村|街道|社区|专题|集中|"
    r"平均|综合|总体|进行|实现|为|达|其中|以来|年度|今年|年|(?:国家|自治区|省|市|州|县|区|旗)级|当事人|自动|自觉|主动|自己|首办"
)
OWN_WORDS = 2  # characters of a label beside those found, in which it may still be bare
_TOTAL = re.compile(r"(?:总量|总数|数量|件数|总计|合计)$")
_SPOKEN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_WORD = re.compile(r"\{([^{}\d,]+)\}")


@dataclass(frozen=True)
class CompiledIndicator:
    """An indicator with its patterns ready to search."""

    indicator: Indicator
    order: int  # its place in the register
    literals: tuple[str, ...]  # name and synonyms, folded
    patterns: tuple[tuple[re.Pattern[str], ...], ...]
    heads: re.Pattern[str] | None  # any head of its patterns: one look where none can fit
    characters: frozenset[str]  # of which a label of it has at least one
    excluded: re.Pattern[str] | None
    asks: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text with widths folded, in lower case, without 的, spaces, quotes and brackets."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


def compile_indicator(
    indicator: Indicator, order: int, words: Mapping[str, str]
) -> CompiledIndicator:
    """The indicator with its expressions compiled.

    Raises:
        BadSetting: an expression is wrong or names an unknown word; names the entry.
    """

    def compiled(expression: str) -> re.Pattern[str]:
        try:
            return re.compile(_WORD.sub(lambda m: f"(?:{words[m[1]]})", expression))
        except KeyError as error:
            raise BadSetting(f"{indicator.name}: {expression}: no word {error}") from error
        except re.error as error:
            raise BadSetting(f"{indicator.name}: {expression}: {error}") from error

    return CompiledIndicator(
        indicator,
        order,
        tuple(dict.fromkeys(fold(name) for name in (indicator.name, *indicator.synonyms))),
        tuple(tuple(compiled(part) for part in p.split(" & ")) for p in indicator.patterns),
        compiled("|".join(f"(?:{p.split(' & ')[-1]})" for p in indicator.patterns))
        if indicator.patterns
        else None,
        _characters(indicator, words),
        compiled("|".join(indicator.excluded)) if indicator.excluded else None,
        tuple(compiled(ask) for ask in indicator.asks),
    )


def _characters(indicator: Indicator, words: Mapping[str, str]) -> frozenset[str]:
    """The characters of an entry's names and heads, so far as they are not those of any label."""
    heads = " ".join(pattern.split(" & ")[-1] for pattern in indicator.patterns)
    for word in _WORD.findall(heads):
        heads += words.get(word, "")
    names = "".join((indicator.name, *indicator.synonyms))
    return frozenset(_SPOKEN.findall(fold(names) + heads.lower()))


class LabelRecogniser:
    """Maps printed labels to indicators; keeps in mind which entries a label can mean at all."""

    def __init__(
        self, entries: Sequence[CompiledIndicator], units: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._families: dict[str, frozenset[str]] = {}
        for family, printed in units.items():
            for unit in printed:
                self._families[unit] = self._families.get(unit, frozenset()) | {family}
        self._by_unit: dict[str, tuple[CompiledIndicator, ...]] = {"": tuple(entries)}
        for unit, families in self._families.items():
            self._by_unit[unit] = tuple(
                entry
                for entry in entries
                if families & {entry.indicator.unit, *entry.indicator.also}
                and unit not in entry.indicator.not_units
            )

        self._fitting = lru_cache(maxsize=8192)(self._with_head)

    def _with_head(self, label: str, unit: str) -> tuple[CompiledIndicator, ...]:
        """The entries of a unit that a folded label can mean, whatever its subject."""
        plain = _TOTAL.sub("", label)
        characters = set(label)
        return tuple(
            entry
            for entry in self._by_unit.get(unit, ())
            if not characters.isdisjoint(entry.characters)
            and (
                label in entry.literals
                or plain in entry.literals
                or (entry.heads and entry.heads.search(label))
            )
        )

    def may_mean(self, label: str, unit: str) -> bool:
        """Whether any entry can be meant, whatever the subject."""
        return bool(self._fitting(fold(label), _MULTIPLIER.sub("", fold(unit))))

    def recognise(self, label: str, subject: str, unit: str) -> Indicator | None:
        """The most specific indicator whose words and unit fit, or None."""
        printed, context = fold(label), fold(subject)[-NEAR:]
        candidates = self._fitting(printed, _MULTIPLIER.sub("", fold(unit)))
        end = _end_of(printed)
        best: tuple[int, int] | None = None
        winner: Indicator | None = None
        for entry in candidates:
            score = _score(entry, printed, context, end)
            if score and (best is None or (score, -entry.order) > best):
                best, winner = (score, -entry.order), entry.indicator
        return winner


def _end_of(label: str) -> range:
    """The characters at a label's end that must be among the words found."""
    rate = _RATE_END.search(label)
    rest = label[: rate.start()] if rate else label
    empty = _EMPTY_END.search(rest)
    stop = empty.start() if empty and empty.start() else len(rest)
    return range(max(0, stop - 2), stop)


def _score(entry: CompiledIndicator, label: str, subject: str, end: range) -> int:
    """How specifically the entry's words are found; 0 where they are not."""
    if label in entry.literals or _TOTAL.sub("", label) in entry.literals:
        return LABEL_WEIGHT * len(label) + NAME_BONUS
    best = 0
    for parts in entry.patterns:
        score, spans, borrowed = 0, list[tuple[int, int]](), False
        if not parts[-1].search(label):
            continue
        for part in parts:
            if found := part.search(label):
                score += LABEL_WEIGHT * (found.end() - found.start())
                spans += (match.span() for match in part.finditer(label))
            elif subject and (found := part.search(subject)):
                score += found.end() - found.start()
                borrowed = True
            else:
                break
        else:
            if borrowed and _says_more(label, spans):
                continue
            if score > best and _covers(entry, parts, label, end):
                best = score
    if best and entry.excluded and entry.excluded.search(label):
        return 0
    return best


def _says_more(label: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a label has words of its own beside those found: it names its object itself.

    Only a bare label takes its object from what stands before it: after 规范性文件, 审查2件 is
    of those, 执法决定审查10件 is not.
    """
    rest = "".join(
        character
        for place, character in enumerate(label)
        if not any(start <= place < stop for start, stop in spans)
    )
    return len(_BARE.sub("", rest)) > OWN_WORDS


def _covers(
    entry: CompiledIndicator, parts: Sequence[re.Pattern[str]], label: str, end: range
) -> bool:
    """Whether a label's end is among the words found, or among those of the entry's own names."""
    printed = label[end.start : end.stop]
    if any(printed in literal for literal in entry.literals):
        return True
    spans = [match.span() for part in parts for match in part.finditer(label)]
    return all(any(start <= place < stop for start, stop in spans) for place in end)
