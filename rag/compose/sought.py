"""Find the sentences that give the reason of something, name who does it, or how a town was placed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.compose.points import Point, point_of
from rag.models import Paragraph, Removal, Sought
from rag.wording import wording

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_CLAUSE = re.compile(r"[,:]")
_GIVES = {
    "reason": re.compile(
        r"由于|因为|(?<=[,:;])系(?![列统数])|(?:^|[,:;(]|主要是?|系|确|均|全|都|大多|多|[起件宗次人名个例])因(?![此而地材人素果子公])|原因(?!分析|及|和|、|,|。|$)|"
        r"受[^,。;]{1,14}影响|导致|致使|造成|引发|引起|得益于|归功于|缘于|源于|所致|之所以"
    ),
    "person": re.compile(
        r"由[^,。;:]{2,30}?(?:负责|牵头|任|担任|承担|兼任|主持|分管|带队|组成|审[查核]|把关|出庭|领导)|"
        r"(?:书记|镇长|乡长|主任|所长|局长|队长|站长|委员|律师|同志|办|局|所|站|队|中心|科|室|小组)(?:[^,。;:]{0,10})"
        r"(?:负责|牵头|担任|兼任|任|为(?:组长|第一责任人|责任人|负责人)|承担|主持|分管|是第一责任人|带队|任组长|出庭|审[查核]|把关)|"
        r"(?:组长|负责人|责任人|牵头(?:部门|单位|人)|顾问)(?:为|是|:|由)[^,。;]{2,}"
    ),
    "placing": re.compile(
        r"第[\d一二三四五六七八九十]+(?:名|位|方阵)|(?:位列|名列|列|居|排)[^,。;]{0,10}(?:首位|榜首|前[\d一二三四五六七八九十]+|末位)|"
        r"得分|得\d|\d分(?![钟之别局公类])|(?:优秀|良好|先进|一等|二等|三等|达标|合格)(?:等次|等级|单位|集体|档次|奖)"
    ),
}
_LEADS_TO = re.compile(r"导致|致使|造成|引发|引起")
_THANKS_TO = re.compile(r"得益于|归功于|缘于|源于|所致")
# A sentence that goes on to give the reason of the one before it.
_GOES_ON = re.compile(
    r"^(?:其|这|究其|分析|该)?[^,。;]{0,6}?(?:主要(?:是)?(?:因为|由于|原因|因)|原因(?:是|在于|主要|为|:)|因为|由于|系因|这?得益于|缘于)"
)


def sentences_on(
    sought: Sought, paragraph: Paragraph, removals: Sequence[Removal]
) -> Iterator[Point]:
    """The sentences of a paragraph that give what is sought on its subject, in order.

    A reason may stand in the sentence after the one that names the subject: then both.
    """
    reading = paragraph.reading
    before: tuple[int, int] | None = None  # the last sentence, where it names the subject
    for match in _SENTENCE.finditer(reading):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        if end <= start:
            continue
        sentence = reading[start:end].lower()
        if _speaks(sentence, sought.of):
            if _gives(sought, sentence):
                yield point_of(paragraph, removals, start, end)
            before = (start, end)
        else:
            if before and sought.what == "reason" and _GOES_ON.search(sentence):
                yield point_of(paragraph, removals, before[0], end)
            before = None


def _gives(sought: Sought, sentence: str) -> bool:
    """Whether a sentence gives what is sought on its subject: of a reason, the subject's own.

    What stands in the clause of the cause (由于…,) is what explains, not what is explained.
    """
    for given in _GIVES[sought.what].finditer(sentence):
        if sought.what != "reason" or "原因" in given[0]:
            return True
        if _LEADS_TO.search(given[0]):
            effect = sentence[given.end() :]
        elif _THANKS_TO.search(given[0]):
            effect = sentence[: given.start()]
        else:
            comma = _CLAUSE.search(sentence, given.end())
            effect = sentence[: given.start()] + (sentence[comma.end() :] if comma else "")
        if _speaks(effect, sought.of):
            return True
    return False


def _speaks(sentence: str, subject: str) -> bool:
    return all(wording(phrase).place(sentence) is not None for phrase in subject.split())
