"""Tell whose figure it is: the report's own place, or the county, a village, the nation."""

from __future__ import annotations

import re

from rag.words import has_noun, words

_OFFICE = (
    r"(?:里|上|委|[司教民公卫农]\w{0,3}厅|政府|人民政府|司法局|法院|人民法院|检察院|人大|政协|公安局|信访局|(?:(?![镇乡]|街道)[\u4e00-\u9fff]){0,8}(?:局(?!部)|大队|支队|总队)|"
    r"中院|委政法委|级法院)"
)
# A county, city or district called by its name, before one of its offices: 东山县市场监管局.
_CALLED = (
    r"(?!参加|参与|接受|承办|协办|完成|落实|收到|报送|接到|会同|联合|协同|陪同|配合|协助|根据|按照|依托|邀请|随同|[经由向报与和同在对把将被从请邀按据联协配派到给受])[\u4e00-\u9fff]{2,3}?"
    r"(?=[县区市州](?:(?:(?![镇乡]|街道)[\u4e00-\u9fff]){2,8}(?:局(?!部)|大队|支队)|人民政府|(?:人民)?(?:法|检察)院))"
)
# What others hand to the place is its own: 县委巡察反馈问题12个, 省里交办信访件3件.
_HANDED_ON = (
    r"交办|转[办交来送]|交来|送来|派来|派发|督办|移交|移送|下发|反馈|下达|分配|下拨|拨付|划拨|批复|授予|命名|表彰|认定|评为|派驻|下派|选派|"
    r"赋权|放权|授权|统一(?!梳理|公布|确定)|下放|赋予|委托|安排|分解|部署|要求|规定|明确|通报|抄告|补助|奖励|考核|视察|评议|执法检查|检查指出|指出|评查|抽查|评比|测评|调查|"
    r"抽[评检审]|评[的上定出]|评审|考评|复[核查评]|核[查验]|验收|督[导查办]|暗访|巡[察视]|回访|约谈|点评|指导|备案审查|送达|[发送寄][来给到]|(?:司法|检察|监察|监督)建议"
)
# What a court or a higher authority decides on the place's own cases: 其中区政府维持3宗.
_DECIDES = r"审[核查定]|备案|核准|批准|采纳|维持|撤销|变更|确认违法|驳回|责令|终止|判决|裁定|改判|发回|审结"
_OCCASION = r"会议|首[个家批]|率先|前列|排名|唯一|试点|先进|示范|文明|优秀|民主法治|期间|两会|宣传[日周月]|[日周月]活动|安全生产月|竞赛"
_OPENS = (  # what may open a clause before its subject: 一是全县…, 同时沙塄村…
    r"[而但且]?(?:同期|[一二三四五六七八九十]{1,2}是(?:在)?|其[一二三四]是?|第[一二三四五六七八九十],?|首先|其次|再次|最后|同时|此外|另外|据统计|据悉|截至目前|目前|全年|上年|去年|今年|年末|年底)?"
)
_AREA = re.compile(  # at the head of a clause, where its subject stands
    r"(?:^|[,。;:(]|其中|目前|年|以来|[发通]布的?|通报的?|显示|(?<![会协共一陪随])[同与](?![^,。;\d]{2,14}(?:联合|联动|联手|共同|合作|协同|协作|一起|一道|建立|签订|对接|开展))|较|比|对照)\s*(?:截至目前,?)?"
    rf"{_OPENS}"
    rf"(?:[而但])?(?:[\u4e00-\u9fff]{{1,4}}[市县区州](?=全[市县区州])|[\u4e00-\u9fff]{{2,3}}(?=全[市县区州旗]平均))?"
    rf"((?:兄弟|其他|其它|周边|邻近|相邻|别的)(?:各)?(?:乡镇|镇街|街镇|县区|街道|镇|乡)|全(?:县|区|市|省|州|盟|旗|国)|我(?:县|区|市|省|州|国)|(?:{_CALLED})?[县区市州省]{_OFFICE}(?:[、和及与][^,。;\d、和]{{2,10}}(?:局|大队|支队|法院|检察院))*(?![^,。;\d]{{0,10}}(?:{_DECIDES})))"
    rf"(?!域|通办|范围|、|和|及|代表|委员|建议|提案|[^,。;\d]{{0,10}}(?:{_HANDED_ON})|[^,。;\d]{{0,8}}(?:{_OCCASION})|[里上]?把\d+[^,。;\d]{{0,10}}(?:{_HANDED_ON}))"
)
_BESIDE = re.compile(  # right at the figure: 位列全县22个乡镇, 低于全县95%的平均水平
    r"(全(?:县|区|市|省|州|盟|旗|国)|(?<=[,。;:(])[县区市省州](?=平均))(?:共|共有|总共|平均(?:水平|值|数|分)?(?:为|是|的)?|的|各|仅有?|只有?)?\s*\(?\s*$"
)
_OF_OTHERS = re.compile(  # 高于本市各乡镇95.1%的平均水平
    r"(?:高于|低于|高出|超过|超出|优于|落后于?|不及|不如|[比较与距离])(?P<others>[^,。;:\d的]{2,12})$"
)
_AVERAGE = re.compile(r"的?(?:平均|均值)")
_THAT = re.compile(r"(?:^|[,。;:(])\s*(该(?:村|社区|县|市|区)(?!民|委|居))")
_OWN = re.compile(
    r"以(?:镇|乡|街道|苏木)[^,。;\d]{0,6}为被|(?:我|全|本|咱们?)(?:镇|乡|街道|街|办|处|苏木|农场|林场|园区)|我们|咱们|"
    rf"(?:^|[,。;:(、]|其中|现在|目前|今年)\s*{_OPENS}(?:镇|乡|街道|苏木)(?:党委|党工委|办事处|政府|长|人大|里|上|级|调委会|司法所|综合|机关|领导)"
)
_PLACED = re.compile(r"(?:在|到|来|赴|对)(?:我|全|本)(?:镇|乡|街道|办)(?!$|的)")  # 在我乡举办
_ACTS = re.compile(  # 镇里立案23件,市公安局另立案4件
    r"(?:[\u4e00-\u9fff]{0,4}分局)?(?:另外?|还|也|共|依法|直接)*(?:立案|查处|抓获|破获|侦破|拆除|处罚|罚款|吊销|拘留)"
)
_LAST_CLAUSE = re.compile(r"[^,:(]*$")
_NO_NAME = r"[各全每某我要求等个镇乡农的在涉入进到\d]"
_NO_FIRST = (
    r"[本该共有为与及由从把将给以驻帮包辖抽两]|[一二三四五六七八九十百](?:[余多几级名位类项等家村处所条次起件届批期是大种方年月日]|[一二三四五六七八九十百])|向(?![阳前东荣])|和(?![平谐睦兴])|"
    r"联(?![合盟丰民])|对|"
)
_NOT_A_NAME = (
    r"其中|例如|行政|自然|建制|中心|示范|街|多|其他|部分|所有|多数|少数|试点|重点|偏远|边远|有关|相关|城中|城乡|城市|贫困|先进|"
    r"法治|民主|平安|美丽|文明|移民|问题|薄弱|后进|软弱|调解|监管|管理|排查|化解|服务|宣传|培训|检查|受理|接收|解除|覆盖|"
    r"走访|组织|指导|整治|拆除|创建|培育|打造|推选|选举|深化|健全|完善|规范|联合|结合"
)
_THESE = re.compile(r"(?:村|社区|嘎查)(?:等|这|共|一共)?$")
_VILLAGE_NAME = (
    rf"(?:^|[,。;:(、]|其中|如|例如)\s*{_OPENS}(?:[\u4e00-\u9fff]{{2,4}}[镇乡])?(?!{_NO_FIRST}{_NOT_A_NAME})"
    rf"(?P<place>(?P<name>(?:(?!{_NO_NAME})[\u4e00-\u9fff]){{2,4}})(?<!村)(?:(?<!农)(?<!乡)村|社区|嘎查))"
)
_VILLAGE = re.compile(
    rf"{_VILLAGE_NAME}"
    r"(?=[\u4e00-\u9fff]{2}|“[^“”]{2,10}(?:[队室站]”|”[\u4e00-\u9fff]{0,4}(?:点|室|站|亭|所|屋|院|中心|队))|、[\u4e00-\u9fff]{2,4}(?:村|社区)|\d+(?![\d个家所]))"
    r"(?!民|两委|干|群众|居(?!委)|级|务|庄|规|组织|支部|法律顾问|法律明白人|人民调解|建设|治理|矫正|戒毒|服|公共)"
)


