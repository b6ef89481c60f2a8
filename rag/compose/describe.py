"""Write what reports say of their practices, duties, shortcomings and plans: cited bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.compose.draft import Draft
from rag.compose.near import nearest_paragraph
from rag.compose.phrases import texts
from rag.compose.points import Point, points
from rag.compose.sought import sentences_on
from rag.compose.stretches import stretches
from rag.judgements import CensusTable, Span
from rag.models import Paragraph, Plan, Removal, ReportCard, SectionRole
from rag.wording import wording
from rag.words import fold

_CUES: dict[SectionRole, re.Pattern[str]] = {
    "duties": re.compile(r"第一责任人|主要负责人|党委书记|镇长|乡长|办事处主任|中心组|述法"),
    "shortcomings": re.compile(r"不足|短板|薄弱|有待|欠缺|存在.{0,8}问题|不够"),
    "plans": re.compile(r"下一步|明年|下一年度?|今后|将(?:继续|进一步|重点|着力)"),
}
# What followed such an event stands in other paragraphs.
_EVENT = re.compile(r"诉讼|官司|败诉|出庭|复议|事件|事故")
_POINTS_OF_ONE = 20  # bullets for the only report of an answer
_POINTS_OF_MANY = 8  # bullets for each of several reports
_POINTS_OF_NEAREST = 4  # bullets of a paragraph that is only near in meaning
_NEAR = 2  # paragraphs that are told for their meaning
_SENTENCE = 16  # characters: less is a heading or a date
_WRITTEN = 60  # reports whose points are written out
_HEADING = 60  # characters of a heading shown in front of a point


@dataclass(frozen=True)
class _Told:
    """What one report has to say."""

    card: ReportCard
    points: tuple[Point, ...]
    in_role: bool = True  # from the sections that were asked for, where a topic was


def write_describe(
    plan: Plan, table: CensusTable, evidence: Sequence[Paragraph], draft: Draft
) -> tuple[str, ...]:
    """Bullets for each report in scope; the ids of the reports that have something to say.

    Of more reports than are written out the first point is cited, so that each has its
    quote among the findings.
    """
    words = texts(draft.language)
    cards = [row.card for row in table.rows if row.state != "unreadable"]
    told = _in_asked_role(plan, list(_telling(plan, cards, evidence, draft)))
    if not told and len(cards) == 1 and plan.topic and not plan.sought:
        return _write_nearest(plan, cards[0], evidence, draft)
    limit = _POINTS_OF_ONE if len(told) == 1 else _POINTS_OF_MANY
    for one in told[:_WRITTEN]:
        _write_points(plan, one, limit, draft)
    of_event = bool(plan.roles) and _EVENT.search(plan.topic)
    if len(told) == len(cards) == 1 and of_event and not plan.sought:
        _write_also_near(plan, told[0], evidence, draft)
    if len(told) > _WRITTEN:
        draft.line(words["more_reports"])
        for one in told[_WRITTEN:]:
            draft.cite(one.points[0].span)
    telling = {one.card.id for one in told}
    silent = [card for card in cards if card.id not in telling]
    if told and silent and not plan.topic and not plan.sought:
        towns = words["list_separator"].join(draft.town(card) for card in silent[:_WRITTEN])
        draft.line(words["describe_none"].format(town=towns))
    return tuple(telling)


def _write_nearest(
    plan: Plan, card: ReportCard, evidence: Sequence[Paragraph], draft: Draft
) -> tuple[str, ...]:
    """What the only report in scope says nearest to the question, named as such."""
    paragraph = nearest_paragraph(plan.topic, evidence)
    if paragraph is None:
        return ()
    others = [one for one in evidence if one is not paragraph and _may_tell(plan, one)]
    near = [paragraph, *others[: _NEAR - 1]]
    topic = " ".join(part.split("|")[0] for part in plan.topic.split())
    shape = texts(draft.language)["describe_near"]
    draft.line(shape.format(town=draft.town(card), year=card.year, topic=topic))
    removals = draft.sources.removals([card.id]).get(card.id, ())
    for one in near:
        for point in points(one, removals)[:_POINTS_OF_NEAREST]:
            draft.line(f"- {point.text}[{draft.cite(point.span)}]")
    return (card.id,)


def _write_also_near(plan: Plan, told: _Told, evidence: Sequence[Paragraph], draft: Draft) -> None:
    """What else of the only report in scope is near the question in meaning, named as such."""
    shown = {point.span.paragraph for point in told.points}
    others = [p for p in evidence if p.number not in shown and _may_tell(plan, p)]
    removals = draft.sources.removals([told.card.id]).get(told.card.id, ())
    near = [
        point
        for paragraph in others[: _NEAR - 1]
        for point in points(paragraph, removals)[:_POINTS_OF_NEAREST]
    ]
    if near:
        draft.line(texts(draft.language)["describe_also_near"])
        for point in near:
            draft.line(f"- {point.text}[{draft.cite(point.span)}]")


def _may_tell(plan: Plan, paragraph: Paragraph) -> bool:
    """Whether a paragraph tells of what is asked for: no weakness or plan, unless one is."""
    told = paragraph.role in plan.roles or paragraph.role not in ("shortcomings", "plans")
    return told and len(paragraph.text) >= _SENTENCE


def _write_points(plan: Plan, told: _Told, limit: int, draft: Draft) -> None:
    draft.line(_heading(plan, told.card, draft))
    headings = _heading_spans(told.card.id, draft) if any(p.heading for p in told.points) else {}
    for point in told.points[:limit]:
        draft.line(f"- {_bullet(point, headings, draft)}")
    if len(told.points) > limit:
        more = len(told.points) - limit
        draft.line(texts(draft.language)["more_points"].format(n=more))
    draft.line()


def _heading(plan: Plan, card: ReportCard, draft: Draft) -> str:
    words = texts(draft.language)
    town = draft.town(card)
    if plan.sought:
        shape = words[f"describe_{plan.sought.what}"]
        subject = " ".join(part.split("|")[0] for part in plan.sought.of.split())
        return shape.format(town=town, year=card.year, topic=subject)
    if plan.topic:
        topic = " ".join(part.split("|")[0] for part in plan.topic.split())
        return words["describe_topic"].format(town=town, year=card.year, topic=topic)
    role = plan.roles[0] if plan.roles else "other"
    return words[f"describe_{role}"].format(town=town, year=card.year)


def _bullet(point: Point, headings: Mapping[tuple[str, ...], Span], draft: Draft) -> str:
    """The point with its mark, behind the heading it stands under with the heading's own."""
    span = headings.get(point.section)
    lead = ""
    if (
        span
        and point.heading
        and len(point.heading) <= _HEADING
        and point.heading not in point.text
    ):
        lead = f"**{point.heading}**[{draft.cite(span)}]："
    return f"{lead}{point.text}[{draft.cite(point.span)}]"


