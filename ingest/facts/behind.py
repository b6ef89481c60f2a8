"""The noun phrase behind a figure, or what is said of the counted where none stands there."""

from __future__ import annotations

import re

from rag.amounts import MONEY, Amount

RATE_UNITS = ("%", "‰")
RIGHT_END = re.compile(
    r"[,。;:!?、\n“”\"]|\((?!(?:社区|居|街|民|镇|乡)\))|(?<!\(社区)(?<!\([居街民镇乡])\)|第?\d|分别|全部(?=完)|依法(?=不予|免予|作出|处|查|予|实施|进行|立案|送)|进行|予以|[不免]予|完成|签订|签约|参与|参加|提供|担任|开展|用于|达到|通过|获得|获评|旁听|涉及|取得|考取|报名|"
    r"接受|受理|持有|持证(?!人员|干部|队员|执法|上岗)|统一(?=[着佩持穿配行])|占|被(?![告诉申])|给予|办结|调解成功|成功|化解|结案|开庭|审理|经(?![费营济办理验过常])|办理|[签审讲跑查调改收发]了|移送|整改|纳入|到场|到会|出庭|应诉|前往|赴|到(?=[\u4e00-\u9fff])|"
    r"在(?![编岗册职校])|(?<![行列])为|(?<!案)由|对(?!象)|向|下降|减少|增长|上升|增加|提高|提升|降低|持平|[降升增减压涨](?:到|至|为)|(?:(?:扩|发|拓)展|壮大)(?:到|至|为)|均|已(?=[\u4e00-\u9fff])|都|全部|逐一|逐项|年终|"
    r"常驻|组成|(?<![公中])共(?![同享建治青产性识和创用通])|[多少][了出]|(?<![主重需必首紧纪摘概])要(?![求点素件闻])|需要|负责(?!人|同志)|带队|(?<=人)履行|(?<=会议)(?:研究|部署|听取|审议)|解决(?!方案|机制|率|办法|途径)|(?<=[\u4e00-\u9fff])(?<![合兼])并(?!联)|(?:规范化?|正常|有序|高效)?运[行转](?!费)|反映|讲授|讲解|宣讲(?!队|团|员|骨干|小组)|普及|相比|承担|还(?![款贷])|也|又|仍|即将|将(?!军)|正(?=[在式])|拥有|具[有备]|受到|累计|组建(?=[\u4e00-\u9fff]{2})|严格|切实|驻点|坐班|坐诊|轮值|值守|实行|推行|推出|开展|当(?![事地场年选天]|[\u4e00-\u9fff]?面)(?=[\u4e00-\u9fff])|送[到给达往]|分(?:配|给|派给|解到)|常年|长期|全年|作为|追回|讨回|挽回|配备|配有|聘请|聘用|聘任|建立|设立|实现|落实|取得|中(?:仅|只|还)?有|(?<=[员部伍件纷村区位业象师])中(?![学心小队层])|中(?=[,、]|$)|里(?:仅|只|还)?有|超过|充实|人均|户均|村均|空[了着缺出]|输[了掉]|没有|未|因|建成|属于|来自|从事|集中|同步(?=推进|开展|实施|进行|落实)|年底|动态(?=调整)|调整[为到至]"
)
DEED = re.compile(  # 500人次参加培训
    r"(?:拿到了?|领到了?|考到了?|考上了?|参加|参与|旁听|报名|获得|获评|取得|考取|接受|通过|持有|受益)+"
)
ADVERBS = re.compile(
    r"(?:均|都|已经?|全部|正在|正(?![面式规常职副])|还|也|将|仍|尚|现|全年|年内|今年|目前|分别|主要(?!问题|领导|负责|任务|矛盾|成员|工作|指标|措施|事项)|集中|同时|全(?![员民体程面县区市省国州镇乡村])|在(?!编|岗|册|职|校|建|办|矫|库)|依法|按期|按时|逐一)+"
)
_PREDICATE_END = re.compile(r"[,。;:!?()、\n]|\d")
_MOVES = re.compile(
    r"有?(?:[少多翻]了|[降升增减压涨缩]短?(?:到|至|为)|(?:(?:扩|发|拓)展|壮大)(?:到|至|为)|下降|减少|增长|上升|增加|提高|提升|降低|持平|明显|大幅|进一步|较|比|同比)"
)
_NO_NAME = re.compile(  # 未达到95%的目标要求, 低于全县95%的平均水平
    r"(?:平均|考核|年度|既定|预期|预定|责任|工作|绩效|总|总体)*(?:目标|要求|标准|水平|任务|指标|承诺|规定|成绩|比例|左右|有了?)"
)
_AIM = re.compile(  # 未达到年初确定的120名目标: named before
    r"(?:年度|考核|既定|预期|工作)*(?:目标|任务|指标|标准|要求|计划)(?:任务|要求|数)?(?=[,。;!?)]|$)"
)
_ITEMS = frozenset("项 个 条 类 件 大".split())
_STANDARD = re.compile(  # 按每村3名的标准配备调解员
    r"(?:标准|要求|比例)(?:配[备齐强]|选[聘配]|聘请|培养|培育|设[立置]|建设|组建)了?(?P<what>[\u4e00-\u9fff“”]{2,10})(?=[,。;])"
)
_GOES_ON = re.compile(
    r"(?:有(?:较大|一定|不小|明显|很大)?(?:的)?(?:差距|出入)|等(?![级候待于同])|并(?!联)|是|系(?!统|列)|即|属于?|且|而|同时|以及|及(?![时格])|和(?![解谐])|与(?!会))"
)
_RELATIVE = re.compile(  # 4起以镇政府为被告的官司
    r"[\u4e00-\u9fff]{2,20}的[\u4e00-\u9fff]{2,8}?(?=[,。;:!?)、]|进行|开展|予以|给予|$)"
)
_RATE_BEHIND = re.compile(r"[^,。;:()\d由均都已]{1,12}?(?:率|比例)")  # 100%的出庭应诉率
_QUOTED = re.compile(r"“[^“”]{2,12}”")
_QUOTED_KIND = re.compile(  # 86名“双语”普法骨干
    r"“[^“”]{2,4}”[\u4e00-\u9fff]{0,4}(?:骨干|人员|队伍|干部|队员|能手|专员|工作室|调解员|宣讲员|工作站|宣传员|网格员|司法所|派出所|调解室|法庭|窗口|村|社区)(?=[,。;:、)])"
)
_INNER_QUOTE = re.compile(r"[\u4e00-\u9fff]{1,4}“[^“”]{1,6}”[\u4e00-\u9fff]{2}")  # 村“两委”成员
_PERSONS = frozenset("人 名 位".split())
_PLACE = r"(?:(?:(?:边境|民族|少数民族|偏远|沿边)?村寨)|行政村\(社区\)|行政村\(居\)|行政村|村街|街村|村居|村\(社区\)|村\(居\)|村社区|村委会|村民小组|小组|村(?!\()|社区|居委会|嘎查村?|乡镇|镇街)"
_RATE_FOLLOWS = re.compile(
    rf"(?P<counted>(?:[\u4e00-\u9fff]{{0,3}}{_PLACE}|街道|单位|部门|站所|企业|学校|案件|事项|[\u4e00-\u9fff]{{0,4}}(?:人员|干部|队员|调解员|党员|职工|对象))?)[^,。;:!?]{{2,20}}(?:率|比例|占比)"
    r"(?:均|都|已|全部|为|达到?|达|是|实现|:|未达到?|不足|只有|仅有?|有)*"
)
PLACES = re.compile(  # 11个村法律顾问全年到村服务不足4次: villages are counted
    rf"{_PLACE}(?![民居级干务两组规委道庄志公工调图广宣文庭法矫戒治服]|法律(?!顾问))|{_PLACE}(?=法律顾问)"
)
_OWNERS = re.compile(  # 7个社区法律服务工作室7间: what the places have is counted by the next
    rf"(?P<places>{_PLACE})[^,。;:!?()、均都共]{{2,14}}(?:室|站|点|中心|厅)(?:共|共有|有|各)?(?=\d)"
)
_ALL_IN_ONE = re.compile(  # 1处集休闲、普法于一体的公共空间
    r"集[^,。;]{2,30}[于为]一(?:体|身)的(?P<what>[\u4e00-\u9fff]{2,10})"
)
_ABOUT = re.compile(r"关于|有关|涉及|针对")  # 一个关于档案室扩容的问题
_JOINT = re.compile(r"(?:以及|和|(?<!参)与|及|、)$")  # 6个部门和17个镇街
_OF_THESE = re.compile(r"[之当其]?中(?![学心小队层国央共间])")
_HOW = re.compile(r"重新|再次|另行|自行|主动|当场|提前|就地")  # 31件重新办理
_WHO_HAS = re.compile(  # 两名拥有法律专业背景的干部
    r"(?:拥有|具有|具备|持有|取得|来自|熟悉|精通|负责)[^,。;:()\d的]{2,16}的(?P<who>[\u4e00-\u9fff]{2,8}?)(?=[,。;:()]|专门|专职|负责|担任|参与|组成|开展|进行|从事|分别|$)"
)
_OF_NEXT = re.compile(r"的?[\u4e00-\u9fff]{2,8}$")
_SINCE = re.compile(r"(?:下放|实施|施行|运行|成立|开展|启动|移交|承接)?以来$")  # 行政执法权下放以来
_SOME_OF = re.compile(r"的(?:部分|全部|大部分|多数)?$")  # 12个调委会的部分成员
_OF_WHAT = re.compile(  # 17个公共法律服务工作室的工作机制: rooms are counted
    r"的[^,。;]{0,6}(?:机制|服务|效劳|工作|建设|作用|需求|管理|职责|情况|水平|能力|任务|要求|规定|问题|(?:组成)?成员|组成人员)$"
)


