"""Spoken ways of saying things, put as reports and other questions put them."""

from __future__ import annotations

import re

from rag.plan.bounds import bounded

_REWORDED: tuple[tuple[re.Pattern[str], str], ...] = (
    # 按《政府信息公开条例》的口径,…; 依照《行政处罚法》第三十三条免罚的
    (
        re.compile(
            r"(?:按照?|依照?|依据|根据)《[^》]{2,30}》(?:第[^,。?]{1,10}?条)?(?:的)?(?:规定|口径|要求|精神|标准)?,?(?=[\u4e00-\u9fff])"
        ),
        "",
    ),
    # 首违不罚这类柔性执法,哪些镇在做
    (re.compile(r"(?:这|此|那)(?:一)?类(?:的)?[\u4e00-\u9fff]{2,6}(?=[,?。]|$)"), ""),
    # 两者有其一即可, (有一样就行)
    (
        re.compile(
            r"[,(]?(?:两者|二者|两样|这两样)?(?:只要)?有(?:其)?(?:中)?一(?:样|个|项|条|种)?(?:就行|即可|就可以|就算|都行)\)?"
        ),
        ",任一",
    ),
    (
        re.compile(
            r"\b(?:leaders?|heads?|officials?|mayors?)(?: (?:has|have|had|did|actually|personally|always|really|themselves))* (?:showed up|show up|turned up|turn up|appeared|appear|attended|attend|went|go)"
            r"(?: (?:in|at|to|for|before))*(?: (?:court|hearings?))?(?: (?:in|at|for))? (?:every|each|all)(?: single| one)?(?: of (?:its|their|the))?(?: court)? (?:cases?|hearings?|trials?|lawsuits?)",
            re.IGNORECASE,
        ),
        "leaders' court appearance rate was 100%",
    ),
    (
        re.compile(r"\bdemocracy[- ]and[- ]rule[- ]of[- ]law\b", re.IGNORECASE),
        "democratic and rule-of-law",
    ),
    # 立了多少宗、结了多少宗
    (re.compile(r"([立结])(?:了|过)?(多少|几)[件个起宗](?!案)"), r"\1案\2件"),
    (
        re.compile(
            r"\b(?:lose|lost) any(?: of (?:its|their|the))?(?: [a-z]+){0,2} (?:cases?|lawsuits?|suits?)\b",
            re.IGNORECASE,
        ),
        "have any lost cases",
    ),
    # Xiaoguan Dong Township: the nationality is no part of the name that people write
    (
        re.compile(
            r"(?<=[a-z]) (?:Dong|Miao|Yi|Tujia|Manchu|Hui|She|Tibetan|Mongol(?:ian)?|Yao|Zhuang|Bai|Hani|Dai|Buyi|Korean)"
            r"(?: ethnic| minority| autonomous)* (?=Town(?:ship)?\b)",
            re.IGNORECASE,
        ),
        " ",
    ),
    (re.compile(r"加(?:在)?一块儿?(?=[\u4e00-\u9fff])"), "一共"),
    (re.compile(r"白纸黑字(?:地)?"), ""),
    # 加在一块是多少, 不升反降, 追回了工钱
    (re.compile(r"(?<=[加放合算凑])在一块儿?"), "在一起"),
    (re.compile(r"不升反降|不增反[减降]|不升反跌"), "下降"),
    (re.compile(r"不降反升|不减反增"), "上升"),
    (re.compile(r"工钱"), "工资"),
    (re.compile(r"打工的(?:人|老乡)?(?!时|钱)"), "务工人员"),
    # 总数连一万元都不到
    (
        re.compile(r"(?:总数|总共|加起来|合起来|数量)(?=连(?:\d|[一二两三四五六七八九十百千万]))"),
        "",
    ),
    (
        re.compile(
            r"\b(?:lost|lose) (?:an?|any|some)(?: (?:administrative|court))* (?:lawsuits?|suits?|cases?|actions?|litigations?)\b",
            re.IGNORECASE,
        ),
        "had lost cases",
    ),
    (
        re.compile(
            r"\b(?:at least )?(?:one of )?(?:an?|the|its|their|any)?\s?(?:town's |township's |sub-?district's )?(?:own )?(?:administrative )?(?:decisions?|acts?|actions?)"
            r"(?: of the [\w-]+(?: or (?:the )?[\w-]+)?)?,?(?: (?:was|were|has been|had been|been|being))?,? "
            r"(?:(?:found|ruled|declared|held|judged)(?: to be)? (?:unlawful|illegal)|corrected|overturned|revoked|reversed|changed)"
            r"(?:,? (?:or|and) (?:(?:found|ruled|declared|held|judged)(?: to be)? (?:unlawful|illegal)|corrected|overturned|revoked|reversed|changed))*,? "
            r"(?:in|by|through|on|upon|during) (?:an? |the )?(?:administrative )?(?:reconsiderations?|reviews?)(?: cases?)?(?: \(行政复议\))?",
            re.IGNORECASE,
        ),
        "reconsideration cases overturned above 0",
    ),
    # 民告官的官司
    (re.compile(r"民告官(?:的)?(?:官司|案件|案子|事)?"), "行政诉讼案件"),
    # 依法没罚的案子
    (re.compile(r"(?:依法)?没(?:有)?(?:处)?罚(?=的案|\()"), "免罚"),
    # 全都按时办完、办结率百分之百
    (
        re.compile(
            r"(?:全|都|全都|全部)(?:都)?(?:按[时期])?(?:办完|办结|处理完)(?:了)?[、,](?=[^,。?]{0,4}办结率)"
        ),
        "",
    ),
    (
        re.compile(
            r"^(?:am i (?:right|correct)|would (?:it|i) be (?:right|correct)|is it (?:right|correct|fair))\b[^,?]{0,6}?"
            r"(?:(?:in (?:supposing|thinking|saying|assuming|believing)|to (?:say|suppose|think|assume|believe))(?: that)?|that)\b",
            re.IGNORECASE,
        ),
        "Is it true that",
    ),
    (re.compile(r"\boutnumber(s|ed)?\b", re.IGNORECASE), r"exceed\1"),
    (re.compile(r"\b(?:(?:one|a) )?hundred per ?cent\b", re.IGNORECASE), "100%"),
    (re.compile(r"(?<=\d) per ?cent\b", re.IGNORECASE), "%"),
    (
        re.compile(
            r"\b(?:let|lets) (?:some|certain|a few|any)?\s?(?:people|offenders|violators|businesses) (?:go without|off(?: without)?) (?:punishment|penalt\w+|fines?)|"
            r"\b(?:go|goes|went) (?:unpunished|without punishment)\b",
            re.IGNORECASE,
        ),
        "exempted minor offences from punishment",
    ),
    # 应诉律, 成功绿: the last character of a rate, typed with another of its sound.
    (re.compile(r"(?<=[功诉结意盖格证时开行复解应庭受])[律绿虑](?=[^师法]|$)"), "率"),
    # 截至2023年12月底, 1-12月: the year that a report is of anyway
    (re.compile(r"截[至止]到?(20\d{2}年)?(?:12月(?:底|末|31日)?|年底|年末)"), r"\1"),
    (re.compile(r"(?<!\d)1月?份?\s*[-—~至到]\s*12月份?(?:底|末)?"), ""),
    # 干部去法院旁听庭审
    (re.compile(r"(?:到|去|赴|前往)(?:人民)?法院(?=旁听)"), ""),
    # 考试(资格考试或者年度考试)合格率
    (
        re.compile(
            r"(?<=[\u4e00-\u9fff])\([^()]{2,20}(?:或者?|和|与|、)[^()]{2,20}\)(?=[\u4e00-\u9fff]{0,3}率)"
        ),
        "",
    ),
    # 查出多少处隐患 整改率呢; 调解了多少纠纷、涉及多少金额
    (
        re.compile(
            r"((?:多少|(?<!哪)几)[^,、。?\s]{1,10})(?:\s+(?=[\u4e00-\u9fff]{2})|、(?=[^,、。?\s]{0,6}(?:多少|几)))"
        ),
        r"\1,",
    ),
    # 符合其中一条就行
    (
        re.compile(
            r"[,、]?(?:只要)?(?:符合|满足|达到)(?:其中)?(?:的)?(?:任一|任意一?|一)[条个项种](?:条件)?(?:的)?(?:就行|即可|就可以|都行|都算|就算)?"
        ),
        ",任一",
    ),
    # 5件或者更多
    (re.compile(r"(?:或者?|甚至)(?:是)?更[多高](?=的|[,??。]|$)"), "以上"),
    (re.compile(r"(?:或者?|甚至)(?:是)?更[少低](?=的|[,??。]|$)"), "以下"),
    # (广场、公园、长廊一类)
    (re.compile(r"(?<=[\u4e00-\u9fff])(?:一类|之类|这类|等)(?=\))"), ""),
    # 负责人出庭应诉了吗
    (
        re.compile(
            r"((?:行政机关)?(?:主要)?(?:负责人|领导|首长))(有没有|是否|是不是)?(?:亲自|真的)?出庭(?:应诉)?(?:过|了)?(?=吗|没有?[??]*$|[??]*$)"
        ),
        r"\1出庭应诉率\2超过0%",
    ),
    # 连行政诉讼也没有
    (
        re.compile(r"连([\u4e00-\u9fff]{2,8})(?:都|也)没有?(?=的|[,??。]|$)"),
        r"没有\1",
    ),
    # 一件行政复议都没有
    (
        re.compile(
            r"连?一[件起宗个次例桩场]([\u4e00-\u9fff]{2,10}?)(?:案件|案)?(?:都|也)(?:没有?|无|未)(?:发生|出现|打|有|收到|接到|受理|摊上|惹上|碰上|遇到|吃)?过?"
            r"(?=的|[,??。]|$)"
        ),
        r"没有发生\1",
    ),
    (
        re.compile(
            r"负责人(?:一次|从来|从|根本)?(?:都|也|就)?(?:没有?|未)有?(?:出过庭|出庭(?:应诉)?过?)(?=的|[,??。]|$)"
        ),
        "负责人出庭应诉率是0%",
    ),
    (re.compile(r"(?<=走访|慰问|旁听)[了过](?=[\u4e00-\u9fff])"), ""),
    # 处罚立了多少案、结了多少案
    (re.compile(r"([立结办审])(?:了|过)?(多少|几)(?:[件个起宗]案[件子]?|案)"), r"\1案\2件"),
    # 10件以上(不含10件)
    (
        re.compile(
            r"((?:\d+|[一二两三四五六七八九十百千万]+)[件起宗次个场人名份万元%]*)以上\(不含[^)]{0,8}\)"
        ),
        r"超过\1",
    ),
    (
        re.compile(
            r"((?:\d+|[一二两三四五六七八九十百千万]+)[件起宗次个场人名份万元%]*)以下\(不含[^)]{0,8}\)"
        ),
        r"低于\1",
    ),
    (re.compile(r"(?<=以[上下])\(含[^)]{0,8}\)"), ""),
    (re.compile(r"\([^()]{1,24}(?:都算|也算|均算|算上|算在内|都行|也行|皆可|均可)\)"), ""),
    (
        re.compile(
            r"\b(?:leaders?|heads?|officials?|mayors?)\b[^?.,]{0,24}?\b(?:never|not once) "
            r"(?:appear|attend|go|went|show up|turn up)\w*(?: (?:in|at|to|before))?(?: the)? (?:court|hearings?)",
            re.IGNORECASE,
        ),
        "leaders' court appearance rate was 0%",
    ),
    # 一件规范性文件也没有出
    (
        re.compile(
            r"连?一[件份个](?:行政)?规范性文件(?:都|也)(?:没有?|未)(?:制定|制发|出台|出|发|印发)?过?"
        ),
        "没有制定规范性文件",
    ),
    (re.compile(r"\((?:也?包括|含)[^()]{1,16}\)"), ""),
    # (只写在下一年计划里的不算), ,也就是没有做到人人持证
    (
        re.compile(
            r"\((?:只|光|仅|单)?[^()]{0,16}(?:计划|打算|目标|准备|拟)[^()]{0,10}(?:不算|不要|除外|不计|剔除|排除)[^()]{0,3}\)"
        ),
        "",
    ),
    (re.compile(r",(?:也就是说?|即|换句话说|换言之|就是说)[^,??。]{2,24}(?=[??。]*$)"), ""),
    (
        re.compile(r"(?<=工单|案件|调解|检查|处罚|办件|咨询|热线|诉求)(?:总)?量(?![化力身刑罚变])"),
        "数",
    ),
    # 全年一次行政检查都没开展
    (
        re.compile(
            r"连?一[次场]([\u4e00-\u9fff]{2,8}?)(?:都|也)(?:没有?|未)(?:开展|搞|做|办|组织|进行)过?(?=的|[,??。]|$)"
        ),
        r"\1次数为0次",
    ),
    # 负责人有没有每次都出庭
    (
        re.compile(
            r"(负责人|主要领导|一把手)(有没有|是否|是不是|能否)?(?:每一?次|次次|场场|回回|每场)(?:都|全|均)?(?:亲自)?出庭(?:应诉)?了?"
        ),
        r"\1出庭应诉率\2达到100%",
    ),
    # 立案的处罚案件全部办结了吧?
    (
        re.compile(
            r"(?:全部|全都|都)(?:已经?|按[时期])?(办结|结案|化解|答复|整改|备案)(?:了|完毕?|到位|完了)?(?=[吧吗么??]|没有|$)"
        ),
        r"\1率达到100%了",
    ),
    (re.compile(r"合格的(?:占|有)(?:多少|几成|比?多大)"), "合格率是多少"),
    # 连90%都没有的
    (
        re.compile(r"连?(\d+(?:\.\d+)?%|[一二三四五六七八九]成)都(?:没有?|不到|没到|达不到)"),
        r"不到\1",
    ),
    # 行政处罚的规模
    (re.compile(r"(?<=行政处罚|行政诉讼|行政复议)(?:案件)?的?(?:规模|体量|总量|多寡)"), "案件数"),
    # 配了执法记录仪没有?
    (re.compile(r"(?<=[\u4e00-\u9fff]{2})(?<![都也全均])没有?(?=[??]*$)"), "吗"),
    (re.compile(r"(?<=率)(是|为|等于)零(?!星)"), r"\g<1>0%"),
    (re.compile(r"(?<=热线)数(?!字|据)"), "工单数"),
    (re.compile(r"(?<=[\d十百千万亿])块(?:钱|人民币)?"), "元"),
    (re.compile("案子"), "案件"),
    (re.compile(r"村\((?:社区|居)\)|村、社区"), "村"),
    (re.compile("街办"), "街道"),
    (re.compile("几多"), "多少"),
    (re.compile("红头文件"), "规范性文件"),
    (re.compile(r"(?<!律)法顾(?!问)"), "法律顾问"),
    (re.compile(r"(?<![京级体复非理省市])上访(?=总?量|件|数)"), "信访"),
    (re.compile(r"(?:12345)?(?:政务服务便民|政务服务|政务|市民服务|市民|便民)热线"), "12345热线"),
    # 哪里推行了; not 在哪里, 哪里可以
    (re.compile(r"(?<![在去到从来])哪[里儿](?!可以|能|有卖|买|申请|办理)"), "哪些地方"),
    (
        re.compile(
            r"\b(?:administrative reviews?(?: case(?=s?\b))?|review case(?=s?\b))", re.IGNORECASE
        ),
        "administrative reconsideration case",
    ),
    # What are the towns that were sued
    (
        re.compile(
            r"^what (?:are|were) (?:all )?(?:of )?the (towns|townships|places|reports|subdistricts|streets) (?:that|which|where|who)\b",
            re.IGNORECASE,
        ),
        r"Which \1",
    ),
    (re.compile(r"\bno (?:less|fewer) than\b", re.IGNORECASE), "at least"),
    # administrative court case, litigation cases
    (re.compile(r"\b(?:litigation|court|legal) case(s?)\b", re.IGNORECASE), r"lawsuit\1"),
    (
        re.compile(
            r"\b(?:legal |law )?awareness(?:-raising)? (session|event|activit|campaign)",
            re.IGNORECASE,
        ),
        r"legal publicity \1",
    ),
    (re.compile(r"各(?:镇街|街镇)(?!道)"), "各镇"),
)


def reworded(text: str) -> str:
    """A folded Chinese question in the words that the rules know.

    >>> reworded("哪些镇一件行政复议都没有?"), reworded("罚款一千块钱的")
    ('哪些镇没有发生行政复议?', '罚款一千元的')
    """
    for pattern, usual in _REWORDED:
        text = pattern.sub(usual, text)
    return bounded(text)