def _heading_spans(report_id: str, draft: Draft) -> dict[tuple[str, ...], Span]:
    """Where each section's heading stands: from its start to its first paragraph."""
    firsts: dict[tuple[str, ...], Paragraph] = {}
    for paragraph in draft.sources.paragraphs(report_ids=[report_id]):
        firsts.setdefault(paragraph.section, paragraph)
    sections = draft.sources.sections(report_id)
    _, text, _ = next(iter(draft.sources.sources([report_id])))
    spans = {}
    for section in sections:
        first = firsts.get(section.headings)
        if first and section.start < first.start:
            end = section.start + len(text[section.start : first.start].rstrip())
            place = None if first.page else section.headings
            spans[section.headings] = Span(report_id, first.number, section.start, end, place)
    return spans


def _telling(
    plan: Plan, cards: Sequence[ReportCard], evidence: Sequence[Paragraph], draft: Draft
) -> Iterable[_Told]:
    """The reports that have something to say, with their points in reading order."""
    if plan.topic or plan.sought:
        paragraphs: Sequence[Paragraph] = evidence
    else:
        paragraphs = draft.sources.paragraphs(report_ids=[card.id for card in cards])
    by_report: dict[str, list[Paragraph]] = {}
    for paragraph in sorted(paragraphs, key=lambda paragraph: paragraph.number):
        by_report.setdefault(paragraph.report_id, []).append(paragraph)
    removals = draft.sources.removals(by_report)
    for card in cards:
        own = by_report.get(card.id, [])
        removed = removals.get(card.id, ())
        found = _points_of(plan, own, removed)
        if found:
            roles = {stretch.role for p in own for stretch in stretches(p)}
            yield _Told(card, tuple(found), bool(roles & {*plan.roles}))


def _in_asked_role(plan: Plan, told: Sequence[_Told]) -> list[_Told]:
    """Of several reports those whose plans or weaknesses speak of the topic, if any do."""
    asked = {"plans", "shortcomings"} & {*plan.roles}
    if not (plan.topic and asked) or len(told) < 2:
        return list(told)
    return [one for one in told if one.in_role] or list(told)


def _points_of(
    plan: Plan, paragraphs: Sequence[Paragraph], removals: Sequence[Removal]
) -> list[Point]:
    if plan.sought:
        return [p for one in paragraphs for p in sentences_on(plan.sought, one, removals)]
    return (_on_topic if plan.topic else _in_role)(plan, paragraphs, removals)


def _on_topic(
    plan: Plan, paragraphs: Sequence[Paragraph], removals: Sequence[Removal]
) -> list[Point]:
    said = [
        (stretch.role, point)
        for paragraph in paragraphs
        for stretch in stretches(paragraph)
        for point in points(paragraph, removals, stretch)
        if speaks_of(plan.topic, point)
    ]
    in_role = [point for role, point in said if role in plan.roles]
    told = [_CUES[role] for role in ("plans", "shortcomings") if role in plan.roles]
    if told:  # what was done about a subject is neither a plan nor a weakness
        return in_role or [p for _, p in said if any(cue.search(p.text) for cue in told)]
    return in_role or [point for _, point in said]


def _in_role(
    plan: Plan, paragraphs: Sequence[Paragraph], removals: Sequence[Removal]
) -> list[Point]:
    """The points of the parts that play the role; where none does, those that say as much."""
    wanted = plan.roles[0] if plan.roles else "achievements"
    parts = [(p, stretch) for p in paragraphs for stretch in stretches(p)]
    chosen = [
        point
        for paragraph, stretch in parts
        if stretch.role == wanted
        for point in points(paragraph, removals, stretch)
    ]
    if chosen or wanted not in _CUES:
        return chosen
    said = (point for p, stretch in parts for point in points(p, removals, stretch))
    return [point for point in said if _CUES[wanted].search(point.text)]


def speaks_of(topic: str, point: Point) -> bool:
    """Whether a point, or the heading it stands under, speaks of each phrase of a topic."""
    text = fold(f"{point.heading} {point.text}").lower()
    return all(wording(phrase).place(text, reach=len(text)) for phrase in topic.split())
