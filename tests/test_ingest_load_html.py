"""Saved web pages: the article and nothing else, in the encoding the page is really in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.load import load
from ingest.load.page_tables import clean
from ingest.outline import outline
from ingest.repair import repair
from ingest.site_furniture import is_furniture
from rag.errors import UnreadableFile
from tests.data import sites

REPORTS = Path(__file__).parent / "data" / "reports"
PAGES = ("page.html", "page-gb2312.html", "page.mhtml")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_around_the_article_becomes_text(name: str) -> None:
    text = load(REPORTS / name).text
    repaired = repair(text)
    words = [one.text for one in outline(repaired, report_id="r").paragraphs]
    assert words[0] == "武夷山市人民政府："
    assert words[-1] == "2024年1月18日"
    around = (
        "4821",
        "字号",
        "播报",
        "上一篇",
        "防汛",
        "320",
        "ICP",
        "当前位置",
        "26℃",
        "微信",
        "0599",
    )
    assert not [word for word in around if any(word in one for one in words)]


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_whole(name: str) -> None:
    plain = load(REPORTS / "windows.zip/reports/兴田.txt").text.replace("茶山茶田", "")
    text = load(REPORTS / name).text
    lost = [line for line in plain.split("\r\n") if line not in text and "矛盾" not in line]
    assert lost == []
    assert "2022年国土资源7件，2023年国土资源11件，国土资源罚没款2.6万元。" in text


def test_a_character_beyond_the_declared_encoding_is_kept() -> None:
    loaded = load(REPORTS / "page-gb2312.html")
    assert loaded.encoding == "html (gb18030)"
    assert "茶山喆田" in loaded.text


def test_source_and_date_stand_in_the_stored_text_and_are_left_out() -> None:
    text = load(REPORTS / "page.html").text
    removed = [text[r.start : r.end] for r in repair(text).removals if r.reason == "boilerplate"]
    assert removed == [
        "发布时间：2024-01-22 09:15 来源：兴田镇人民政府 浏览次数：4821次 字号：[ 大 中 小 ] 打印",
        "网站名称：武夷山市人民政府",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "来源:石桥镇 作者:李某 时间:2024-01-03 点击数:88",
        "【字体:大 中 小】 打印 关闭",
        "[大] [中] [小]",
        "[ 索引号 ] 0032-2024-7 [ 发文字号 ]",
        "- 发布机构: 石桥镇人民政府",
        "【 发布日期:2024-01-03 】【 打印 】",
        "编辑 | 王某",
        "今天是2024年3月2日 星期六",
        "http://www.example.gov.cn/zwgk/1.html",
        "您当前的位置:首页 > 政务公开 > 法治政府",
        "上一篇:关于征兵的通知",
        "语音播报 00:00 / 03:21 1.5倍速",
        "索引号:A01-2024-0003 主题分类:其他 发布机构:石桥镇人民政府 成文日期:2024-01-03",
        "(责任编辑:王某)",
        "扫一扫在手机打开当前页",
        "版权所有:石桥镇人民政府 某ICP备12345号",
    ],
)
def test_lines_of_a_site_are_told(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "案件来源:群众举报12件,部门移送3件。",
        "一、总体情况",
        "石桥镇人民政府",
        "2024年1月3日",
        "关闭违规摊点12处",
        "时间:2023年全年",
        "(此件公开发布)",
        "下一步,我镇将继续努力",
    ],
)
def test_lines_of_a_report_stay(line: str) -> None:
    assert not is_furniture(line)


def test_line_ends_of_the_markup_are_no_blanks_in_chinese() -> None:
    assert clean("法治\r  政府 建设\rABC\rdef") == "法治政府 建设 ABC def"


def test_headings_and_lists_keep_what_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><div><h1>石桥镇2023年法治政府建设情况报告</h1><h2>主要做法</h2>"
        "<p>我镇坚持依法行政，全年开展执法检查31次，整改问题12个，群众满意度明显提高。</p>"
        "<ol><li>出台制度4项，规范执法流程。</li><li>聘请法律顾问1名，审核合同9份。</li></ol>"
        "<p style='display:none'>不公开的话</p></div></body></html>",
        encoding="utf-8",
    )
    assert load(path).text.split("\n") == [
        "石桥镇2023年法治政府建设情况报告",
        "## 主要做法",
        "我镇坚持依法行政，全年开展执法检查31次，整改问题12个，群众满意度明显提高。",
        "1. 出台制度4项，规范执法流程。",
        "2. 聘请法律顾问1名，审核合同9份。",
    ]


def test_a_page_without_an_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><div id='app'></div></body></html>", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="holds no article"):
        load(path)


def read(text: str) -> tuple[str, list[tuple[str, ...]], list[str]]:
    """Title, headings and paragraphs as they are understood, without white space."""
    repaired = repair(text)
    found = outline(repaired, report_id="r")
    title = repaired.quote(*found.title_span) if found.title_span else ""
    paragraphs = ["".join(one.text.split()) for one in found.paragraphs]
    return "".join(title.split()), [section.headings for section in found.sections], paragraphs


@pytest.mark.parametrize("kind", sites.KINDS, ids=lambda kind: kind.__name__)
def test_of_every_kind_of_page_the_report_is_read_and_nothing_else(
    tmp_path: Path, kind: Callable[[], str]
) -> None:
    path = tmp_path / "page.html"
    path.write_text(kind(), encoding="utf-8")
    assert read(load(path).text) == read("\n".join((sites.TITLE, *sites.LINES)))


def test_the_name_of_the_site_after_the_title_is_said_about_the_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(sites.with_toolbar(), encoding="utf-8")
    assert "网站名称：阳朔县人民政府门户网站" in load(path).text
