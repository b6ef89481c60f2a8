"""A question that leans on the one before it: 那李河镇呢？ which of them is the lowest?"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.indicators import IndicatorMention, Register
from rag.models import Condition, Plan, Sought
from rag.plan.plan import is_foreign
from rag.plan.reading import Known, Reading
from rag.plan.repeats import asked_again, in_other_unit, speaks_of_unit, with_subject
from rag.plan.scopes import Span, asks_year_before, is_total_of_one, scope_after
from rag.plan.siblings import is_bare_measure, named_after
from rag.words import has_noun

_EACH = re.compile(
    r"各[镇乡地街个]|所有|全部|每个|\b(?:each|every|all) (?:the )?(?:town|report|place)",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:全部|所有|整个)的?(?:报告|乡镇|镇|街道|地方|库)|\b(?:all (?:the )?|every )(?:reports?|towns?|places)\b",
    re.I,
)
_TOWNS = re.compile(
    r"[镇乡]|街道|地方|报告|\b(?:towns?|townships?|reports?|places?|sub-?districts?)\b", re.I
)
_THESE = re.compile(
    r"其中|这里面|这里[头边]|这当中|这中间|这些|那些|它们|他们|上面|上述|这几个|\b(?:them|these|those)\b",
    re.IGNORECASE,
)
_IT = re.compile(
    r"它(?!们)|[该这那]个?[镇乡]|这家|\b(?:it|its|that town|this town|that one)\b", re.IGNORECASE
)
_WHICH = re.compile(
    r"^(?:那么?)?(?:它们|两个?|这两个?|两者)?(?:中|之间|里)?(?:哪一?[个家边]|谁)(?:的)?(?:更|比较)?[高低多少好差大小]|"
    r"\bwhich (?:one|of (?:the two|them)|town)\b.*\b(?:higher|lower|more|fewer|less|better|worse)\b|"
    r"\bwho (?:has|had|did) (?:more|fewer|less)\b",
    re.IGNORECASE,
)
_BESIDE_TOWN = re.compile(
    r"^(?:那么?|那)?(?:跟|和|与|同)[^,?]{2,16}(?:比|相比|比起来|比较)[,]?.{0,4}(?:谁|哪[个家边])|"
    r"\b(?:compared (?:to|with)|against|versus|vs\.?)\b[^?]*\b(?:who|which)\b|"
    r"\b(?:who|which)\b[^?]*\b(?:compared (?:to|with)|against|versus|vs\.?)\b",
    re.IGNORECASE,
)
_TO_THE_PROGRAM = re.compile(r"你|\b(?:you|your)\b", re.IGNORECASE)


def leans_on_history(reading: Reading, plan: Plan) -> bool:
    """Whether a question leaves out what an earlier one said."""
    if is_foreign(reading):
        return False
    cue = reading.cues.follow_up.search(reading.text)
    if plan.indicators and _ALL.search(reading.text):
        return False
    if plan.indicators and not cue and (_EACH.search(reading.text) or reading.says("set")):
        return False
    if plan.kind == "lookup" and not plan.places and not plan.unknown_places and plan.indicators:
        return True  # 罚了多少？ after a question about one town
    summed = plan.kind == "aggregate" and plan.indicators and not plan.places
    if summed and is_total_of_one(reading.text):
        return True  # 一共罚了多少？ after a question about one town
    nothing_asked = not plan.indicators and not plan.topic and not plan.roles
    if plan.out_of_scope and not cue:
        said = not plan.topic and not _TO_THE_PROGRAM.search(reading.text)
        return said or speaks_of_unit(reading.text)
    if nothing_asked and plan.kind != "corpus":
        return True
    if plan.kind == "describe" and plan.roles and not plan.places and not plan.topic:
        sets = reading.says("set") or reading.says("census")
        if not (_EACH.search(reading.text) or (sets and _TOWNS.search(reading.masked))):
            return True  # 打算怎么改？ after the shortcomings of one town
    yes_no = plan.kind == "yes_no" and plan.indicators and not plan.places and not reading.share
    if yes_no and not (_TOWNS.search(reading.masked) or plan.unknown_places):
        return True  # 为什么没到100%？ of one town
    if _BESIDE_TOWN.search(reading.text) and len(plan.places) == 1:
        return True
    return bool(cue) and not (plan.places and (plan.indicators or plan.roles))


def of_same_subject(reading: Reading, before: Plan, register: Register) -> Reading:
    """The reading with measures of the subject before, where they name none: 那满意度呢？"""
    if not before.indicators:
        return reading

    def renamed(mention: IndicatorMention) -> IndicatorMention:
        name = mention.indicator.name
        other = named_after(name, before.indicators[0], register)
        said = name[:2] in mention.text or (
            reading.language == "en" and not is_bare_measure(mention.text)
        )
        return mention if said else replace(mention, indicator=register.get(other))

    other = {m.indicator.name: renamed(m).indicator.name for m in reading.named}
    conditions = [
        replace(one, indicator=other.get(one.indicator, one.indicator))
        for one in reading.conditions
    ]
    return replace(
        reading,
        named=tuple(map(renamed, reading.named)),
        mentions=tuple(map(renamed, reading.mentions)),
        conditions=tuple(conditions),
    )


def continued(plan: Plan, before: Plan, reading: Reading, known: Known, register: Register) -> Plan:
    """The earlier plan with what this question says in place of what it said."""
    scope = scope_after(plan, before, reading, known)
    among = _among(before, reading)
    if among is not None and not plan.places:
        scope = replace(scope, places=(), years=plan.years)
    found = _reason(plan, before, reading, register) or in_other_unit(before, reading, register)
    if found is None and plan.roles:
        found = replace(plan, kind="describe", conditions=(), join="and", among=among)
        practice = before.kind == "census" and not before.indicators and before.topic
        if practice and "shortcomings" not in plan.roles and not plan.topic:
            found = replace(found, topic=before.topic)  # 它们分别是怎么做的？
    if found is None and _says_its_own(plan):
        found = replace(plan, among=among)
    if found is None and plan.indicators:
        found = _own(plan, before, reading, register, among)
    if found is None and (reading.named or plan.topic) and not reading.says("rank"):
        found = _of_winner(with_subject(before, reading, register), among)
    if found is None:
        found = asked_again(plan, before, reading, among)
    found, scope = _told_before(found, scope, reading, known)
    return replace(
        found,
        places=scope.places,
        years=scope.years,
        unknown_places=plan.unknown_places,
        left_out_places=plan.left_out_places or before.left_out_places,
        out_of_scope=False,
        parts=(),
        alternatives=(),
    )


def of_both(found: Plan, earlier: Plan, reading: Reading) -> Plan:
    """The last two towns side by side: 哪个高？ after a figure of one and 马武镇呢？"""
    one_each = len(found.places) == len(earlier.places) == 1 and found.places != earlier.places
    same = bool(found.indicators) and found.indicators == earlier.indicators
    if not (one_each and same and _WHICH.search(reading.text)):
        return found
    stated = tuple(Condition(name, "mentions") for name in found.indicators)
    places, years = (*earlier.places, *found.places), (*earlier.years, *found.years)
    return replace(
        found,
        kind="compare",
        conditions=stated,
        places=places,
        years=tuple(sorted({*years})) if earlier.years and found.years else (),
        order=None,
        top=None,
        among=None,
    )


def beside_town(found: Plan, before: Plan, reading: Reading) -> Plan:
    """The town of the question before beside this one's: 跟博鳌镇比，谁多？"""
    one_each = len(found.places) == len(before.places) == 1 and found.places != before.places
    if not (one_each and found.indicators and _BESIDE_TOWN.search(reading.text)):
        return found
    stated = tuple(Condition(name, "mentions") for name in found.indicators)
    years = tuple(sorted({*before.years, *found.years})) if before.years and found.years else ()
    return replace(
        found,
        kind="compare",
        conditions=stated,
        places=(*before.places, *found.places),
        years=years,
    )


