"""The printed forms of amounts, and of what looks like one and is none."""

from __future__ import annotations

import re

MONEY = ("亿元", "万元", "元")
# Measure words, those of several characters first. What only looks like one is told by what
# follows: 3个月, 5分钟, 12条例, 2名单, 两人民法庭.
_COUNTED = "趟期人件场起户家批台辆艘车班店轮单项份个处课节宗例架条篇幅所点"
_UNITS = (
    rf"个?百分点|个点(?!位|子)|[{_COUNTED}]次|个?课时|个?学时|个?小时|平方公里|平方千米|平方米|平米|立方米|m[2²]|㎡|"
    r"公里|千米|公顷|天(?![内然气窗之以]|时间内)|分钟(?![^,。;]{0,8}圈|之?内|以内)|"
    r"公斤|件/[万千百]人|个人(?![就便独民大才员信调工名品隐所申事权承])|人(?![民大力才社口])|名(?![单录誉额])|"
    r"位(?![置于次])|场(?![所地镇景馆])|次(?![序日])|件|起(?!草(?![场原地山])|[诉点源])|宗(?!旨)|例(?![会行])|案(?![件例由卷情号子值犯底头审结])|桩|份|册|"
    r"本(?![级地人着镇乡村年])|张(?!贴)|条(?![例款件])|项|个(?![体别性月])|家(?![庭园长属访])|"
    r"户(?![籍均外口])|亩|处(?![置理罚分长于])|所(?![有在属长])|座(?![谈席])|间(?![隔接])|台(?!账)|套|辆|"
    r"部(?![门分署委队])|支(?![部持撑付出])|期(?![间限末满])|篇|批(?![复准示评])|节(?![约能点日])|堂|"
    r"面(?![积对向临])|幅|块|封|通(?![过知报道])|吨|组(?![织长建成])|枚|盒|袋|单(?![位独元])|卷(?!宗)|回|轮|"
    r"则(?![是为会要由能可应须])|集(?![中体团会聚市镇合结])|版(?![本权])|门(?![面店户诊口头])|首(?![次位批席先要])|"
    r"箱(?![包体柜])|车(?![间位道站辆牌])|瓶|桶|栋|幢|根|具(?![体有备])|副(?![书主镇乡县区市校职食会])|眼|把(?![关握控手])|课(?![程堂])|笔|艘|架|头|株|棵|趟|只(?![有是能要])|顶|盏|片(?!区)|米|斤|字|页|类|种(?!植)|"
    r"分(?![别之钟为管类级析批工组流布发局校会包片区期层线阶开子散中])"
)
_UNIT = rf"(?:{'|'.join(MONEY)})(?![宵旦])|{_UNITS}"
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+万\d千(?:\d百)?|\d+(?:\.\d+)?"
_CHINESE = (
    r"(?:(?!(?<=队)伍)(?<!唯)[一二两三四五六七八九十百千廿卅〇零壹贰叁肆伍陆柒捌玖拾佰仟]"
    r"[一二两三四五六七八九十百千万亿〇零壹贰叁肆伍陆柒捌玖拾佰仟]*"
    r"(?:点[〇零一二三四五六七八九]+)?|万(?=[余多])|(?<=[近超逾过破约])万)"
)
LESS = (
    "不突破|不超出|未突破|未达到|未达|未满|没有达到|没达到|没到|不到|不足|不满|低于|少于|小于|不超过|不超|不高于|不多于|"
    "没有完成|未能?完成|没能?完成|未能达到|没能?达到|没有实现|未能?实现|没能?实现|不得超过|不得高于|不得多于|至多|最多"
)
STRICTLY_MORE = "(?<![不未])超过|(?<![不未])超出|(?<![不未])突破|(?<![不未])超|逾|大于|高于|多于|(?<![超通经不])过(?=[百千万半]|[一二三四五六七八九]成)"
_MORE = rf"不[得能可]?少于|不[得能可]?低于|不下(?:于)?|不亚于|不应少于|不应低于|不小于|至少|起码|最少|{STRICTLY_MORE}|(?<!以)上(?=[百千万])"
ABOUT = "大约|大概|大致|将近|接近|约为|约有|(?<![民公条合契预签违节])约|(?<![附亲临邻])近"
_BEFORE = rf"(?P<before>{_MORE}|{LESS}|{ABOUT})?\s*(?:了|达到|达|有|占)?\s*"
IS_LESS, IS_ABOUT, IS_MORE = re.compile(LESS), re.compile(ABOUT), re.compile(STRICTLY_MORE)
AT_LEAST_AFTER = frozenset("以上 及以上 之多 有余 开外 出头 多 余 几".split())
ABOUT_AFTER = frozenset("左右 上下 前后 来".split())
_AFTER = (
    r"(?P<after>及?以上|左右|上下|前后|之?以内|之内|及?以下|之多|有余|开外|出头|多(?!个|名|人)|余)?"
)

