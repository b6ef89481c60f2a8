"""The words around a question that ask politely: 你好, 麻烦帮我查一下, thanks in advance."""

from __future__ import annotations

import re

from rag.plan.years import in_full
from rag.words import fold

_A_MOMENT = r"(?:一下|下(?=[,:\s哪各有全今去几谁\d]))"  # 想知道下营镇: a name follows
_GREETING = (
    r"(?:你们?|您|大家|各位(?:老师|领导|专家)?|老师|小助手|助手)好(?!的|多)|[嗨嘿哈喂](?:喽|啰|罗)?(?=[,!。~\s])|(?:早上|上午|中午|下午|晚上)好|"
    r"在吗|在不在|打扰(?:一下|您|你|大家)*了?|不好意思|劳驾|辛苦(?:一下|您|你|了)*|拜托(?:您|你|了)*|"
    r"(?:好的?|好吧|行|嗯+|哦+|噢|明白了?|知道了|收到|了解了?|懂了|不错|很好|太好了|原来如此|谢谢[您你]?|多谢)(?=[,!。~\s])|"
    r"(?:我?们?(?:还|再|另外|也)?有|问)(?:您|你)?(?:一?个|几个|点)?小?(?:问题|疑问)(?:想?要?(?:问|请教|咨询))?(?:一下|您|你|大家)*(?=[,:。!])|"
    r"(?:我们?)?(?:领导|老板|上级|[县区市局镇]里)(?:让|要|叫|要求)(?:我们?)?(?:统计|查|了解|整理)(?:一下|下)?|"
    rf"(?:请问|(?:请教|问|咨询|打听){_A_MOMENT}){_A_MOMENT}?(?:您|你|大家|各位|老师)*"
)
_KINDLY = r"(?:请|麻烦|劳烦|烦请|能不能|能否|可不可以|可以|可否|是否可以|方便)(?:您|你|大家|给)*"
_REQUEST = (
    rf"(?:{_KINDLY})?(?:帮|替)(?:我们?|咱们?|忙|个忙)?(?:查询|查找|核实|确认|看看|看|查|找|问|搜)+(?:{_A_MOMENT}|一查|一看|看|一?遍)?|"
    rf"{_KINDLY}(?:查询|查找|看看|查|找)(?:{_A_MOMENT}|一查|看)|"
    rf"(?:我们?|本人|俺)?(?:现在|还|就|很|也|主要|其实|特别)?(?:想要?|需要|希望|打算)(?:知道|了解|问问?|查查?|看看|请教|确认|弄清楚?|搞清楚?|咨询|打听)(?:{_A_MOMENT}|清楚)?(?:的是)?|"
    rf"(?:查|看|搜|找)(?:{_A_MOMENT}|一查)|"
    rf"(?:{_KINDLY})?(?:告诉|告知)(?:我们?|一下|大家)*|(?:您|你)?知不?知道"
)
_SOURCES = (  # 根据现有资料: all that is asked is answered from them
    r"(?:根据|依据|按照|按|从|结合|基于|通过)(?:现有|已有|上述|以上|所有|全部|目前|当前|这些|你们?|您|库里|库中|入库|已收录|收录|提供|上传|年度|法治政府建设|各乡?镇|各地|相关|的)*"
    r"(?:报告|资料|材料|文件|数据|数据库|文档|知识库|库)(?:来?看|内容|显示|记载|情况|中|里)?[,:]"
)
_BRIEFLY = r"(?:请)?(?:您|你)?(?:简要|简单|简短|详细|具体|准确|如实|直接|认真|用一句话|一句话|用中文|用英文)(?:地)?(?:回答|答复|告诉我|说明)(?:一下|下)?[,:]"
_BEFORE_ZH = re.compile(
    rf"(?:(?:{_GREETING}|{_REQUEST}|{_SOURCES}|{_BRIEFLY})[啊呀哈哦]?[,:!。~\s]*)+"
)
# What an answer has anyway, or how it is to look: said in a sentence or clause of its own.
_POLITELY = r"(?:(?:并|同时|最好|另外|请|麻烦|烦请|劳烦|需要|要|能|可以|希望|务必)+(?:您|你|能|把|将|给我|对)*)?"
_SHOWN = (
    rf"{_POLITELY}(?:给出|附上|附|注明|标注|标明|标出|提供|列出|写明|说明|引用|带上|给我)(?:一下|出|你的|相关|具体|原文|答案的|引用|引文|信息|数据|资料|的)*"
    r"(?:来源|出处|引用|引文|依据|原文|原话|原句|出典|链接|段落)(?:来源|出处|段落|和页码|及出处)?|"
    rf"{_POLITELY}(?:用|以|做成|列成|整理成|汇总成|制成|按)(?:一?[个张份]?)(?:表格|列表|表|清单|要点|条目)(?:的)?(?:形式|形式来|方式)?(?:列出来|列出|列一下|列|展示|呈现|回答|输出|给我|整理|汇总|显示|说明)?(?:一下|出来)?|"
    rf"{_POLITELY}(?:简要|简单|简短|详细|具体|一句话|用中文|用英文|直接|准确|如实|客观)(?:地)?(?:回答|答复|说明|介绍)?(?:一下|即可|就行|就好)|"
    rf"{_POLITELY}(?:简要|简单|简短|详细|具体|用一句话|一句话|用中文|用英文|直接|准确|如实)(?:地)?(?:回答|答复|作答)|"
    r"(?:请)?(?:不要|别|勿)(?:瞎|胡|乱|随便)?(?:编造?|说|猜|遗漏|漏掉)(?:数据|任何)?|(?:越)(?:详细|具体|全)越好"
)
_AS_SHOWN_ZH = re.compile(rf"[,。;?!\s]{{1,8}}(?:{_SHOWN})[!。,.?\s]*$")
_AFTER_ZH = re.compile(
    r"(?<=[\u4e00-\u9fff?!。,;)%\da-z\s])[,。;\s]{0,8}(?:(?:非常|万分|十分|很|先|在此)?(?:谢谢|多谢|感谢|谢了|感激)|辛苦了?|拜托|麻烦(?=了|[您你])|在线等|"
    r"急(?=[!。~]|$)|求(?:助|解|告知|解答)|请(?:回答|告知|解答|回复|指教)|盼(?:复|回复))"
    r"(?:您|你|大家|各位|老师|了|啦|哈|啊|呀|不尽|帮忙|帮助|解答|指教)*[!。,~.?\s]*$"
)
# 是多少呢: what asks stands before it; in 那李河镇呢 the particle itself asks.
_PARTICLE = re.compile(r"(?<=[\u4e00-\u9fff])[呢呀啊哦哈嘛](?=[?!]*$)")
_ASKING_ZH = re.compile(
    r"多少|[哪谁]|什么|怎么|怎样|如何|是不是|是否|有没有|能不能|吗$|吧$|几[个件份次场名人家条起宗年位元]|"
    r"[\u4e00-\u9fff]了?没有$"
)
_MARKS = "?!。.~ "
_BEFORE_EN = re.compile(
    r"(?:(?:ok|okay|great|good|nice|perfect|cool|fine|right|got it|i see|understood|many thanks|thanks|thank you)(?: (?:a lot|so much|very much))?[,.!]+\s+|"
    r"(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening)|dear (?:all|team|sir|madam|sir or madam)|excuse me|sorry)"
    r"(?: there| all| everyone| team| guys)?[,.!:\s-]+|"
    r"(?:(?:could|can|would|will) you (?:please |kindly |possibly )?|please |kindly )?"
    r"(?:tell|inform|let) (?:me|us)(?: know)?(?: please)?(?::\s+|,?\s+(?=(?:which|what|how|who|whose|when|where|whether|if|did|does|do|is|are|was|were|has|have)\b))|"
    r"(?:according to|based on|from|judging by|going by|in light of) (?:the |these |those |your |all |all the |available |stored |annual |existing )*(?:reports?|documents?|data|texts?|materials?|sources?|files?),\s+|"
    r"(?:briefly|in brief|in short|in one sentence|quick question)[,:]\s+|"
    r"(?:(?:i|we)(?:'d| would| want| wish| need| am|'m)?(?: just| also)?(?: like| want| need| trying)?(?: to (?:know|ask|learn|find out|check|see))|"
    r"(?:i|we) (?:wonder|was wondering|were wondering|am wondering)|just wondering|wondering|do you know|may i ask|can i ask)[,:]?\s+"
    r"(?=(?:which|what|how|who|whose|when|where|whether|if)\b)|please[,:]?\s+(?!(?:write|draft|compose|translate)\b))+",
    re.IGNORECASE,
)
_AFTER_EN = re.compile(
    r"(?:(?<=[?!.,;])|(?<=\w))[,;\s-]{0,8}\b(?:please|pls|plz|(?:many )?thanks|thank you|thx|cheers|much appreciated|kind regards|best regards)"
    r"(?: (?:so|very) much| a lot| in advance| again)?[!.\s]*$",
    re.IGNORECASE,
)
_AS_SHOWN_EN = re.compile(
    r"(?:(?<=[?!.;])\s*|,\s*(?:and )?)(?:please )?(?:(?:cite|give|list|name|include|provide|quote|show|state|add|indicate|attach)(?: me| us)?(?: the| your| all| any)?(?: exact| original| relevant)?"
    r" (?:sources?|citations?|references?|quotes?|quotations?|passages?|paragraphs?|evidence|original text|source paragraphs?)(?: for (?:it|this|that|each|the answer))?|"
    r"(?:show|give|present|list|return|format|put)(?: me| us)? (?:it|them|this|the (?:result|results|answer|answers|list|data|figures))? ?(?:as|in|into) (?:a )?(?:table|list|bullet points|bullets)|"
    r"(?:as|in) a (?:table|list)|(?:be|keep it|answer) (?:brief|short|concise|briefly|shortly|concisely)|(?:answer|reply) in (?:english|chinese|one sentence)|"
    r"(?:do not|don't) (?:make (?:anything|things|it) up|guess|invent anything)|with (?:sources|citations|references|quotes))[.!?\s]*$",
    re.IGNORECASE,
)
_APART = re.compile(r"(?<=\d)\s+(?=[%年月日件起宗次场份名人个元条万亿余多])")  # 23 年, 90 %
_CONTRACTED = re.compile(r"\b(what|who|where|how|which)'s\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\b[A-Z]{2,}\b")
_OTHER_CASE = re.compile(r"[a-z\u4e00-\u9fff]")
_FEWEST_SHOUTED = 4  # words in capitals: fewer may be abbreviations


