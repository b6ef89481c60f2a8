"""Citations by span, on cases worked out by hand."""

from eval.metrics.citations import score_citations
from tests.metric_cases import TEXTS, cite, span


def test_half_the_citations_useless_and_half_the_spans_missed() -> None:
    citations = [cite(1, "a.txt", "行政诉讼应诉率100%"), cite(2, "b.txt", "发放资料3000余份")]
    spans = [span("a.txt", "行政诉讼应诉率100%"), span("a.txt", "应出庭7次")]
    score = score_citations({"citations": citations}, spans, TEXTS)
    assert (score.precision, score.recall, score.exact) == (1 / 2, 1 / 2, 1)
    assert score.missed == ("a.txt: 应出庭7次",)
    assert score.needless == ("发放资料3000余份",)


def test_two_citations_may_support_a_span_together() -> None:
    whole = span("a.txt", "今年应出庭7次，行政诉讼应诉率100%")
    parts = [cite(1, "a.txt", "今年应出庭7次"), cite(2, "a.txt", "应诉率100%")]
    assert score_citations({"citations": parts[:1]}, [whole], TEXTS).recall == 0
    both = score_citations({"citations": parts}, [whole], TEXTS)
    assert (both.precision, both.recall) == (1, 1)


def test_of_a_group_one_span_is_enough_and_optional_spans_cost_nothing() -> None:
    spans = [
        span("a.txt", "应出庭7次", group="either"),
        span("a.txt", "罚款1770元", group="either"),
        span("b.txt", "调处成功率达96%", required=False),
    ]
    citations = [cite(1, "a.txt", "罚款1770元"), cite(2, "b.txt", "调处成功率达96%")]
    score = score_citations({"citations": citations}, spans, TEXTS)
    assert (score.precision, score.recall) == (1, 1)
    assert score_citations({}, spans, TEXTS).missed == ("a.txt: 应出庭7次",)


def test_a_quote_without_offsets_is_looked_up_and_false_offsets_count_for_nothing() -> None:
    spans = [span("a.txt", "行政诉讼应诉率100%")]
    bare = {"mark": 1, "source": "a.txt", "quote": "行政诉讼应诉率100%"}
    score = score_citations({"citations": [bare]}, spans, TEXTS)
    assert (score.recall, score.exact) == (1, 0)
    shifted = {**cite(1, "a.txt", "行政诉讼应诉率100%"), "start": 0, "end": 10}
    assert score_citations({"citations": [shifted]}, spans, TEXTS).recall == 0


def test_two_citations_that_account_for_another_state_do_not_cost_precision() -> None:
    citations = [cite(1, "a.txt", "行政诉讼应诉率100%")]
    citations += [cite(mark, "b.txt", "发放资料3000余份") for mark in (2, 3, 4)]
    findings = [
        {"source": "a.txt", "state": "match", "citations": [1]},
        {"source": "b.txt", "state": "mentioned", "citations": [2, 3, 4]},
    ]
    answer = {"citations": citations, "findings": findings}
    spans = [span("a.txt", "行政诉讼应诉率100%")]
    assert score_citations(answer, spans, TEXTS).precision == 1 / 2
    assert score_citations({"citations": citations}, spans, TEXTS).precision == 1 / 4
