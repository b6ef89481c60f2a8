"""Find the noun phrase a figure belongs to, as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.amounts import MONEY, Amount

_TIME = (
    r"(?:(?:截至|截止|到)?(?:目前|\d{4}年底|年底|年末)(?:为止)?|今年以来|今年|本年度|本年|当年|上年度?(?!度?结转)|去年|"
    r"(?:\d{4}|\d{2})年度?(?:以来|全年|上半年|下半年|期间|内|来|里|中)?|\d{1,2}月(?:份|底)?|\d{1,2}日|全年度?|一年来|年内|年度|期间|以来)"
)
_ACTOR = (
    r"(?:我(?:镇|乡|街道|办|县|区|市|处|街)|本(?:镇|乡|街道|办|单位|级|机关)|全(?:镇|乡|街道|办|县|区|市|省|国)|"
    r"镇(?:政府|党委|人民政府|级|机关)?(?=共|累计|总)|辖区内?|街道办?(?=共|累计)|各村(?:居|\(社区\))?|党委政府|党委、政府)"
)
_ORDER = (
    r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]|首先|其次|再次|最后|"
    r"\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d)|[①-⑳])"
)
_LINK = (
    r"(?:同时|并且|并|且|其中|另外|此外|另|还|又|再|也|均|都|已经|已|现已|现有|现|共计|总共|共|"
    r"合计|累计|总计|平均|分别|先后|各|全部|以及|及|和|与|、|通过|是|为|在(?!办|册|岗|编|校|建|库)|由|对|按照|坚持|由于|"
    r"截至|截止|约|近|的|了|,|\s)"
)
_LEADING = re.compile(rf"^(?:{_TIME}|{_ACTOR}|{_ORDER}|{_LINK})+")
# Words before a label that say how far it was done: quoted with it, but no part of its name.
_MODAL = re.compile(
    r"^(?:力争|争取|确保|力求|计划|拟(?!定|订|制|稿)|预计|有望|围绕|努力|要(?!求)|将|实现|达到|明年|来年|下一年|下一步|下年度)+"
)
_TRAILING = re.compile(
    r"(?:总数|数量)?(?:(?:同比|环比|[较比])?(?:去年|上年|上一年|\d{4}年)(?:同期)?的?|同比|环比|没有?|[由从](?:去年|上年|上一年|\d{4}年)?的?|"
    r"增长|上升|下降|减少|增加|提高|提升|降低|均|都|已|也|分别|全部|全|基本|总计|合计|累计|共计|共有|共|计|达到了?|达成|达至|达|"
    r"保持在|维持在|稳定在|控制在|提高到|提高至|提升到|提升至|上升到|上升至|增加到|增至|降至|下降到|"
    r"实现了?|为|是|有|至|到|约为|大约|约|近|将近|超过|超|逾|突破|不少于|不低于|至少|高于|低于|不足|不到|未达到|未达|"
    r"各|总|了|过|出|多达|高达|仅|只|接近|平均|:|=|\s)+$"
)
_LIGHT = (
    "组织开展 深入开展 扎实开展 累计开展 持续开展 常态化开展 集中开展 联合开展 共开展 "
    "开展了 开展 组织了 组织 召开了 召开 举办了 举办 举行 进行 发放 派发 印发 "
    "分发 投入 出动 购买 购置 采购 签订 签署 续签 培养 培育 修建 新建 建成 建立 "
    "成立 设立 建设 设置 配置 配备 完成 制作 张贴 悬挂 接受 邀请 聘请 涉及 实现 "
    "产生 打造 建有 设有 拥有 出具 制定 解决 下发 覆盖 配有 现有 达成 形成"
).split()
_LIGHT_VERB = re.compile(
    "^(?:"
    + "|".join(sorted(_LIGHT, key=len, reverse=True))
    + "|有(?![关效力序奖机限偿针计组声线为色所]))了?"
)
_VERB_ONLY = re.compile(
    r"(?:^|.*(?:等|并|地|中|上|下|来|方面|和|与|及|、|向|了))?(?:"
    + "|".join(sorted({verb.removesuffix("了") for verb in _LIGHT}, key=len, reverse=True))
    + r"|建立健全|健全完善|健全|完善|优化|规范|创建|创成|审查|审核|受理|办理|查处|化解|"
    r"调解|调处|排查|整改|宣传|参加|参与|处理|处置|接待|走访|检查|征求|收集|收到|回复|答复|新增|增设|调整|划分|整合|修订|清理|发布|公开|"
    r"推送|播放|签约对接|签约|对接|选派|选聘|选出|评选|推选|调配|抽调|编印|拍摄|录制|立案|结案|办结|实际|讲授|讲解|服务|"
    r"提供|推行|承接|行使|下放|赋予|梳理|确定|明确|涵盖|围绕|对|与|在|给|由|为|向|从|有|是|设|建|把|将|用|以)?(?:了|过|出|起|有|好|到)?$"
)
_RIGHT_END = re.compile(
    r"[,。;:!?()、\n“”\"]|\d|分别|全部(?=完)|进行|予以|完成|签订|签约|参与|参加|提供|担任|开展|用于|达到|通过|获得|获评|旁听|涉及|取得|考取|报名|接受|受理|持有|持证|占|被|"
    r"给予|办结|调解成功|成功|化解|结案|办理|移送|整改|纳入|到场|到会|出庭|应诉|前往|赴|到(?=[\u4e00-\u9fff])|在|为|由|对|向|下降|减少|增长|上升|增加|提高|提升|降低|持平|均|已(?=[\u4e00-\u9fff])|都|全部"
)
_DEED = re.compile(
    r"(?:参加|参与|旁听|报名|获得|获评|取得|考取|接受|通过|持有|受益)+"
)  # 500人次参加培训
_RATE_BEHIND = re.compile(r"[^,。;:()\d由均都已]{1,12}?(?:率|比例)")  # 100%的出庭应诉率
_CLAUSE_STOP = re.compile(r"[,。;:!?()\n]")
_QUOTED = re.compile(r"“[^“”]{2,12}”")
_RATE_FOLLOWS = re.compile(
    r"(?P<counted>(?:行政村|村居|村\(社区\)|村|社区|居委会|单位|部门|站所|企业|学校|案件|事项)?)[^,。;:!?]{2,20}(?:率|比例|占比)(?:均|都|已|全部|为|达到?|达|是|实现|:)*"
)
_AND = r"(?:、|和|与|以及|及(?!时|格))"
_RATE_ITEM = rf"(?:(?!{_AND})[^,;。:]){{1,18}}?(?:率|比例|占比|比率)"
_RATES = re.compile(rf"^(?P<first>.*?(?:率|比例|占比))(?P<rest>(?:{_AND}{_RATE_ITEM})+)$")
_LAW = re.compile(r"^[^《]*《[^》]*》的?(?=[^《》]{2,}$)")  # 落实《…目录》的行政处罚权
_SEPARATOR = re.compile(_AND)


@dataclass(frozen=True)
class Label:
    """A label by offsets in the reading, and the span of the clause that states the figure."""

    start: int
    end: int
    claim_start: int
    claim_end: int
    rule: str
    subject: str = ""  # what an earlier member of a coordination says of this one


def find_labels(reading: str, left: int, right: int, amount: Amount) -> tuple[Label, ...]:
    """The labels of one amount; several where coordinated labels share one figure.

    Args:
        left: where the text that may name the figure begins (a clause or the amount before).
        right: where the sentence or the next amount begins.

    Returns:
        At least one label; an empty one (start == end) where the clause names nothing.
    """
    start, end = _trim(reading, left, amount.start)
    after = _right_phrase(reading, amount.end, right)
    named_before = start < end and not _names_nothing(reading[start:end], amount)
    if named_before and not _counts_what_follows(reading, end, amount, after):
        return _coordinated(reading, start, end, amount)
    if after[0] < after[1]:
        stop = _CLAUSE_STOP.search(reading, after[1])
        claim_end = stop.start() if stop else len(reading)
        claim_end = claim_end if claim_end - after[1] <= 80 else after[1]
        return (Label(*after, min(start, amount.start), claim_end, "label_after"),)
    if start < end:
        return (Label(start, end, start, amount.end, "verb_before"),)
    return (Label(amount.start, amount.start, amount.start, amount.end, "carried"),)


def _counts_what_follows(
    reading: str, label_end: int, amount: Amount, after: tuple[int, int]
) -> bool:
    """Whether a noun stands right behind the figure (对接镇域27个居委会), so that it is counted."""
    if after[1] - after[0] < 2 or amount.unit in ("%", "‰", *MONEY):
        return False
    if reading[amount.end : amount.end + 1] == "的":  # 不少于40学时的培训
        return True
    linked = reading[label_end : amount.start].strip(" :")
    return not linked or bool(re.search(r"(?:了|出|过|共|有)$", linked))


def _trim(reading: str, start: int, end: int) -> tuple[int, int]:
    leading = _LEADING.match(reading[start:end])
    if leading:
        start += leading.end()
    trailing = _TRAILING.search(reading[start:end])
    if trailing:
        end = start + trailing.start()
    return start, end


def _names_nothing(text: str, amount: Amount) -> bool:
    if amount.unit in ("%", "‰") and re.search(r"(?:率|比例|占比|比重|度|面)$", text):
        return False
    return bool(_VERB_ONLY.fullmatch(text))


def _coordinated(reading: str, start: int, end: int, amount: Amount) -> tuple[Label, ...]:
    text = reading[start:end]
    match = _RATES.match(text) if amount.unit in ("%", "‰") else None
    if match is None:
        law = _LAW.match(text)
        begin = start + (law.end() if law else _modal(text))
        if not law and amount.unit not in ("%", "‰"):
            begin += _light_verb(reading[begin:end])
        return (Label(begin, end, start, amount.end, "label_before"),)
    first_start = start + max(_first_item_start(match["first"]), _modal(match["first"]))
    bounds = [(first_start, start + match.end("first"))]
    position = start + match.start("rest")
    for separator in _separators(match["rest"]):
        item_start = position + separator[1]
        item_end = position + separator[2]
        bounds.append((item_start, item_end))
    subject = match["first"]
    return tuple(
        Label(begin, stop, start, amount.end, "coordinated", "" if index == 0 else subject)
        for index, (begin, stop) in enumerate(bounds)
    )


def _first_item_start(first: str) -> int:
    """Where the first rate's own name begins in a run such as 执行报备制度,报备率."""
    return max(first.rfind("、", 0, len(first) - 2), -1) + 1


