"""Layout damage undone, with every removal listed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.models import Repaired
from ingest.outline import outline
from ingest.repair import repair


def paragraphs(text: str) -> list[str]:
    repaired = repair(text)
    return [repaired.quote(start, end) for start, end in repaired.blocks()]


def reasons(repaired: Repaired) -> set[str]:
    return {removal.reason for removal in repaired.removals}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a sentence or a number broken over lines
        (
            "2022年，我镇认真履职。全面承接县级行政处罚\n\n权共 299 项，立案14宗。",
            ["2022年，我镇认真履职。全面承接县级行政处罚权共 299 项，立案14宗。"],
        ),
        (
            "今年我镇积极开展工作。调解纠纷1\n06件，成功率96%。",
            ["今年我镇积极开展工作。调解纠纷106件，成功率96%。"],
        ),
        # also where the line is short, when its last word goes on
        (
            "（一）规范执法\n承接县级下放的行政处罚\n\n权共 299 项，立案14宗。",
            ["（一）规范执法", "承接县级下放的行政处罚权共 299 项，立案14宗。"],
        ),
        ("矛盾纠纷\n排查隐患92条。", ["矛盾纠纷", "排查隐患92条。"]),
        # headings keep their line, even where paragraphs have no full stop
        (
            "一、主要做法\n（一）加强领导\n我镇成立领导小组，定期研究。",
            ["一、主要做法", "（一）加强领导", "我镇成立领导小组，定期研究。"],
        ),
        (
            "（一）加强领导。三是开展专项整治\n（二）规范执法。共立案8件。",
            ["（一）加强领导。三是开展专项整治", "（二）规范执法。共立案8件。"],
        ),
        # rows of a table set with blanks keep their line
        (
            "指标　　2024年　　2023年\n检查（户次）　　5,822　　6,710\n以上数据来自执法平台，截至年底。",
            [
                "指标　　2024年　　2023年",
                "检查（户次）　　5,822　　6,710",
                "以上数据来自执法平台，截至年底。",
            ],
        ),
        # items are paragraphs of their own
        ("一是力量不足。\n二是经费不足。", ["一是力量不足。", "二是经费不足。"]),
        # the title goes on, the issuer does not belong to it
        (
            "石桥镇人民政府\n关于2022年度法治政府建设\n情况的报告\n县政府：",
            ["石桥镇人民政府", "关于2022年度法治政府建设情况的报告", "县政府："],
        ),
    ],
)
def test_line_breaks_are_told_from_paragraph_breaks(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_hard_wrapped_lines_become_paragraphs_again() -> None:
    text = (
        "石桥镇2022年法治政府建设情况报告\n"
        "    2022年，我镇在上级的坚强领导下，深入学习贯彻习近\n"
        "平法治思想，全面落实法治政府建设各项任务，取得成效。\n"
        "全年共召开专题会议4次，研究解决突出问题12个，并且认\n"
        "真整改。\n"
        "    一、工作开展情况\n"
        "    （一）加强组织领导。成立以镇长为组长的领导小组，\n"
        "定期听取汇报，形成了齐抓共管的良好格局，全年共计召开\n"
        "会议4次。\n"
        "    （二）深化普法宣传。全年开展普法活动36场次，发放\n"
        "宣传资料12000份，受教育群众达8600人次，营造了氛围。\n"
    )
    assert [paragraph[:8] for paragraph in paragraphs(text)] == [
        "石桥镇2022年",
        "2022年，我镇",
        "一、工作开展情况",
        "（一）加强组织领",
        "（二）深化普法宣",
    ]
    assert "习近平法治思想，全面" in paragraphs(text)[1]


def page_marked() -> str:
    """Text as a document-sharing site saves it: "2、" before each page, in mid-sentence."""
    sentence = "我镇持续推进公共法律服务体系建设，全年接待群众咨询若干人次，化解各类矛盾纠纷。"
    body = "石桥镇2022年法治政府建设情况报告。一、主要做法" + sentence * 12
    pages = [body[start : start + 130] for start in range(0, len(body), 130)]
    return "\n".join(f"{number}、{page}" for number, page in enumerate(pages, start=1))


def test_page_marks_of_a_sharing_site_are_removed_in_mid_sentence() -> None:
    text = page_marked()
    repaired = repair(text)
    marks = [text[r.start : r.end] for r in repaired.removals if r.reason == "page_mark"]
    assert marks == ["1、", "2、", "3、", "4、"]
    assert len(repaired.breaks) == 1


def test_a_numbered_list_keeps_its_numbers() -> None:
    item = "、认真开展行政执法检查，规范执法程序，落实执法责任，全年共计办理各类案件若干件。" * 4
    text = "主要做法如下：\n" + "\n".join(f"{number}{item}" for number in range(1, 6))
    assert "page_mark" not in reasons(repair(text))


def test_stray_marks_are_removed_and_listed() -> None:
    text = "[bookmark: _GoBack]（一）依\u200b法行\u00ad政。\n- 3 -\n（二）普法共1 234人次。"
    repaired = repair(text)
    assert paragraphs(text) == ["（一）依法行政。", "（二）普法共1234人次。"]
    assert reasons(repaired) == {"bookmark", "invisible", "page_mark", "space"}


def test_ordinary_spaces_stay() -> None:
    assert paragraphs("共 299 项，结案 7 宗。") == ["共 299 项，结案 7 宗。"]


def test_the_second_copy_of_a_title_is_removed() -> None:
    title = "石桥镇2022年法治政府建设情况报告"
    repaired = repair(f"{title}{title}县政府：根据要求，现将情况报告如下：")
    assert [r.reason for r in repaired.removals] == ["title_repeat"]
    assert repaired.quote(0, len(repaired.text)).count(title) == 1


def test_swapped_words_are_undone_in_the_reading_only() -> None:
    text = "一、根本情况。建成公共法律效劳工作站，聘请法律参\n谋3名，标准决策程序。三、存在缺乏"
    repaired = repair(text)
    read = "".join(repaired.reading[at] for at in repaired.kept(0, len(text)))
    assert "基本情况" in read
    assert "公共法律服务工作站,聘请法律顾问3名,规范决策程序" in read
    assert read.endswith("存在不足")
    assert "效劳" in repaired.quote(0, len(text))
    assert repaired.warnings[0].startswith("swapped_words")


def test_the_same_words_stay_where_no_copy_shows() -> None:
    text = "引起强烈反响，开展执法检查，执行国家标准，缺乏专业人员，是根本保证，重点工程建设。"
    repaired = repair(text)
    assert repaired.warnings == ()
    assert "开展执法检查,执行国家标准,缺乏专业人员" in repaired.reading


def test_the_reading_has_folded_widths_and_simplified_characters() -> None:
    assert repair("（一）　應訴率１００％").reading == "(一) 应诉率100%"


PARTS = st.sampled_from(
    [
        *["一、", "二、", "（一）", "(二)", "1.", "2、", "第一部分", "①", "一是"],
        *[
            "。",
            "，",
            "：",
            "；",
            "%",
            "”",
            "）",
            "#",
            "**",
            "a",
            "2023年",
            "106件",
            "1 234",
            "报 告",
        ],
        *["石桥镇人民政府", "法治政府建设情况报告", "我镇调解纠纷", "存在的问题", "下一步", "关于"],
        *["县政府：", "效劳", "法律参谋", "行政处罚", "[bookmark: x]", "- 2 -\n"],
        *["\n", "\n\n", "\r\n", " ", "　　", "\u200b", "\u2028", "\x0c"],
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PARTS, max_size=60).map("".join), st.text(max_size=120)))
def test_every_character_stands_in_one_heading_paragraph_or_removal(text: str) -> None:
    repaired = repair(text)
    outlined = outline(repaired, report_id="r")
    covered = [0] * len(text)
    spans = [(paragraph.start, paragraph.end) for paragraph in outlined.paragraphs]
    spans += outlined.heading_spans
    spans += [outlined.title_span] if outlined.title_span else []
    for start, end in spans:
        for offset in repaired.kept(start, end):
            covered[offset] += 1
    for removal in repaired.removals:
        for offset in range(removal.start, removal.end):
            covered[offset] += 1
    printed = [offset for offset in range(len(text)) if not text[offset].isspace()]
    assert all(covered[offset] == 1 for offset in printed)
    assert len(repaired.reading) == len(text)
    assert list(repaired.breaks) == sorted(repaired.breaks)
    ordered = repaired.removals
    assert all(before.end <= after.start for before, after in pairwise(ordered))
    for paragraph in outlined.paragraphs:
        assert paragraph.text == repaired.quote(paragraph.start, paragraph.end)
        assert len(paragraph.reading) == len(paragraph.text)