def _told_before(found: Plan, scope: Span, reading: Reading, known: Known) -> tuple[Plan, Span]:
    """The figure of a year that no report is of, as the report after it tells it."""
    asks = asks_year_before(reading.text) and found.kind in ("lookup", "trend")
    if not asks or not scope.years or known.has(scope.places, scope.years):
        return found, scope
    after = tuple(year + 1 for year in scope.years)
    if not known.has(scope.places, after):
        return found, scope
    stated = tuple(Condition(name, "mentions", of="previous_period") for name in found.indicators)
    return replace(found, kind="lookup", conditions=stated), replace(scope, years=after)


def _reason(plan: Plan, before: Plan, reading: Reading, register: Register) -> Plan | None:
    """What the report says about the subject before, where only 为什么 is asked."""
    asks = reading.cues.why.search(reading.masked)
    if not asks or plan.indicators or plan.topic or not (before.indicators or before.topic):
        return None
    names = before.indicators
    subject = register.get(names[0]).subject if names else before.topic
    if "出庭" in subject:  # a report says why somebody 未出庭
        subject = f"{subject}|出庭"
    return Plan("describe", topic=subject, sought=Sought("reason", subject))


def _own(
    plan: Plan, before: Plan, reading: Reading, register: Register, among: Plan | None
) -> Plan:
    """What a question with an indicator of its own asks: the same of it, or its value."""
    same = with_subject(before, reading, register)
    compared = before.kind == "census" and same is not None and same.kind == "census"
    if compared and plan.kind == "lookup" and among is None and same is not None:
        return same
    return replace(plan, among=among)


def _of_winner(found: Plan | None, among: Plan | None) -> Plan | None:
    """Another figure of the town that came first: What about its fines?"""
    if found is None or among is None or among.kind != "rank" or found.kind != "rank":
        return found
    stated = tuple(Condition(name, "mentions") for name in found.indicators)
    return replace(found, kind="lookup", conditions=stated, order=None, top=None, among=among)


def _says_its_own(plan: Plan) -> bool:
    """Whether a question has a condition or a set of its own rather than only a subject."""
    valued = any(c.op != "mentions" or c.negated for c in plan.conditions)
    sets = plan.kind in ("census", "yes_no", "aggregate", "compare", "rank")
    return (bool(plan.indicators) and (valued or sets)) or (
        plan.kind in ("census", "lookup") and bool(plan.topic) and has_noun(plan.topic)
    )


def _among(before: Plan, reading: Reading) -> Plan | None:
    """The earlier census whose towns this question is about: 这些镇里哪个罚款最多."""
    earlier = replace(before, alternatives=(), parts=())
    if before.kind == "census" and before.conditions and _THESE.search(reading.text):
        return earlier
    if before.among is not None and not before.places and _IT.search(reading.text):
        return before.among  # 它被复议了几次？ of the town that the question before the last picked
    winner = before.kind == "rank" and len(before.places) != 1
    if winner and (_IT.search(reading.text) or _THESE.search(reading.text)):
        return earlier
    return None
