"""What is said of the counted beside its label: by the verb before, and by the words behind."""

from __future__ import annotations

import re

from ingest.facts.labels import Label
from ingest.facts.sentences import Span
from rag.amounts import Amount

_PREDICATE_END = re.compile(r"[,。;:!?]|\((?![^()\d]{1,6}\))")
_OF_THEM = re.compile(r"[中里](?:仅|只|还)?有|[中里]$")  # 35名执法人员中有31名取得执法证
_BOUND = re.compile(r"(?:了|过|出|约|近|超过?|逾|共|达|各)+$")
_NO_VERB = re.compile(  # 对以往的6件规范性文件进行清理, 完成45名法律明白人培训
    r"^[对将把为给向]|[的为对给向]$|^(?:全|我|本|各)?[镇乡村街县区市辖]+[内里]?$|^(?:已|共|累计|全年)*(?:完成|组织|开展|安排|实现|进行)了?$"
)
_MEETING = re.compile(r"会议?$")
_MATTER = re.compile(
    r"(?:[^,。;\d]{0,8},|[^,。;\d]{2,8}会议)(?:专题|分别|先后|集中)?(?:研究|解决|部署|听取|审议|讨论)[^,。;\d]{2,24}"
)


def matter_of(reading: str, label: Label, amount: Amount, sentence: Span) -> str:
    """What a meeting was about, in the clause behind it: 召开专题会议4次,研究部署法治工作."""
    matter = _MATTER.match(reading, amount.end, sentence.end)
    return matter[0] if matter and _MEETING.search(reading[label.start : label.end]) else ""


def ahead_of(reading: str, label: Label, amount: Amount) -> str:
    """The verb before a figure, without what bounds it."""
    words = _BOUND.sub("", reading[label.claim_start : amount.start])
    return "" if len(words) > 8 or _NO_VERB.search(words) else words


def said_behind(reading: str, amount: Amount, sentence: Span) -> str:
    """What is said of the counted, to the end of its clause."""
    stop = _PREDICATE_END.search(reading, amount.end, sentence.end)
    said = reading[amount.end : stop.start() if stop else sentence.end]
    return "" if _OF_THEM.search(said) else said
