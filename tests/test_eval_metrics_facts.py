"""The ledger against its gold, on cases worked out by hand."""

from dataclasses import replace

import pytest

from eval.metrics.facts import NO_GOLD, NOT_FOUND, TWICE, Tally, score_facts
from tests.fact_cases import CLOSED, RATE, TEXTS, fact, gold, score

PENDING = gold("在办7宗", 7, "宗", indicator="行政处罚在办数")
MONEY = gold("涉案金额约73.39万元", 73.39, "万元", qualifier="about", indicator="调解涉案金额")
CLOSED_FOUND = fact("结案7宗", 7, "宗", indicator="行政处罚结案数")
RATE_FOUND = fact("应诉率100%", 100, "%", indicator="行政诉讼应诉率")
MONEY_FOUND = fact("约73.39万元", 73.39, "万元", qualifier="about", indicator="调解涉案金额")


# --- what is right ----------------------------------------------------------------


def test_a_fact_as_the_gold_has_it_is_right() -> None:
    total = score([CLOSED, RATE], [RATE_FOUND, CLOSED_FOUND]).total
    assert (total.precision, total.recall) == (1, 1)


def test_a_target_as_achieved_and_a_missing_figure_cost_as_worked_out() -> None:
    result = score([CLOSED, PENDING, RATE], [CLOSED_FOUND, replace(RATE_FOUND, kind="target")])
    assert (result.total.precision, result.total.recall) == (1 / 2, 1 / 3)
    assert [miss.reasons for miss in result.misses] == [
        (NOT_FOUND,),
        ("target, not achieved",),
    ]
    assert result.by_kind["target"] == Tally(gold=0, found=1, right=0)
    assert result.by_kind["achieved"] == Tally(gold=3, found=1, right=1)


def test_a_value_off_by_one_is_wrong() -> None:
    result = score([RATE], [replace(RATE_FOUND, value=99)])
    assert result.total.right == 0
    assert result.misses[0].reasons == ("value 99%, not 100%",)
    assert result.extras[0].reasons == ("value 99%, not 100%",)


@pytest.mark.parametrize(
    ("value", "unit", "right"),
    [(73.39, "万元", 1), (733900, "元", 1), (73.39, "元", 0), (73.39, "亿元", 0), (7339, "元", 0)],
)
def test_a_factor_of_ten_thousand_is_wrong_and_another_spelling_of_it_right(
    value: float, unit: str, right: int
) -> None:
    found = replace(MONEY_FOUND, value=value, unit=unit)
    assert score([MONEY], [found]).total.right == right


def test_another_unit_or_qualifier_is_wrong() -> None:
    assert score([CLOSED], [replace(CLOSED_FOUND, unit="件")]).misses[0].reasons == (
        "unit 件, not 宗",
    )
    assert score([MONEY], [replace(MONEY_FOUND, qualifier="exact")]).misses[0].reasons == (
        "exact, not about",
    )


def test_the_same_figure_at_another_place_is_not_found() -> None:
    elsewhere = fact("立案14宗", 7, "宗", indicator="行政处罚结案数")
    result = score([CLOSED], [elsewhere])
    assert result.misses[0].reasons == (NOT_FOUND,)
    assert result.extras[0].reasons == (NO_GOLD,)


def test_a_range_is_right_only_with_both_bounds() -> None:
    span = gold(
        "立案14宗", None, "宗", low=10, high=14, qualifier="range", indicator="行政处罚立案数"
    )
    found = fact("立案14宗", None, "宗", low=10, high=14, qualifier="range")
    found = replace(found, indicator="行政处罚立案数")
    assert score([span], [found]).total.right == 1
    assert score([span], [replace(found, high=15)]).total.right == 0
    assert score([span], [replace(found, value=14)]).total.right == 0


