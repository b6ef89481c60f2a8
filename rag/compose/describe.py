"""Write what reports say of their practices, duties, shortcomings and plans: cited bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compose.draft import Draft, Sources
from rag.compose.phrases import texts
from rag.compose.points import Point, points
from rag.judgements import CensusTable, Span
from rag.models import Paragraph, Plan, ReportCard, SectionRole
from rag.words import telling_words

_CUES: dict[SectionRole, re.Pattern[str]] = {
    "duties": re.compile(r"第一责任人|主要负责人|党委书记|镇长|乡长|办事处主任|中心组|述法"),
    "shortcomings": re.compile(r"不足|短板|薄弱|有待|欠缺|存在.{0,8}问题|不够"),
    "plans": re.compile(r"下一步|明年|下一年度?|今后|将(?:继续|进一步|重点|着力)"),
}
_POINTS_OF_ONE = 20  # bullets for the only town of an answer
_POINTS_OF_MANY = 8  # bullets for each of several towns
_TOWNS = 20
_HEADING = 60  # characters of a heading shown in front of a point


def write_describe(
    plan: Plan, table: CensusTable, evidence: Sequence[Paragraph], draft: Draft
) -> tuple[str, ...]:
    """Bullets for each report in scope; the ids of the reports that have something to say."""
    words = texts(draft.language)
    cards = [row.card for row in table.rows if row.state != "unreadable"][:_TOWNS]
    limit = _POINTS_OF_ONE if len(cards) == 1 else _POINTS_OF_MANY
    told = []
    for card in cards:
        found = _told(plan, card, evidence, draft)
        if not found:
            continue
        told.append(card.id)
        draft.line(_heading(plan, card, draft))
        headings = _heading_spans(card.id, draft.sources)
        for point in found[:limit]:
            draft.line(f"- {_bullet(point, headings, draft)}")
        if len(found) > limit:
            draft.line(words["more_points"].format(n=len(found) - limit))
        draft.line()
    silent = [card for card in cards if card.id not in told]
    if told and silent and not plan.topic:
        towns = words["list_separator"].join(draft.town(card) for card in silent)
        draft.line(words["describe_none"].format(town=towns))
    return tuple(told)


def _heading(plan: Plan, card: ReportCard, draft: Draft) -> str:
    words = texts(draft.language)
    town = draft.town(card)
    if plan.topic:
        topic = " ".join(part.split("|")[0] for part in plan.topic.split())
        return words["describe_topic"].format(town=town, year=card.year, topic=topic)
    role = plan.roles[0] if plan.roles else "other"
    return words[f"describe_{role}"].format(town=town, year=card.year)


def _bullet(point: Point, headings: dict[tuple[str, ...], Span], draft: Draft) -> str:
    """The point with its mark, behind the heading it stands under with the heading's own."""
    span = headings.get(point.section)
    lead = ""
    if (
        span
        and point.heading
        and len(point.heading) <= _HEADING
        and point.heading not in point.text
    ):
        lead = f"**{point.heading}**[{draft.cite(span, point.section)}]："
    return f"{lead}{point.text}[{draft.cite(point.span)}]"


def _heading_spans(report_id: str, sources: Sources) -> dict[tuple[str, ...], Span]:
    """Where each section's heading stands: from its start to its first paragraph."""
    firsts: dict[tuple[str, ...], Paragraph] = {}
    for paragraph in sources.paragraphs(report_ids=[report_id]):
        firsts.setdefault(paragraph.section, paragraph)
    text = sources.stored_text(report_id)
    spans = {}
    for section in sources.sections(report_id):
        first = firsts.get(section.headings)
        if first and section.start < first.start:
            end = section.start + len(text[section.start : first.start].rstrip())
            spans[section.headings] = Span(report_id, first.number, section.start, end)
    return spans


def _told(plan: Plan, card: ReportCard, evidence: Sequence[Paragraph], draft: Draft) -> list[Point]:
    removals = draft.sources.removals(card.id)
    if plan.topic:
        own = [paragraph for paragraph in evidence if paragraph.report_id == card.id]
        if plan.roles:
            own = [paragraph for paragraph in own if paragraph.role in plan.roles] or own
        ordered = sorted(own, key=lambda paragraph: paragraph.number)
        return [
            p
            for paragraph in ordered
            for p in points(paragraph, removals)
            if speaks_of(plan.topic, p)
        ]
    roles = set(plan.roles[:1]) or {"achievements"}
    paragraphs = draft.sources.paragraphs(report_ids=[card.id])
    chosen = [paragraph for paragraph in paragraphs if paragraph.role in roles]
    if chosen:
        return [point for paragraph in chosen for point in points(paragraph, removals)]
    cues = [_CUES[role] for role in roles if role in _CUES]  # no section of its own
    said = [point for paragraph in paragraphs for point in points(paragraph, removals)]
    return [point for point in said if any(cue.search(point.text) for cue in cues)]


def speaks_of(topic: str, point: Point) -> bool:
    """Whether a point, or the heading it stands under, speaks of each phrase of a topic."""
    text = f"{point.heading} {point.text}".lower()
    return all(_has(text, phrase.split("|")) for phrase in topic.lower().split())


def _has(text: str, alternatives: Sequence[str]) -> bool:
    for alternative in alternatives:
        if alternative in text:
            return True
        parts = telling_words(alternative)
        if parts and all(part in text for part in parts):
            return True
    return False
