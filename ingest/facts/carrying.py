"""Labels that a figure takes from another one: carried on, shared, listed first or still to come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.facts.behind import RATE_UNITS, phrase_behind
from ingest.facts.coordination import parts_of, run_length
from ingest.facts.kinds import Meaning, moves_by
from ingest.facts.known import Known, named_from
from ingest.facts.labels import Label, find_labels
from ingest.facts.ledger import CLAIM
from ingest.facts.sentences import Span
from ingest.facts.wholes import alike
from rag.amounts import Amount
from rag.words import has_noun

_OF_THE_LAST = re.compile(r"者|的(?:人|人员|干部)?|及?以上(?:者|的)")  # 90分以上者76人
_FULFILS = re.compile(  # 提出普法不少于40场,实际完成43场
    r"(?:实际|最终|最后|全年|年底|截至年底|今年|已|共)*(?:完成|达到|做到|实现|落实|办了?|搞了?)?了?"
)
_SET = re.compile(  # 对照年初定下的95%的目标,持证率目前为91%
    r"(?:[^,。;]{0,10}(?:定下?|提出|要求|规定|确定|下达|设定|承诺)的?)?"
)
_LEFT_OVER = re.compile(r"(?:除|其余|其他|剩余?|剩下|余下|另有?|还有|尚有|仍有|有|仅有?|只有)的?")
_SAID = re.compile(  # 除2人因病缺考外
    r"(?:均|都|全部|已经?|正在?|仍|尚|还)*的?(?P<said>[^,。;:()\d]{2,14}?)(?:以?外)?(?=[,。;:()]|$)"
)
SHARE = 14  # characters between 占 and the figure that the share is of, at most
CHANGES = 16  # characters before a figure that may say that it is a change, at most
_DWELLERS = frozenset("户 人 名 家 人次 户次 户籍人".split())
_LINKS = re.compile(
    r"(?:[\s、,及和()]|[一共]?共计?|累计|合计|总计|总共|年内|全年|约|近|超过?|逾|达到?)*"
)
_EACH = re.compile(r"各(?:自)?(?:有|配备?|聘请?|设立?|建)?")
_NOT_DONE = re.compile(r"(?:尚|还|仍)?(?:未(?!成年|来)|没(?!收))")
_MEASURES = frozenset("平方米 平米 ㎡ 亩 吨 米 公里 公斤 千克 立方米 万平方米 方".split())
_PLACED = frozenset("个 家 所".split())
_GRADES_OF = re.compile(  # 省、市、县三级民主法治示范村分别有2个、5个、11个
    r"(?:(?:国家|省|市|州|县|区|镇|乡|村)级?[、和及与]?){2,4}[两三四]?级?(?P<what>[\u4e00-\u9fff]{3,})"
)
_JOINED = re.compile(r"\s*(?:[、,和及]|共)?\s*")


def of_the_last(reading: str, amounts: Sequence[Amount], index: int) -> tuple[Label, ...]:
    """The label of a figure that counts those of the figure before it; none elsewhere."""
    if not index or not _OF_THE_LAST.fullmatch(
        reading, amounts[index - 1].end, amounts[index].start
    ):
        return ()
    start = amounts[index - 1].start
    share = reading.rfind("占", max(0, start - SHARE), start)
    if amounts[index].unit in RATE_UNITS and share >= 0 and "," not in reading[share:start]:
        return (Label(share, start, share, amounts[index].end, "label_before"),)
    return (Label(start, amounts[index].start, start, amounts[index].end, "label_before"),)


def label_to_come(
    reading: str, amounts: Sequence[Amount], index: int, label: Label, known: Sequence[Known]
) -> tuple[Label, ...]:
    """The rate whose aim is told before it is named; none where it was named before."""
    amount = amounts[index]
    if amount.unit != "%" or any(one.unit == "%" for one in known) or index + 1 >= len(amounts):
        return ()
    following = amounts[index + 1]
    if following.unit != "%" or not _SET.fullmatch(reading[label.start : label.end]):
        return ()
    mark = reading.find(",", amount.end, following.start)
    if mark < 0 or moves_by(reading[max(0, amount.start - CHANGES) : amount.start]):
        return ()
    named = find_labels(reading, mark + 1, following.end, following)[0]
    if not reading[named.start : named.end].endswith(("率", "度", "比例")):
        return ()
    return (Label(named.start, named.end, label.claim_start, named.end, "to_come"),)


def measured_with(
    reading: str, sentence: Span, amounts: Sequence[Amount], index: int, label: Label
) -> tuple[Label, ...]:
    """What is counted and measured at once: 拆除3处、120平方米违法建筑; none elsewhere."""
    if index + 1 >= len(amounts) or amounts[index + 1].unit not in _MEASURES:
        return ()
    amount, measure = amounts[index], amounts[index + 1]
    if label.rule != "label_before" or not _JOINED.fullmatch(reading, amount.end, measure.start):
        return ()
    if amount.unit in _MEASURES or has_noun(reading[label.start : label.end]):
        return ()
    stop = amounts[index + 2].start if index + 2 < len(amounts) else sentence.end
    start, end = phrase_behind(reading, measure, stop)
    return (Label(start, end, label.claim_start, end, "label_after"),) if end > start else ()


def fulfils(words: str, amount: Amount, known: Sequence[Known]) -> bool:
    """Whether a figure says only how far an aim told before it was reached."""
    aims = any(one.unit == amount.unit and one.kind in ("target", "requirement") for one in known)
    return aims and bool(_FULFILS.fullmatch(words))


def dwellers(
    reading: str, amounts: Sequence[Amount], index: int, label: Label, known: Sequence[Known]
) -> Label | None:
    """The unit as the label, where people follow the places they live in: 3个村民小组、73户."""
    amount = amounts[index]
    if index == 0 or not known or amount.unit not in _DWELLERS:
        return None
    before = amounts[index - 1]
    if not _JOINED.fullmatch(reading, before.end, amount.start) and not reading[
        before.end : amount.start
    ].endswith(("、", ",")):
        return None
    last = known[-1]
    if last.label.rule != "label_after" or last.unit == amount.unit:
        return None
    start = reading.rfind(amount.unit, amount.start, amount.end)
    return Label(start, start + len(amount.unit), label.claim_start, amount.end, "unit")


def remainder(reading: str, sentence: Span, label: Label, amount: Amount) -> Label | None:
    """What is said of those left over, where the words before them name nothing: 其余102人全部合格."""
    if not _LEFT_OVER.fullmatch(reading, label.start, label.end):
        return None
    said = _SAID.match(reading, amount.end, sentence.end)
    if said is None or label.claim_start > said.start("said"):
        return None
    start, end = said.span("said")
    return Label(start, end, label.claim_start, end, label.rule)


def listed_first(
    reading: str,
    clause: int,
    amounts: Sequence[Amount],
    index: int,
    labels: Sequence[Label],
    known: Sequence[Known],
) -> list[Label]:
    """The labels of figures listed side by side, one each: A率、B率分别为90%、80%."""
    words = reading[clause : amounts[index].start]
    if "分别" not in words:
        return []
    length = run_length(reading, amounts, index, moves=moves_by(words))
    if length < 2:
        return []
    named = reading[labels[0].start : labels[0].end]
    shared = parts_of(named) if "分别" not in named else ()
    graded = _GRADES_OF.fullmatch(named)
    if graded and len(shared) == length:
        shared = (graded.span("what"),) * length
    if len(labels) == length:
        each = list(labels)
    elif labels[0].rule == "label_before" and len(shared) == length:
        begin = labels[0].start
        each = [
            replace(labels[0], start=begin + a, end=begin + b, subject=named) for a, b in shared
        ]
    elif labels[0].rule != "label_before" and len(known) >= length:
        each = [one.label for one in known[-length:]]
    else:
        return []
    return [
        Label(label.start, label.end, label.claim_start, amount.end, "respective", label.subject)
        for label, amount in zip(each, amounts[index : index + length], strict=True)
    ]


def goes_right_on(reading: str, amounts: Sequence[Amount], index: int) -> bool:
    """Whether nothing but links stands between a figure and the one before it."""
    return index > 0 and bool(
        _LINKS.fullmatch(reading, amounts[index - 1].end, amounts[index].start)
    )


def counted_among(reading: str, label: Label, unit: str, known: Sequence[Known]) -> str:
    """Who has not done what a label says, where they were counted before: 20个村中有6个未开展普法."""
    among = [one.label for one in known if one.unit == unit and one.label.rule == "label_after"]
    if unit not in _PLACED or label.rule != "label_after" or not among:
        return ""
    if not _NOT_DONE.match(reading, label.start):
        return ""
    return reading[among[-1].start : among[-1].end]


def of_each(reading: str, amounts: Sequence[Amount], index: int, known: Sequence[Known]) -> bool:
    """Whether a figure is what each of the places has that were counted before: 9个村各1名."""
    if not known or index == 0 or known[-1].at != amounts[index - 1].start:
        return False
    last = known[-1].label
    return last.rule == "label_after" and bool(
        _EACH.fullmatch(reading, last.end, amounts[index].start)
    )


def carried_on(
    label: Label,
    known: Sequence[Known],
    amount: Amount,
    meaning: Meaning,
    *,
    goes_on: bool,
    each: bool,
) -> tuple[Label, str]:
    """The label of an earlier figure for one that has none, and that figure's unit.

    A rate goes on from the rate before it; by how much something changed, from anything; a
    count from what is counted alike, or right before it (`goes_on`: 188批412人次); what each of
    the places has (`each`), from the places.
    """
    if each:
        last = known[-1].label
        claim = min(last.claim_start, label.claim_start)
        return replace(last, claim_start=claim, claim_end=label.claim_end, rule="each"), amount.unit
    same = [one for one in known if (one.unit == "%") == (amount.unit == "%")]
    found = known[-1:] if meaning.kind == "change" else same or known
    found = (
        [one for one in found if one.unit == amount.unit]
        or [one for one in found if alike(one.unit, amount.unit)]
        or (found if goes_on or meaning.kind == "change" or amount.unit in RATE_UNITS else [])
    )
    if not found or label.claim_end - found[-1].label.claim_start > CLAIM:
        return label, amount.unit
    last, unit = found[-1].label, found[-1].unit
    carried = Label(
        last.start,
        last.end,
        last.claim_start,
        label.claim_end,
        "carried",
        named_from=named_from(last),
    )
    return carried, unit if meaning.kind == "change" else amount.unit
