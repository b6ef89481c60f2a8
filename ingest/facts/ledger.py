"""Write facts of a paragraph down, with their spans in the stored text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.facts.kinds import Meaning
from ingest.facts.labels import Label
from ingest.facts.sentences import Span, clause_starts, sentences
from ingest.facts.times import part_of_year
from rag.amounts import Amount
from rag.indicators import Indicator, Register
from rag.models import Fact, Paragraph, Removal, SectionRole, quote_of

CLAIM = 200  # characters of a quote, at most
NEAR = 60  # characters of a quote that begins with the clause that names the subject, at most

_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万两]+[件起宗次场个名人份]")
_OF_ANYTHING = frozenset("宣传 案件 次数 人次 人数 件数 工作 数量".split())


@dataclass(frozen=True)
class Source:
    """What turns offsets in a paragraph's reading into facts of the stored text."""

    paragraph: Paragraph
    text: str
    removals: Sequence[Removal]
    offsets: tuple[int, ...]
    year: int | None
    register: Register
    role: SectionRole

    @property
    def reading(self) -> str:
        return self.paragraph.reading

    def stored(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1


def write_fact(
    source: Source,
    sentence: Span,
    label: Label,
    amount: Amount,
    meaning: Meaning,
    *,
    indicator: Indicator | None,
    named: str = "",
    whole: int | None = None,
) -> Fact:
    """The fact of one amount under one label; `named` is what a bare label is of."""
    paragraph = source.paragraph
    claim_start = max(_claim_start(source.reading, label, meaning), label.claim_end - CLAIM)
    if label.rule != "row":
        claim_start = _whole_clause(source.reading, sentence, claim_start, label)
    if indicator and label.rule != "row":
        claim_start = _with_subject(source.reading, sentence, claim_start, label, indicator)
    words = named + paragraph.text[label.start : label.end]
    part = part_of_year(source.reading, sentence.start, amount.start)
    if part and (label.rule == "carried" or not words.strip()):  # 一季度33件、二季度41件
        words, claim_start = paragraph.text[slice(*part)], min(part[0], claim_start)
    elif part and label.end == part[0]:  # 行政诉讼案件上半年12件
        words = named + paragraph.text[label.start : part[1]]
    of_part = part_of_year(source.reading, sentence.start, claim_start)
    if of_part and of_part[1] == claim_start:  # 上半年开展法治宣传12场次
        claim_start = of_part[0]
    start, end = source.stored(claim_start, _closed(source.reading, claim_start, label.claim_end))
    value_start, value_end = source.stored(amount.start, amount.end)
    return Fact(
        report_id=paragraph.report_id,
        paragraph=paragraph.number,
        section=paragraph.section,
        indicator=indicator.name if indicator else None,
        label=words,
        value=amount.value,
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
        qualifier=amount.qualifier,
        kind=meaning.kind,
        actor=meaning.actor,
        period=meaning.period,
        start=start,
        end=end,
        value_start=value_start,
        value_end=value_end,
        raw=source.text[start:end],
        quote=quote_of(source.text, start, end, source.removals),
        sentence=source.reading[sentence.start : sentence.end].strip(),
        whole=source.stored(whole, whole + 1)[0] if whole is not None else None,
        rule=f"{label.rule}/{meaning.rule}",
    )


def _closed(reading: str, start: int, end: int) -> int:
    """Where a claim ends, with the bracket that it opens: 占道(97件)."""
    claim = reading[start:end]
    opened = claim.count("(") == claim.count(")") + 1 and not claim.startswith("(")
    return end + 1 if opened and reading[end : end + 1] == ")" else end


def _whole_clause(reading: str, sentence: Span, start: int, label: Label) -> int:
    """Where the clause of a claim begins; of several figures listed in it, where its own does."""
    begins = [begin for begin in clause_starts(reading, sentence) if begin <= start]
    begin = begins[-1] if begins else start
    listed = reading.rfind("、", begin, start)
    if listed >= 0 and _DIGIT.search(reading, begin, listed):
        begin = listed + 1
    begin += len(reading[begin:start]) - len(reading[begin:start].lstrip(" 、,)"))
    return begin if label.claim_end - begin <= NEAR else start


def _with_subject(
    reading: str, sentence: Span, start: int, label: Label, indicator: Indicator
) -> int:
    """Where the quote begins that also holds what the clause leaves out: 被申请复议37宗,纠错2宗."""
    name = indicator.name
    claim = reading[start : label.claim_end]
    pairs = {name[at : at + 2] for at in range(len(name) - 1)} - _OF_ANYTHING
    left_out = [pair for pair in pairs if pair not in claim]
    for begin in reversed(clause_starts(reading, sentence)):
        if begin >= start:
            continue
        if label.claim_end - begin > NEAR:
            break
        if any(pair in reading[begin:start] for pair in left_out):
            return begin + len(reading[begin:start]) - len(reading[begin:start].lstrip())
    return start


def _claim_start(reading: str, label: Label, meaning: Meaning) -> int:
    """Where the quote begins: with the clause, where that says that it was not achieved."""
    if meaning.kind == "achieved" or label.rule == "row":
        return label.claim_start
    starts = clause_starts(reading, Span(0, label.claim_start + 1))
    sentence = [s.start for s in sentences(reading) if s.start <= label.claim_start]
    start = max(*starts, *sentence)
    return start + len(reading[start:]) - len(reading[start:].lstrip(" 　\n、，,)）"))
