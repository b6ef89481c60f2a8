"""Tell which canonical indicator a label means, by its words and by what it refers back to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.edges import is_verb_only
from rag.indicators import Indicator, Register

_GRADES = re.compile(  # 省级3个、市级7个: parts of what was named before
    r"^(?:其中)?(?:国家|部|省|州|市|县|区|镇|乡|街道|村|社区)(?:本|直)?[级属](?:的|以上)?$"
)
_REST = re.compile(r"^(?:其他|其它|其余)(?:类|类型|方面|情形)?$")
_GRADED = re.compile(r"(?:国家|部|省|州|市|县|区|镇|乡|街道|村|社区)级$")
_QUOTED = re.compile(r"“([^“”]{2,12})”")
_SHARE = re.compile(r"^(?:约|共|只|仅)?占(?:比|总数|全部|总量)?(?:的)?(?:比|比例)?$")
_AGENT = re.compile(  # who did it, before the verb that says what was done
    r"^[\u4e00-\u9fff()、]{0,12}?(?:党委|党工委|政府|办事处|调委会|委员会|调解组织|调解室|调解队|调解中心|治理中心|综治中心|"
    r"矛调中心|司法所|派出所|法制审核室|工作站|执法(?:大队|中队|队|办|局)|法律顾问团?|律师|志愿者|网格员)"
    r"(?:为[^,。;]{1,5})?(?:全年|直接|先后|累计|一年来|依法|共)*"
    r"(?=调解|调处|调成|化解|受理|办理|处理|开展|接待|解答|排查|查处|检查|审查|审核|参与|提供|组织|召开|发放|出动)"
)
_VERB = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8}?[,年度])?(?:累计|共|先后|分别|依法)*"
    r"(?P<verb>审核|审查|受理|排查|化解|调解|清理|废止|修改|接待|走访|检查|培训|购置|采购|购买|更新|查处|"
    r"培养|培育|旁听|公示|公开|回复|答复|发放|张贴|悬挂|出动|投入)"
)
_REVIEWED = re.compile(r"(?:合法性|法制)?审[查核]|评查|备案|清理")  # 54份合同进行了合法性审查
_FIGURE = re.compile(r"\d")
_LIGHT = re.compile(
    r"^(?:共|累计|再)?(?:开展|举办|组织|召开|完成|实施|进行|发放|新增|培养|培育|聘请|配备|建成|打造|创建)了?$"
)
_PURCHASES = frozenset("购置 采购 购买 更新".split())
_PERSONS = frozenset("人 名 位 人次".split())
_DOCUMENTS = frozenset("件 份 起 宗 例".split())


def name_of(
    register: Register,
    label: str,
    *,
    unit: str,
    contexts: Sequence[str],
    predicate: str = "",
    previous: str = "",
    shared: bool = False,
) -> Indicator | None:
    """The indicator that a printed label means, or None for an open label.

    Args:
        contexts: what the label may refer back to, the nearest words first: its sentence, the
            sentence before, the paragraph's topic and heading.
        predicate: what is said of the counted, behind the figure (54份合同进行了合法性审查).
        previous: the label before it in the sentence.
        shared: whether the two are objects of one verb (审核合同48份、规范性文件3件).
    """
    for form, last in _forms(label, unit, predicate, previous, shared, contexts[0]):
        for context in contexts[:last]:
            found = register.recognise(form, subject=context, unit=unit)
            if found is not None:
                return found
    return None


def _forms(
    label: str, unit: str, predicate: str, previous: str, shared: bool, near: str
) -> Iterator[tuple[str, int]]:
    """The wordings to try in turn, each with how many contexts it may be read in."""
    every = 9
    if _SHARE.match(label):
        if previous and unit == "%":
            yield f"{previous}率", every
        return
    if _REST.match(label):
        return
    if _GRADES.match(label):
        if previous:
            yield _GRADED.sub("", previous), every
        yield from ((quoted, every) for quoted in reversed(_QUOTED.findall(near)))
        return
    if _GRADED.search(label):
        yield _GRADED.sub("", label), every
    verb = _VERB.match(previous) if shared else None
    if verb and not label.startswith(verb["verb"]):
        yield f"{verb['verb']}{label}", every
        if verb["verb"] in _PURCHASES:
            return
    if predicate and unit in _PERSONS:
        yield _FIGURE.split(predicate, maxsplit=1)[0], 3
    reviewed = _REVIEWED.search(predicate) if unit in _DOCUMENTS else None
    if reviewed:
        yield f"{label}{reviewed[0]}", 2
    if label:
        yield label, every
    agent = _AGENT.match(label)
    if agent:
        yield label[agent.end() :], every
    if predicate and unit in (_DOCUMENTS | _PERSONS):
        yield predicate, 2
    if (previous.startswith(label) and is_verb_only(label)) or _LIGHT.match(label):
        yield previous, every
