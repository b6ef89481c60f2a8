"""What has to hold of a report: values, values stated at all, and things it speaks of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from rag.blanking import blank_matches
from rag.denials import only_denials
from rag.indicators import IndicatorMention
from rag.models import Condition, Operator, PlanKind
from rag.plan.asked_places import full_name
from rag.plan.comparisons import compared_indicators
from rag.plan.conditions import fits, read_join
from rag.plan.events import happened
from rag.plan.negation import denies_case, is_negated, is_unnamed
from rag.plan.reading import Reading
from rag.plan.topics import Topic

Join = Literal["and", "or", "and_not"]
_SPOKEN_UNITS = {"cases": "件", "money": "元"}
_NEGATION = re.compile(r"没|未|无|\b(?:no|not|never|without|neither|nor|lack)\b|n't", re.IGNORECASE)
_OR_SILENT = re.compile(
    r"(?:或者?|以及|和|及)(?:根本|压根|完全)?(?:没有?|未|不)(?:说明?|写明?|载明|提及|提到?|报告|公布|披露|填报?)"
    r"(?:的|过|出来|该数?据?|这项)*(?=[??。]|的?[镇乡街报]|$)|"
    r"\bor (?:(?:did|do|does) not|don't|didn't|doesn't|never|(?:is|was|were|are) not) "
    r"(?:report|state|mention|say|give|disclose|stated|reported|mentioned)\w*(?: it| one| any| at all)?",
    re.IGNORECASE,
)
_ACTUAL = re.compile(
    r"实际|[离距与和]目标|差距|差(?:了)?(?:多少|几)|完成(?:了)?(?:多少|几|情况)|(?:做|达)到了?(?:多少|几)|达标|"
    r"\b(?:actual(?:ly)?|really|achieved?|reached|in fact|result)\b",
    re.IGNORECASE,
)
_NEXT_ASKED = re.compile(
    r"(?:多少|几|高)[^,;]{0,6}[,;]|\band (?:what|which|how)\b|, (?:what|which|how)\b", re.IGNORECASE
)
_COMPLAINT = re.compile(
    r"\b(?:complain\w*|admit\w*|acknowledg\w*|report\w*|mention\w*|shortcoming\w*|problems?)\b[^.?!]{0,30}"
    r"\b(?:lack\w*|shortage|insufficient)|\black of\b",
    re.IGNORECASE,
)
_OWNS_UP = re.compile(
    r"(?:自己|自述|自称|如实|坦言|坦承|坦率|承认|直言|明确|明明白白|老老实实|清清楚楚|白纸黑字)(?:写|说|讲|承认|提到|反映|报告|交代)?(?:了|过|明)?[^,。?]{0,12}(?:没有?|未|缺)|"
    r"(?<![没未不有])(?:明说|写明|载明|注明|声明|讲明|说明|表示|写道)(?:了|过)?[^,。?]{0,16}(?:没有?|未|缺|无)|"
    r"\b(?:admit|acknowledge|confess|own up|concede|complain)\w*\b[^?]{0,60}\b(?:no|not|n't|without|lack\w*|single)\b",
    re.IGNORECASE,
)
_NONE_OF = re.compile(
    r"\b(?:had|have|has|with|were given|received|own(?:s|ed)?)(?: still| yet)? no\b", re.IGNORECASE
)
_CONTRAST = re.compile(r"但是?|却|而(?=[没未不])|\bbut\b", re.IGNORECASE)
_LACKING = re.compile(r"\black(?:s|ed|ing)?\b(?: of)?", re.IGNORECASE)
_HAPPENING = re.compile(
    r"发生|出现|没有人|无人|零(?=[^\d])|\b(?:happened|occurred)\b", re.IGNORECASE
)
_ARISING = re.compile(r"案|事件|上访|事故")
_LACK = re.compile(r"\black(?:s|ed|ing)?\b", re.IGNORECASE)
_OF_VALUES = ("lookup", "compare")
_SETS = ("census", "aggregate")


def plan_conditions(reading: Reading, kind: PlanKind) -> tuple[tuple[Condition, ...], Join]:
    """The conditions in the order of the question, what is wanted before what is not."""
    if kind == "trend" or (kind == "lookup" and reading.earlier):
        return _beside_earlier(reading), "and"
    if kind in ("describe", "corpus", "rank"):
        return (), "and"
    if kind == "aggregate" and not reading.says("count"):
        return (), "and"
    relation = compared_indicators(reading.masked, reading.mentions, reading.language)
    if relation and kind not in _OF_VALUES:
        arisen = [
            one for _, one in _of_indicators(reading, kind) if one.op == ">" and not one.value
        ]
        each = dict.fromkeys(arisen) if len(arisen) > 1 else {}
        return (relation, *each), "and"
    if reading.wider and len(reading.mentions) == 1:
        name = reading.mentions[0].indicator.name
        op: Operator = "mentions" if kind in _OF_VALUES else reading.wider
        return (Condition(name, op, than_wider=True),), "and"
    found = _or_silent(reading, _of_indicators(reading, kind))
    if kind not in _OF_VALUES:
        found += _of_topics(reading)
    if reading.cues.target.search(reading.masked):
        aimed = [(at, _of_target(condition, reading)) for at, condition in found]
        both = kind == "lookup" and _asks_actual(reading)  # what was reached as well
        found = [*found, *aimed] if both else aimed
    ordered = dict.fromkeys(condition for _, condition in sorted(found, key=lambda item: item[0]))
    wanted = [condition for condition in ordered if not condition.negated]
    unwanted = [condition for condition in ordered if condition.negated]
    either = len(reading.topics) == 1 and reading.topics[0].sides and not reading.mentions
    join: Join = "or" if either or read_join(reading.masked, reading.language) == "or" else "and"
    if join == "or" and not wanted and len(_NEGATION.findall(only_denials(reading.masked))) == 1:
        join = "and"  # 没有律师或法律顾问: neither
    if wanted and unwanted and _CONTRAST.search(reading.masked):
        join = "and"  # the 或 joins names of what is not there
    if unwanted and (wanted or len(unwanted) == 1) and (join == "and" or not wanted):
        join = "and_not"
    return (*wanted, *unwanted), join


def _beside_earlier(reading: Reading) -> tuple[Condition, ...]:
    """The figures of a question after a change, each beside that of the year before."""
    if reading.earlier is None:
        return ()
    names = dict.fromkeys(mention.indicator.name for mention in reading.mentions)
    names = names or dict.fromkeys(topic.text for topic in reading.topics[:1])
    return tuple(Condition(name, "mentions", than_year=reading.earlier.year) for name in names)


def _asks_actual(reading: Reading) -> bool:
    """Whether what was reached is asked for beside what was aimed at: 多少,明年的目标呢."""
    if _ACTUAL.search(reading.masked):
        return True
    aimed = reading.cues.target.search(reading.masked)
    first = min((mention.end for mention in reading.mentions), default=0)
    return bool(aimed and _NEXT_ASKED.search(reading.masked[first : aimed.start()]))


def _or_silent(reading: Reading, found: list[tuple[int, Condition]]) -> list[tuple[int, Condition]]:
    """The conditions, and silence beside the one they bound: 低于100%或者没有说明的."""
    silent = _OR_SILENT.search(reading.masked)
    if not silent or len(found) != 1 or found[0][1].value is None:
        return found
    return [*found, (silent.start(), Condition(found[0][1].indicator, "mentions", negated=True))]


def _of_target(condition: Condition, reading: Reading) -> Condition:
    """The condition of what is aimed at; without a figure, what the plans of a report speak of."""
    names = {mention.indicator.name for mention in reading.mentions}
    return replace(condition, of="target") if condition.indicator in names else condition


def _of_indicators(reading: Reading, kind: PlanKind) -> list[tuple[int, Condition]]:
    valued = {condition.indicator for condition in reading.conditions}
    families = {m.indicator.family for m in reading.mentions if m.indicator.name in valued}
    found: list[tuple[int, Condition]] = []
    risen = _risen(reading)
    twice = {risen.indicator.name} if risen else set()
    for mention in reading.mentions:
        name = mention.indicator.name
        if mention is not risen and name in twice:
            continue
        if mention is risen and reading.earlier and kind not in _OF_VALUES:
            earlier = reading.earlier
            found.append((mention.start, Condition(name, earlier.op, than_year=earlier.year)))
        elif name in valued:
            own = [condition for condition in reading.conditions if condition.indicator == name]
            found += [(mention.start, condition) for condition in own]
        elif _is_context(reading, mention):
            continue  # 普法 in 普法发了10万份以上资料
        elif mention.indicator.family not in families - {None}:
            # else said twice: leaders in court, and their appearance rate with its figure
            found.append((mention.start, _stated(reading, mention, kind)))
    return found


def _risen(reading: Reading) -> IndicatorMention | None:
    """The mention that is compared with another year: the one nearest to where that is said."""
    earlier = reading.earlier
    if earlier is None or not reading.mentions:
        return None

    def distance(mention: IndicatorMention) -> int:
        return max(earlier.start - mention.end, mention.start - earlier.end, 0)

    return min(reversed(reading.mentions), key=distance)


def _is_context(reading: Reading, mention: IndicatorMention) -> bool:
    """Whether a count only says what the figure beside it is of, and is not asked for itself."""
    after = [other for other in reading.mentions if other.start > mention.start]
    if not (after and reading.amounts) or mention.indicator.unit == "rate":
        return False
    between = reading.masked[mention.end : after[0].start]
    valued = any(condition.indicator == after[0].indicator.name for condition in reading.conditions)
    unfit = not any(fits(mention, amount) for amount in reading.amounts)
    return valued and unfit and not re.search(r"[,;、]|[且并和又及或与]|\b(?:and|or)\b", between)


def _stated(reading: Reading, mention: IndicatorMention, kind: PlanKind) -> Condition:
    """That an indicator is reported; compared with a town's own, or more than none, if asked."""
    name = mention.indicator.name
    if reading.compared and kind in (*_SETS, "yes_no"):
        place, op = reading.compared
        return Condition(name, op, than_place=full_name(place))
    if kind in _SETS and happened(reading.masked, mention, reading.language):
        return Condition(name, ">", 0, unit=_SPOKEN_UNITS.get(mention.indicator.unit))
    return Condition(name, "mentions")


