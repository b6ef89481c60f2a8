"""Find where reports speak of something, and whether as done, planned or missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.census.judge import Span
from rag.models import Paragraph, Removal, stored_offsets
from rag.words import words

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_CLAUSE_END = re.compile(r"[,:]")
_PLANNED = re.compile(
    r"(?:将|计划|拟(?!定)|力争|争取|下一步|明年|要(?!求|点|件|素|闻|案)|继续|进一步(?=推|加|完|强|做|落)|今后|打算|需要?|应当)"
)
_MISSING = re.compile(r"(?:未|没有|尚无|尚未|暂无|无(?!缝|偿|障碍|纸)|缺乏|缺少|不足|不够|不到位|不健全)")
_LONGEST_QUOTE = 200


class Texts(Protocol):
    """Where paragraphs are looked up (the database)."""

    def paragraphs(
        self, *, report_ids: Collection[str] | None = None, ids: Collection[str] | None = None
    ) -> tuple[Paragraph, ...]: ...

    def removals(self, report_id: str) -> tuple[Removal, ...]: ...


class Words(Protocol):
    """Which paragraphs hold a phrase: all of them (the lexical index)."""

    def containing(
        self, phrase: str, *, report_ids: Collection[str] | None = None
    ) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Mention:
    """A sentence that speaks of the subject."""

    span: Span
    done: bool  # as something done: not planned, wished for or missing


def find_mentions(
    subject: str, *, texts: Texts, lexical: Words, report_ids: Collection[str]
) -> dict[str, tuple[Mention, ...]]:
    """By report id, the sentences that speak of a subject, those that report it done first.

    A subject with alternatives is written 甲|乙. A sentence speaks of it when it holds
    the phrase, or each of the phrase's words.
    """
    found: dict[str, list[Mention]] = defaultdict(list)
    for alternative in subject.split("|"):
        parts = [alternative]
        ids = set(lexical.containing(alternative, report_ids=report_ids))
        if not ids:
            parts = [word for word in words(alternative) if len(word) >= 2]
            ids = _holding_all(parts, lexical, report_ids)
        for paragraph in texts.paragraphs(ids=ids) if ids else ():
            removals = texts.removals(paragraph.report_id)
            found[paragraph.report_id] += _sentences(paragraph, parts, removals)
        if found:
            break
    return {
        report_id: tuple(sorted(mentions, key=lambda mention: not mention.done))
        for report_id, mentions in found.items()
        if mentions
    }


def _holding_all(
    parts: Sequence[str], lexical: Words, report_ids: Collection[str]
) -> set[str]:
    if not parts:
        return set()
    holders = [set(lexical.containing(part, report_ids=report_ids)) for part in parts]
    return set.intersection(*holders)


def _sentences(
    paragraph: Paragraph, parts: Sequence[str], removals: Sequence[Removal]
) -> Iterable[Mention]:
    offsets: tuple[int, ...] = ()
    for match in _SENTENCE.finditer(paragraph.reading):
        sentence = match[0].lower()
        places = [sentence.find(part.lower()) for part in parts]
        if min(places) < 0:
            continue
        offsets = offsets or stored_offsets(paragraph.start, paragraph.end, removals)
        start, end = _quoted(match, min(places), max(places) + len(parts[-1]))
        span = Span(
            paragraph.report_id, paragraph.number, offsets[start], offsets[end - 1] + 1
        )
        yield Mention(span, _is_done(paragraph, sentence, min(places)))


def _quoted(match: re.Match[str], first: int, last: int) -> tuple[int, int]:
    """The sentence, or where it is long the clauses around the subject."""
    text = match[0]
    start, end = len(text) - len(text.lstrip()), len(text)
    if end - start > _LONGEST_QUOTE:
        before = [m.end() for m in _CLAUSE_END.finditer(text, 0, first)]
        after = [m.start() for m in _CLAUSE_END.finditer(text, last)]
        start = before[-1] if before else start
        end = after[0] if after else end
    return match.start() + start, match.start() + min(end, start + _LONGEST_QUOTE)


def _is_done(paragraph: Paragraph, sentence: str, at: int) -> bool:
    if paragraph.role in ("plans", "shortcomings"):
        return False
    clause_start = max((m.end() for m in _CLAUSE_END.finditer(sentence, 0, at)), default=0)
    clause = sentence[clause_start:at]
    return not _PLANNED.search(clause) and not _MISSING.search(clause)
