"""What a web site prints around a text: source, dates, counters, sizes, players, pagers.

Only whole lines at the head and the tail of a text are taken, and only those made up of
nothing else. Patterns read folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.headings import marker_at
from ingest.linebreaks import DATE
from ingest.page_furniture import Span, lines_between
from rag.models import Removal

HEAD_LINES = 25
TAIL_LINES = 40
LONGEST = 300
LONG_TEXT = 60  # characters of a line that is the text itself
SURE = (
    r"(?:(?:信息|稿件|文章|内容|新闻)?来\s*源|(?:发布|发文|公开|公文生成|生成|更新|上传|录入|印发|成文)(?:时间|日期)|发稿时间|"
    r"(?:浏览|点击|阅读|访问|查看)(?:次数|量|数|人数)?|点击率|人气|字\s*[号体](?:大小)?|索\s*引\s*号|(?:信息|主题|内容|公开)分类|"
    r"(?:发布|发文|公开|生成)(?:机构|机关|单位)|(?:备注/)?文\s*号|发文字号|公开(?:方式|范围|形式|程序|时限)|有\s*效\s*性|截止日期|"
    r"责任编辑|责\s*编|编\s*辑|审\s*核|校\s*对|[一二三终初复]\s*审|监\s*制|录入(?:人|员)?|信息员|通讯员|供\s*稿|撰\s*稿|网站名称|网\s*址|"
    r"原文(?:链接|地址)|主办单位|承办单位|内容概述|"
    r"分享到?|主\s*题\s*词|关\s*键\s*[词字]|网站标识码|技术支持|访问总量|体\s*裁(?:分类)?|服务对象|语\s*种)"
)
UNSURE = r"(?:作\s*者|时\s*间|日\s*期|标\s*题|名\s*称|部\s*门|单\s*位|来自|类\s*别|栏\s*目)"
# 索引号: 7, 【来源】: 7, [ 索引号 ] 7
LABEL = r"(?:[【\[(]\s*{0}\s*[】\])]\s*[:|丨]?|{0}\s*[:|丨]|[【\[(]\s*{0}\s*[:|丨])\s*"
LABELLED = re.compile(LABEL.format(SURE))
ANY_LABEL = re.compile(LABEL.format(f"(?:{SURE}|{UNSURE})"))
RELATED = re.compile(
    r"(?:相关|热门|推荐|最新|延伸|更多)(?:文章|阅读|信息|链接|新闻|报道|推荐|内容|稿件|解读|动态|资讯)\s*[:]?$"
)
BETWEEN_BRACKETS = re.compile(r"[】\]]\s*[【\[]")
BULLETS = "-·*▪◆■ "
LABEL_ALONE = re.compile(rf"^[{BULLETS}]*(?:{SURE}|{UNSURE})\s*:\s*$")
# What may stand under a label: a code, a date, an office, never the title of a report.
VALUE = re.compile(
    r"^(?:[\w/〔〕\[\]().: -]{0,20}\d[\w/〔〕\[\]().: -]{0,30}[\d号日]|[\w. -]{0,20}(?:政府|网站|办公室|[局厅院委办会所])|"
    r"(?:主动|依申请)公开|有效|无|其他)$"
)
# Words that are nothing but controls of a page, alone or in a row.
CONTROLS = re.compile(
    r"^(?:[\s\[\]【】()|/丨·>×+\-A:]|打印(?:本页|此页|文章|页面)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|分享(?:到)?|微信|微博|新浪微博|"
    r"QQ(?:空间|好友)?|朋友圈|复制链接|字[体号](?:大小)?:?|[大中小默认]|放大|缩小|纠错|我要纠错|保存|下载|返回(?:顶部|列表|首页|上一页)?|"
    r"TOP|语音(?:播报|播放|朗读)?|朗读|播报|播放|暂停|停止|倍速|音量|听全文|听新闻|收听|阅读模式|无障碍(?:阅读|浏览)?|适老化?|长者(?:模式|版)|"
    r"繁體(?:中文|版)?|繁体(?:中文|版)?|简体(?:中文|版)?|English|视力保护色?|点赞|评论|举报|赞|在看|阅读原文|原创|收录于.{0,20}|\d{1,2}:\d{2}(?::\d{2})?|\d(?:\.\d{1,2})?[xX倍](?:速)?)++$"
)
NAVIGATION = re.compile(
    r"^(?:您?(?:现在|当前|目前)?(?:的|所在)*(?:的)?位置\s*[:是]?|当前位置|首页\s*[>»›/-]|今天是|[^,。]{0,40}日\s*星期[一二三四五六日天]|https?://\S+$|(?:上|下)一(?:篇|条|页|章)\s*[:]?|"
    r"没有了|(?:相关|推荐|热门|延伸|更多)(?:阅读|文章|链接|新闻|信息|推荐|稿件|附件|解读|文件)\s*[:]?$|"
    r"(?:网站)?首页(?:\s+[\u4e00-\u9fff]{2,8}){2,}$|点击(?:上方|下方)?蓝字|(?:关注|长按|识别)[^,。]{0,8}(?:公众号|二维码)|原创\s[^,。]{0,40}$|"
    r"[“\"]?扫一扫|微信扫|阅读\s?\d+$|用?手机(?:扫|打开|查看|浏览)|扫码|版权所有|Copyright|©|(?:主办|承办|主管|技术支持|网站管理|维护单位)\s*[:]|"
    r"[^,。]{0,6}ICP备|[^,。]{0,6}公网安备|政府网站标识码|网站标识码|网站地图|联系我们|关于我们|隐私(?:声明|保护)|"
    r"(?:地址|邮编|电话|邮箱)\s*[:].{0,60}(?:电话|邮编|邮箱|ICP)|建议使用.{0,30}浏览器|本站.{0,20}(?:访问|浏览)|您是第\s*\d+)"
)


def site_furniture(folded: str) -> Iterator[Removal]:
    """Removals of the lines of a web page that are no part of its text."""
    lines = lines_between(folded, 0, len(folded))
    head = list(head_lines(folded, lines))
    yield from (Removal(start, end, "boilerplate") for start, end in head)
    left = [line for line in lines if line not in set(head)]
    for start, end in tail_lines(folded, left):
        yield Removal(start, end, "boilerplate")


def head_lines(folded: str, lines: list[Span]) -> Iterator[Span]:
    """Furniture before the text, with what a label of it names on the line below."""
    before = ""  # the line before, where it is furniture
    for start, end in lines[:HEAD_LINES]:
        line = folded[start:end]
        if is_furniture(line) or (before and goes_on(before, line)):
            yield start, end
            before = line
        elif "。" in line or marker_at(line):
            return
        else:
            before = ""


def goes_on(before: str, line: str) -> bool:
    """Whether a line below one of furniture belongs to the same list of what is said about a text.

    >>> goes_on("索引号:", "6107280000/2024-001005"), goes_on("文号:", "名称:关于防汛的通知")
    (True, True)
    """
    if re.match(rf"[【\[(]?{UNSURE}[】\])]?\s*[:]", line.lstrip(BULLETS)):
        return len(line) <= LONG_TEXT
    return bool(LABEL_ALONE.match(before) and VALUE.match(line.lstrip(BULLETS)))


def tail_lines(folded: str, lines: list[Span]) -> Iterator[Span]:
    """Furniture after the text; what follows a line of it is short, or furniture too.

    After 相关阅读 all is furniture, unless the text goes on with its numbers.
    """
    last = len(lines)
    for number in range(max(len(lines) // 2, len(lines) - TAIL_LINES), len(lines)):
        if marker_at(folded[slice(*lines[number])]):
            last = len(lines)
        elif last == len(lines) and RELATED.match(folded[slice(*lines[number])].strip()):
            last = number
    yield from lines[last:]
    lines = lines[:last]
    for start, end in reversed(lines[-TAIL_LINES:]):
        line = folded[start:end]
        if is_furniture(line):
            yield start, end
        elif len(line) > LONG_TEXT or "。" in line or DATE.search(line):
            return


def is_furniture(line: str) -> bool:
    """Whether a line holds nothing of a text.

    >>> is_furniture("来源:兴田镇人民政府 浏览次数:4821次 字号:[ 大 中 小 ]")
    True
    >>> is_furniture("案件来源:群众举报12件,部门移送3件。")
    False
    """
    line = line.strip().lstrip(BULLETS)
    if len(line) > LONGEST or line.endswith("。"):
        return False
    if CONTROLS.match(line) or NAVIGATION.match(line):
        return True
    parts = BETWEEN_BRACKETS.split(line)
    if len(parts) > 1 and line[0] in "【[" and line[-1] in "】]":
        return all(is_furniture(part.strip("【】[] ")) for part in parts)
    first = ANY_LABEL.match(line)
    if not first or not LABELLED.search(line):
        return False
    parts = [part.strip() for part in ANY_LABEL.split(line)]
    return all(len(part) <= 60 and not re.search(r"[。;]|,.*,", part) for part in parts)
