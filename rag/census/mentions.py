"""Find where reports speak of something, and whether as done, planned or missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.denials import only_denials
from rag.judgements import Span
from rag.models import Paragraph, Removal, ReportCard, SectionRole, stored_offsets
from rag.wording import Wording, wording
from rag.words import has_noun, words

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_CLAUSE_END = re.compile(r"[,:]")
_PLANNED = re.compile(
    r"(?:将|计划|拟(?!定)|力争|争取|下一步|明年|(?<![主重首必纪概摘简])要(?!求|点|件|素|闻|案)|继续|进一步(?=推|加|完|强|做|落)|今后|打算|需要?|应当)"
)
# What a sentence up to its full stop looks ahead with.
_AHEAD = re.compile(
    r"展望|下一步|下步|明年|来年|新的一年|下一年|下年度|今后|(?:计划|打算|目标)(?:是|如下|:)"
)
_MISSING = re.compile(r"(?:未|没有|尚无|尚未|暂无|无|缺乏|缺少|不足|不够|不到位|不健全)")
_LACKING = re.compile(r"[^,;。]{0,4}(?:不足|不够|缺乏|薄弱|欠缺|不强|不到位|无来源|匮乏|短缺|紧张)")
_ACTORS = re.compile(
    r"(?:(?:行政|综合|镇村|基层|机关)*(?:执法)?(?:人员|队员|干部|职工|工作人员|领导|党员|群众|村民|居民|队伍|大队|中队|队))+"
)
_NONE_THERE = re.compile(r"没有|尚无|尚未|暂无|未能?配|未购|缺乏|缺少|无")
_LONGEST_QUOTE = 200
_JUST = 5  # characters before a phrase in which it is said not to have been done
_DENIED = re.compile(r"(?:未能?|没有?|没能|无法|不能)[^,。;]{0,2}$")
_NONE = re.compile(r"率?(?:为|是|仅为|:)?0(?:%|[次件起人场])(?!\d)")  # 出庭应诉率为0%
_NEAR = 100  # characters within which two sentences speak of one subject
_NARROWED = 100  # reports that the word index is asked about by name; of more, all are searched


class Texts(Protocol):
    """Where paragraphs are looked up (the database)."""

    def paragraphs(
        self, *, report_ids: Collection[str] | None = None, ids: Collection[str] | None = None
    ) -> tuple[Paragraph, ...]: ...

    def removals(self, report_ids: Collection[str]) -> Mapping[str, tuple[Removal, ...]]: ...

    def cards(
        self, *, places: Collection[str] = (), years: Collection[int] = ()
    ) -> tuple[ReportCard, ...]: ...


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
    groups = [wording(phrase) for phrase in subject.split()]
    if len(groups) > 1 and any(not _names_actors(phrase) for phrase in subject.split()):
        groups = [wording(phrase) for phrase in subject.split() if not _names_actors(phrase)]
    ids = set.intersection(*(_holding(group, lexical, report_ids) for group in groups))
    found: dict[str, list[Mention]] = defaultdict(list)
    paragraphs = texts.paragraphs(ids=ids) if ids else ()
    removals = texts.removals({paragraph.report_id for paragraph in paragraphs}) if ids else {}
    for paragraph in paragraphs:
        removed = removals.get(paragraph.report_id, ())
        found[paragraph.report_id] += _sentences(paragraph, groups, removed, roles)
    return {
        report_id: tuple(sorted(mentions, key=lambda mention: not mention.done))
        for report_id, mentions in found.items()
        if mentions
    }


def says_none(sentence: str) -> bool:
    """Whether a sentence says that something is not there: 没有配备, 缺乏, 尚无."""
    return bool(_NONE_THERE.search(only_denials(sentence)))


def _names_actors(phrase: str) -> bool:
    """Whether a phrase only says who: a sentence often leaves that out."""
    return bool(_ACTORS.fullmatch(phrase.partition("|")[0]))


def _holding(phrase: Wording, lexical: Words, report_ids: Collection[str]) -> set[str]:
    """The ids of the paragraphs that can speak of a phrase."""
    holding: set[str] = set()
    narrow = report_ids if len(report_ids) <= _NARROWED else None
    held: dict[str, set[str]] = {}
    for parts in phrase.needed:
        for part in parts:
            if part not in held:
                held[part] = set(lexical.containing(part, report_ids=narrow))
        holding |= set.intersection(*(held[part] for part in parts))
    if narrow is None:
        wanted = set(report_ids)
        holding = {name for name in holding if name.rpartition("#")[0] in wanted}
    return holding


def _sentences(
    paragraph: Paragraph,
    groups: Sequence[Wording],
    removals: Sequence[Removal],
    roles: Collection[SectionRole],
) -> Iterable[Mention]:
    offsets: tuple[int, ...] = ()
    for match in _SENTENCE.finditer(paragraph.reading):
        sentence = match[0].lower()
        held = [place for group in groups if (place := group.place(sentence)) is not None]
        if len(held) < len(groups):
            continue
        first = min(start for start, _ in held)
        last = max(end for _, end in held)
        offsets = offsets or stored_offsets(paragraph.start, paragraph.end, removals)
        span = _span(paragraph, offsets, *_quoted(match, first, last))
        begin = max(paragraph.reading.rfind(end, 0, match.start()) for end in "。!?\n") + 1
        whole = paragraph.reading[begin : match.start()]
        denying = only_denials(sentence)
        denied = any(
            _DENIED.search(denying, max(0, at - _JUST), at) or _NONE.match(sentence, end)
            for at, end in held
        )
        done = _counts(paragraph, sentence, first, last, roles, whole)
        yield Mention(span, done and not (denied and not roles))


def spans_of(
    word: str, *, texts: Texts, lexical: Words, report_ids: Collection[str]
) -> Iterable[tuple[Span, str]]:
    """Each sentence outside the plans that holds a word, in order: its span and what it reads."""
    narrow = report_ids if len(report_ids) <= _NARROWED else None
    wanted = set(report_ids)
    ids = [i for i in lexical.containing(word, report_ids=narrow) if i.rpartition("#")[0] in wanted]
    paragraphs = texts.paragraphs(ids=ids) if ids else ()
    removals = texts.removals({paragraph.report_id for paragraph in paragraphs}) if ids else {}
    for paragraph in paragraphs:
        if paragraph.role == "plans":
            continue
        removed = removals.get(paragraph.report_id, ())
        offsets = stored_offsets(paragraph.start, paragraph.end, removed)
        for match in _SENTENCE.finditer(paragraph.reading):
            at = match[0].find(word)
            if at >= 0 and not _PLANNED.search(match[0][:at]):
                start, end = _quoted(match, at, at + len(word))
                yield _span(paragraph, offsets, start, end), match[0]


def _span(paragraph: Paragraph, offsets: Sequence[int], start: int, end: int) -> Span:
    quote, first, past = paragraph.text[start:end], offsets[start], offsets[end - 1] + 1
    raw = quote if past - first == len(quote) else ""  # else repair removed some of it
    section = None if paragraph.page else paragraph.section
    return Span(paragraph.report_id, paragraph.number, first, past, section, raw, quote)


def find_near(
    subject: str, *, texts: Texts, lexical: Words, report_ids: Collection[str]
) -> dict[str, Span]:
    """By report id, where the words of a subject stand near each other in two sentences."""
    parts = tuple(word for word in words(subject) if len(word) >= 2)
    if len(subject) == 4:  # 信访办结: the halves, however a dictionary cuts it
        parts = (subject[:2], subject[2:])
    if len(parts) < 2 or not any(has_noun(part) for part in parts):
        return {}  # 主动 and 公开 near each other name no subject
    near = Wording(re.compile(re.escape(subject)), parts, (parts,))
    ids = _holding(near, lexical, report_ids)
    paragraphs = texts.paragraphs(ids=ids) if ids else ()
    removals = texts.removals({paragraph.report_id for paragraph in paragraphs}) if ids else {}
    found: dict[str, Span] = {}
    for paragraph in paragraphs:
        place = near.place(paragraph.reading.lower(), reach=_NEAR)
        if place is not None and paragraph.report_id not in found:
            removed = removals.get(paragraph.report_id, ())
            offsets = stored_offsets(paragraph.start, paragraph.end, removed)
            found[paragraph.report_id] = _span(paragraph, offsets, *place)
    return found


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
    paragraph: Paragraph,
    sentence: str,
    first: int,
    last: int,
    roles: Collection[SectionRole],
    whole: str = "",
) -> bool:
    """Whether a sentence counts: as done, or as lacking or planned where that is asked for.

    Args:
        whole: what stands before it up to the last full stop: 下一年,我们将…;新建….
    """
    start = max((m.end() for m in _CLAUSE_END.finditer(sentence, 0, first)), default=0)
    before = only_denials(sentence)[start:first]
    stop = next((m.start() for m in _CLAUSE_END.finditer(sentence, last)), len(sentence))
    missing = bool(_MISSING.search(before) or _LACKING.match(sentence[last:stop]))
    if "shortcomings" in roles:
        return paragraph.role == "shortcomings" or missing
    planned = bool(_PLANNED.search(before) or _AHEAD.search(whole))
    if "plans" in roles:
        return paragraph.role == "plans" or planned
    return paragraph.role not in ("plans", "shortcomings") and not planned and not missing
