"""Events that a report says did not happen: 无行政诉讼案件, 未发生重大群体性事件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What is counted by the year, so that none of it is a figure.
_HEAD = (
    r"行政诉讼|行政复议|诉讼|复议|应诉|败诉|纠错|上访|信访|投诉|举报|案件|事件|事故|案例|"
    r"刑事案|命案|违法行为|被诉|被告|官司|纠纷|舆情|违纪|规范性文件|公开申请|决策事项|行政决策|"
    r"进京访|越级访|集体访|重复访|依申请公开|信息公开|处罚决定|行政处罚|罚款|行政强制|脱管|漏管|重新犯罪|再犯罪|被?撤销|确认违法|火灾|冤假错案|检察建议|司法建议|执法决定|安全事故|非访|听证"
)
_NOT = r"(?:不(?:再)?(?=发生|出现|产生|引发)|没有|从未|未曾|暂未|尚未|未|暂无|尚无|不存在|没|零|无)"
_VERB = r"(?:发生|出现|产生|收到|接到|受理|引发|出台|制定|制发|制订|印发|发布|作出|做出|实施|涉及|有|存在)?过?"
_ONE = r"(?:任何|一起|一例|一件|一宗|一份|一个人?|一人|人(?=[脱漏再重])|一(?=被)|因)?"
_NEGATION = re.compile(
    rf"(?P<negation>(?:全年|今年|本年度|我镇|我街道|辖区内?)?{_NOT}{_VERB}{_ONE})"
    rf"(?P<what>(?:[^,。;:()\d]|\(含[^()]*\)){{0,36}}?(?:{_HEAD})(?:(?!、(?:无|未|没有|零))[^,。;:()\d]){{0,40}})"
)
_NOT_NEGATION = re.compile(
    r"无(?:[论法效偿须需缝讼证视线关害照牌主故名异疑愧私限不所]|障碍|人(?!一)|纸化)|"
    r"没有(?:足够|及时|完全|有效|真正)|未(?:告知|送达|听取|说明|催告|及时|按|经|能|必|来|成年|依法|如实|履行|尽|结|办结|审结|化解|解决|整改|完成|判决|果)|零(?:距离|容忍|散|售|星)"
)
_NOT_YET = re.compile(r"(?:[未没]能?|没有|尚未|争取|力争|确保|推动|推进|加快|努力|逐步)$")
_NO_POWER = re.compile(r"(?:权限?|职权|资格|职能|职责)$")  # 无规范性文件制定权限
_BEFORE_NOT = re.compile(r"(?:[如有否从并毫]|(?<![一二三四五六七八九])是)$")  # 有无, 是否未, 毫无
_TAIL = re.compile(r"(?:的(?:发生|情况|现象|情形)?|发生|情况|现象|出现|产生)+$")
_ABOUT = rf"(?P<what>[^,。;:()\d“”\"]{{0,20}}?(?:{_HEAD})[^,。;:()\d“”\"]{{0,8}}?)"
_ZERO = re.compile(  # 行政复议案件为零, 行政诉讼“零发生”
    rf"{_ABOUT}(?:数量?|量)?(?:均|都|已经?|仍|双双|同|继续|连续(?:[两三四五六七]|\d)年|连续|一直|始终|常年|稳定|今年|全年|实现|保持|控制|压|降|下降)*"
    r"(?:(?:实现|保持)?了?[“\"]?零(?:发[生案]|制发|制定|出台|受理|收案|立案|申请|记录|纪录|案件|登记)[”\"]?|(?:动态|全部|基本|实现|已经?|均|都)*清零|(?:均|都)?(?:为|是|到|至)(?:零|0(?![\d.]|\s*[件起宗次例])))"
)
_BOTH_ZERO = re.compile(  # 行政诉讼、行政复议“双零”
    rf"(?P<what>[^,。;:()\d“”]{{0,12}}?(?:{_HEAD})[^,。;:()\d“”]{{0,6}}?(?:、|和|与|及)"
    rf"[^,。;:()\d“”]{{0,6}}?(?:{_HEAD})(?:数量?|率)?)(?:均|都|双双|继续|连续|全年|力争|确保|争取|再次|实现|保持)*了?“双零”"
)
_DENIES = re.compile(r"[无未没零]|不(?:再)?(?:发生|出现|产生|引发|存在)|[为是到至]0")
_NOT_DONE = re.compile(  # 规范性文件:全年未制发, 进京访没有
    rf"(?P<what>[^,。;:()\d“”\"]{{0,20}}?(?:{_HEAD}))(?:[,:]|数量)?"
    r"(?:全年|今年|本年度?|年内|一年来|均|都|也|暂)*(?:(?:未有?|没有?|无)"
    r"(?:新)?(?:制发|制定|出台|发布|印发|发生|受理|收到|接到|发现|出现|产生)过?|没有|(?<=[:,年度])无)(?=[,。;)]|$)"
)
_NONE_OF = re.compile(  # 无一人通过法律职业资格考试
    r"(?:没有|无|未发生|未出现)一(?!例外)(?P<unit>[人名件起例宗户])(?P<what>(?:[^,。;:()\d]|\([^()]{1,4}\)){2,24})"
)
_NONE_QUOTED = re.compile(  # 行政诉讼“零败诉”
    r"(?P<what>(?:行政诉讼|行政复议|行政应诉|诉讼|复议|信访|行政案件)(?:案件)?“零(?:败诉|纠错|撤销|投诉|上访|积压|超期))”"
)
_NOT_ONE = re.compile(  # 行政复议今年一件也没有, 规范性文件今年一个都没有发
    rf"{_ABOUT}(?:全年|今年|本年度?|一年来)?一(?P<unit>[件起宗例个份次])(?:都|也)?(?:没有?|未|无)[\u4e00-\u9fff]{{0,4}}"
)
_LEADING = re.compile(
    rf"^(?:[、.)\s]|的|了|过|涉及|年度?(?!度)|全年|今年以来|今年|我镇|我乡|我街道|辖区内?|{_NOT}(?:发生|出现)?(?={_HEAD}|[^,。;]{{0,12}}(?:{_HEAD})))+"
)
# A denial of some cases only says nothing of the others: 无积压案件, 未发生重大案件.
_SOME = re.compile(
    r"积压|超期|逾期|超时|未办|未结|久拖|拖延|遗漏|漏(?!管)|重大(?!行政决策)|严重|恶性|较大|群体|集体|越级|重复|(?<!纠)错案|"
    r"不当|违规|(?:一般|简易|普通)程序"
)
_NOTHING = re.compile(  # under the heading 规范性文件: 全年未制发
    r"\W{0,3}(?:全年|今年|本年度?|年内|我[镇乡])?(?P<denied>(?:未|没有|无)(?:新)?(?:制发|制定|出台|发布|印发|发生|受理|收到|接到|出现|产生|新增)?过?)(?=[,。;]|$)"
)
_NAMED = re.compile(rf"(?:{_HEAD})(?:案件|数量?|件数)?$")
_AIMS = re.compile(r"力争|争取|确保|力求|努力")
_CAUSE = re.compile(r"引发|导致|造成|引起")
_ONE_OF = re.compile(r"一个?(?P<unit>[起例件宗份人])$")
_SEPARATOR = re.compile(r"、|和|以及|及|与|或者?")


@dataclass(frozen=True)
class Event:
    """An event of which there was none, by offsets in the reading."""

    start: int
    end: int
    label_start: int
    label_end: int
    some: bool  # denied only of some, or as the result of something: 无因决策不当引发的案件
    unit: str = "件"

    def intended(self, reading: str) -> bool:
        """Whether it is only aimed at, behind its name: 败诉率力争实现“双零”."""
        return bool(_AIMS.search(reading, self.label_end, self.end))


def missing_events(reading: str, start: int, end: int) -> Iterator[Event]:
    """Events between two offsets that the text denies; coordinated ones each for itself.

    >>> [r[e.label_start:e.label_end] for r in ("全年无行政复议、行政诉讼案件",)
    ...  for e in missing_events(r, 0, len(r))]
    ['行政复议', '行政诉讼案件']
    """
    if not _DENIES.search(reading, start, end):
        return
    taken = start
    for match in _NOT_ONE.finditer(reading, start, end):
        yield from _named(reading, match, match.start("what"), False, match["unit"])
        taken = match.end()
    for match in _NOT_DONE.finditer(reading, taken, end):
        yield from _named(reading, match, match.start("what"), False)
        taken = match.end()
    done: list[tuple[int, int]] = []
    for match in _NONE_QUOTED.finditer(reading, taken, end):
        yield from _named(reading, match, match.start("what"), False)
    for match in _BOTH_ZERO.finditer(reading, taken, end):
        yield from _named(reading, match, match.start("what"), False)
    for match in _NONE_OF.finditer(reading, taken, end):
        if not re.search(_HEAD, match["what"]):
            done.append(match.span())
            yield from _named(reading, match, match.start("what"), False, match["unit"])
    for match in _NEGATION.finditer(reading, taken, end):
        denied = match.start("negation")
        if _NOT_NEGATION.search(match["negation"] + match["what"][:3]):
            continue
        if any(start < place < stop for start, stop in done for place in (denied, match.end())):
            continue
        if match["negation"].endswith("零") and "“" in reading[max(start, denied - 8) : denied]:
            continue  # a slogan: 实现“零上访、零事故”
        if _BEFORE_NOT.search(reading, max(start, denied - 1), denied):
            continue
        if _NO_POWER.search(match["what"]):
            continue
        what_start = match.start("what")
        cause = None
        for cause in _CAUSE.finditer(match["what"]):
            what_start = match.start("what") + cause.end()
        caused = cause is not None or "引发" in match["negation"] or "因" in match["negation"]
        yield from _named(reading, match, what_start, caused, _unit_of(match["negation"]))
    for match in _ZERO.finditer(reading, taken, end):
        if not _NEGATION.search(match["what"]) and not _NOT_YET.search(match["what"]):
            yield from _named(reading, match, match.start("what"), False)


def denied_under(heading: str, reading: str, start: int, end: int) -> Event | None:
    """What a sentence denies that names nothing, where its heading names an event; None elsewhere.

    >>> denied_under("行政诉讼", "全年未发生。", 0, 6) is not None
    True
    """
    nothing = _NOTHING.match(reading, start, end)
    if nothing is None or not _NAMED.search(heading):
        return None
    label = nothing.span("denied")
    return Event(label[0], label[1], *label, bool(_SOME.search(heading)))


def _named(
    reading: str, match: re.Match[str], what_start: int, caused: bool, unit: str = "件"
) -> Iterator[Event]:
    what = reading[what_start : match.end("what")]
    leading, tail = _LEADING.match(what), _TAIL.search(what)
    left = what_start + (leading.end() if leading else 0)
    right = match.end("what") - (len(tail[0]) if tail else 0)
    for label_start, label_end in _parts(reading, left, right):
        unit = "%" if reading[label_start:label_end].endswith("率") else unit
        some = caused or bool(_SOME.search(reading, label_start, label_end))
        yield Event(match.start(), match.end(), label_start, label_end, some, unit)


def _unit_of(negation: str) -> str:
    """The unit that a denial prints: 没有一起 counts 起; 件 where it prints none."""
    one = _ONE_OF.search(negation)
    return one["unit"] if one else "件"


def _parts(reading: str, left: int, right: int) -> list[tuple[int, int]]:
    pieces = [left]
    for match in _SEPARATOR.finditer(reading, left, right):
        pieces += [match.start(), match.end()]
    pieces.append(right)
    spans = [(pieces[i], pieces[i + 1]) for i in range(0, len(pieces), 2)]
    if all(re.search(_HEAD, reading[start:end]) for start, end in spans):
        return [(_without_negation(reading, start, end), end) for start, end in spans]
    return [(left, right)]


def _without_negation(reading: str, start: int, end: int) -> int:
    """Where a coordinated member's own name begins: 无行政复议被纠错案件."""
    leading = _LEADING.match(reading[start:end])
    return start + leading.end() if leading else start
