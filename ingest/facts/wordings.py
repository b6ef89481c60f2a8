"""What is said of a figure: everything that may tell which indicator its label means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.facts.bare import is_bare, only_counts
from ingest.facts.edges import is_verb_only
from ingest.facts.forms import Wording
from ingest.facts.kinds import Meaning
from ingest.facts.known import (
    Known,
    counts_places,
    is_part,
    kinds_before,
    label_of_whole,
    named_from,
    names_more_than_places,
    previous_label,
    whole_by_sum,
)
from ingest.facts.labels import Label
from ingest.facts.ledger import Source
from ingest.facts.naming import verb_of
from ingest.facts.said import ahead_of, matter_of, said_behind
from ingest.facts.sentences import Span
from ingest.facts.subjects import (
    asked_before,
    clause_before,
    clause_subject,
    heading_subject,
    lead_in,
    named_heading,
    rate_spoken_of,
)
from ingest.facts.topics import Topics
from ingest.facts.wholes import alike
from rag.amounts import Amount

_MODIFIER = re.compile(
    r"(?P<said>[^,。;:()\d]{3,16}|立案|结案|办结|受理|调解|化解|备案)的(?:一共|总共|只|仅|就)?有?\s*$"
)  # 应由负责人出庭的4起案件
_DOERS = frozenset("人 名 位 次 回".split())
_DEED = re.compile(
    r"(?:均|都|全部|分别|先后|已)*(?:到庭|出庭|参加|参与|参训|参考|旁听|取得|通过|考取|获得|完成|进行|持有|述法|报名)|[^,。;\d]{1,16}(?:述法|旁听|考试|培训)$"
)
_REST = re.compile(
    r"(?:^|[,;(])\s*(?:另有?|其余|剩|余下|尚有|还有|仍有)|正在|尚未|尚在|仍在|未(?!成年)"
)
_FIGURE = re.compile(r"\d")
_TAKES_IN = ("受理", "接待")  # says nothing of what is done with the parts
_LISTED = re.compile(r"\s*(?:其中|包括)")
_OTHERS = re.compile(r"其[他它余](?:各?类|类型|方面|情形|纠纷|案件|问题)?")
_HANDED_ON = re.compile(r"移[交送]|转[交办送]|退回|撤[回销]|驳回")  # what came of some of them
_DENIED = re.compile(r"(?:尚|还|仍)?(?:未(?!成年|来)|没(?!收)有?)")  # 3人未取得执法资格
_FAILED = re.compile(
    r"借调|抽调到|调离|退休|离岗|辞职|病休|失败|破裂|无果|未果|不成(?=$|[,。;])"
)  # 3起纠纷因一方不配合而调解失败
_TOTAL = re.compile(r"(?:总(?:场次|场数|件数|人数|数|量))(?:为|达|是|共)?$")
_THE_RATE = re.compile(  # 上年这一比例为91%
    r"(?:这|该)(?:一|项|个)*(?:比例|比率|占比|指标|数字|数据|数值|率)"
)


@dataclass(frozen=True)
class Figure:
    """An amount under one label, ready to be written down."""

    label: Label
    amount: Amount
    meaning: Meaning
    base: str  # the unit of what is counted: of a change, that of what has changed
    whole: int | None


@dataclass(frozen=True)
class Around:
    """What stands around a figure: its sentence, the one before, and what was named so far."""

    before: Span
    sentence: Span
    known: Sequence[Known]  # the labels of the sentence so far, without those carried on
    opening: Mapping[str, str]  # by unit, the last label before the sentence


def wording_of(source: Source, topics: Topics, around: Around, figure: Figure) -> Wording:
    """The words that may name a figure, by where they stand."""
    reading, sentence, label, known = source.reading, around.sentence, figure.label, around.known
    behind, printed = label.rule == "label_after", reading[label.start : label.end]
    rate = figure.amount.unit == "%" and figure.meaning.kind != "change"
    the_rate = topics.last.get("%", "") if _THE_RATE.fullmatch(printed) else ""
    placed = printed == figure.meaning.actor  # 甲村3件、乙村2件
    bare = ((is_bare(printed) or placed) and not rate) or bool(the_rate)
    subject = the_rate or (_subject(source, topics, around, figure) if bare else "")
    if rate and not printed:
        asked = asked_before(reading, around.before)
        subject = rate_spoken_of(reading, sentence, label.claim_start) or asked
    predicate = said_behind(reading, figure.amount, sentence)
    if not (
        behind
        or bare
        or printed.endswith("等")
        or (figure.amount.unit in _DOERS and _DEED.match(predicate))
    ):
        predicate = ""
    if behind and printed.startswith(("因", "由于")):  # 1宗因负责人在外学习,改由委托代理人出庭
        stop = _FIGURE.search(reading, figure.amount.end, sentence.end)
        predicate = reading[figure.amount.end : stop.start() if stop else sentence.end]
    modifier = _MODIFIER.search(reading, sentence.start, figure.amount.start) if behind else None
    start = figure.amount.start if behind else label.claim_start
    said = label.subject or predicate or matter_of(reading, label, figure.amount, sentence)
    # a part refers to its whole, in the same sentence, and to nothing before that
    before = around.before if figure.whole is None else Span(sentence.start, sentence.start)
    contexts = topics.contexts(reading, sentence, before, start, said)
    leads = lead_in(reading, sentence)
    return Wording(
        the_rate or reading[named_from(label) : label.end] or subject,
        unit=figure.base,
        contexts=contexts[:1] if subject and subject in contexts[0] else contexts,
        bare=bare,
        subject=subject,
        counts=bare and (placed or only_counts(printed)),
        lead=leads or heading_subject(topics),
        leads=leads,
        ahead=ahead_of(reading, label, figure.amount) if behind else "",
        around=topics.around,
        rest=bool(_DENIED.match(printed) or _FAILED.search(predicate))
        or (behind and bool(_DENIED.match(reading, label.end, sentence.end)))
        or (bare and bool(_REST.search(reading, _clause_start(reading, label), label.end))),
        predicate=predicate,
        of_part=is_part(reading, known),
        previous=previous_label(reading, known, printed.startswith("进")),
        verb=""
        if is_verb_only(printed) or "的" in printed or _HANDED_ON.match(printed)
        else _verb_of_list(source, around, figure),
        clause=clause_before(reading, sentence, label.claim_start)
        if (bare and not names_more_than_places(reading, known)) or not printed
        else "",
        within=label_of_whole(reading, known, figure.whole),
        kinds=kinds_before(reading, known, label.start) if rate else (),
        modifier=modifier["said"] if modifier else "",
    )


def _printed(reading: str, label: Label) -> str:
    return reading[label.start : label.end]


def _subject(source: Source, topics: Topics, around: Around, figure: Figure) -> str:
    """What a bare label is of: the nearest that is counted alike, or else that is spoken of."""
    reading, unit = source.reading, figure.amount.unit
    sentence, known = around.sentence, around.known
    named = [
        (one.unit, words)
        for one in known
        if not is_bare(words := reading[one.label.start : one.label.end])
        and not counts_places(words)
    ]
    if _OTHERS.fullmatch(_printed(reading, figure.label)):
        of_whole = label_of_whole(reading, known, figure.whole)
        if of_whole:
            return of_whole
    if _OTHERS.fullmatch(_printed(reading, figure.label)) and (leads := lead_in(reading, sentence)):
        return leads
    same = [words for other, words in named if alike(other, unit)]
    if of_sum := whole_by_sum(reading, known, figure.amount):
        return of_sum
    if same:
        total = _TOTAL.search(reading, sentence.start, figure.amount.start)
        return same[0] if total else same[-1]
    asked = "" if known else asked_before(reading, around.before)
    return (
        asked
        or lead_in(reading, sentence)
        or clause_subject(reading, sentence, figure.label.claim_start)
        or next((words for other, words in reversed(named) if other != "%"), "")
        or (named[-1][1] if named else "")
        or topics.last.get(unit, "")
        or heading_subject(topics)
        or named_heading(topics)
    )


def _verb_of_list(source: Source, around: Around, figure: Figure) -> str:
    """The verb whose objects a list of figures counts: 审核合同48份、规范性文件3件."""
    reading, sentence = source.reading, around.sentence
    goes_on = _LISTED.match(reading[sentence.start : sentence.end])
    mark = _mark_before(reading, figure.label)
    joined = figure.whole is not None or mark in ("、", ",")
    if not (goes_on or mark == ":" or (joined and around.known)):
        return ""
    of_whole = [one.label for one in around.known if one.at == figure.whole]
    for label in of_whole:
        verb = verb_of(reading[named_from(label) : label.end])
        if verb and verb not in _TAKES_IN:
            return verb
    for one in reversed(around.known):
        verb = verb_of(reading[named_from(one.label) : one.label.end])
        if verb:
            return verb
        if _mark_before(reading, one.label) not in ("、", ",", ":"):
            break
    if goes_on:
        return verb_of(around.opening.get(figure.amount.unit, ""))
    return verb_of(lead_in(reading, sentence))


def _mark_before(reading: str, label: Label) -> str:
    """The character before a label's clause; empty at the beginning."""
    return reading[max(0, label.claim_start - 1) : label.claim_start]


def _clause_start(reading: str, label: Label) -> int:
    """Where the clause of a label begins."""
    start = min(label.start, label.claim_start)
    return max(reading.rfind(mark, 0, start) for mark in ",;。(") + 1
