"""One report as the sites of governments print it, each a kind of page that is in use.

Every page is made up here; the town exists, its figures are invented.
"""

from __future__ import annotations

TITLE = "阳朔县兴坪镇人民政府关于2022年度法治政府建设工作情况的报告"
LINES = (
    "县人民政府：",
    "2022年，兴坪镇立足旅游名镇实际，推动法治政府建设取得新进展。现将有关情况报告如下：",
    "一、2022年工作开展情况",
    "（一）强化组织领导，压实工作责任",
    "镇党委、政府定期研究法治工作，全年召开专题会议4次，班子成员述法11人次，组织旁听庭审2次。",
    "（二）规范涉旅执法，优化营商环境",
    "联合开展竹筏整治行动36次，查扣违规竹筏58张，立案查处22宗，罚款6.8万元；办理行政许可417件，按时办结率100%。",
    "二、存在的主要问题",
    "（一）执法力量不足。全镇持证执法人员仅9名，旅游旺季难以应对。",
    "三、2023年工作计划",
    "（一）充实执法队伍。力争新增持证人员5名，培训不少于4期。",
    "阳朔县兴坪镇人民政府",
    "2022年12月29日",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
NAVIGATION = (
    "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/xw'>新闻中心</a></li>"
    "<li><a href='/zw'>政务公开</a></li><li><a href='/fw'>政务服务</a></li></ul>"
)
FOOTER = (
    "<div class='footer'><p>主办：阳朔县人民政府办公室 承办：阳朔县大数据中心</p>"
    "<p>桂ICP备05000000号-1 网站标识码：4503210001</p><p>地址：阳朔县城 电话：0773-0000000</p></div>"
)


def page(content: str) -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}-阳朔县人民政府门户网站"
        f"</title></head><body>{NAVIGATION}{content}{FOOTER}</body></html>"
    )


def in_layout_tables() -> str:
    """Nested tables, line breaks for paragraphs, blanks for indents."""
    text = "<br>".join("&nbsp;&nbsp;&nbsp;&nbsp;" + line for line in LINES)
    return page(
        f"<table width=100%><tr><td><table><tr><td align=center><b>{TITLE}</b></td></tr>"
        "<tr><td>作者：佚名 来源：本站原创 点击数：1024 更新时间：2023-1-5</td></tr>"
        f"<tr><td>{text}</td></tr><tr><td>[<a href=#>打印本页</a>] [<a href=#>关闭窗口</a>]</td></tr>"
        "</table></td></tr></table>"
    )


def with_table_of_labels() -> str:
    rows = (
        ("索引号", "450321-2023-0012", "主题分类", "综合政务"),
        ("发布机构", "阳朔县兴坪镇人民政府", "成文日期", "2022年12月29日"),
        ("标题", TITLE, "发文字号", "兴政报〔2022〕31号"),
    )
    cells = "".join(
        f"<tr><td><b>{a}：</b></td><td>{b}</td><td><b>{c}：</b></td><td>{d}</td></tr>"
        for a, b, c, d in rows
    )
    return page(f"<table class='xxgk'>{cells}</table><div class='con'><h2>{TITLE}</h2>{BODY}</div>")


def pasted_from_word() -> str:
    lines = "".join(
        f"<p class=MsoNormal><span lang=EN-US>&nbsp;&nbsp;</span><span>{line[:7]}</span>"
        f"<span>{line[7:12]}</span>{line[12:]}<span><o:p></o:p></span></p>"
        for line in LINES
    )
    return page(f"<div class='TRS_Editor'><p align=center><span>{TITLE}</span></p>{lines}</div>")


def in_divisions_beside_news() -> str:
    lines = "".join(f"<div>{line}</div>" for line in LINES)
    return page(
        f"<div class='detail'><div class='title'>{TITLE}</div><div class='info'>"
        "<span>时间：2023-01-05 10:22</span><span>来源：兴坪镇</span><span>浏览：<i>233</i>次</span></div>"
        f"<div id='zoom'>{lines}</div></div><div class='right'><h4>热门文章</h4>"
        "<div>阳朔县召开2023年旅游工作会议，部署全年18项任务。</div>"
        "<div>全县春耕备耕有序推进，完成面积12万亩。</div></div>"
    )


def of_a_public_account() -> str:
    """A message of a phone application, as a browser shows it."""
    return page(
        f"<div id='js_article'><h1>{TITLE}</h1><span>原创</span> <span>兴坪发布</span> "
        "<em>2023-01-05 18:30</em> <em>发表于广西</em><div><p>点击蓝字 关注我们</p>"
        f"{BODY}<p>来源 | 兴坪镇党政办</p><p>编辑 | 小漓</p><p>审核 | 莫某</p></div>"
        "<p>阅读 1288</p><p>赞 在看 分享 收藏</p><p>微信扫一扫 关注该公众号</p></div>"
    )


def with_toolbar() -> str:
    return page(
        "<div>无障碍阅读 长者模式 繁体 | 简体 | English</div>"
        "<div>您现在所在的位置：<a>首页</a>><a>政务公开</a>>正文</div>"
        f"<article><h1>{TITLE}</h1><div>【 发布日期：2023-01-05 】【 来源：兴坪镇 】【 打印 】【 关闭 】</div>"
        f"<div>语音播报： 0.5x 1.0x 1.5x 2.0x</div><section>{BODY}</section>"
        "<div>分享到： 微信 微博 QQ空间</div><div>【纠错】</div></article>"
        "<div>上一篇：兴坪镇2022年财政预算执行情况报告</div><div>下一篇：没有了</div>"
    )


def with_related_reports() -> str:
    others = ("福利镇人民政府2022年法治政府建设情况报告", "白沙镇法治建设年度报告，办理案件31宗")
    links = "".join(f"<p><a href='{name}'>{name}</a> 2023-01-02</p>" for name in others)
    return page(
        f"<h3>{TITLE}</h3><p>信息来源：兴坪镇 | 发布时间：2023-01-05 | 访问量：99</p>{BODY}"
        f"<div class='list'><h3>相关信息</h3>{links}</div>"
    )


def with_title_on_two_lines() -> str:
    return page(
        f"<div><p align=center><strong>{TITLE[:11]}</strong></p>"
        f"<p align=center><strong>{TITLE[11:]}</strong></p>{BODY}</div>"
    )


def with_hidden_copy() -> str:
    return page(f"<div style='display:none'>{BODY}</div><div><h1>{TITLE}</h1>{BODY}</div>")


KINDS = (
    in_layout_tables, with_table_of_labels, pasted_from_word, in_divisions_beside_news,
    of_a_public_account, with_toolbar, with_related_reports, with_title_on_two_lines,
    with_hidden_copy,
)  # fmt: skip
