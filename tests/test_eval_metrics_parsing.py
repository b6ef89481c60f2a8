"""What was read of a report against what it is: hand-worked cases."""

from eval.metrics.parsing import add_up, score_parsing

GOLD = [("town", "马武镇"), ("year", "2024"), ("heading", "一、成效"), ("heading", "二、不足")]


def test_what_is_misread_costs_precision_and_recall() -> None:
    given = [("town", "马武镇"), ("year", "2023"), ("heading", "一、成效")]
    score = score_parsing(given, GOLD)
    assert (score.precision, score.recall) == (2 / 3, 2 / 4)
    assert score.missed == (("heading", "二、不足"), ("year", "2024"))
    assert score.wrong == (("year", "2023"),)


def test_a_heading_found_twice_is_once_too_many_and_white_space_does_not_count() -> None:
    score = score_parsing([("heading", "一、成 效"), ("heading", "一、成效")], GOLD[2:3])
    assert (score.precision, score.recall) == (1 / 2, 1.0)


def test_nothing_read_is_nothing_wrong_and_everything_missed() -> None:
    score = score_parsing([], GOLD)
    assert (score.precision, score.recall) == (1.0, 0.0)


def test_reports_are_added_up_by_items_not_by_shares() -> None:
    both = add_up([score_parsing(GOLD, GOLD), score_parsing([], GOLD[:1])])
    assert both.recall == 4 / 5
    assert both.precision == 1.0
