"""The figures of one sentence, each with its label, its indicator and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.facts.bare import is_bare, only_counts
from ingest.facts.coordination import run_length
from ingest.facts.kinds import Meaning, read_kind
from ingest.facts.labels import Label, find_labels
from ingest.facts.ledger import CLAIM, Source, write_fact
from ingest.facts.naming import Wording, name_of, verb_of
from ingest.facts.sentences import Span, clause_starts
from ingest.facts.subjects import clause_before, clause_subject, heading_subject, lead_in
from ingest.facts.topics import Topics
from ingest.facts.wholes import alike, is_total, whole_of
from rag.amounts import Amount
from rag.models import Fact

_PREDICATE_END = re.compile(r"[,。;:!?()]")
_OF_THEM = re.compile(r"[中里](?:仅|只|还)?有|[中里]$")  # 35名执法人员中有31名取得执法证
_PERSONS = frozenset("人 名 位".split())
_DEED = re.compile(
    r"(?:均|都|全部|分别|先后|已)*(?:参加|参与|参训|参考|旁听|取得|通过|考取|获得|完成|进行|持有|述法|报名)"
)
_REST = re.compile(
    r"(?:^|[,;(])\s*(?:另有?|其余|剩|余下|尚有|还有|仍有)|正在|尚未|尚在|仍在|未(?!成年)"
)
_OF_THE_LAST = re.compile(r"者|的(?:人|人员|干部)?|及?以上(?:者|的)")  # 90分以上者76人
_LISTED = re.compile(r"\s*(?:其中|包括)")
_MODIFIER = re.compile(r"(?P<said>[^,。;:()\d]{3,16})的\s*$")  # 应由负责人出庭的4起案件


@dataclass(frozen=True)
class Known:
    """A label of the sentence, and the unit of its figure."""

    label: Label
    unit: str


@dataclass(frozen=True)
class Figure:
    """An amount under one label, ready to be written down."""

    label: Label
    amount: Amount
    meaning: Meaning
    base: str  # the unit of what is counted: of a change, that of what has changed
    whole: int | None


def sentence_figures(
    source: Source, topics: Topics, sentence: Span, before: Span, amounts: Sequence[Amount]
) -> Iterator[Fact]:
    """The facts of a sentence's amounts, in order; `before` is the sentence before it."""
    starts = clause_starts(source.reading, sentence)
    consumed = sentence.start
    known: list[Known] = []  # the labels so far, without those that were carried on
    listed: list[Label] = []  # of the figures to come in a list that names its labels first
    labels: tuple[Label, ...] = ()
    whole: Amount | None = None
    opening = dict(topics.last)
    for index, amount in enumerate(amounts):
        clause = max(start for start in starts if start <= amount.start)
        right = amounts[index + 1].start if index + 1 < len(amounts) else sentence.end
        if not listed:
            left = max(_before_mark(source.reading, starts, clause, amount), consumed)
            labels = find_labels(source.reading, left, right, amount)
            if index and _OF_THE_LAST.fullmatch(
                source.reading, amounts[index - 1].end, amount.start
            ):
                start = amounts[index - 1].start
                labels = (Label(start, amount.start, start, amount.end, "label_before"),)
            listed = _listed(source.reading, clause, amounts, index, labels, known)
        if listed:
            labels, listed = (listed[0],), listed[1:]
        whole = whole_of(source.reading, amounts, index, whole)
        meaning = meaning_of(source, sentence, clause, amount)
        again = amount.unit == "%" and index > 0 and amounts[index - 1].unit == "%"
        total = is_total(source.reading, clause, amounts, index)
        for named in labels:
            carried = named.rule == "carried" or (again and named.rule == "verb_before")
            label, base = (named, "" if meaning.kind == "change" else amount.unit)
            if carried and not total:
                label, base = _carried(named, known, amount, meaning)
            part_of = whole.start if whole and alike(whole.unit, amount.unit) else None
            figure = Figure(label, amount, meaning, base, part_of)
            yield _fact(source, topics, (before, sentence), figure, known, opening)
        known += [Known(label, amount.unit) for label in labels if label.rule != "carried"]
        consumed = max(consumed, amount.end, labels[-1].end)


def _before_mark(reading: str, starts: Sequence[int], clause: int, amount: Amount) -> int:
    """Where the words that name an amount begin, when only a mark parts them from it.

    A colon (行政检查:120次) and a closed bracket (调解员(含专职调解员)112人) do.
    """
    while clause > starts[0] and not reading[clause : amount.start].strip(" 约共达近超为"):
        mark = reading[clause - 1]
        if mark == ":":
            clause = max(start for start in starts if start < clause)
        elif mark == ")":
            opened = reading.rfind("(", starts[0], clause)
            clause = max((start for start in starts if start <= opened), default=starts[0])
        else:
            break
    return clause


def meaning_of(source: Source, sentence: Span, clause: int, amount: Amount) -> Meaning:
    """What the words around an amount say of it."""
    reading = source.reading
    return read_kind(
        reading[sentence.start : amount.start],
        reading[amount.end : sentence.end],
        clause=reading[clause : amount.start],
        role=source.role,
        year=source.year,
        unit=amount.unit,
    )


