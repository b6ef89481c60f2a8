"""Find the noun phrase a figure belongs to, as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.bare import is_bare
from ingest.facts.coordination import rate_spans
from ingest.facts.edges import is_verb_only, light_verb_length, modal_length, trim
from ingest.facts.figure_first import counted_behind
from rag.amounts import MONEY, Amount

_RATE_UNITS = ("%", "‰")
_RIGHT_END = re.compile(
    r"[,。;:!?()、\n“”\"]|第?\d|分别|全部(?=完)|进行|予以|[不免]予|完成|签订|签约|参与|参加|提供|担任|开展|用于|达到|通过|获得|获评|旁听|涉及|取得|考取|报名|"
    r"接受|受理|持有|持证|占|被(?![告诉申])|给予|办结|调解成功|成功|化解|结案|开庭|审理|经(?![费营济办理验过常])|办理|[签审讲跑查调改收发]了|移送|整改|纳入|到场|到会|出庭|应诉|前往|赴|到(?=[\u4e00-\u9fff])|"
    r"在(?![编岗册])|(?<!行)为|由|对(?!象)|向|下降|减少|增长|上升|增加|提高|提升|降低|持平|[降升增减压涨](?:到|至|为)|(?:扩|发|拓)展(?:到|至|为)|均|已(?=[\u4e00-\u9fff])|都|全部|逐一|逐项|年终|"
    r"常驻|组成|共(?=[有计])|[多少][了出]|要(?![求点素件闻])|需要|负责|承担|还(?![款贷])|也|又|仍|将(?!军)|正(?=[在式])|拥有|具有|实行|开展|当(?![事地场年选天]|[\u4e00-\u9fff]?面)(?=[\u4e00-\u9fff])|送[到给达往]|常年|长期|全年|作为|追回|讨回|挽回|配备|配有|聘请|聘用|聘任|建立|设立|实现|落实|取得|中(?:仅|只|还)?有|(?<=[员部伍件纷村区位业象师])中(?![学心小队层])|中(?=[,、]|$)|里(?:仅|只|还)?有|超过|没有|未|因|建成|属于|来自|从事|集中|年底"
)
_DEED = re.compile(  # 500人次参加培训
    r"(?:拿到了?|领到了?|考到了?|考上了?|参加|参与|旁听|报名|获得|获评|取得|考取|接受|通过|持有|受益)+"
)
_VERB_BEHIND = re.compile(rf"(?!“)(?:{_RIGHT_END.pattern})")
_ADVERBS = re.compile(
    r"(?:均|都|已经?|全部|正在?|还|也|将|仍|尚|现|全年|年内|今年|目前|分别|主要|集中|同时|全(?![员民体程面县区市省国州镇乡村])|在(?!编|岗|册)|依法|按期|按时|逐一)+"
)
_PREDICATE_END = re.compile(r"[,。;:!?()、\n]|\d")
_MOVES = re.compile(
    r"有?(?:[少多翻]了|[降升增减压涨缩]短?(?:到|至|为)|(?:扩|发|拓)展(?:到|至|为)|下降|减少|增长|上升|增加|提高|提升|降低|持平|明显|大幅|进一步|较|比|同比)"
)
_NO_NAME = re.compile(  # 未达到95%的目标要求, 低于全县95%的平均水平
    r"(?:平均|考核|年度|既定|责任|工作|绩效)*(?:目标|要求|标准|水平|任务|指标|承诺|规定|成绩|比例|左右|有了?)"
)
_COMPARED_WITH = re.compile(  # 比区里要求的90%还差1.8个百分点, 没能达到年初定下的97%
    r"但?(?:没有?达到|达不到|未达到?|离|距离?)(?:全?[国省市县区镇乡州上][级里面上]?|上级)的?|"
    r"但?(?:也|还|仍|均|都)?(?:[没未]能?|没有|达不)(?:达?到|完成)(?:了)?[^,。;\d]{0,8}(?:定下?|提出|确定|承诺|设定|下达|约定|要求|规定|预定|预期)的?(?:目标)?(?:是|为|即)?|"
    r"但?(?:离|距离?|对照|对标|与)[^,。;\d]{0,10}"
    r"(?:定下?|提出|确定|承诺|设定|下达|约定|要求|规定|预定)的?|"
    r"但?(?:比|较|低于|高于|超过|超出|未达到?|没有?达到|达到|离|距离?|与)?(?:全?[国省市县区镇乡州上][级里面上]?|上级)?(?:政府|考核|统一)?"
    r"(?:要求|规定|确定|下达|设定|平均|定|约定)的?(?:[村人户]均)?"
)
_BY_HOW_MUCH = re.compile(
    r"(?:同比|环比|平均)?(?:降幅|增幅|涨幅|升幅|减幅|增速|增长率|下降率)(?:达到?|为|约)?"
)
_GOES_ON = re.compile(
    r"(?:并(?!联)|是|系(?!统|列)|即|属于?|且|而|同时|以及|及(?![时格])|和(?![解谐])|与(?!会))"
)
_RELATIVE = re.compile(  # 4起以镇政府为被告的官司
    r"[\u4e00-\u9fff]{2,20}的[\u4e00-\u9fff]{2,8}?(?=[,。;:!?)、]|进行|开展|予以|给予|$)"
)
_RATE_BEHIND = re.compile(r"[^,。;:()\d由均都已]{1,12}?(?:率|比例)")  # 100%的出庭应诉率
_CLAUSE_STOP = re.compile(r"[,。;:!?()\n]")
_QUOTED = re.compile(r"“[^“”]{2,12}”")
_INNER_QUOTE = re.compile(r"[\u4e00-\u9fff]{1,4}“[^“”]{1,6}”[\u4e00-\u9fff]{2}")  # 村“两委”成员
_PLACE = r"(?:行政村|村街|街村|村居|村\(社区\)|村\(居\)|村社区|村委会|村民小组|小组|村|社区|居委会)"
_RATE_FOLLOWS = re.compile(
    rf"(?P<counted>(?:[\u4e00-\u9fff]{{0,3}}{_PLACE}|单位|部门|站所|企业|学校|案件|事项|[\u4e00-\u9fff]{{0,4}}(?:人员|干部|队员|调解员|党员|职工|对象))?)[^,。;:!?]{{2,20}}(?:率|比例|占比)"
    r"(?:均|都|已|全部|为|达到?|达|是|实现|:|未达到?|不足|只有|仅有?|有)*"
)
_PLACES = re.compile(  # 11个村法律顾问全年到村服务不足4次: villages are counted
    rf"{_PLACE}(?![民居级干务两组规委道庄志公工调图广宣文庭法矫戒治服]|法律(?!顾问))|{_PLACE}(?=法律顾问)"
)
_LAW = re.compile(r"^[^《]*《[^》]*》的?(?=[^《》]{2,}$)")  # 落实《…目录》的行政处罚权
_BOUND = re.compile(
    r"(?:各|近|约|超过?|逾|不少于|至少|达到?|将近|大约|一共|共|有|只|仅|[了出过]|[全我本各][县区市省州镇乡])+$"
)
_TOWARDS = (
    "为",
    "对",
    "给",
    "向",
    "让",
    "帮",
    "替",
    "帮助",
    "与",
    "对接",
)  # 组织律师为34家企业体检
_TARGETS = frozenset("家 户 名 人 个 位 所".split())
_ABOUT = re.compile(r"关于|有关|涉及|针对")  # 一个关于档案室扩容的问题
_SINCE = re.compile(r"(?:下放|实施|施行|运行|成立|开展|启动|移交|承接)?以来$")  # 行政执法权下放以来
_OF_WHAT = re.compile(  # 17个公共法律服务工作室的工作机制: rooms are counted
    r"的[^,。;]{0,6}(?:机制|服务|效劳|工作|建设|作用|需求|管理|职责|情况|水平|能力|任务|要求|规定|问题)$"
)


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
    counted = counted_behind(reading, amount, right)
    if counted:
        return (Label(*counted, amount.start, counted[1], "figure_first"),)
    start, end = trim(reading, left, amount.start)
    if _COMPARED_WITH.fullmatch(reading, start, end) or _BY_HOW_MUCH.fullmatch(reading, start, end):
        start = end
    after = _right_phrase(reading, amount, right)
    named_before = start < end and not _names_nothing(reading[start:end], amount)
    if named_before and not _counts_what_follows(reading, (start, end), amount, after):
        return _named_before(reading, start, end, amount)
    if reading[after[1] : after[1] + 1] == ":":
        after = (after[0], after[0])  # it leads in what follows
    touches = reading[after[1] : after[1] + 1].isdigit() and is_bare(reading[slice(*after)])
    if (
        after[0] < after[1]
        and not touches
        and not (start < end and _only_says(reading, amount, after))
    ):
        stop = _CLAUSE_STOP.search(reading, after[1])
        claim_end = stop.start() if stop else len(reading)
        claim_end = claim_end if claim_end - after[1] <= 80 else after[1]
        return (Label(*after, min(start, amount.start), claim_end, "label_after"),)
    if start < end:
        return (Label(start, end, start, amount.end, "verb_before"),)
    return (Label(amount.start, amount.start, amount.start, amount.end, "carried"),)


def _counts_what_follows(
    reading: str, before: tuple[int, int], amount: Amount, after: tuple[int, int]
) -> bool:
    """Whether a noun stands right behind the figure (对接镇域27个居委会), so that it is counted."""
    length = after[1] - after[0]
    if (
        length < 1
        or reading[amount.end : after[0]].strip(" 的")  # an adverb: 9件全部按时答复
        or _DEED.match(reading, *after)
        or _VERB_BEHIND.match(reading, *after)
        or amount.unit in (*_RATE_UNITS, *MONEY)
    ):
        return False
    if reading[after[1] : after[1] + 1].isdigit() and not _PLACES.fullmatch(reading, *after):
        return False  # it is of the next figure: 法律顾问8人服务13个村
    if length == 1 and reading[after[0]] not in "村组队站所点岗镇乡县户":
        return False
    if reading[amount.end : amount.end + 1] == "的":  # 不少于40学时的培训
        return amount.unit in ("学时", "课时", "小时") or is_verb_only(reading[slice(*before)])
    linked = _BOUND.sub("", reading[before[1] : amount.start].strip(" :"))
    return not linked or (linked in _TOWARDS and amount.unit in _TARGETS)


def _only_says(reading: str, amount: Amount, after: tuple[int, int]) -> bool:
    """Whether what stands behind only says what came of the counted: 立案3起均已办结."""
    adverbs = _ADVERBS.match(reading, amount.end, after[1])
    return bool(adverbs) and is_bare(reading[slice(*after)])


def _names_nothing(text: str, amount: Amount) -> bool:
    if amount.unit in _RATE_UNITS and re.search(r"(?:率|比例|占比|比重|度|面)$", text):
        return False
    return is_verb_only(text)


def _named_before(reading: str, start: int, end: int, amount: Amount) -> tuple[Label, ...]:
    text = reading[start:end]
    spans = rate_spans(text) if amount.unit in _RATE_UNITS else ()
    if not spans:
        law = _LAW.match(text)
        begin = start + (law.end() if law else modal_length(text))
        if not law and amount.unit not in _RATE_UNITS:
            begin += light_verb_length(reading[begin:end])
        return (Label(begin, end, start, amount.end, "label_before"),)
    first = text[: spans[0][1]]
    begin = max(spans[0][0], modal_length(first))
    return tuple(
        Label(
            start + (begin if index == 0 else left),
            start + right,
            start,
            amount.end,
            "coordinated",
            "" if index == 0 else first,
        )
        for index, (left, right) in enumerate(spans)
    )


def _right_phrase(reading: str, amount: Amount, stop: int) -> tuple[int, int]:
    """The noun phrase behind a figure; what is said of the counted where none stands there."""
    start = amount.end
    while start < stop and reading[start] in " 的":
        start += 1
    linked = reading[amount.end : start].strip() == "的"
    if linked and amount.unit not in _RATE_UNITS and _NO_NAME.match(reading, start, stop):
        return start, start
    if amount.unit in _RATE_UNITS and (not linked or _NO_NAME.match(reading, start, stop)):
        tenths = "成" in reading[amount.start : amount.end]  # 两成群众
        return _noun_behind(reading, start, stop) if tenths else (start, start)
    counted = _RATE_FOLLOWS.fullmatch(reading, start, stop)
    if counted:  # 17个村法律顾问覆盖率100%: the rate is the next figure's
        return start, counted.end("counted")
    places = _PLACES.match(reading, start, stop)
    if places and amount.unit == "个":
        return places.span()
    rate = _RATE_BEHIND.match(reading, start, stop)
    if rate:
        of = reading.rfind("的", start, rate.end()) if amount.unit not in _RATE_UNITS else -1
        return (start, of) if of > start + 1 else rate.span()
    return _noun_behind(reading, start, stop)


def _noun_behind(reading: str, start: int, stop: int) -> tuple[int, int]:
    adverbs = _ADVERBS.match(reading, start, stop)
    begin = adverbs.end() if adverbs else start
    if _GOES_ON.match(reading, begin, stop):
        return begin, begin
    quoted = _QUOTED.match(reading, begin, stop)
    if quoted:
        return begin, quoted.end()
    inner = _INNER_QUOTE.match(reading, begin, stop)
    if inner:
        return inner.span()
    deed = _DEED.match(reading, begin, stop)
    match = _RIGHT_END.search(reading, deed.end() if deed else begin, stop)
    end = min(match.start() if match else stop, begin + 30)
    since = _SINCE.search(reading, begin, end)
    if since and since.start() > begin + 1:
        return begin, since.start()
    of_what = _OF_WHAT.search(reading, begin, end)
    if of_what and of_what.start() - begin > 3 and not _ABOUT.match(reading, begin):
        return begin, of_what.start()
    if end == begin or reading[begin] in "以由因被经向对在":
        relative = _RELATIVE.match(reading, begin, stop)
        if relative:
            return relative.span()
    if end == begin and not _MOVES.match(reading, begin, stop):
        # nothing is counted but what the verb says: 95人全部合格, 2起正在办理中
        match = _PREDICATE_END.search(reading, begin, stop)
        end = min(match.start() if match else stop, begin + 16)
    return begin, end