# The characters that an amount can begin with: other places are passed over at a glance.
_OPENS = r"(?=[\d\s不至起最超突逾大高多上未没低少小接将约近了达有过])"
_CHINESE_OPENS = _OPENS[:-2] + "一二两三四五六七八九十百千万廿卅〇零壹贰叁肆伍陆柒捌玖拾佰仟双])"

PERCENT = re.compile(
    rf"{_OPENS}{_BEFORE}(?P<figure>(?P<number>{_ARABIC})\s*(?:%?\s*(?:-|—|–|~|至|到)\s*"
    rf"(?P<number2>{_ARABIC})\s*)?(?P<inner>余|多)?\s*"
    rf"(?P<unit>%|‰|percent\b|per cent\b)\s*{_AFTER})"
)
CHINESE_PERCENT = re.compile(
    rf"{_CHINESE_OPENS}{_BEFORE}(?P<figure>(?:百分之(?P<number>{_CHINESE}(?:点[一二三四五六七八九零〇]+)?)"
    r"|(?P<hundred>百分百|双百(?=”?(?:[,。;、)]|$)))|(?P<half>(?<=[率例比])过半)"
    r"|(?P<tenths>[一二两三四五六七八九]|(?<![\d.])[1-9])成(?P<fifth>[一二三四五六七八九半])?"
    rf"(?![立为功果效员就长熟本绩型人品]|都(?![不没未达有能过])))\s*{_AFTER})"
)
COUNT = re.compile(
    rf"{_OPENS}{_BEFORE}(?P<figure>(?P<number>{_ARABIC})\s*(?P<inner>余|多|来)?\s*"
    r"(?P<scale>万亿|[万亿千百])?\s*"
    rf"(?:(?P<again>元|人|名|件|次|场|份|户|个)?(?:-|—|–|~|至|到)\s*(?P<number2>{_ARABIC})\s*)?"
    rf"(?P<scale2>万|亿)?\s*"
    rf"(?P<inner2>余|多|来)?\s*(?P<unit>{_UNIT})\s*{_AFTER})"
)
# A figure whose unit stands before it: 调解案件(件):120, 行政处罚案件数为8.
LABELLED = re.compile(
    rf"(?:\((?:单位:)?(?P<unit>{_UNIT}|%)\)\s*[:为是达]?|"
    r"(?P<counted>(?:人次|场次|件次|户次)(?=数|为|是|达|超|逾|突|近|约|:)|[案件人次场份户条项](?=数|次))(?:数|数量|次)?(?:量|为|是|达到?|:)*)\s*"
    rf"(?P<before>超过?|逾|突破|近|约|(?<=[量为是达到数:)])|(?<=\)\s))\s*(?P<figure>(?P<number>{_ARABIC})(?P<scale>[万亿])?)(?=\s*(?:[,;。、)]|$))"
)
RHYTHM = re.compile(  # how often, not how many: 每半月研判一次
    r"每(?:隔)?(?:半|[一两二三四五六]|\d)?个?(?:年|月|周|季度?|学期|天|日|旬|星期)(?![^,。;:]{0,12}(?:不少于|至少|不低于))[^,。;:\d每]{0,10}$"
)
NO_RATE = re.compile(  # 败诉率为0: the sign is left out only where there is none
    r"率(?:均|都|仍|继续|保持|一直|持续)*(?:为|是|:|达到?|到)(?P<figure>[0零])(?=[,;。、)\s]|$)"
)
NONE_LEFT = re.compile(  # 由16.7%降为0, 由3件减少到零
    r"(?P<unit>%|件|起|宗|例|次|人|条)[^,。;\d]{0,2}(?:降|下降|降低|减少|压降|压减|减)(?:为|至|到)(?P<figure>[0零])(?=[,;。、)\s]|$)"
)
KINDS = re.compile(  # 206件(婚姻家庭61、邻里78): the kinds are counted as their whole is
    r"(?<=\d)(?P<unit>件|起|宗|例|次|场|人|名|个|处)\((?:其中:?)?(?P<kinds>(?:[\u4e00-\u9fff“”]{1,10}\d{1,5}(?![\d.%年月日])[、,;]?)+)\)"
)
KIND = re.compile(r"\d+")
POINTS_TOO = re.compile(  # 提高1.2和0.6个百分点
    r"(?<=[高升降加少低长落了])(?P<figure>\d+(?:\.\d+)?)(?=\s*[、,和与及]\s*\d+(?:\.\d+)?\s*个?百分点)"
)
CHINESE_COUNT = re.compile(
    rf"{_CHINESE_OPENS}{_BEFORE}(?P<figure>(?P<number>{_CHINESE})(?:(?:至|到|-|—)(?P<number2>{_CHINESE}))?"
    rf"(?P<inner>余|多|来|几)?(?P<scale>[万亿])?(?P<unit>{_UNIT}){_AFTER})"
)
# What looks like a figure and is none: dates, clock times, ordinals, article and document numbers.
NOT_AFTER = re.compile(
    r"\s*(?:年(?!度?[^,。;]{0,2}[率])|月|日|号|时(?!间)|:\d{1,2}(?!\d)|\d+(?:\.\d+)?%|百分之|百分百|双百|万户|万人空|人(?:就|便|独))"
)
NOT_BEFORE = re.compile(
    r"(?:第|[+\d.〔\[×№#]|(?<!-)-|(?<![\u4e00-\u9fff%‰])/|\d[百千万])\s*$|\d:\s*$|[A-Za-z]$|(?<![目当以之日此])前$"
)
OF_THESE = re.compile(r"[之当其]?中(?![学心小队层国央共间等级])")
RANK = re.compile(
    r"(?:上升|前进|提升|跃升|前移|下降|后退|(?<![目当以之日此])前)了?\s*$"
)  # 排名上升5位
VAGUE = re.compile(
    r"(?:[第每某另逐十几\d]|一(?:年|月|周|季度?|天|学期)|(?<!合)同|(?<![责主信担])任|届)$|(?<![次件人户份条场总])数$"
)  # 第三次, 数十次
DENIED = re.compile(r"(?:没有|无|未|不曾|从无)[\u4e00-\u9fff]{0,6}$")  # 没有一件, 没有发生一起
DENIES = re.compile(r"[\u4e00-\u9fff]{0,4}(?:没有|都没|也没|也无|未|不)")  # 一件也没有
LEFT_OVER = re.compile(
    r"(?:余下|剩下?|剩余|另有?|其余|尚有|还有|仍有|仅有?|只有)的?$"
)  # 余下一件尚未决定
RUN = re.compile(r"(?:培训班?|讲座|轮训|班|夜校|练兵|举办|开办|办了?)(?:了|共)?$")  # 培训二期
POINTS_FOLLOW = re.compile(r"(?:[、,和与及]\s*[\d.]+\s*个?)+\s*百分点")  # 提升0.05个和2.1个百分点
SHORT_OF = re.compile(
    r"(?:[未没]能?(?:达到?|完成|实现)|没有(?:达到|完成|实现)|达不到)[^,。;:(\d]{1,9}$"
)  # 未达到县定90%
LEAST = re.compile(r"(?:至少|最少|起码)[\u4e00-\u9fff]{1,6}$")  # 每村至少培养了3名
MOST = re.compile(r"(?:至多|最多)[\u4e00-\u9fff]{1,6}$")
WEB_COUNTER = re.compile(r"(?:浏览|访问|阅读|点击)(?:次数|量|数|人次)?:\s*[\d,.]+\s*万?(?:人?次)?")
BRACKETED = re.compile(r"《[^《》]{0,80}》|〔[^〔〕]{0,12}〕|\[\d{4}\]")
SLOGAN = re.compile(r"“(?!(?:双百|百分之?百|[\d.]+%)”)[^“”]{0,16}”|\"[^\"]{1,16}\"|‘[^‘’]{0,16}’")
# A small Chinese numeral counts things done, people and places before these words (两次, 三人); before
# others (三个, 五项) it may count the methods of a slogan, and what stands around it decides.
DEEDS = frozenset(
    "卷 场次 场 次 回 趟 件 起 宗 例 人次 人 个人 名 位 份 册 本 期 批 批次 篇 堂 节 户 户次 家 家次 亩 处 辆 辆次 台次 台 座 栋 幢 "
    "元 万元 亿元 公里 平方公里 学时 课时 课 轮".split()
)
FROM = re.compile(r"[由从][^,。;]{0,7}$")  # 由12件到30件: two figures, no range
LIST_NUMBER = re.compile(r"(?:^|\n)\s*\d{1,2}\.(?=\d)")  # 2.19个村
LIST_ITEM = re.compile(r"\s*(?:\d{1,2}\.|[-+]\s)\s*")
TURNS = frozenset("次 回 场 轮 期 批 遍".split())
WHOLE = frozenset("个 名 人 件 起 宗 次 场 场次 份 项 户 家 处 所 条 村 位".split())
CASES = frozenset("件 起 宗 例 人 名 户 份".split())
PLACES = re.compile(  # 三个偏远小组, 两个村委会
    r"[\u4e00-\u9fff]{0,4}?(?:村|社区|小组|组|居委会|村委会|单位|部门|站所|乡镇|镇街|街道|县市|县区|企业|学校|"
    r"小区|网格|支部|片区|中队|大队|广场|公园|家庭|商户|问题|案件|案例|项目)"
)
TOGETHER = re.compile(  # 与调解组织一起化解: not one case
    r"(?:[与和跟同][^,。;:]{1,20}|[加合放凑算连]在|大家|大伙|两委)$"
)
STANDS_ALONE = re.compile(
    r"(?:^|[,。;:(、])(?:其中|另|另外|另有|还有|尚有|仍有|仅|仅有|只有|余下|剩下|剩余|其余)?$"
)
THE_ONE = re.compile(
    r"(?:(?<![余剩])下|[这那]|(?<![以及])上|最[高大多小长重])$"
)  # 下一期考试, 最大一单
ASSEMBLY = re.compile(r"(?:届[\u4e00-\u9fff]{0,6}|人大|人代会|代表大会|政协|党代会|纪委)$")
SESSION = re.compile(r"会议|全会|全体会议|大会")
NOT_YET = re.compile(r"(?:尚|仍|还)未|未(?:结|办结|审结|开庭|履行)")  # 一起尚未开庭
HAPPENS = re.compile(  # 一人未通过, 一件移送公安: one of those counted
    r"(?:行政(?:诉讼|复议|处罚)|诉讼|复议|信访|未|没|已|正|尚|因|由|被|是|为|转|经|进入|移送|移交|撤|结案|终结|驳回|败诉|胜诉|调解|不予|不合格|缺考|在)"
)
CLOSES = re.compile(r"\s*(?:[,。;:、)]|$)")
IDIOM = re.compile(
    r"(?:[查跑办来去看进受唯统同专单不如拧最后]|最后|只跑|只|最多|好评)$"
)  # 综合查一次, 最后一公里
METHOD = re.compile(
    r"(?:项|个|种|位|条|件|张|次|大)?(?:不一致|指标|制度|意识|自信|维护|机制|体系|平台|一体|全面|重点|"
    r"抓手|清单|网|办|规定|法宝|注重|坚持|确保|服务|维度|层面|方面|环节|统一|结合|到位|事|"
    r"性|站|门|窗|满意|必须|不放过)"
)
COUNTING = re.compile(
    r"(?:共|共计|合计|累计|总计|达|各|其中|建成|建立|新建|建有|设立|设有|成立|打造|解决|整改|"
    r"办理|化解|制定|出台|开展|组织|召开|举办|发生|受理|调解|调处|处理|查处|发放|培养|聘请|修订|审查|参加|"
    r"出庭|应诉|分别|配备|安排|指派|外聘|选派|抽调|派出|新增|增加|评选|拆除|取缔|清理|立案|结案|办结|败诉|招录|"
    r"招聘|选聘|续聘|唯一|余下|剩|有|了|过|出)"
    r"[^,。;:]{0,14}$"
)
