"""The wordings that may name a figure, to be tried in turn: its label and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ingest.facts.edges import is_verb_only
from ingest.facts.holders import is_holder, is_part_named_by_place, whole_of_part, without_grade
from ingest.facts.turned import turned

_EXCEPT = re.compile(r"(?:以?外|的)$")  # 除1起由委托律师出庭外
_REST = re.compile(r"^(?:其他|其它|其余|除|剩余|剩下|余下|另|另有|还有)(?:类|类型|方面|情形)?$")
_SHARE = re.compile(
    r"^(?:约|共|只|仅)?占(?!总|全|成功|化解|调解|办结|已)(?:比|[^,。;\d]{0,16})(?:的)?(?:比|比例|比重)?$"
)
_AGENT = re.compile(  # who did it, before the verb that says what was done
    r"^[\u4e00-\u9fff()、“”]{0,12}?(?:党委|党工委|政府|办事处|调委会|委员会|调解组织|调解室|调解队|调解中心|治理中心|综治中心|"
    r"矛调中心|司法所|派出所|法制审核室|工作站|村|社区|嘎查|执法(?:大队|中队|队|办|局)|法律顾问团?|律师|志愿者|网格员)"
    r"(?:为[^,。;]{1,5})?(?:全年|今年|去年|上年|年内|本年度|一年来|一年间|直接|先后|累计|一年来|依法|共|就地|成功|及时|现场|自行|仅|只|就|也|又|还|一共|共计|已)*"
    r"(?=调解|调处|调成|化解|受理|办理|处理|开展|接待|解答|排查|查处|检查|审查|审核|参与|提供|组织|召开|发放|出动|办结|处置|解决)"
)
_MEDIATOR = re.compile(
    r"调委会|调解(?:委员会|组织|室|队|中心)|矛调中心|(?:村|社区|嘎查)(?!民)"
)  # 调委会化解39件
_DONE_TO = re.compile(  # 为126家企业提供“法治体检”, 对22家企业开展执法检查
    r"[^,。;:]{0,8}?(?:提供|开展|进行|实施|组织|做)了?(?P<deed>[^,。;:]{2,12})"
)
_BECAME = re.compile(  # 2个村已创成省级民主法治示范村
    r"(?:创成|创建成?|获评|评为|命名为|认定为|建成|成为)(?P<such>[^,。;:]{4,16})$"
)
_OF_THOSE = re.compile(  # 参加学法用法考试的干部, 以镇政府为被告的官司
    r"^(?P<deed>.{3,}?)(?:的[^的]{0,8}?)?(?:人员|成员|干部|群众|同志|村民|居民|学员|学生|党员|职工|人数|人|案件|案子|官司|事项)$"
)
_LAST_VERB = re.compile(  # 利用集会开展宣传, 通过执法平台录入行政检查
    r"^.{2,}(?:开展|(?<![党解])组织|举办|召开|举行|进行|录入|发放|办理|实施|完成|提供)了?(?P<deed>(?!学习$).{2,})$"
)
_IN_ALL = re.compile(r"^.{2,}(?:全年|年内|累计|合计|总共|一共|共)(?P<deed>[^共]{2,})$")
_RATE_TAIL = re.compile(r"(?<=的)[^的]{0,6}(?:率|满意度)$")
_REVIEW = re.compile(r"(?:均|都|全部|已)*(?:完成|进行|开展)?合法性审[查核]")
_KIND = re.compile(r"(?:决策|合同|协议|规范性文件)(?:事项)?$")  # 重大行政决策6项,合法性审查6项
_RATE_DEED = re.compile(
    r"审[查核]|持证|备案|出庭|应诉|办结|答复|回复|覆盖|持证|化解|调解|履行|整改|公开|评估|参加|合格|通过|满意|配备"
)
_DEED_LAST = re.compile(rf"(?:{_RATE_DEED.pattern})$")  # 负责人出庭应诉未能实现100%
_DONE_SHARE = re.compile(  # 调成的有95%, 按期办结的占九成
    r"^(?P<deed>(?!占)[^,。;:的]{1,8}?)的(?:约|仅|只|大约|一共)?(?:占|有|达)?(?:总数的?)?$"
)
_REMAINS = re.compile(r"(?:正在|尚|未|仍|剩|余|其余|其他|另|除)")  # 1件正在办理
_ANYONE = re.compile(  # of whom a lead-in says what they did: 年终述法:主要负责人2名
    r"(?:其他|其它|全体|党政)?(?:主要负责人|负责人|班子成员|领导班子成员|领导干部|干部|职工|人员|群众|党员|代表|村干部|机关干部)"
)
_MATTER = re.compile(r"(?:行政|诉讼)?(?:案件|案子|官司|事项|文件|纠纷)")  # 通知负责人出庭的9宗案件
_TIMES = frozenset("次 回".split())
_BUSINESSES = frozenset("家 户 家次 户次".split())
_REVIEWED = re.compile(
    r"(?:合法性|法制)?审[查核]|评查|备案|清理|[不免]予(?:行政)?处罚|免于处罚|委托[\u4e00-\u9fff]{0,8}出庭"
)  # 54份合同进行了合法性审查
EVERY = 9  # contexts
SHORT = 4  # characters of a relative clause that may say by itself what was done
_FIGURE = re.compile(r"(?<!\d)\d+(?!\d*年)")
_TAKES_PART = re.compile(  # 14名执法人员通过考试: of those only, and not how many there are
    r"(?:均|都|全部|已|先后|共)*(?:通过|参加|参与|参训|完成|接受|报考|获得|获评)"
)
_ENTERS = re.compile(r"^(?:走)?进(?!行)[\u4e00-\u9fff]{1,5}$")  # 普法进校园6场、进景区5场
_GOES_TO = re.compile(r"^(?P<what>.{2,10}?)(?:走)?进(?!行)[\u4e00-\u9fff]{1,5}$")
_LIGHT = re.compile(
    r"^(?:共|累计|再)?(?:开展|举办|组织|召开|完成|实施|进行|发放|新增|培养|培育|聘请|配备|建成|打造|创建)了?$"
)
_AGAIN = re.compile(  # 镇里聘请了2名法律顾问,各村聘请了11名
    r"(?:聘请?|聘任|聘用|选聘|配备|建成|建有|设立|设有|新建|培育|培养)$"
)
_PURCHASES = frozenset("购置 采购 购买 更新".split())
_PERSONS = frozenset("人 名 位 人次".split())
_LESSONS = frozenset("场 场次 次 堂 节 课 课时".split())
_SCHOOL = re.compile(r"(?:中小|[中小])?学校?|校园|幼儿园|中学|小学")  # 在3所学校开展法治教育18堂
_CARD = re.compile(r"执法(?:资格)?(?:证件?|证书)的?(?:人员|干部|队员|同志)?$")
_DOCUMENTS = frozenset("件 份 起 宗 例".split())


@dataclass(frozen=True)
class Wording:
    """What is said of a figure."""

    label: str
    unit: str
    contexts: Sequence[str]  # what the label may refer back to, the nearest words first
    bare: bool = False  # whether the label names nothing by itself
    subject: str = ""  # what a bare label is of, where another figure or a lead-in says it
    counts: bool = False  # whether the label says no more than that there are so many
    lead: str = ""  # what the sentence or its short heading names before all its figures
    clause: str = ""  # the clause before a bare label: 每村均聘有法律顾问,共14名
    leads: str = ""  # the same, where it stands before a colon
    ahead: str = ""  # the verb before a figure whose noun stands behind: 注销5个执法证
    around: str = ""  # the heading over that, where it is short
    rest: bool = False  # whether the label is of those left over, not yet done: 另有2件正在办理
    predicate: str = ""  # what is said of the counted behind the figure (54份合同进行了合法性审查)
    previous: str = ""  # the label before it in the sentence
    of_part: bool = False  # whether that counts a part of a whole (其中正职出庭3次,占75%)
    verb: str = ""  # of which it may be an object: 审核合同48份、规范性文件3件
    within: str = ""  # the label of the whole that it is a part of
    kinds: Sequence[str] = ()  # what a rate stands behind that were counted each for itself
    modifier: str = ""  # what says of which kind the counted is (应由负责人出庭的4起案件)


def forms_of(wording: Wording) -> Iterator[tuple[str, int]]:
    """The wordings to try, the likeliest first, each with how many contexts it may be read in."""
    yield from chain(_subject_forms(wording), _forms(wording), _wider_forms(wording))


def _subject_forms(wording: Wording) -> Iterator[tuple[str, int]]:
    """A label with the verb before its figure, or with what it is of: 执法人员 with 在编."""
    if wording.label == wording.subject and _REVIEWED.search(wording.clause):
        yield wording.clause, 1
    if wording.ahead:
        yield f"{wording.ahead}{wording.label}", 1
    if wording.leads and wording.label:
        yield f"{wording.leads}{wording.label}", 0
    if wording.modifier and _MATTER.fullmatch(wording.label):
        yield wording.modifier, 1
    if not wording.subject or wording.subject == wording.label or _REMAINS.match(wording.label):
        return
    if wording.label.endswith("的") and len(wording.label) > SHORT:
        yield wording.label[:-1], 1
    yield f"{wording.subject}{wording.label}", 1
    if wording.lead and wording.lead == wording.subject:
        yield f"{wording.around}{wording.lead}{wording.label}", 1


def _wider_forms(wording: Wording) -> Iterator[tuple[str, int]]:
    """The wordings to try last: what a relative clause, a verb or a lead-in says of the counted."""
    if wording.modifier:
        yield wording.modifier, 2
    of_those = _OF_THOSE.match(wording.label)
    if of_those:
        yield of_those["deed"], 2
    if wording.unit == "%":
        yield from _rate_forms(wording)
    by_whom = _IN_ALL.match(wording.label)
    if by_whom:
        yield by_whom["deed"], 2
    agent = _AGENT.match(wording.label)
    deed_only = wording.label[agent.end() :] if agent else wording.label
    yield from ((form, EVERY) for form in turned(deed_only, wording.unit))
    last_verb = _LAST_VERB.match(wording.label)
    if last_verb:
        yield last_verb["deed"], EVERY
    became = _BECAME.search(wording.predicate) if wording.unit == "个" else None
    if became:
        yield became["such"], 1
    if wording.predicate and wording.label.endswith("等"):
        yield wording.predicate, 1
    if wording.predicate and wording.label and wording.unit in _TIMES:
        yield f"{wording.label}{wording.predicate}", 1
    if wording.counts and wording.clause:
        yield wording.clause, 1
    if wording.counts and wording.subject != wording.label:
        yield wording.subject, EVERY
        yield f"{wording.around}{wording.subject}", 1
    if wording.lead and (wording.counts or _ANYONE.fullmatch(wording.label)):
        yield f"{wording.lead}{wording.label}", EVERY
        yield wording.lead, EVERY


def _done_with(wording: Wording) -> Iterator[tuple[str, int]]:
    """What was done with the counted, as it stands behind the figure: 54份合同进行了合法性审查."""
    done_to = _DONE_TO.match(wording.predicate) if wording.unit in _BUSINESSES else None
    if done_to:
        yield done_to["deed"], 1
    reviewed = _REVIEWED.search(wording.predicate) if wording.unit in _DOCUMENTS else None
    if reviewed:
        yield f"{wording.label}{reviewed[0]}", 2
    if len(wording.predicate) > 3 and wording.unit in _PERSONS:
        yield _FIGURE.split(wording.predicate, maxsplit=1)[0], 3


def _takes_part(wording: Wording) -> bool:
    """Whether it is said behind the figure what the counted took part in."""
    label, predicate = wording.label, wording.predicate
    staff = label.endswith(("人员", "队员", "干部", "调解员", "明白人", "顾问", "律师", "对象"))
    return staff and predicate.startswith(label) and bool(_TAKES_PART.match(predicate, len(label)))


def _rate_forms(wording: Wording) -> Iterator[tuple[str, int]]:
    """A rate by its last word, and one whose verb stands behind: 100%的合同都由法律顾问审查."""
    tail = _RATE_TAIL.search(wording.label)
    if tail:
        yield tail[0], 2
    done = _DONE_SHARE.match(wording.label)
    if done:
        yield f"{done['deed']}率", 2
    if _DEED_LAST.search(wording.label):
        yield f"{wording.label}率", 2
    deeds = _RATE_DEED.findall(wording.predicate or ("" if wording.label else wording.clause))
    if deeds:
        yield f"{wording.label}{deeds[-1]}率", 1


def _forms(wording: Wording) -> Iterator[tuple[str, int]]:
    """The wordings to try in turn, each with how many contexts it may be read in."""
    label, unit, previous = wording.label, wording.unit, wording.previous
    predicate, near = wording.predicate, wording.contexts[0]
    if _SHARE.match(label):
        if previous and previous not in label and unit == "%" and not wording.of_part:
            yield f"{previous}率", EVERY
            if _CARD.search(previous):  # 有行政执法证11人,占在编人员的84.6%
                yield "持执法证率", EVERY
            of_those = _OF_THOSE.match(previous)
            if of_those:
                yield f"{of_those['deed']}率", 2
        return
    if _REST.match(label):
        if predicate:
            yield _EXCEPT.sub("", predicate), 2
        return
    if is_part_named_by_place(label, unit):
        yield from ((form, EVERY) for form in whole_of_part(wording.previous, near))
        return
    if wording.within and is_holder(label, unit):
        yield wording.within, EVERY
        return
    if graded := without_grade(label):
        yield graded, EVERY
    yield from _done_with(wording)
    verb = wording.verb if unit != "%" else ""
    if verb and not label.startswith(verb):
        yield f"{verb}{label}", EVERY
        if verb in _PURCHASES:
            return
    if _REVIEW.fullmatch(label) and _KIND.search(previous):
        yield f"{previous}{label}", 1
    if unit in _LESSONS and _SCHOOL.fullmatch(previous):
        yield f"{previous}{label}", 1
    if label and not (unit in _PERSONS and _takes_part(wording)):
        yield label, EVERY
        if label.endswith("者"):  # 持有执法证者十四人
            yield label[:-1], EVERY
    entered = _GOES_TO.match(previous) if _ENTERS.match(label) else None
    if entered:
        yield f"{entered['what']}{label}", EVERY
    agent = _AGENT.match(label)
    if agent:
        yield label[agent.end() :], EVERY
        if _MEDIATOR.search(agent[0]):
            yield f"纠纷{label[agent.end() :]}", 1
    if predicate and unit in (_DOCUMENTS | _PERSONS):
        yield predicate, 2
    again = previous.startswith(label) and is_verb_only(label)
    if again or _LIGHT.match(label) or _AGAIN.search(label):
        yield previous, EVERY
