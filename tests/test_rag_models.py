"""The nouns: quotes and offsets, and the answer as other programs read it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, fields
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.models import (
    STATES,
    Answer,
    Census,
    Citation,
    Condition,
    ConditionResult,
    Finding,
    LeftOut,
    Plan,
    Removal,
    State,
    quote_of,
    stored_offsets,
)


@st.composite
def repaired(draw: st.DrawFn) -> tuple[str, list[Removal], int, int]:
    """A text with removals, sorted and disjoint, and a span of it."""
    text = draw(st.text("甲乙丙丁\n ", min_size=1, max_size=40))
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    removals = [Removal(start, end, "line_break") for start, end in pairs]
    start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    return text, removals, start, end


@settings(deadline=None)
@given(repaired())
def test_a_quote_is_the_text_without_what_was_removed(
    case: tuple[str, list[Removal], int, int],
) -> None:
    text, removals, start, end = case
    gone = {at for removal in removals for at in range(removal.start, removal.end)}
    kept = [at for at in range(start, end) if at not in gone]
    assert quote_of(text, start, end, removals) == "".join(text[at] for at in kept)
    assert list(stored_offsets(start, end, removals)) == kept


def test_the_states_of_a_census_are_the_states_of_a_finding() -> None:
    assert set(get_args(State)) == set(STATES)
    assert [field.name for field in fields(Census)] == ["in_scope", *STATES]


def test_an_answer_cannot_be_changed() -> None:
    census = Census(in_scope=1, match=1)
    with pytest.raises(FrozenInstanceError):
        census.match = 2  # type: ignore[misc]


CONTRACT = {
    Answer: "question language status writer text plan census left_out findings citations notes "
            "timings_ms id",
    Condition: "indicator op value value2 unit negated named than_place than_indicator than_wider than_year of",
    Census: "in_scope match other_value implied no_case mentioned not_reported unreadable",
    LeftOut: "other_documents superseded failed",
    Finding: "report_id source town county city province year state indicator label value low high "
             "unit qualifier kind derivation conflict conditions citations",
    ConditionResult: "indicator label value unit qualifier kind holds citations",
    Citation: "mark report_id source title town year section paragraph page start end raw quote",
}  # fmt: skip


@pytest.mark.parametrize("noun", CONTRACT, ids=lambda noun: noun.__name__)
def test_the_json_of_an_answer_has_the_keys_of_the_design(noun: type) -> None:
    assert {field.name for field in fields(noun)} == set(CONTRACT[noun].split())


def test_a_plan_as_json_has_at_least_the_keys_of_the_design() -> None:
    keys = "kind indicators conditions join order top places years parts"
    assert set(keys.split()) <= asdict(Plan("census")).keys()
