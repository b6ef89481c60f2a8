"""Tell which canonical indicator a label means, by its words and by what it refers back to."""

from __future__ import annotations

import re

from ingest.facts.forms import WHERE, Wording, forms_of
from rag.indicators import Indicator, Register

_VERB = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}?[,年度]|[\u4e00-\u9fff]{2,20}(?:全年|共|累计))?(?:累计|共|先后|分别|依法|完成|开展|进行|实施)*"
    r"(?P<verb>合法性审[核查]|审核|审查|审(?=[\u4e00-\u9fff])|受理|排查|化解|调解|清理|废止|修改|接待|走访|检查|培训|购置|采购|购买|更新|查处|"
    r"培养|培育|旁听|公示|公开|回复|答复|发放|张贴|悬挂|出动|投入)"
)
_PENDING = "在办数"


def name_of(register: Register, wording: Wording) -> Indicator | None:
    """The indicator that a printed label means, or None for an open label."""
    for form, last in forms_of(wording):
        if not register.may_mean(form, unit=wording.unit):
            continue
        for context in wording.contexts[:last] if last else ("",):
            found = register.recognise(form, subject=context, unit=wording.unit)
            if found is not None and not (wording.rest and not found.name.endswith(_PENDING)):
                return found
    return None


def only_says_where(label: str) -> bool:
    """Whether a label names a level of places and nothing that is counted there."""
    return bool(WHERE.fullmatch(label))


def verb_of(label: str) -> str:
    """The verb that a label begins with, of which the figures after it may be objects too."""
    match = _VERB.match(label)
    return match["verb"] if match else ""
