"""Sections, paragraphs and roles of texts as offices write them."""

import pytest

from ingest.headings import inferred_end, marker_at
from ingest.models import Outline
from ingest.outline import outline
from ingest.repair import repair
from ingest.roles import heading_roles


def outlined(text: str) -> Outline:
    return outline(repair(text), report_id="r")


def headings(text: str) -> list[str]:
    return [section.headings[-1] for section in outlined(text).sections]


def bodies(text: str) -> list[tuple[str, str, str]]:
    """Innermost heading, role and text of each paragraph."""
    return [
        (paragraph.section[-1] if paragraph.section else "", paragraph.role, paragraph.text)
        for paragraph in outlined(text).paragraphs
    ]


@pytest.mark.parametrize(
    ("printed", "kind", "number"),
    [
        ("一、主要做法", "chinese", 1),
        ("十二. 其他", "chinese", 12),
        ("(三)加强领导", "chinese_bracketed", 3),
        ("( 二 ) 规范执法", "chinese_bracketed", 2),
        ("1.深化公开", "arabic", 1),
        ("2、依法决策", "arabic", 2),
        ("1.1 健全机制", "decimal", 1),
        ("(1)调解", "arabic_bracketed", 1),
        ("二)规范执法", "chinese_bracketed", 2),
        ("3)普法", "arabic_bracketed", 3),
        ("③普法", "circled", 3),
        ("第一部分 工作情况", "part", 1),
        ("第二章 问题", "chapter", 2),
    ],
)
def test_every_numbering_in_use_is_known(printed: str, kind: str, number: int) -> None:
    marker = marker_at(printed)
    assert marker is not None
    assert (marker.kind, marker.number) == (kind, number)


@pytest.mark.parametrize(
    "printed", ["1.5万元", "12.4国家宪法日", "2023年", "一是加强", "(试行)", "3"]
)
def test_figures_and_words_are_no_numbering(printed: str) -> None:
    assert marker_at(printed) is None


def test_a_heading_run_into_its_paragraph_is_cut_off_it() -> None:
    text = (
        "一、主要做法\n（一）加强领导，压实责任。我镇成立小组，召开会议4次。\n"
        "（二）规范执法：立案8件。"
    )
    assert bodies(text) == [
        ("（一）加强领导，压实责任", "achievements", "我镇成立小组，召开会议4次。"),
        ("（二）规范执法", "achievements", "立案8件。"),
    ]
    assert outlined(text).sections[1].headings == ("一、主要做法", "（一）加强领导，压实责任")


def test_a_numbered_statement_is_a_paragraph_and_not_a_heading() -> None:
    text = (
        "一、主要做法\n（一）规范执法\n1.开展执法检查398次，出动车辆245辆次。\n"
        "2.执法是政府工作的重要内容，是联系群众的窗口。我镇立案8件。"
    )
    assert [body for _, _, body in bodies(text)] == [
        "1.开展执法检查398次，出动车辆245辆次。",
        "2.执法是政府工作的重要内容，是联系群众的窗口。我镇立案8件。",
    ]


def test_a_numbered_item_ends_the_section_of_the_item_before_it() -> None:
    text = (
        "（一）政务公开\n1.深化公开。全年公开信息12条。\n"
        "2.依托新上线的平台，打破数据壁垒，实现信息互联互通，方便群众办事。"
    )
    assert outlined(text).paragraphs[1].section == ("（一）政务公开",)


def test_a_list_of_numbered_lines_keeps_its_words_as_text() -> None:
    text = "三、存在的问题\n（一）执法力量薄弱\n（二）经费保障不足\n四、下一步打算\n加强培训。"
    assert bodies(text) == [
        ("三、存在的问题", "shortcomings", "（一）执法力量薄弱"),
        ("三、存在的问题", "shortcomings", "（二）经费保障不足"),
        ("四、下一步打算", "plans", "加强培训。"),
    ]


def test_enumerations_stay_inside_their_paragraph() -> None:
    text = "二、存在问题\n一是力量不足。二是经费不足。三是意识不强。"
    assert bodies(text) == [
        ("二、存在问题", "shortcomings", "一是力量不足。二是经费不足。三是意识不强。")
    ]


LOST = (
    "柳林乡2021年度法治政府建设工作总结2021年，我乡扎实推进法治政府建设，现将情况总结如下："
    "一、主要工作开展情况（一）加强组织领导我乡成立领导小组，全年召开会议5次。"
    "（二）规范行政执法一是公示执法信息23条。二是开展执法检查45次。"
    "（三）推进政务公开全年主动公开信息118条。二、存在的主要问题一是业务能力不强。"
    "三、下一步工作计划下一步，我乡将加强学习培训。"
)


