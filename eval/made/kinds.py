"""Questions of every kind about a made corpus, to time answers by kind."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from eval.made.gold import MadeGold
from eval.made.questions import set_questions
from eval.made.templates import templates
from rag.models import PlanKind

RATES = ("矛盾纠纷调解成功率", "信访办结率", "12345热线办结率", "合法性审查率", "执法人员持证率")
COUNTS = ("行政处罚案件数", "法治宣传活动场次", "法律援助件数", "信访件数", "社区矫正对象人数")


def questions_by_kind(
    golds: Sequence[MadeGold], count: int, *, seed: int
) -> dict[PlanKind, list[str]]:
    """So many questions of each kind at most, about these reports."""
    random = Random(f"kinds {seed}")
    asked: dict[PlanKind, list[str]] = {
        "lookup": [], "yes_no": [], "compare": [], "rank": [], "aggregate": [], "describe": [],
        "trend": [],
    }  # fmt: skip
    for _ in range(count):
        one, other = (random.choice(golds) for _ in range(2))
        rate, number = random.choice(RATES), random.choice(COUNTS)
        town, other_town = one.place.town, other.place.town
        asked["lookup"].append(f"{town}{one.year}年{rate}是多少？")
        asked["yes_no"].append(f"{town}{one.year}年的{rate}达到100%了吗？")
        asked["compare"].append(f"{town}和{other_town}的{rate}哪个高？")
        asked["rank"].append(f"{number}最多的5个镇是哪些？")
        asked["aggregate"].append(f"{one.year}年各镇{number}一共多少？")
        asked["describe"].append(f"{town}{one.year}年存在哪些不足？")
        asked["trend"].append(f"{town}的{rate}逐年有什么变化？")
    if len(golds) >= 10 * count:  # fewer reports have too few different set questions
        found = set_questions(golds, count, templates=templates(), seed=seed)
        asked["census"] = [question.question for question in found]
    else:
        asked["census"] = [f"哪些镇的{rate}达到100%？" for rate in RATES]
    return asked
