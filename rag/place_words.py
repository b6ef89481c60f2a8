"""Words around place names: levels in English, great regions, and what is no name."""

from __future__ import annotations

import re
from typing import Literal

Level = Literal["town", "county", "city", "province", "region"]
ENGLISH_LEVELS: dict[str, Level] = {
    "town": "town",
    "township": "town",
    "subdistrict": "town",
    "sub-district": "town",
    "county": "county",
    "autonomous county": "county",
    "district": "county",
    "city": "city",
    "municipality": "city",
    "prefecture": "city",
    "province": "province",
}
# The English word that goes with the ending of a name of one syllable: Gao County.
ENGLISH_ENDINGS = {"县": "county", "区": "district", "市": "city", "镇": "town", "乡": "township"}
# Where the English name is not the pinyin of the Chinese one.
ENGLISH_PROVINCES = {
    "陕西": "shaanxi",
    "内蒙古": "innermongolia",
    "西藏": "tibet",
    "香港": "hongkong",
    "澳门": "macau",
}
# Region: English name, and the first two characters of its provinces.
REGIONS: dict[str, tuple[str, frozenset[str]]] = {
    "华北": ("north", frozenset(("北京", "天津", "河北", "山西", "内蒙"))),
    "东北": ("north-?east", frozenset(("辽宁", "吉林", "黑龙"))),
    "华东": ("east", frozenset(("上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"))),
    "华中": ("central(?= china| chinese| region| provinces)", frozenset(("河南", "湖北", "湖南"))),
    "华南": ("south", frozenset(("广东", "广西", "海南"))),
    "西南": ("south-?west", frozenset(("重庆", "四川", "贵州", "云南", "西藏"))),
    "京津冀": ("beijing-tianjin-hebei", frozenset(("北京", "天津", "河北"))),
    "长三角": ("yangtze delta", frozenset(("上海", "江苏", "浙江", "安徽"))),
    "江浙沪": ("jiangsu-zhejiang-shanghai", frozenset(("上海", "江苏", "浙江"))),
    "珠三角": ("pearl river delta", frozenset(("广东",))),
    "川渝": ("sichuan-chongqing", frozenset(("四川", "重庆"))),
    "成渝": ("chengdu-chongqing", frozenset(("四川", "重庆"))),
    "西北": ("north-?west", frozenset(("陕西", "甘肃", "青海", "宁夏", "新疆"))),
}
# Words that end like a place name and are none.
AREAS = (
    "社|小|园|地|辖|市|城|郊|山|矿|库|景|片|灾|新|老|校|院|厂|战|选|禁|专|重|雷|误|盲|特|网|学|林|牧|农|"
    "功能|自治|开发|示范|试验|保护|管理|工业|高新|产业|服务|居住|生活|办公"
)
GENERIC_NAMES = re.compile(
    r"^(?:[各本我该全某哪那这几每两多一二三四五六七八九十有个些其他所在\d]+个?|"
    r"乡|城|集|村|市|县|建制|中心|行政|基层|下辖|辖)(?:镇|乡|街道|县|区|市|省|旗)$|"
    rf"^(?:{AREAS})区$|(?:乡镇|镇街|镇乡|区县|市县|省市|州县|州区)$|^街道$|"
    r"^[城家下返水故老同]乡$|哪|什么|多少|所有|其他|每个|各个|几个|这些|那些"
)
# What stands before a name in a question and is no part of it.
COMMON_BEFORE = re.compile(
    r"请问|请|问|查询|查一下|查|关于|对于|对比|比较|介绍|列出|看看|告诉我|想知道|知道|说明|总结|概括|"
    r"以及|还有|或者|和|与|跟|及|或|在|对|从|于|把|给|是|有|来自|属于|位于|的|了|年|、|中|里|"
    r"省|市|自治州|州|盟|县|区|自治县"
)
# What follows a name that stands alone, and what the rest of a sentence has before 镇 or 县.
NAME_GOES_ON = (
    r"(?=$|[的在有与和、,。?!:是\s]|20\d\d|法治|行政|政府|调解|调节|人民|党委|应诉|出庭|诉讼|复议|罚|处罚|执法|"
    r"普法|信访|法律|热线|工单|12345|主动|持证|检查|宣传|矛盾|纠纷|存在|不足|计划|今年|去年|怎|如何)"
)
NOT_IN_NAME = re.compile(
    GENERIC_NAMES.pattern + rf"|(?:{AREAS})区$" + r"|[我本全各该每哪某几多这那个]|"
    r"[向出治场为使让由将并其于所上下到把被未不无最再又也都就还即](?:镇|乡|县|区|街道)$|"
    r"落实|推进|推动|完善|结合|组织|公开|监督|建设|利用|聚焦|根据|按照|现将|明确|适应|签订|深化|依法|法治|"
    r"全体|加强|强化|提升|实现|开展|达到|报告|报送|调解|矫正|服务|管理|示范|平均|试点|所有|重点|先进"
)
# Cities whose bare names are also everyday words or parts of set phrases.
BARE_CITY_WORDS = frozenset(
    (
        "大同",
        "长治",
        "安康",
        "安顺",
        "通化",
        "中山",
        "海东",
        "海南",
        "海北",
        "黄南",
        "保定",
        "固原",
        "山南",
        "白山",
        "黄山",
        "百色",
        "自贡",
        "广安",
        "平凉",
        "和田",
        "朝阳",
        "吉安",
        "泰安",
        "德宏",
        "宝鸡",
        "鹤岗",
        "阿里",
        "来宾",
        "金昌",
        "巴中",
        "达州",
        "文山",
        "大理",
        "东营",
        "日照",
        "阳江",
        "资阳",
        "三明",
        "南平",
        "云浮",
    )
)
