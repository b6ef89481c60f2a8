"""Answers as HTML: what is said, and that nothing of a report is more than text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from rendered_answers import Page, census_answer, finding, mawu_citation

from rag.models import (
    STATES,
    ConditionResult,
)
from ui.asks import Ask
from ui.findings_table import ROWS, TableView
from ui.findings_view import MOST_NAMED, SIGNS, format_value, state_word
from ui.render import (
    render_answer,
    render_error,
    render_question,
    render_welcome,
    render_working,
    stream_answer,
)
from ui.shown import Shown
from ui.texts import preferred_language, texts_in

ZH, EN = texts_in("zh"), texts_in("en")
HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror="alert(2)"> [点我](javascript:alert(3)) '
    "<a href='javascript:alert(4)'>x</a> $$\\frac{1}{2}$$ ${1+1} {{value}} `code` | a | b |"
)
ALLOWED_TAGS = {
    "a", "article", "aside", "b", "button", "details", "div", "form", "h1", "h2", "h3", "i",
    "input", "li", "nav", "ol", "p", "q", "section", "small", "span", "strong", "summary", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def test_an_answer_says_first_what_was_asked_and_then_the_census_the_findings_and_the_scope():
    text = Page(render_answer(census_answer(), ZH)).text
    places = [
        text.index(part)
        for part in (
            "马武镇（2024年）的行政诉讼应诉率达到100%。",
            "同一句写明应出庭7次。",
            "5 份报告的核查结果",
            "符合 1",
            "未写明 4",
            "石柱土家族自治县",
            "未写明：4 份",
            "口径：全部5份报告。",
            "未计入：其他类型文件 2 份、读取失败 1 份。",
            "规则撰写",
        )
    ]
    assert places == sorted(places)


def test_every_report_in_scope_is_named():
    text = Page(render_answer(census_answer(), ZH)).text
    for town in ("马武镇", "长征镇", "李河镇", "小江镇", "尚稼镇"):
        assert town in text


def test_a_mark_links_to_its_place_and_a_mark_without_a_citation_stays_text():
    page = Page(render_answer(census_answer(), ZH))
    citation = mawu_citation()
    link = f"?report=mawu&p=13&start={citation.start}&end={citation.end}"
    assert page.links == [link] * 3  # twice in the text, once in the table
    assert "见[9]" in page.text
    assert citation.start > 0


def test_an_answer_grows_and_ends_whole():
    answer = census_answer()
    pieces = list(stream_answer(answer, ZH))
    assert len(pieces) == 2
    assert '<div class="detail"></div></article>' in pieces[0]  # the direct answer alone
    assert pieces[-1] == render_answer(answer, ZH)
    texts = [Page(piece).text for piece in pieces]
    assert all(later.startswith(earlier) for earlier, later in pairwise(texts))


def test_an_answer_without_text_is_still_shown():
    assert list(stream_answer(replace(census_answer(), text=""), ZH))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_state_has_a_word_and_a_sign_of_its_own(language):
    texts = texts_in(language)
    assert len({state_word(state, "census", texts) for state in STATES}) == len(STATES)
    assert len({SIGNS[state] for state in STATES}) == len(STATES)


def test_in_a_ranking_the_winner_is_a_basis_and_no_match():
    assert state_word("match", "rank", ZH) == "依据"
    assert state_word("match", "census", ZH) == "符合"


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "bounds", "shown"),
    [
        (100, "%", "exact", (None, None), ("100%", "100%")),
        (73.39, "万元", "about", (None, None), ("约73.39万元", "about 73.39万元")),
        (12000, "人次", "at_least", (None, None), ("12000人次以上", "at least 12000人次")),
        (100, "%", "less_than", (None, None), ("不足100%", "less than 100%")),
        (None, "件", "range", (3, 5), ("3–5件", "3–5件")),
        (None, None, None, (None, None), ("", "")),
        (0, "件", None, (None, None), ("0件", "0件")),
    ],
)
def test_a_value_keeps_its_digits_unit_and_qualifier(value, unit, qualifier, bounds, shown):
    assert shown == (
        format_value(value, unit, qualifier, ZH, bounds),
        format_value(value, unit, qualifier, EN, bounds),
    )


def test_a_finding_shows_its_kind_its_arithmetic_its_conflict_and_each_condition():
    shown = finding(
        "马武镇",
        "implied",
        value=99.5,
        unit="%",
        kind="target",
        derivation="412 ÷ 414 = 99.5%",
        conflict=True,
        conditions=(
            ConditionResult("调解成功率", "调解成功率", 96, "%", "exact", "achieved", True, (1,)),
            ConditionResult("公开率", None, None, None, None, None, False, ()),
        ),
    )
    page = Page(render_answer(replace(census_answer(), findings=(shown,)), ZH))
    for part in (
        "目标",
        "推算：412 ÷ 414 = 99.5%",
        "报告内数字不一致",
        "调解成功率 96% 成立",
        "公开率 不成立",
        "行政诉讼应诉率100%",  # the quote of the condition's citation
    ):
        assert part in page.text


@pytest.mark.parametrize("status", ["not_found", "out_of_scope"])
def test_finding_nothing_is_said_in_words(status):
    answer = replace(census_answer(), status=status, text="没有报告写明。", citations=())
    text = Page(render_answer(answer, ZH)).text
    assert text.startswith(ZH(status))
    assert "没有报告写明。" in text


def test_more_reports_than_fit_are_on_further_pages():
    many = tuple(finding(f"第{number}镇", "match") for number in range(ROWS + 7))
    answer = replace(census_answer(), findings=many)
    first, last = (
        Page(render_answer(answer, ZH, Shown("a1", (Ask("问"),), TableView(page=page)))).text
        for page in (1, 2)
    )
    assert first.count("石柱土家族自治县") == ROWS
    assert last.count("石柱土家族自治县") == 7
    assert f"第 1–{ROWS} 份，共 {ROWS + 7} 份" in first
    assert f"第{ROWS + 6}镇" in last


def test_silent_reports_beyond_the_first_hundred_are_counted():
    many = tuple(finding(f"第{number}镇", "not_reported") for number in range(MOST_NAMED + 7))
    text = Page(render_answer(replace(census_answer(), findings=many), ZH)).text
    assert "另有 7 份未列出" in text


def test_an_answer_on_the_page_can_be_acted_on():
    shown = Shown("a1", (Ask("先前的问题"), Ask("哪些镇？", ("马武镇",), (2024,))), thumb="up")
    page = Page(render_answer(census_answer(), ZH, shown))
    for word in (
        "复制",
        "复制链接",
        "重新回答",
        "有用",
        "有误",
        "Excel",
        "CSV",
        "Word",
        "Markdown",
    ):
        assert word in page.text
    download = "download/answer.xlsx?q=%E5%85%88%E5%89%8D%E7%9A%84%E9%97%AE%E9%A2%98&q="
    assert any(link.startswith(download) for link in page.links)
    assert "口径：" not in page.text  # its parts stand in the scope line


def test_text_of_a_report_stays_text_wherever_it_stands():
    citation = replace(
        mawu_citation(),
        report_id=f'"><script>{HOSTILE}',
        source=HOSTILE,
        title=HOSTILE,
        town=HOSTILE,
        section=(HOSTILE,),
        raw=HOSTILE,
        quote=HOSTILE,
    )
    hostile = finding(
        HOSTILE,
        "match",
        county=HOSTILE,
        label=HOSTILE,
        value=1,
        unit=HOSTILE,
        derivation=HOSTILE,
        indicator=HOSTILE,
        conditions=(
            ConditionResult(HOSTILE, HOSTILE, 1, HOSTILE, "about", "achieved", True, (1,)),
        ),
        citations=(1,),
    )
    answer = replace(
        census_answer(),
        text=f"**{HOSTILE}** [1]\n- {HOSTILE}\n1. {HOSTILE}\n# {HOSTILE}",
        findings=(hostile, replace(hostile, state="not_reported")),
        citations=(citation,),
        notes=(HOSTILE,),
    )
    asked = Ask(HOSTILE, (HOSTILE,))
    shown = Shown(HOSTILE, (asked,), TableView(text=HOSTILE[:20]))
    for html in (
        render_answer(answer, ZH),
        render_answer(answer, ZH, replace(shown, view=TableView())),
        render_question(asked, HOSTILE),
        render_error(HOSTILE, EN),
    ):
        page = Page(html)
        assert HOSTILE in page.text
        assert set(page.tags) <= ALLOWED_TAGS
        assert not {name for name in page.attributes if name.startswith("on")}
        assert all(link.startswith(("?report=", "download/answer.")) for link in page.links)
        assert page.open == []
    searched = Page(render_answer(answer, ZH, shown))
    assert set(searched.tags) <= ALLOWED_TAGS


def test_the_welcome_counts_what_is_stored_and_an_empty_store_says_what_to_do(make_report):
    cards = [
        replace(make_report(f"r{number}").card, year=2020 + number, sample=number < 2)
        for number in range(3)
    ]
    text = Page(render_welcome(cards, ZH)).text
    assert "已收录 3 份报告（2020–2022）" in text
    assert "其中 2 份为随程序附带的示例" in text
    assert "fazhi ingest" in Page(render_welcome([], EN)).text


def test_waiting_is_told_to_screen_readers():
    assert 'role="status"' in render_working(ZH)


def test_both_languages_have_every_text_with_the_same_braces():
    assert ZH.words.keys() == EN.words.keys()
    for key, text in ZH.words.items():
        braces = {part.split("}")[0] for part in text.split("{")[1:]}
        assert braces == {part.split("}")[0] for part in EN.words[key].split("{")[1:]}, key
    assert len(ZH.examples) == len(EN.examples)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("de-DE,de;q=0.9,zh-TW;q=0.8,en;q=0.7", "zh"),
        ("de-DE,de;q=0.9", "en"),
        ("zh;q=0,en;q=0.1", "en"),
    ],
)
def test_the_browser_decides_the_language(header, language):
    assert preferred_language(header) == language
