"""Rankings scored: hand-worked cases."""

from math import log2

import pytest

from eval.metrics.ranking import score_rankings

pytest.importorskip("ir_measures")


def test_two_relevant_passages_at_ranks_one_and_three() -> None:
    score = score_rankings({"q": ["a", "c", "b"]}, {"q": ["a", "b"]})
    assert score.recall == {4: 1.0, 10: 1.0, 30: 1.0}
    assert score.reciprocal_rank == 1.0
    gained, most = 1 / log2(2) + 1 / log2(4), 1 / log2(2) + 1 / log2(3)
    assert score.ndcg == pytest.approx(gained / most)


def test_the_relevant_passage_at_rank_five_is_not_among_the_first_four() -> None:
    ranking = ["w", "x", "y", "z", "a"]
    score = score_rankings({"q": ranking}, {"q": ["a"]})
    assert (score.recall[4], score.recall[10]) == (0.0, 1.0)
    assert score.reciprocal_rank == pytest.approx(1 / 5)
    assert score.ndcg == pytest.approx(1 / log2(6))


def test_a_question_without_a_ranking_counts_as_nothing_found() -> None:
    score = score_rankings({"one": ["a"]}, {"one": ["a"], "two": ["b"]})
    assert score.recall[4] == 1 / 2
    assert (score.reciprocal_rank, score.ndcg) == (1 / 2, 1 / 2)


def test_a_passage_named_twice_counts_where_it_stands_first() -> None:
    twice = score_rankings({"q": ["x", "a", "x"]}, {"q": ["a"]})
    assert twice.reciprocal_rank == 1 / 2


def test_questions_with_nothing_relevant_are_left_out_and_refused_alone() -> None:
    score = score_rankings({"q": ["a"], "open": ["a"]}, {"q": ["a"], "open": []})
    assert score.recall[4] == 1.0
    with pytest.raises(ValueError, match="no question"):
        score_rankings({}, {"open": []})