def without_courtesies(question: str) -> str:
    """A folded question without greetings, requests to look it up, and thanks.

    >>> without_courtesies("你好!麻烦帮我查一下哪些镇打过官司??谢谢!")
    '哪些镇打过官司?'
    >>> without_courtesies("Hi, could you tell me how many towns were sued? Thanks!")
    'how many towns were sued?'
    >>> without_courtesies("调解成功率是多少呢?"), without_courtesies("那李河镇呢?")
    ('调解成功率是多少?', '那李河镇呢?')
    """
    asked = question
    for after in (_AFTER_ZH, _AS_SHOWN_ZH, _AFTER_EN, _AS_SHOWN_EN):
        asked = after.sub("", asked)
    for before in (_BEFORE_ZH, _BEFORE_EN):
        front = before.match(asked)
        asked = asked[front.end() :] if front else asked
    stem = asked.rstrip(_MARKS)
    if stem and len(asked) - len(stem) > 1:
        asked = f"{stem}?" if "?" in asked[len(stem) :] else stem
    last = re.split(r"[,;。?!]", asked.rstrip("?!"))[-1]
    if _ASKING_ZH.search(last[:-1]):
        asked = _PARTICLE.sub("", asked)
        asked = asked if asked.endswith("?") else f"{asked.rstrip('!。.')}?"
    asked = _CONTRACTED.sub(r"\1 is", asked)
    if not _OTHER_CASE.search(asked) and len(_SHOUTED.findall(asked)) >= _FEWEST_SHOUTED:
        asked = asked.capitalize()
    return asked if len(asked.strip("?!,. ")) > 1 else question


def plainly(question: str) -> str:
    """What a question asks, in plain characters: folded, its years in full, without courtesies.

    >>> plainly("您好，２３年哪些鎮打過官司？？")
    '2023年哪些镇打过官司?'
    """
    text = _APART.sub("", fold(question).strip())
    return without_courtesies(in_full(text))
