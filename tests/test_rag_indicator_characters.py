"""Expressions of the register and the characters that each match of theirs holds."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from rag.indicator_characters import needed_characters
from rag.indicators import load_register

SPOKEN = "全年共办理行政处罚案件 新办执法证5个 法律援助 被告上法庭 12345热线工单 送法进校园 led屏 调解成功率 未结案"


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        ("处罚", "罚"),
        ("(?:行政)?处罚|罚款", "罚"),
        ("\\w{0,4}结案", "案"),
        ("[审查]核", "核"),
        ("\\w+", ""),
        ("(?:率|\\d)", ""),
        ("(?:书面|口头)?", ""),
        ("(?<!不予)处罚{1,2}(?!权)", "罚"),
        ("书{0,2}面{2}", "面"),
        ("(?i:LED)", ""),
    ],
)
def test_the_rarest_character_of_an_expression_is_needed(expression: str, needed: str) -> None:
    common = Counter("处处处行政行政结结结款款审审查查书面口头")
    found = needed_characters(expression, common)
    assert needed in "".join(found) if needed else not found
    assert all(
        found & set(match[0]) for match in re.finditer(expression, "行政处罚结案审核罚款") if found
    )


def test_no_expression_of_the_register_is_found_without_the_characters_it_needs() -> None:
    expressions = {
        part
        for indicator in load_register().indicators
        for pattern in indicator.patterns
        for part in pattern.split(" & ")
        if "{" not in part
    }
    labels = [
        *SPOKEN.split(),
        *(name for one in load_register().indicators for name in one.synonyms),
    ]
    checked = 0
    for expression in expressions:
        needed = needed_characters(expression, Counter(SPOKEN))
        for label in labels:
            if match := re.search(expression, label):
                checked += 1
                assert not needed or needed & set(match[0]), (expression, label)
    assert checked > 500