def test_headings_are_found_where_all_line_breaks_are_lost() -> None:
    assert headings(LOST) == [
        "一、主要工作开展情况",
        "（一）加强组织领导",
        "（二）规范行政执法",
        "（三）推进政务公开",
        "二、存在的主要问题",
        "三、下一步工作计划",
    ]
    repaired = repair(LOST)
    span = outlined(LOST).title_span
    assert span is not None
    assert repaired.quote(*span) == "柳林乡2021年度法治政府建设工作总结"
    assert [role for _, role, _ in bodies(LOST)][-2:] == ["shortcomings", "plans"]


def test_an_inline_list_in_a_paragraph_opens_no_section() -> None:
    text = "一、主要做法\n我镇抓好三项重点：一、普法；二、执法；三、调解，成效明显。"
    assert headings(text) == ["一、主要做法"]


@pytest.mark.parametrize(
    ("rest", "heading"),
    [
        ("根本情况2023年,我镇在区委领导下", "根本情况"),
        ("主动接受监督镇政府坚持依法接受监督", "主动接受监督"),
        ("加强公开一是完善制度。", "加强公开"),
        ("主要做法(一)加强公开", "主要做法"),
        ("存在的问题全体干部学习不够", "存在的问题"),
    ],
)
def test_the_end_of_a_heading_is_inferred_from_how_bodies_begin(rest: str, heading: str) -> None:
    assert rest[: inferred_end(rest)] == heading


@pytest.mark.parametrize(
    ("heading", "roles"),
    [
        ("一、2023年推进法治政府建设的主要举措和成效", ["achievements"]),
        ("一、法治政府建设工作任务推进落实情况", ["achievements"]),
        ("2023年推进法治政府建设存在的不足", ["shortcomings"]),
        ("存在的困难和问题", ["shortcomings"]),
        ("主要问题及原因", ["shortcomings"]),
        ("2025年推进法治政府建设的工作思路及目标举措", ["plans"]),
        ("下步工作", ["plans"]),
        ("党政主要负责人履行推进法治建设第一责任人职责情况", ["duties"]),
        ("其他负责人在其分管工作范围内履行法治建设职责情况", ["duties"]),
        ("存在问题及下一步打算", ["shortcomings", "plans"]),
        ("主要做法、成效及存在的问题", ["achievements", "shortcomings"]),
        ("补短板,强弱项", []),
        ("加强领导", []),
    ],
)
def test_a_heading_names_its_roles(heading: str, roles: list[str]) -> None:
    assert heading_roles(heading) == roles


def test_a_combined_section_is_split_by_its_own_words() -> None:
    text = (
        "2023年法治政府建设报告\n一、主要做法\n立案8件。\n二、存在问题及下一步打算\n"
        "执法人员不足，能力不强。\n普法形式单一。\n下一步，我镇将加强培训。\n组织学习4次。"
    )
    assert [role for _, role, _ in bodies(text)] == [
        "achievements",
        "shortcomings",
        "shortcomings",
        "plans",
        "plans",
    ]


def test_mending_a_weakness_is_not_a_shortcoming() -> None:
    text = (
        "一、主要成效\n（一）补齐短板，规范执法。立案8件。\n"
        "二、2024年工作计划\n（一）解决突出问题。逐项整改。"
    )
    assert [role for _, role, _ in bodies(text)] == ["achievements", "plans"]


def test_a_report_without_headings_gets_its_roles_from_its_text() -> None:
    text = (
        "桃源镇法治政府建设报告\n2023年，桃源镇开展执法检查52次，化解纠纷73件。\n"
        "工作中也存在一些不足，主要是普法形式不够丰富。\n下一步，我镇将加强培训。"
    )
    assert [role for _, role, _ in bodies(text)] == ["achievements", "shortcomings", "plans"]


def test_title_salutation_signature_and_date_stand_apart() -> None:
    text = (
        "青山县石桥镇人民政府\n关于2022年法治政府建设情况的报告\n县政府：\n"
        "现将情况报告如下：\n一、主要做法\n立案8件。\n\n石桥镇人民政府\n2022年12月20日\n"
    )
    assert bodies(text) == [
        ("", "other", "县政府："),
        ("", "other", "现将情况报告如下："),
        ("一、主要做法", "achievements", "立案8件。"),
        ("", "other", "石桥镇人民政府"),
        ("", "other", "2022年12月20日"),
    ]


def test_paragraphs_know_the_page_they_begin_on() -> None:
    text = "一、做法\n第一页的话。\n第二页的话。"
    found = outline(repair(text), report_id="r", pages=(0, text.index("第二页")))
    assert [paragraph.page for paragraph in found.paragraphs] == [1, 2]


def test_a_paragraphs_own_label_says_what_role_it_plays() -> None:
    text = "甘宁镇2023年法治政府建设工作报告\n一、法治宣传\n开展宣传44场。\n问题：信访存量较大。\n2024年：组织旁听庭审。\n培训：全年两次。"
    found = outlined(text)
    assert [paragraph.role for paragraph in found.paragraphs] == [
        "achievements",
        "shortcomings",
        "plans",
        "achievements",
    ]