def _fact(
    source: Source,
    topics: Topics,
    around: tuple[Span, Span],
    figure: Figure,
    known: Sequence[Known],
    opening: Mapping[str, str],
) -> Fact:
    reading, (before, sentence), label = source.reading, around, figure.label
    behind = label.rule == "label_after"
    words = reading[_named_from(label) : label.end]
    bare = is_bare(reading[label.start : label.end]) and figure.amount.unit != "%"
    subject = _subject(source, topics, sentence, figure, known) if bare else ""
    predicate = _predicate(reading, figure.amount, sentence)
    if not (behind or bare or (figure.amount.unit in _PERSONS and _DEED.match(predicate))):
        predicate = ""
    modifier = _MODIFIER.search(reading, sentence.start, figure.amount.start) if behind else None
    start = figure.amount.start if behind else label.claim_start
    contexts = topics.contexts(reading, sentence, before, start, label.subject or predicate)
    wording = Wording(
        words or subject,
        unit=figure.base,
        contexts=contexts[:1] if subject and subject in contexts[0] else contexts,
        subject=subject,
        counts=bare and only_counts(reading[label.start : label.end]),
        lead=lead_in(reading, sentence) or heading_subject(topics),
        around=topics.around,
        rest=bare and bool(_REST.search(reading, _clause_start(reading, label), label.end)),
        predicate=predicate,
        previous=reading[_named_from(known[-1].label) : known[-1].label.end] if known else "",
        verb=_verb_of_list(source, opening, sentence, figure, known),
        clause=clause_before(reading, sentence, label.claim_start) if bare and not known else "",
        modifier=modifier["said"] if modifier else "",
    )
    indicator = name_of(source.register, wording)
    if not bare:
        topics.last[figure.amount.unit] = reading[label.start : label.end]
    return write_fact(
        source,
        sentence,
        label,
        figure.amount,
        figure.meaning,
        indicator=indicator,
        named=subject if bare and indicator is None else "",
        whole=figure.whole,
    )


def _subject(
    source: Source, topics: Topics, sentence: Span, figure: Figure, known: Sequence[Known]
) -> str:
    """What a bare label is of: the nearest that is counted alike, or else that is spoken of."""
    reading, unit = source.reading, figure.amount.unit
    named = [
        (one.unit, words)
        for one in known
        if not is_bare(words := reading[one.label.start : one.label.end])
    ]
    same = [words for other, words in named if alike(other, unit)]
    if same:
        return same[-1]
    return (
        lead_in(reading, sentence)
        or clause_subject(reading, sentence, figure.label.claim_start)
        or (named[-1][1] if named else "")
        or topics.last.get(unit, "")
        or heading_subject(topics)
        or topics.name
    )


def _verb_of_list(
    source: Source,
    opening: Mapping[str, str],
    sentence: Span,
    figure: Figure,
    known: Sequence[Known],
) -> str:
    """The verb whose objects a list of figures counts: 审核合同48份、规范性文件3件."""
    reading, label = source.reading, figure.label
    goes_on = _LISTED.match(reading[sentence.start : sentence.end])
    joined = figure.whole is not None or reading[label.claim_start - 1 : label.claim_start] in "、,"
    if not (goes_on or (joined and known)):
        return ""
    for one in reversed(known):
        verb = verb_of(reading[_named_from(one.label) : one.label.end])
        if verb:
            return verb
        if reading[one.label.claim_start - 1 : one.label.claim_start] not in ("、", ",", ":"):
            break
    return verb_of(opening.get(figure.amount.unit, "")) if goes_on else ""


def _clause_start(reading: str, label: Label) -> int:
    """Where the clause of a label begins."""
    start = min(label.start, label.claim_start)
    return max(reading.rfind(mark, 0, start) for mark in ",;。(") + 1


def _named_from(label: Label) -> int:
    """Where the words begin that may name the indicator: with the verb, where one goes before."""
    return label.claim_start if label.rule in ("label_before", "verb_before") else label.start


def _predicate(reading: str, amount: Amount, sentence: Span) -> str:
    """What is said of the counted, to the end of its clause."""
    stop = _PREDICATE_END.search(reading, amount.end, sentence.end)
    said = reading[amount.end : stop.start() if stop else sentence.end]
    return "" if _OF_THEM.search(said) else said


def _listed(
    reading: str,
    clause: int,
    amounts: Sequence[Amount],
    index: int,
    labels: Sequence[Label],
    known: Sequence[Known],
) -> list[Label]:
    """The labels of figures listed side by side, one each: A率、B率分别为90%、80%."""
    length = run_length(reading, amounts, index)
    if length < 2 or "分别" not in reading[clause : amounts[index].start]:
        return []
    if len(labels) == length:
        each = list(labels)
    elif labels[0].rule != "label_before" and len(known) >= length:
        each = [one.label for one in known[-length:]]
    else:
        return []
    return [
        Label(label.start, label.end, label.claim_start, amount.end, "respective", label.subject)
        for label, amount in zip(each, amounts[index : index + length], strict=True)
    ]


def _carried(
    label: Label, known: Sequence[Known], amount: Amount, meaning: Meaning
) -> tuple[Label, str]:
    """The label of an earlier figure for one that has none, and that figure's unit.

    A rate goes on from the rate before it; by how much something changed, from anything.
    """
    same = [one for one in known if (one.unit == "%") == (amount.unit == "%")]
    found = known if meaning.kind == "change" or not same else same
    found = (
        [one for one in found if one.unit == amount.unit]
        or [one for one in found if alike(one.unit, amount.unit)]
        or found
    )
    if not found or label.claim_end - found[-1].label.claim_start > CLAIM:
        return label, amount.unit
    last, unit = found[-1].label, found[-1].unit
    carried = Label(last.start, last.end, last.claim_start, label.claim_end, "carried")
    return carried, unit if meaning.kind == "change" else amount.unit
