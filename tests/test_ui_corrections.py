"""A corrected scope becomes a question that is read as it was meant."""

from __future__ import annotations

import pytest

from rag.indicators import load_register
from rag.models import Condition, Place, Plan
from rag.plan import Known, plan_question
from ui.asks import Ask
from ui.correcting import corrected_ask, correction_choices, to_correct
from ui.corrections import CHOICES, Choice, Correction, question_of, subject_of, value_words
from ui.shelf import Shelf

REGISTER = load_register()
ENGLISH = {indicator.name: indicator.en for indicator in REGISTER.indicators}
PLACES = (Place("马武镇", "石柱土家族自治县", "重庆市", "重庆市"),)
UNITS = {
    "rate": "%", "cases": "件", "people": "人", "times": "次", "items": "项", "copies": "份",
    "places": "个", "money": "万元",
}  # fmt: skip
APPEARANCE = "哪些镇的行政诉讼应诉率达到100%？"


def planned(question: str) -> Plan:
    known = Known(PLACES, frozenset())
    return plan_question(question, register=REGISTER, known=known)


@pytest.mark.parametrize("choice", [choice for choice in CHOICES if choice])
def test_every_indicator_and_condition_is_asked_for_as_it_was_chosen(choice: Choice):
    wrong = []
    for indicator in REGISTER.indicators:
        value = ("30–40" if choice == "between" else "30") + UNITS[indicator.unit]
        correction = Correction(indicator.name, choice, value)
        question = question_of(Plan("census"), 0, correction, language="zh", english=ENGLISH)
        plan = planned(question)
        got = [(c.indicator, c.op, c.value) for c in plan.conditions]
        wanted = (indicator.name, choice, None if choice == "mentions" else 30)
        if plan.kind != "census" or got != [wanted]:
            wrong.append((question, plan.kind, got))
    assert wrong == []


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        (Plan("lookup"), "lookup"),
        (Plan("rank", order="desc"), "rank"),
        (Plan("rank", order="asc"), "rank"),
        (Plan("aggregate", measure="sum"), "aggregate"),
        (Plan("trend"), "trend"),
    ],
)
def test_another_indicator_is_asked_for_in_the_same_kind_of_question(plan, kind):
    correction = Correction("罚款金额")
    question = question_of(plan, 0, correction, language="zh", english=ENGLISH)
    read = planned(question)
    assert (read.kind, read.indicators, read.order) == (kind, ("罚款金额",), plan.order)


def test_of_two_conditions_one_is_corrected_and_the_other_stays():
    plan = planned("哪些镇的行政诉讼应诉率为100%且纠纷调解成功率超过90%？")
    corrected = Correction("纠纷调解成功率", "<", "95%")
    read = planned(question_of(plan, 1, corrected, language="zh", english=ENGLISH))
    assert [(c.indicator, c.op, c.value) for c in read.conditions] == [
        ("行政诉讼应诉率", "==", 100),
        ("纠纷调解成功率", "<", 95),
    ]


@pytest.mark.parametrize(
    ("value", "choice", "op", "bounds"),
    [
        ("95%", ">=", ">=", (95, None)),
        ("95", ">=", ">=", (95, None)),  # the unit that it had
        ("90-95%", "between", "between", (90, 95)),
        ("90%至95%", ">=", "between", (90, 95)),
        ("90%", "between", ">=", (90, None)),
        ("1,200", ">", ">", (1200, None)),
    ],
)
def test_a_value_is_typed_as_people_type_it(value, choice, op, bounds):
    plan = Plan("census", conditions=(Condition("行政诉讼应诉率", "==", 100, None, "%"),))
    corrected = Correction("行政诉讼应诉率", choice, value)
    read = planned(question_of(plan, 0, corrected, language="zh", english=ENGLISH)).conditions[0]
    assert (read.op, (read.value, read.value2), read.unit) == (op, bounds, "%")


def test_a_form_shows_what_the_plan_asks():
    plan = planned("哪些镇的行政诉讼应诉率在90%至95%之间？")
    assert subject_of(plan, 0) == Correction("行政诉讼应诉率", "between", "90–95%")
    assert value_words(plan.conditions[0]) == "90–95%"


def test_an_answer_is_corrected_to_another_place_year_and_condition(sample_stores):
    asked = Ask(APPEARANCE)
    answer = Shelf(sample_stores).ask((asked,))
    form = to_correct(answer, 0, 0)
    assert (form.correction.choice, form.correction.value) == ("==", "100%")

    def corrected(correction: Correction, places=(), years=()) -> Ask:
        return corrected_ask(
            sample_stores, asked, answer, 0, 0, correction, places=places, years=years
        )

    kept = corrected(form.correction, ("马武镇",), (2024,))
    assert kept == Ask(APPEARANCE, ("马武镇",), (2024,))
    changed = corrected(Correction("行政诉讼应诉率", ">=", "90%"))
    assert changed.question == "哪些镇的行政诉讼应诉率不低于90%？"
    assert Shelf(sample_stores).ask((changed,)).census.match == 1
    # The value of a rate is none of an amount; a number typed for it gets no unit of the rate's.
    assert "%" not in corrected(Correction("罚款金额", "==", "100%")).question
    assert corrected(Correction("罚款金额", ">", "5000")).question == "哪些镇的罚款金额超过5000？"


def test_an_english_answer_is_corrected_in_english(sample_stores):
    asked = Ask("Which towns reported 100% litigation appearance rates?")
    answer = Shelf(sample_stores).ask((asked,))
    changed = corrected_ask(
        sample_stores, asked, answer, 0, 0, Correction("行政诉讼应诉率", ">=", "90%"),
        places=(), years=(),
    )  # fmt: skip
    assert changed.question.startswith("Which towns report ")
    assert Shelf(sample_stores).ask((changed,)).census.match == 1


def test_a_place_that_the_question_named_itself_can_be_corrected(sample_stores):
    asked = Ask("马武镇的行政诉讼应诉率是多少？")
    answer = Shelf(sample_stores).ask((asked,))
    form = to_correct(answer, 0, 0)
    assert form.places == ("马武镇",)
    changed = corrected_ask(
        sample_stores, asked, answer, 0, 0, form.correction, places=("李河镇",), years=()
    )
    assert changed == Ask("各镇的行政诉讼应诉率是多少？", ("李河镇",))


def test_what_can_be_chosen_is_what_the_stored_reports_state(sample_stores):
    choices = correction_choices(sample_stores, "en")
    assert ("litigation appearance rate (行政诉讼应诉率)", "行政诉讼应诉率") in choices.subjects
    assert {"重庆市", "马武镇"} <= set(choices.places)
    assert choices.years == tuple(sorted(choices.years, reverse=True))
