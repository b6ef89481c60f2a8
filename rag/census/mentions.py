"""Find where reports speak of something, and whether as done, planned or missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.judgements import Span
from rag.models import Paragraph, Removal, SectionRole, stored_offsets
from rag.words import field_terms, telling_words

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_CLAUSE_END = re.compile(r"[,:]")
_PLANNED = re.compile(
    r"(?:将|计划|拟(?!定)|力争|争取|下一步|明年|要(?!求|点|件|素|闻|案)|继续|进一步(?=推|加|完|强|做|落)|今后|打算|需要?|应当)"
)
_MISSING = re.compile(
    r"(?:未|没有|尚无|尚未|暂无|无(?!缝|偿|障碍|纸)|缺乏|缺少|不足|不够|不到位|不健全)"
)
_LACKING = re.compile(r"[^,;。]{0,4}(?:不足|不够|缺乏|薄弱|欠缺|不强|不到位|无来源|匮乏|短缺|紧张)")
_ACTORS = re.compile(
    r"(?:(?:行政|综合|镇村|基层|机关)?(?:执法)?(?:人员|队员|干部|职工|工作人员|领导|党员|群众|村民|居民|队伍))+"
)
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
    subject: str,
    *,
    texts: Texts,
    lexical: Words,
    report_ids: Collection[str],
    roles: Collection[SectionRole] = (),
) -> dict[str, tuple[Mention, ...]]:
    """By report id, the sentences that speak of a subject, those that report it done first.

    A subject is phrases joined by a space, alternatives within one by |. A sentence speaks
    of it when it holds one alternative of each phrase, or all telling words of one.

    Args:
        roles: where a question is about shortcomings or plans, the sentences that count
            are those that stand in such a section or say so themselves.
    """
    groups = [
        [parts for alternative in phrase.split("|") for parts in _forms(alternative)]
        for phrase in subject.split()
    ]
    if len(groups) > 1 and any(not _names_actors(group) for group in groups):
        groups = [group for group in groups if not _names_actors(group)]
    ids = set.intersection(*(_holding_any(group, lexical, report_ids) for group in groups))
    found: dict[str, list[Mention]] = defaultdict(list)
    for paragraph in texts.paragraphs(ids=ids) if ids else ():
        removals = texts.removals(paragraph.report_id)
        found[paragraph.report_id] += _sentences(paragraph, groups, removals, roles)
    return {
        report_id: tuple(sorted(mentions, key=lambda mention: not mention.done))
        for report_id, mentions in found.items()
        if mentions
    }


def _names_actors(group: Sequence[tuple[str, ...]]) -> bool:
    """Whether a phrase only says who: a sentence often leaves that out."""
    return bool(_ACTORS.fullmatch("".join(group[0])))


def _forms(alternative: str) -> list[tuple[str, ...]]:
    """The ways to hold a phrase: the phrase itself, or all its telling words."""
    if len(alternative) >= 4 and alternative in field_terms():
        return [(alternative,)]  # 综合查一次 is no 检查 that happens 一次
    parts = tuple(telling_words(alternative))
    return [(alternative,), parts] if parts and parts != (alternative,) else [(alternative,)]


def _holding_any(
    group: Sequence[tuple[str, ...]], lexical: Words, report_ids: Collection[str]
) -> set[str]:
    holding: set[str] = set()
    for parts in group:
        holders = [set(lexical.containing(part, report_ids=report_ids)) for part in parts]
        holding |= set.intersection(*holders)
    return holding


def _sentences(
    paragraph: Paragraph,
    groups: Sequence[Sequence[tuple[str, ...]]],
    removals: Sequence[Removal],
    roles: Collection[SectionRole],
) -> Iterable[Mention]:
    offsets: tuple[int, ...] = ()
    for match in _SENTENCE.finditer(paragraph.reading):
        sentence = match[0].lower()
        places = [_place(sentence, group) for group in groups]
        held = [place for place in places if place is not None]
        if len(held) < len(groups):
            continue
        first = min(start for start, _ in held)
        last = max(end for _, end in held)
        offsets = offsets or stored_offsets(paragraph.start, paragraph.end, removals)
        start, end = _quoted(match, first, last)
        span = Span(paragraph.report_id, paragraph.number, offsets[start], offsets[end - 1] + 1)
        yield Mention(span, _counts(paragraph, sentence, first, last, roles))


def _place(sentence: str, group: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    """Where a sentence holds one form of a phrase; None where it holds none."""
    for parts in group:
        starts = [sentence.find(part.lower()) for part in parts]
        if min(starts) >= 0:
            ends = [start + len(part) for start, part in zip(starts, parts, strict=True)]
            return min(starts), max(ends)
    return None


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


def _counts(
    paragraph: Paragraph, sentence: str, first: int, last: int, roles: Collection[SectionRole]
) -> bool:
    """Whether a sentence counts: as done, or as lacking or planned where that is asked for."""
    start = max((m.end() for m in _CLAUSE_END.finditer(sentence, 0, first)), default=0)
    before = sentence[start:first]
    stop = next((m.start() for m in _CLAUSE_END.finditer(sentence, last)), len(sentence))
    missing = bool(_MISSING.search(before) or _LACKING.match(sentence[last:stop]))
    if "shortcomings" in roles:
        return paragraph.role == "shortcomings" or missing
    planned = bool(_PLANNED.search(before))
    if "plans" in roles:
        return paragraph.role == "plans" or planned
    return paragraph.role not in ("plans", "shortcomings") and not planned and not missing