def test_nothing_at_all_has_any_unit_that_counts() -> None:
    event = gold("立案14宗", 0, "件", indicator="行政诉讼案件数")
    found = fact("立案14宗", 0, "起", indicator="行政诉讼案件数")
    assert score([event], [found]).total.right == 1
    assert score([event], [replace(found, unit="%")]).total.right == 0
    assert score([event], [replace(found, value=1)]).total.right == 0


# --- labels -----------------------------------------------------------------------


def test_an_open_label_needs_a_gold_head_noun_and_no_canonical_name() -> None:
    opened = gold("立案14宗", 14, "宗", label_head=("立案", "案件"))
    found = fact("立案14宗", 14, "宗", label="立 案")
    assert score([opened], [found]).total.right == 1
    assert score([opened], [replace(found, label="宗")]).total.right == 0
    assert score([opened], [replace(found, indicator="行政处罚立案数")]).total.right == 0


def test_an_open_label_is_no_canonical_indicator_unless_the_gold_allows_it() -> None:
    found = replace(RATE_FOUND, indicator=None, label="应诉率")
    assert score([RATE], [found]).total.right == 0
    allowed = RATE.model_copy(update={"label_head": ("应诉率",), "also": ("出庭应诉率",)})
    assert score([allowed], [found]).total.right == 1
    assert score([allowed], [replace(RATE_FOUND, indicator="出庭应诉率")]).total.right == 1
    assert score([allowed], [replace(RATE_FOUND, indicator="败诉率")]).total.right == 0


def test_coordinated_labels_need_a_fact_each() -> None:
    shared = "报备率、及时率达到100%"
    both = [
        gold(shared, 100, "%", indicator="规范性文件备案率"),
        gold(shared, 100, "%", indicator="规范性文件备案及时率"),
    ]
    one = fact(shared, 100, "%", indicator="规范性文件备案率")
    assert score(both, [one]).total == Tally(gold=2, found=1, right=1)
    other = replace(one, indicator="规范性文件备案及时率")
    assert score(both, [other, one]).total == Tally(gold=2, found=2, right=2)


# --- which fact is which ----------------------------------------------------------


def test_a_ledger_taken_down_twice_loses_half_its_precision() -> None:
    found = [CLOSED_FOUND, RATE_FOUND, MONEY_FOUND]
    result = score([CLOSED, RATE, MONEY], [*found, *found])
    assert (result.total.precision, result.total.recall) == (1 / 2, 1)
    assert {extra.reasons for extra in result.extras} == {(TWICE,)}


def test_pairs_are_chosen_so_that_the_most_are_right() -> None:
    wide = gold("立案14宗，已结案7宗，在办7宗", 7, "宗", label_head=("办",))
    narrow = gold("在办7宗", 7, "宗", label_head=("办",))
    early = fact("已结案7宗", 7, "宗", label="办")
    late = fact("在办7宗", 7, "宗", label="办")
    for order in ([early, late], [late, early]):
        assert score([wide, narrow], order).total.right == 2
        assert score([narrow, wide], order).total.right == 2


def test_a_figure_that_is_not_required_counts_nowhere() -> None:
    optional = CLOSED.model_copy(update={"required": False})
    assert score([optional, RATE], [RATE_FOUND]).total == Tally(gold=1, found=1, right=1)
    guess = replace(CLOSED_FOUND, indicator=None, kind="target")
    assert score([optional, RATE], [RATE_FOUND, guess]).total == Tally(gold=1, found=1, right=1)
    wrong = replace(CLOSED_FOUND, value=8)
    assert score([optional, RATE], [RATE_FOUND, wrong]).total == Tally(gold=1, found=2, right=1)


def test_facts_of_a_report_without_gold_are_all_too_many() -> None:
    result = score_facts([], {"a.txt": [RATE_FOUND]}, TEXTS)
    assert (result.total.precision, result.total.recall) == (0, 1)
    assert score_facts([RATE], {}, TEXTS).total == Tally(gold=1, found=0, right=0)
