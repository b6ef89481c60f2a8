"""The words around a label that are no part of its name: times, actors, links, verbs."""

from __future__ import annotations

import re

_TIME = (
    r"(?:(?:截至|截止|到)?(?:目前|\d{4}年底|年底前?|年末|年终)(?:为止)?|今年以来|今年|本年度|本年|当年|上年度?(?!度?结转)|去年|"
    r"(?:\d{4}|\d{2})年度?(?:以来|全年|上半年|下半年|期间|内|来|里|中)?|\d{1,2}月(?:份|底)?|\d{1,2}日|"
    r"[上下]半年|前?[一二三四]季度|\d{1,2}[-—至到]\d{1,2}月份?|全年度?|一年来?|年内|年初|年度|期间|以来)"
)
_ACTOR = (
    r"(?:我(?:们|镇|乡|街道|办|县|区|市|处|街)|本(?:镇|乡|街道|办|单位|级|机关)|全(?:镇|乡|街道|办|县|区|市|省|国|州)|"
    r"镇(?:政府|党委|人民政府|级|机关)?(?=共|累计|总)|辖区内?|街道办?(?=共|累计)|各村(?:居|\((?:社区|居)\))?(?!调委会|人民)|党委政府|党委、政府)"
)
_ORDER = (
    r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十](?![方书届次期])|首先|其次|再次|最后|"
    r"\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d)|[①-⑳])"
)
_LINK = (
    r"(?:同时|并且|并(?!联)|且|其中|另外|此外|另(?!案)|还(?!款)|又|再(?![审犯次])|也|均(?!衡)|都(?!市)|已经|已|现已|"
    r"现有|现(?![场行代实任役金状])|共计|总共|一共|共(?![同享建治青产性识])|合计|累计|总计|平均(?!分)|分别|先后|"
    r"各(?![类项级种界方])|全部(?!门)|以及|及(?![格时])|和(?![解谐])|与(?!会)|、|通过(?!率)|是|为(?![民企])|"
    r"在(?![办册岗编校建库矫])|由(?!于)|对(?![象口接])|把(?!关)|按照|坚持|由于|截至|截止|约(?![谈束定])|近(?![期年亲邻])|"
    r"的|了|只|仅|但|就|则|而|即|,|\s)"
)
LEADING = re.compile(rf"^(?:{_TIME}|{_ACTOR}|{_ORDER}|{_LINK})+")
# Words before a label that say how far it was done: quoted with it, but no part of its name.
MODAL = re.compile(
    r"^(?:力争|争取|确保|力求|计划|拟(?![定订制稿])|预计|有望|围绕|努力|要(?!求)|将|实现|达到|明年|来年|下一年|下一步|下年度|继续|保持|准备)+"
)
_EACH = r"(?:平均)?(?:每(?:个|名|位|家|户)?(?:行政)?(?:村居|村委会|村社区|村\(社区\)|村民小组|村|社区|人|年|月|季度?|周|半年|户|场|次|期)|[村人年月户]均)"
_MOVED = r"(?:提高|提升|上升|增加|增长|扩大|发展|壮大|拓展|下降|减少|降低|压缩|压减|压降|缩短|扩充|充实|回升|上涨|调整|调增|调减|变更|扩面|提|升|增|降|减|压)"
_COMPARED = r"(?:同比|环比|[较比])?(?:去年|上年度?|上一年度?|上半年|往年|前年|\d{4}年度?)(?:同期)?的?|同比|环比"
TRAILING = re.compile(
    rf"(?:总数|数量)?(?:{_COMPARED}|(?<!罚)没有?|[由从](?:去年|今年|上年|上一年|年初|最初|原来|原先|此前|\d{{4}}年初?)?的?|[年最]初的?|{_MOVED}(?:到|至|为)?|"
    rf"{_EACH}|(?:全?[县区市省州])平均(?:水平|值|数)?|(?:我|全|本)(?:镇|乡|街道|办|县|区|市|省|州)|(?:今年|目前|现在|全年|年内|年底前?|年末|年终|本年度)的?|"
    r"连续(?:\d+|[一二三四五六七八九十]+)[个年月]+|(?:保持|维持|稳定|控制|保证|均|都)(?:在|为)|保持(?=$|在|为)|保证$|首次|首度|再次|第一次|继续|持续|始终|一直|力争|争取|确保|预计|"
    r"(?:距离?|离|不?超过|高于|高出|低于|达到|超出|未达到?|完成)[^,。;]{0,8}(?:提出|要求|规定|约定|确定|下达|设定)的|连[^,。;]{1,6}在内|(?:[两二三四五六七]|\d)(?:个|项指标|项|者)(?=$|均|都|全)|"
    r"要(?=$|达到?|保持|实现|有)|再(?=$|增|新)|将|仍|尚|还|就|才|只|仅|现有?|一共|总共|均|(?<!都)都|已|也|分别|全部|(?<![安健])全|"
    r"基本|总计|合计|累计|共计|共有|共|计|达到了?|达成|达至|达|实现了?|(?<![行作认])为|是|(?<![所国持拥实])有|至|"
    r"(?<![收接查签报受])到|约为|大约|(?<![签节预履契合])约|(?<![附亲邻])近|将近|不?超过|(?<!不)超|逾|突破|不得?少于|不得?低于|"
    r"不得|至少|高于|低于|不足|不到|未达到|未达|各|总|了|(?<![通超])过|(?<![演支产突杰输退外])出|多达|高达|接近|平均|"
    r"即为|\((?:件|次|人|份|场|起|项|个|名|户|家|册|条|%|万?元|场次|人次|件次)\)|:|=|-|—|\s)+$"
)
_LIGHT = (
    "组织开展 深入开展 扎实开展 累计开展 持续开展 常态化开展 集中开展 联合开展 共开展 开展了 开展 组织了 组织 召开了 召开 举办了 举办 "
    "举行 进行 发放 派发 印发 分发 投入 出动 购买 购置 采购 签订 签署 续签 培养 培育 修建 新建 建成 建立 成立 设立 建设 设置 "
    "配置 配备 完成 制作 张贴 悬挂 接受 邀请 聘请 涉及 实现 产生 打造 建有 设有 拥有 出具 制定 解决 下发 覆盖 配有 现有 达成 形成"
).split()
_LIGHT_VERB = re.compile(
    "^(?:"
    + "|".join(sorted(_LIGHT, key=len, reverse=True))
    + "|有(?![关效力序奖机限偿针计组声线为色所]))了?"
)
_VERBS = (
    r"建立健全|健全完善|健全|完善|优化|规范|创建|创成|审查|审核|受理|办理|查处|化解|调解|调处|排查|整改|"
    r"宣传|参加|参与|处理|处置|接待|走访|检查|征求|收集|收到|接到|回复|答复|新增|增设|调整|划分|整合|修订|清理|发布|公开|"
    r"推送|播放|签约对接|签约|对接|选派|选聘|选出|评选|推选|调配|抽调|编印|拍摄|录制|立案|结案|办结|实际|讲授|讲解|服务|"
    r"提供|推行|承接|承担|行使|下放|赋予|梳理|确定|明确|涵盖|涵盖了|下设|下辖|管辖|辖|管|看|组建|招录|招聘|列入|惠及|帮助|协助|聘|"
    r"围绕|对|与|在|给|由|为|向|从|有|是|设|建|把|将|用|以"
)
_VERB_ONLY = re.compile(
    r"(?:.*(?:等|并|地|中|上|下|来|方面|和|与|及|、|向|了|要|年|月|所|室|会|队|们|他|她))?(?:"
    + "|".join(sorted({verb.removesuffix("了") for verb in _LIGHT}, key=len, reverse=True))
    + rf"|{_VERBS})(?:了|过|出|起|有|好|到|我们|全镇|全乡)?$|[等并地中上下来和与及、向了过出起]+$"
)


def trim(reading: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of a label without what stands around its name; equal where nothing is left."""
    leading = LEADING.match(reading[start:end])
    if leading:
        start += leading.end()
    trailing = TRAILING.search(reading[start:end])
    if trailing:
        end = start + trailing.start()
    return start, end


def is_verb_only(text: str) -> bool:
    """Whether words before a figure only say what was done, so that the counted stands behind."""
    return bool(_VERB_ONLY.fullmatch(text))


def modal_length(text: str) -> int:
    """How much of a label's start says that it is planned, with the time behind that."""
    return _skipped(MODAL.match(text), text, alone=True)


def light_verb_length(text: str) -> int:
    """How much of a label's start is a verb that says only that something was done."""
    return _skipped(_LIGHT_VERB.match(text), text, alone=False)


def _skipped(match: re.Match[str] | None, text: str, *, alone: bool) -> int:
    if match is None or match.end() >= len(text):
        return 0
    rest = LEADING.match(text[match.end() :])
    skip = match.end() + (rest.end() if rest else 0)
    if skip < len(text):
        return skip
    return match.end() if alone else 0