_COMPARED_TOWN = re.compile(  # 与排在全市第一的金岭镇98.9%的成功率相比
    r"(?:[与和同比较及]|不[及如]|[低高]于|落后于?)(?:[^,。;:\d]{2,12}的)?(?P<town>[\u4e00-\u9fff]{2,3}(?:镇|乡|街道))的?$"
)
_SET_BESIDE = re.compile(r"[^,。;]{0,12}(?:相比|差距|距离)")
_NAMED_LAST = re.compile(rf"(?:{_VILLAGE_NAME})(?:共|有|为|达)?$")  # 其中东村3件、西村2件
_NEXT_VILLAGE = re.compile(r"[、,和及][\u4e00-\u9fff]{2,4}(?:村|社区|嘎查)\d")
_VILLAGE_BEFORE = re.compile(
    r"(?:村|社区|嘎查)\d+[\u4e00-\u9fff]{1,2}[、,和及][\u4e00-\u9fff]{3,6}$"
)
_COMES_BACK = re.compile(r"(?:我|全|本)(?:镇|乡|街道|街|苏木)|辖区|镇域|乡域|辖内")
_OF_PLACES = frozenset("个 家 所".split())  # of which villages are counted: 示范村3个


def set_beside(clause: str, after: str) -> str | None:
    """Those whose figure, their average or another town's, is set beside one; None elsewhere."""
    others = _OF_OTHERS.search(clause) if _AVERAGE.match(after) else None
    if others:
        return others["others"]
    town = _COMPARED_TOWN.search(clause) if _SET_BESIDE.match(after) else None
    return town["town"] if town else None


