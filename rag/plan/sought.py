"""Questions after a sentence of one kind: why a figure fell, who is in charge, how a town was placed."""

from __future__ import annotations

import re

from rag.models import Language, Sought
from rag.plan.reading import Reading

_WHO: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?:由|是)谁(?:来)?(?:负责|担任|牵头|主抓|分管|领导|主持|兼任|当|任|管|带队|组织)|谁(?:来|在)?(?:负责|担任|牵头|主抓|分管|主持|兼任|带队)|"
        r"(?:书记|镇长|乡长|主任|所长|组长|队长|站长|院长|局长|委员|负责人|责任人|牵头人|顾问)(?:都|分别)?(?:是|为|叫)(?:谁|哪(?:位|个人|些人))|"
        r"谁是[^,。;?!]{0,14}(?:书记|镇长|乡长|主任|所长|组长|队长|站长|委员|负责人|责任人|牵头人|顾问)|"
        r"(?:由|是)?(?:哪(?:个|些|几个)|什么)(?:部门|科室|机构|站所|办公室|单位|人)(?:来|在)?(?:负责|牵头|承担|主管|组织|管|审查|审核|把关|执法|主持)|"
        r"(?:(?<!的)是|由|聘请?的?是)哪(?:家|位)|叫什么名字|姓什么|姓甚名谁|谁(?:出庭|审查|审核|把关|述法|签字)(?!最|率)"
    ),
    "en": re.compile(
        r"\bwho\s+(?:(?:is|was|are|were)\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:responsible|in charge|head|leader|chair\w*|secretary|mayor|director)|"
        r"(?:leads?|led|chairs?|chaired|heads?|headed|runs?|ran|oversees?|oversaw|manages?|managed|supervises?|reviews?|reviewed)\b)|"
        r"\bby whom\b|\b(?:which|what) (?:department|office|body|unit|agency|bureau|person|official|leader)\b[^?]*"
        r"\b(?:responsible|charge|lead\w*|led|chair\w*|head\w*|handle\w*|review\w*|run|runs|ran)\b|\bname of the (?:\w+ ){0,3}?(?:leader|head|"
        r"secretary|mayor|director|adviser|lawyer)\b",
        re.IGNORECASE,
    ),
}
# How a town came out of an assessment: no figure of its own work, and no order of the reports.
_PLACING: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?:考核|考评|评估|评比|综合评价|督察)(?:里|中|结果)?[^,。?!]{0,14}?"
        r"(?:名次|排名|位次|排(?:在|到|了|名)?第|第几|(?:拿|得)了?(?:多少|几)分|得分|几分|多少分|等次|什么(?:等级|成绩|名次))|"
        r"(?:名次|排名|位次|得分)[^,。?!]{0,8}(?:考核|考评|评估|评比)"
    ),
    "en": re.compile(
        r"\b(?:assessment|appraisal|evaluation)\b[^?]*\b(?:rank\w*|place[ds]?|score[ds]?|grade[ds]?|position|points)\b|"
        r"\b(?:rank\w*|place[ds]?|score[ds]?|grade[ds]?|position|points)\b[^?]*\b(?:assessment|appraisal|evaluation)\b|"
        r"\brule[- ]of[- ]law (?:ranking|rating|score|league)",
        re.IGNORECASE,
    ),
}
_ASSESSED = "考核|考评|评估|评比|评价|排名|得分"
# 率 and 数 measure a subject; the sentences that speak of it leave them out.
_MEASURE = re.compile(r"(?:率|件数|人数|场次|次数?|数量|金额|案件数?|数)?的?$")
_NAMES = 8  # of an indicator, under which its subject is looked for
_NAMED_WHO = re.compile(r"书记|镇长|乡长|主任|组长|第一责任人|责任人|负责人|牵头人")


def sought_by(reading: Reading) -> Sought | None:
    """What kind of sentence a question is after, and on which subject; None where it is none."""
    if _PLACING[reading.language].search(reading.masked) and not reading.says("set"):
        return Sought("placing", _ASSESSED)
    if _WHO[reading.language].search(reading.masked) and not reading.says("rank"):
        subject = _subject(reading)
        role = _NAMED_WHO.search(reading.masked)
        if role and role[0] not in subject:
            subject = f"{subject} {role[0]}".strip()
        return Sought("person", subject) if subject else None
    if reading.cues.why.search(reading.masked):
        subject = _subject(reading)
        return Sought("reason", subject) if subject else None
    return None


def _subject(reading: Reading) -> str:
    """What the sentences have to speak of: an indicator under its names, and topics."""
    subjects = []
    for mention in reading.named:
        indicator = mention.indicator
        names = (_MEASURE.sub("", mention.text), indicator.subject, *indicator.synonyms)
        stems = (_MEASURE.sub("", name) for name in names if not name.isascii())
        subjects.append("|".join([*dict.fromkeys(s for s in stems if len(s) >= 2)][:_NAMES]))
    topics = [topic.text for topic in reading.topics if topic.text not in " ".join(subjects)]
    return " ".join(dict.fromkeys((*subjects, *(topics if not subjects else ()))))