def _separators(rest: str) -> list[tuple[int, int, int]]:
    items = []
    marks = [match.span() for match in _SEPARATOR.finditer(rest)]
    for index, (begin, stop) in enumerate(marks):
        end = marks[index + 1][0] if index + 1 < len(marks) else len(rest)
        items.append((begin, stop, end))
    return items


def _modal(text: str) -> int:
    """How much of a label's start says that it is planned, with the time behind that."""
    match = _MODAL.match(text)
    if match is None or match.end() >= len(text):
        return 0
    rest = _LEADING.match(text[match.end() :])
    skip = match.end() + (rest.end() if rest else 0)
    return skip if skip < len(text) else match.end()


def _light_verb(text: str) -> int:
    match = _LIGHT_VERB.match(text)
    if match is None or match.end() >= len(text):
        return 0
    rest = _LEADING.match(text[match.end() :])
    skip = match.end() + (rest.end() if rest else 0)
    return skip if skip < len(text) else 0


def _right_phrase(reading: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and reading[start] in " 的":
        start += 1
    quoted = _QUOTED.match(reading, start, stop)
    if quoted:
        return start, quoted.end()
    counted = _RATE_FOLLOWS.fullmatch(reading, start, stop)
    if counted:  # 17个村法律顾问覆盖率100%: the rate is the next figure's
        return start, counted.end("counted")
    rate = _RATE_BEHIND.match(reading, start, stop)
    if rate:
        return rate.span()
    deed = _DEED.match(reading, start, stop)
    match = _RIGHT_END.search(reading, deed.end() if deed else start, stop)
    end = min(match.start() if match else stop, start + 30)
    return (start, end) if end - start >= 1 else (start, start)
