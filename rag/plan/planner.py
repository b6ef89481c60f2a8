"""From a question to a Plan, with the questions before it where it leans on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from rag.indicators import Register
from rag.models import Plan, Turn
from rag.places import find_places
from rag.plan.ambiguity import with_readings
from rag.plan.background import without_background
from rag.plan.claimed import as_claimed
from rag.plan.courtesies import plainly
from rag.plan.follow_ups import beside_town, continued, leans_on_history, of_both, of_same_subject
from rag.plan.languages import language_of
from rag.plan.nesting import split_nested
from rag.plan.plan import plan_of
from rag.plan.reading import Known, Reading, read_question
from rag.plan.remarks import without_afterthought, without_frame, without_remarks
from rag.plan.years import read_years

_ONLY_NAMES = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:镇|乡|街道|县|区|市|省)?[。.!]?|20\d{2}年?[。.!]?"
)
_BOTH_ENDS = re.compile(
    r"最[高多大好].{0,6}最[低少小差]|最[低少小差].{0,6}最[高多大好]|"
    r"\b(?:highest|most|largest|best)\b.{0,12}\b(?:lowest|fewest|least|smallest|worst)\b|"
    r"\b(?:lowest|fewest|smallest|worst)\b.{0,12}\b(?:highest|most|largest|best)\b",
    re.IGNORECASE,
)
_NAMES_TOWNS = re.compile(
    r"哪(?!一?[家位名所个](?:律|公司|单位|部门|人|领导|村|社区|机构)|类|种|项)|各(?!类|种|项|自|是|多少|为|有)|所有|全部|其他|别的|[镇乡]|街道|\b(?:which|all|other|every|each|any|towns?|places|reports)\b",
    re.IGNORECASE,
)
_ASKS_TOWNS = re.compile(
    r"(?:哪[些几]?个?|各个?|所有|其他|别的)(?:的|地方)?(?:乡?镇|乡|街道|地方)|"
    r"\b(?:which|what|all|other|every|each|any)(?: other)? (?:towns?|townships?|places|streets|reports)\b",
    re.IGNORECASE,
)
_REPORT_OF_YEAR = re.compile(
    r"20\d\d年?度?的?[^,。?]{0,12}报告|\b20\d\d(?:'s)? (?:annual )?reports?\b|\breports? (?:of|for|from|in|on) 20\d\d",
    re.IGNORECASE,
)
_QUESTION_END = re.compile(r"(?<=[?!;])\s*(?=\S)")
_AND_ASKS = re.compile(
    r"(?<=[a-z0-9]), and\s+(?=(?:how|which|what|who|did|does|was|were)\b)", re.IGNORECASE
)
_HALVES = re.compile(  # 甲镇的合法性审查率是多少,乙镇的考试合格率又是多少
    r"([^,;?]{6,}(?:是?多少|几[件次名人个份]|怎么样))[,;](?:而|那么)?([^,;?]{6,}(?:是?多少|几[件次名人个份]|怎么样)[?。]?)"
)
_ASKS_PART = re.compile(  # …, and what problems does it admit?
    r"what (?:\w+ )?(?:problems?|shortcomings?|weaknesses|difficulties|deficiencies|plans?)\b|which (?:problems|shortcomings|weaknesses)\b",
    re.IGNORECASE,
)
_ASKS_SOMETHING = re.compile(r"哪|多少|几[件个起宗次场名人份家条项]|什么|怎么|是否|有没有|是不是")
_ALSO_ASKS = re.compile(  # …多少项,另外报告里讲了哪些问题?
    r"[,;](?:另外|还有就是|此外|顺便(?:问一下)?|再问一下)[,]?(?=[^,;?]{0,24}(?:哪|多少|几[件个起宗次场名人份家条项]|什么|怎么|吗))"
)
_LEANS = re.compile(r"其中|这些|那些|同样|同年|这一年|\b(?:them|these|those|same)\b", re.IGNORECASE)
_CAPITAL = re.compile(r"\s[A-Z][a-z]")


def plan_question(
    question: str,
    *,
    register: Register,
    known: Known,
    history: Sequence[Turn] = (),
    places: Sequence[str] = (),
    years: Sequence[int] = (),
) -> Plan:
    """What a question asks, with places and years added by the caller's filters.

    A question of several sentences that each ask something becomes a plan with parts.
    """
    needed = partial(_says_what_rest_does_not, register=register, known=known)
    asked = without_background(without_frame(plainly(question), needed), needed, known.places)
    asked = without_afterthought(asked)
    asked = as_claimed(asked)
    pieces = [piece for end in _QUESTION_END.split(asked) for piece in _asking(end, known)]
    pieces = _joined(without_remarks(pieces))
    if len(pieces) > 1:
        plan = _compound(pieces, register=register, known=known, history=history)
    else:
        plan = _single(pieces[0] if pieces else "", register=register, known=known, history=history)
    return _filtered(plan, tuple(places), tuple(years))


def _asking(text: str, known: Known) -> list[str]:
    """The questions that ", and" joins in English, where a name is asked of in each after it."""
    halves = _HALVES.fullmatch(text)
    if halves and all(find_places(half, known.places) for half in halves.groups()):
        return list(halves.groups())
    if (also := _ALSO_ASKS.search(text)) and _ASKS_SOMETHING.search(text[: also.start()]):
        return [text[: also.start()], *_asking(text[also.end() :], known)]
    first, *others = _AND_ASKS.split(text)
    pieces = [first]
    for piece in others:
        named = _CAPITAL.search(piece) or find_places(piece, known.places)
        if named or _ASKS_PART.match(piece):
            pieces.append(piece)
        else:
            pieces[-1] += f", and {piece}"
    return [piece for piece in pieces if piece.strip()]


def _says_what_rest_does_not(front: str, rest: str, *, register: Register, known: Known) -> bool:
    """Whether words in front of a question name a place, a year or an indicator that it lacks.

    Who says of which town they are and asks which towns (我是马武镇的秘书,…哪些镇) asks of all.
    """
    stored = sorted({year for _, year in known.reports})
    if read_years(front, stored)[0] and not read_years(rest, stored)[0]:
        return True
    language = language_of(rest)
    if register.find(front, language=language) and not register.find(rest, language=language):
        reading = read_question(rest, register, known)
        if not (reading.topics or reading.roles):
            return True
    if any(mention.places for mention in find_places(rest, known.places)):
        return False
    asks_towns = _ASKS_TOWNS.search(rest)
    return any(
        mention.level != "town" or not asks_towns for mention in find_places(front, known.places)
    )


def _filtered(plan: Plan, places: tuple[str, ...], years: tuple[int, ...]) -> Plan:
    parts = tuple(_filtered(part, places, years) for part in plan.parts)
    return replace(plan, places=plan.places or places, years=plan.years or years, parts=parts)


def _compound(
    pieces: Sequence[str], *, register: Register, known: Known, history: Sequence[Turn]
) -> Plan:
    turns = list(history)
    parts: list[Plan] = []
    for piece in pieces:
        asks_all = parts and parts[0].places and _ASKS_TOWNS.search(piece)
        heard = () if asks_all and not _LEANS.search(piece) else turns
        part = _single(piece, register=register, known=known, history=heard)
        turns.append(Turn(piece))
        if part.kind == "corpus" and parts and parts[-1].kind == "corpus" and not part.places:
            part = replace(part, places=parts[-1].places, years=part.years or parts[-1].years)
        if parts and not part.places and not _NAMES_TOWNS.search(piece):
            part = replace(part, places=parts[0].places, years=part.years or parts[0].years)
        if part.indicators or part.topic or part.roles or part.kind == "corpus":
            parts.append(part)
    parts = [part for part in dict.fromkeys(parts) if not _repeated(part, parts)]
    parts = [part for number, part in enumerate(parts) if not _answered_by(parts[:number], part)]
    if len(parts) < 2:
        text = " ".join(pieces)
        return parts[0] if parts else _single(text, register=register, known=known, history=history)
    indicators = tuple(dict.fromkeys(name for part in parts for name in part.indicators))
    return replace(parts[0], indicators=indicators, parts=tuple(parts))


def _joined(pieces: Sequence[str]) -> list[str]:
    """The questions of a text; a town or a year after one belongs to it: 有多少？马武镇。"""
    joined: list[str] = []
    for piece in pieces:
        if joined and _ONLY_NAMES.fullmatch(piece):
            joined[-1] = f"{piece.rstrip('?!;. ')} {joined[-1]}"
        else:
            joined.append(piece)
    return joined


def _repeated(part: Plan, parts: Sequence[Plan]) -> bool:
    """Whether another part asks the same with its indicator: 有没有没成功的？成功率不到100%的有哪些？"""
    if part.indicators or part.roles or not part.topic:
        return False
    names = [name for other in parts for name in other.indicators]
    return any(all(phrase in name for phrase in part.topic.split()) for name in names)


def _answered_by(before: Sequence[Plan], part: Plan) -> bool:
    """Whether the answer before has the value already: 罚款最少的是谁？罚了多少？"""
    told = {name for plan in before if plan.kind in ("rank", "census") for name in plan.indicators}
    anywhere = not part.places and not part.years
    return part.kind == "lookup" and anywhere and {*part.indicators} <= told and bool(told)


def _single(question: str, *, register: Register, known: Known, history: Sequence[Turn]) -> Plan:
    return _nested(question, register=register, known=known) or _plain(
        question, register=register, known=known, history=history
    )


def _nested(question: str, *, register: Register, known: Known) -> Plan | None:
    """The plan for the reports that meet a condition; None where a question is not of the kind."""
    split = split_nested(question, language_of(question))
    if split is None:
        return None
    among, outer = (_plain(q, register=register, known=known, history=()) for q in split)
    valued = any(condition.value is not None for condition in among.conditions)
    picks = (among.kind == "census" and valued) or (among.kind == "rank" and among.top)
    other = {*outer.indicators} - {*among.indicators}
    if not (picks and other and outer.kind in ("rank", "aggregate", "lookup")):
        return None
    places, years = among.places or outer.places, among.years or outer.years
    return replace(outer, among=among, places=places, years=years)


def _plain(question: str, *, register: Register, known: Known, history: Sequence[Turn]) -> Plan:
    reading = read_question(question, register, known)
    plan = plan_of(reading)
    if history and leans_on_history(reading, plan):
        before = _single(history[-1].question, register=register, known=known, history=history[:-1])
        reading = of_same_subject(reading, before, register)
        plan = plan_of(reading)
        found = beside_town(continued(plan, before, reading, known, register), before, reading)
        if reading.years or not known.has(found.places, found.years):
            found = _year_of_plans(found, reading, known)
        if len(history) < 2 or plan.places:
            return found
        *earlier, last, _ = history
        told = _single(last.question, register=register, known=known, history=earlier)
        return (
            of_both(replace(found, places=before.places), told, reading) if before.places else found
        )
    plan = _year_of_plans(plan, reading, known)
    plan = _both_years(_year_compared_with(plan, known), known)
    bare_rate = any(amount.unit == "%" for amount in reading.amounts)
    if plan.kind == "rank" and _BOTH_ENDS.search(reading.masked):
        ends = tuple(replace(plan, order=order) for order in ("desc", "asc"))
        return replace(plan, order="desc", parts=ends)
    if plan.kind == "describe" and {"shortcomings", "plans"} <= set(plan.roles):
        return replace(plan, parts=tuple(replace(plan, roles=(role,)) for role in plan.roles))
    return with_readings(plan, reading.mentions, register, bare_rate=bare_rate)


def _year_compared_with(plan: Plan, known: Known) -> Plan:
    """A change since 2023 stands in the report of 2024, where none of 2023 is stored."""
    if plan.kind != "trend" or len(plan.years) != 1 or known.has(plan.places, plan.years):
        return plan
    after = (plan.years[0] + 1,)
    return replace(plan, years=after) if known.has(plan.places, after) else plan


def _both_years(plan: Plan, known: Known) -> Plan:
    """The change since a year that there is a report of as well: both reports are shown."""
    base = next((c.than_year for c in plan.conditions if c.than_year), None)
    if plan.kind != "trend" or base is None or not plan.years:
        return plan
    year = plan.years[0] - 1 if base == "before" else base
    if not known.has(plan.places, (year,)):
        return plan
    return replace(plan, years=tuple(sorted({year, *plan.years})), conditions=())


def _year_of_plans(plan: Plan, reading: Reading, known: Known) -> Plan:
    """Plans for 2025 stand in the report of 2024, unless the question names the report."""
    only_aims = {condition.of for condition in plan.conditions} == {"target"}
    aims = "plans" in plan.roles or only_aims  # else what was reached in that year is asked as well
    if not aims or not plan.years or _REPORT_OF_YEAR.search(reading.text):
        return plan
    before = tuple(year - 1 for year in plan.years)
    return replace(plan, years=before) if known.has(plan.places, before) else plan
