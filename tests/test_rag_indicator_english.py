"""Each indicator under the English ways people ask for it, told from its neighbours."""

from __future__ import annotations

import pytest

from rag.indicators import Indicator, load_register

REGISTER = load_register()


def asked(question: str) -> list[str]:
    return [mention.indicator.name for mention in REGISTER.find(question, language="en")]


@pytest.mark.parametrize("indicator", REGISTER.indicators, ids=lambda one: one.en)
def test_an_indicator_is_found_under_every_way_of_asking_for_it(indicator: Indicator) -> None:
    family = {one.name for one in REGISTER.family_of(indicator.name)}
    missed = {}
    for way in dict.fromkeys((indicator.en, *indicator.english)):
        found = REGISTER.find(f"What about the {way} in          ?", language="en")
        names = {one.name for m in found for one in (m.indicator, *m.tied)}
        if not names & family or len(found) != 1:
            missed[way] = names
    assert missed == {}


def test_each_indicator_has_several_ways() -> None:
    few = [one.name for one in REGISTER.indicators if len({one.en, *one.english}) < 5]
    assert few == []


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("How many disputes did       and       mediate in total?", ["纠纷调解数"]),
        ("How much money was involved in the disputes mediated?", ["调解涉案金额"]),
        ("Which towns had lawsuits but no losses?", ["行政诉讼案件数"]),
        ("How many lawsuits did it lose?", ["败诉案件数"]),
        ("minor violations exempted from penalty", ["免罚案件数"]),
        ("mediated more than 200 disputes with a success rate above 97%", ["纠纷调解数", "纠纷调解成功率"]),
        ("How many officials watched court hearings?", ["旁听庭审人次"]),
        ("trials observed", ["旁听庭审次数"]),
        ("How many contracts did its lawyers check?", ["合同合法性审查件数"]),
        ("contracts signed with legal advisers", ["法律顾问合同份数"]),
        ("petitions resolved and petitions closed", ["信访化解数", "信访办结数"]),
        ("How many times did the party committee discuss rule-of-law work?", ["法治专题研究次数"]),
        ("more than 20 people received a power or a check", []),
        ("fines and penalties", ["罚款金额", "行政处罚案件数"]),
    ],
)  # fmt: skip
def test_neighbours_are_told_apart(question: str, names: list[str]) -> None:
    found = asked(question)
    assert [name for name in found if name in names] == names
    assert len(found) == len(names)