def phrase_behind(reading: str, amount: Amount, stop: int) -> tuple[int, int]:
    """The noun phrase behind a figure; what is said of the counted where none stands there."""
    start = amount.end
    if _OF_THESE.match(reading, start, stop):
        return start, start  # 5件中败诉1件
    if amount.unit in MONEY and _OF_NEXT.match(reading, start, stop):
        return start, start  # 50万元以上合同9份
    while start < stop and reading[start] in " 的":
        start += 1
    linked = reading[amount.end : start].strip() == "的"
    standard = _STANDARD.match(reading, start, stop)
    if standard:
        return standard.span("what")
    if amount.unit not in _ITEMS and _AIM.match(reading, start):
        return start, start
    if linked and amount.unit not in RATE_UNITS and _NO_NAME.match(reading, start, stop):
        return start, start
    if amount.unit in RATE_UNITS and (not linked or _NO_NAME.match(reading, start, stop)):
        quoted = _QUOTED.match(reading, start, stop)
        if quoted and not linked:  # 实现100%“一次办”
            return quoted.span()
        tenths = "成" in reading[amount.start : amount.end]  # 两成群众
        return _noun_behind(reading, start, stop) if tenths else (start, start)
    counted = _RATE_FOLLOWS.fullmatch(reading, start, stop)
    if counted:  # 17个村法律顾问覆盖率100%: the rate is the next figure's
        return start, counted.end("counted")
    owners = _OWNERS.match(reading, start) if amount.unit == "个" else None
    if owners:
        return start, owners.end("places")
    places = PLACES.match(reading, start, stop)
    if places and amount.unit == "个":
        return places.span()
    who = _WHO_HAS.match(reading, start, stop) if amount.unit in _PERSONS else None
    if who:
        return who.span("who")
    combined = _ALL_IN_ONE.match(reading, start, stop)
    if combined:
        return combined.span("what")
    rate = _RATE_BEHIND.match(reading, start, stop)
    if rate:
        of = reading.rfind("的", start, rate.end()) if amount.unit not in RATE_UNITS else -1
        return (start, of) if of > start + 1 else rate.span()
    return _noun_behind(reading, start, stop)


