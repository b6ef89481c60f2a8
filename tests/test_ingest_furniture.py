"""What pages and sites print around a text is left out, and listed."""

import pytest

from ingest.outline import outline
from ingest.repair import repair

BODY = "2023年，石桥镇开展普法宣传33场次，调解纠纷40件，成功率98%，群众满意度进一步提高。"


def left_out(text: str) -> list[tuple[str, str]]:
    return [
        (r.reason, text[r.start : r.end].strip())
        for r in repair(text).removals
        if r.reason != "line_break"
    ]


def test_lines_of_a_site_go_at_the_head_and_the_tail_only() -> None:
    text = (
        "首页 > 政务公开\n石桥镇2023年法治政府建设情况报告\n来源：石桥镇 发布时间：2024-02-06\n"
        f"【字体：大 中 小】\n一、总体情况\n{BODY}\n来源：群众举报\n{BODY}\n石桥镇人民政府\n"
        "2024年2月5日\n上一篇：石桥镇财政决算\n责任编辑：王某\n版权所有 某ICP备1号"
    )
    assert left_out(text) == [
        ("boilerplate", "首页 > 政务公开"),
        ("boilerplate", "来源：石桥镇 发布时间：2024-02-06"),
        ("boilerplate", "【字体：大 中 小】"),
        ("boilerplate", "上一篇：石桥镇财政决算"),
        ("boilerplate", "责任编辑：王某"),
        ("boilerplate", "版权所有 某ICP备1号"),
    ]


def test_a_table_of_contents_makes_no_sections() -> None:
    text = (
        "石桥镇2023年法治政府建设情况报告\n目 录\n一、总体情况……1\n二、存在问题……3\n"
        f"三、下步打算……5\n一、总体情况\n{BODY}\n二、存在问题\n力量不足。"
    )
    assert {reason for reason, _ in left_out(text)} == {"contents"}
    found = outline(repair(text), report_id="r")
    assert [section.headings[-1] for section in found.sections] == ["一、总体情况", "二、存在问题"]


@pytest.mark.parametrize("number", ["{}", "- {} -", "第{}页", "第 {} 页 共 3 页", "{}/3"])
def test_page_numbers_go_in_their_forms(number: str) -> None:
    pages = [f"石桥年报\n{BODY}{page}号文\n{number.format(page)}" for page in (1, 2, 3)]
    gone = left_out("\f".join(pages))
    assert [words for reason, words in gone if reason in ("page_number", "page_mark")] == [
        number.format(page) for page in (1, 2, 3)
    ]
    assert [words for reason, words in gone if reason == "running_header"] == ["石桥年报"] * 3


def test_figures_that_do_not_count_pages_stay() -> None:
    pages = [f"{BODY}\n{figure}\n{BODY}\n{figure}" for figure in (31, 7, 12)]
    assert left_out("\f".join(pages)) == []


def test_a_title_that_later_pages_repeat_stays_on_the_first() -> None:
    title = "石桥镇2023年法治政府建设情况报告"
    pages = [f"{title}\n第{page}点。{BODY}" for page in "一二三"]
    text = "\f".join(pages)
    assert left_out(text) == [("running_header", title)] * 2
    span = outline(repair(text), report_id="r").title_span
    assert span == (0, len(title))


def test_readings_in_brackets_and_private_characters_go() -> None:
    assert left_out("甪（lù）直镇\ue012（app）") == [
        ("pinyin", "（lù）"),
        ("private_use", "\ue012"),
    ]
    assert repair("甪（lù）直镇").quote(0, 8) == "甪直镇"


def test_marks_of_markdown_headings_make_sections() -> None:
    headings = ("石桥镇2023年法治政府建设情况报告", "## 政策宣传", "### 送法进村", "## 统计")
    text = f"\n{BODY}\n".join(headings) + f"\n{BODY}"
    found = outline(repair(text), report_id="r")
    assert [section.headings for section in found.sections] == [
        ("政策宣传",), ("政策宣传", "送法进村"), ("统计",),
    ]  # fmt: skip
