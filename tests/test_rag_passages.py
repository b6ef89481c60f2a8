"""Dividing long paragraphs for the encoder: nothing is lost, nothing is too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.passages import passages_of, split_passage
from rag.words import fold
from tests.sample_paragraphs import embedder, paragraph, paragraphs_of

HEADING = "马武镇人民政府关于2024年法治政府建设情况的报告"


@given(st.text("甲乙。；，,!\n 1", max_size=80), st.integers(6, 30))
def test_pieces_join_to_the_text_and_each_fits(text: str, window: int) -> None:
    pieces = split_passage("镇", text, count_tokens=len, window=window)
    assert "".join(piece.removeprefix("镇\n") for piece in pieces) == text.strip()
    assert all(len(piece) <= window for piece in pieces)


def test_a_text_that_fits_stays_whole() -> None:
    assert split_passage("", "一是宣传。二是调解。", count_tokens=len, window=10) == (
        "一是宣传。二是调解。",
    )


def test_a_long_text_is_divided_after_sentences() -> None:
    text = "开展宣传12场。调解成功率达到98.5%。排查360次。"
    assert split_passage("", text, count_tokens=len, window=20) == (
        "开展宣传12场。",
        "调解成功率达到98.5%。排查360次。",
    )


def test_a_closing_quote_stays_with_its_sentence() -> None:
    text = "提出“依法办事。”随后开展检查。"
    assert split_passage("", text, count_tokens=len, window=10)[0] == "提出“依法办事。”"


def test_a_long_sentence_is_divided_at_commas_and_a_long_clause_anywhere() -> None:
    text = "排查纠纷，调解成功，" + "法" * 12 + "。"
    assert split_passage("", text, count_tokens=len, window=10) == (
        "排查纠纷，调解成功，",
        "法" * 10,
        "法法。",
    )


def test_a_heading_that_fills_the_window_is_shortened_from_its_front() -> None:
    (passage,) = split_passage("总则" * 50 + "应诉", "达到100%。", count_tokens=len, window=30)
    assert passage.endswith("应诉\n达到100%。")
    assert len(passage) <= 30


def test_passages_of_a_report_carry_title_headings_and_ids() -> None:
    found = passages_of(
        "报告",
        [paragraph("r", 0, "甲。乙。", "一、成效", "（一）执法")],
        count_tokens=lambda text: len(text) - len("报告\n一、成效\n(一)执法\n"),
        window=2,
    )
    assert [p.id for p in found] == ["r#0.0", "r#0.1"]
    assert {p.paragraph_id for p in found} == {"r#0"}
    assert {p.report_id for p in found} == {"r"}
    assert found[1].text.startswith("报告\n一、成效\n")


def test_a_whole_report_in_one_paragraph_is_embedded_without_loss() -> None:
    text = "".join(line.text for line in paragraphs_of("lihe-2023"))
    found = passages_of(
        HEADING,
        [paragraph("r", 0, text)],
        count_tokens=embedder().token_count,
        window=embedder().window,
    )
    assert "".join(f.text.removeprefix(HEADING + "\n") for f in found) == fold(text)
    counts = [embedder().token_count(f.text) for f in found]
    assert max(counts) <= embedder().window
    assert min(counts[:-1]) > embedder().window * 0.7