def listed_village(before: str, after: str, unit: str) -> str | None:
    """The village that the words before a figure end with, whose it is; None elsewhere."""
    named = _NAMED_LAST.search(before) if unit not in _OF_PLACES else None
    if named is None:
        return None
    listed = _NEXT_VILLAGE.match(after) or _VILLAGE_BEFORE.search(before, 0, named.end("place"))
    return named["place"] if listed or _is_name(named["name"]) else None


def counts_villages(before: str, after: str) -> bool:
    """Whether a figure sums up the villages named right before it: 东村、西村2个村."""
    return bool(_THESE.search(before)) and after.startswith(("村", "社区", "嘎查"))


def whose(before: str) -> str | None:
    """The place or body whose figure follows these words of a sentence; None for the report's own.

    >>> whose("全市出庭应诉率为"), whose("全市出庭应诉率为99%,我镇出庭应诉率为")
    ('全市', None)
    """
    beside = _BESIDE.search(before)
    if beside:
        return beside[1]
    that = _THAT.search(before)
    if that and not _OWN.search(before, that.end()):
        return that[1]
    areas = list(_AREA.finditer(before))
    if areas:
        return _area(before, areas[-1])
    villages = [match for match in _VILLAGE.finditer(before) if _is_name(match["name"])]
    if not villages or _COMES_BACK.search(before, villages[-1].end()):
        return None
    return villages[-1]["place"]


def _is_name(name: str) -> bool:
    """Whether characters before 村 may be its name: no verb, or no word of the dictionary."""
    return has_noun(name) or all(len(word) == 1 for word in words(name))


def _area(before: str, area: re.Match[str]) -> str | None:
    """The area, unless the sentence has come back to the report's own place or goes on from it."""
    behind = _PLACED.sub("", before[area.end() :])
    if _OWN.search(behind):
        return None
    if not _ACTS.match(behind) and _OWN.search(_PLACED.sub("", before[: area.start()])):
        return None
    last = _LAST_CLAUSE.search(before)
    between = before[area.end() : last.start() if last else None]
    goes_on = area.end() > (last.start() if last else 0) or re.search(r"\d", between)
    return area[1] if goes_on else None