def _noun_behind(reading: str, start: int, stop: int) -> tuple[int, int]:
    adverbs = ADVERBS.match(reading, start, stop)
    begin = adverbs.end() if adverbs else start
    if _GOES_ON.match(reading, begin, stop):
        return begin, begin
    quoted = _QUOTED.match(reading, begin, stop)
    if quoted:
        kind = _QUOTED_KIND.match(reading, begin, stop)
        return begin, (kind or quoted).end()
    inner = _INNER_QUOTE.match(reading, begin, stop)
    if inner:
        return inner.span()
    deed = DEED.match(reading, begin, stop)
    match = RIGHT_END.search(reading, deed.end() if deed else begin, stop)
    end = min(match.start() if match else stop, begin + 30)
    joint = _JOINT.search(reading, begin, end)
    end = joint.start() if joint and joint.start() > begin else end
    since = _SINCE.search(reading, begin, end)
    if since and since.start() > begin + 1:
        return begin, since.start()
    some = _SOME_OF.search(reading, begin, end)
    end = some.start() if some and some.start() > begin else end
    of_what = _OF_WHAT.search(reading, begin, end)
    if of_what and of_what.start() - begin > 3 and not _ABOUT.match(reading, begin):
        return begin, of_what.start()
    if end == begin or reading[begin] in "以由因被经向对在":
        relative = _RELATIVE.match(reading, begin, stop)
        if relative:
            return relative.span()
    if _HOW.fullmatch(reading, begin, end):
        match = _PREDICATE_END.search(reading, end, stop)
        return begin, min(match.start() if match else stop, begin + 16)
    if end == begin and not _MOVES.match(reading, begin, stop):
        # nothing is counted but what the verb says: 95人全部合格, 2起正在办理中
        match = _PREDICATE_END.search(reading, begin, stop)
        end = min(match.start() if match else stop, begin + 16)
    return begin, end