def _of_topics(reading: Reading) -> list[tuple[int, Condition]]:
    text, language = reading.masked, reading.language
    if _COMPLAINT.search(text):  # what is lacking is the subject, and said to be so
        text = blank_matches(_LACKING, text)
    topics = reading.topics
    if reading.amounts and not reading.mentions and len(topics) == 1:
        asked = reading.amounts[0]  # a figure of something that has no indicator
        figure = Condition(topics[0].text, asked.op, asked.value, asked.value2, asked.unit)
        return [(topics[0].start, figure)]
    if len(topics) == 1 and topics[0].sides and not reading.mentions:
        topics = tuple(Topic(side, topics[0].start) for side in topics[0].sides)
    if reading.earlier and not reading.mentions and len(topics) == 1:
        earlier = reading.earlier
        than = Condition(topics[0].text, earlier.op, than_year=earlier.year)
        return [(topics[0].start, than)]
    found = []
    for topic in topics:
        end = topic.start + len(topic.text.split()[0].split("|")[0])
        event = _ARISING.search(topic.text) or _HAPPENING.search(text)
        if event and denies_case(text, topic.start, end, language):
            condition = Condition(topic.text, "no_case")
        else:
            negated = _is_denied(reading, topic, end)
            if negated and _OWNS_UP.search(text):  # 自己写了连执法记录仪都没有
                found.append((topic.start, Condition(topic.text, "no_case", named=True)))
                continue
            named = negated and is_unnamed(text, topic.start, language)
            condition = Condition(topic.text, "mentions", negated=negated, named=named)
        found.append((topic.start, condition))
    return found


def _is_denied(reading: Reading, topic: Topic, end: int) -> bool:
    """Whether a topic is said not to be there: before it, or between its phrases."""
    text = _without_lack(reading)
    if is_negated(text, topic.start, end, reading.language):
        return True
    if reading.language == "en" and " " in topic.text and _NONE_OF.search(text, topic.start):
        return True  # officers had no body-worn recorders
    last = topic.text.split()[-1].partition("|")[0]
    at = text.find(last, end)
    return at >= 0 and is_negated(text, at, at + len(last), reading.language)


def _without_lack(reading: Reading) -> str:
    """The question without "lack" where it asks for shortcomings: what is lacking stands there."""
    if "shortcomings" not in reading.roles:
        return reading.masked
    return blank_matches(_LACK, reading.masked)
