"""The census as a bar of states with their counts, and the findings as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from rag.models import (
    STATES,
    Answer,
    Citation,
    ConditionResult,
    Finding,
    Number,
    PlanKind,
    Qualifier,
    State,
)
from ui.controls import button
from ui.findings_table import AS_AT_FIRST, SILENT, marks_of, narrowed_to, page_of
from ui.prose import render_chip
from ui.shown import Shown
from ui.table_controls import render_heads, render_pager, render_search
from ui.texts import Texts

# Beside the colour each state has a sign of its own, and its word is always written out.
SIGNS: Mapping[State, str] = {
    "match": "✓",
    "other_value": "≠",
    "implied": "≈",
    "no_case": "○",
    "mentioned": "…",
    "not_reported": "–",
    "unreadable": "✕",
}
MOST_NAMED = 100  # of the reports that say nothing; the table and the exports hold all
# In these kinds "match" says that the condition of the question holds.
CONDITION_KINDS: tuple[PlanKind, ...] = ("census", "yes_no", "corpus")


def state_word(state: State, kind: PlanKind, texts: Texts) -> str:
    """What a state is called in an answer of this kind."""
    if kind not in CONDITION_KINDS and state in ("match", "other_value"):
        return texts(f"basis_{state}")
    return texts(f"state_{state}")


def render_census(answer: Answer, texts: Texts, shown: Shown | None = None) -> str:
    """The bar and its legend as HTML; empty when no report was in scope.

    Of an answer shown on the page each state of the legend narrows the table to it.
    """
    total = answer.census.in_scope
    if not total:
        return ""
    counts = [(state, getattr(answer.census, state)) for state in STATES]
    counted = [(state, count) for state, count in counts if count]
    segments = "".join(
        f'<span class="state-{state}" style="flex-grow:{count}"></span>' for state, count in counted
    )
    legend = "".join(
        f"<li>{_counted(state, count, answer, texts, shown)}</li>" for state, count in counted
    )
    label = escape(texts("census_label", in_scope=total))
    return (
        f'<section class="census"><h3>{label}</h3><div class="bar" aria-hidden="true">{segments}'
        f'</div><ul class="legend">{legend}</ul></section>'
    )


def render_findings(answer: Answer, texts: Texts, shown: Shown | None = None) -> str:
    """The table of the reports that say something, and the others folded, as HTML."""
    view = shown.view if shown else AS_AT_FIRST
    turned = page_of(answer, view)
    citations = {citation.mark: citation for citation in answer.citations}
    parts: list[str] = []
    if shown:
        parts.append(render_search(answer, texts, shown))
    if turned.findings:
        rows = "".join(_row(finding, answer, citations, texts) for finding in turned.findings)
        parts.append(
            f'<div class="table"><table aria-label="{escape(texts("findings_label"))}">'
            f"<thead><tr>{render_heads(turned, texts, shown)}</tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )
    elif view.state or view.text:
        parts.append(f'<p class="no-rows">{escape(texts("no_rows"))}</p>')
    if shown:
        parts.append(render_pager(turned, texts, shown))
    for state in SILENT:
        rest = [finding for finding in answer.findings if finding.state == state]
        parts.append(_folded(state, rest, answer.plan.kind, texts))
    return "".join(parts)


def format_value(
    value: Number | None,
    unit: str | None,
    qualifier: Qualifier | None,
    texts: Texts,
    bounds: tuple[Number | None, Number | None] = (None, None),
) -> str:
    """A value in digits with its printed unit and qualifier; empty when there is none.

    >>> from ui.texts import texts_in
    >>> format_value(73.39, "万元", "about", texts_in("zh"))
    '约73.39万元'
    """
    unit = unit or ""
    if value is None:
        low, high = bounds
        return f"{low}–{high}{unit}" if low is not None and high is not None else ""
    return texts(f"qualifier_{qualifier or 'exact'}", value=f"{value}{unit}")


def _counted(state: State, count: int, answer: Answer, texts: Texts, shown: Shown | None) -> str:
    named = f"{_badge(state, answer.plan.kind, texts)} <b>{count}</b>"
    if shown is None:
        return named
    chosen = "true" if shown.view.state == state else "false"
    do = shown.turn(narrowed_to(shown.view, state))
    return button(named, do, f"{shown.id}-{state}", attributes=f'aria-pressed="{chosen}"')


def _row(finding: Finding, answer: Answer, citations: Mapping[int, Citation], texts: Texts) -> str:
    county = escape(finding.county or "")
    cells = (
        ("place", escape(finding.town or finding.source)),
        ("county", county),
        ("year", str(finding.year or escape(texts("unknown")))),
        ("state", _badge(finding.state, answer.plan.kind, texts)),
        ("value", _value_cell(finding, texts)),
        ("quote", _quotes(finding, citations, texts)),
    )
    columns = "".join(
        f'<td class="cell-{key}" data-label="{escape(texts(f"column_{key}"))}">'
        f"<div>{cell}</div></td>"
        for key, cell in cells
    )
    return f'<tr class="row-{finding.state}">{columns}</tr>'


def _value_cell(finding: Finding, texts: Texts) -> str:
    value = format_value(
        finding.value, finding.unit, finding.qualifier, texts, (finding.low, finding.high)
    )
    parts = [f"<b>{escape(value)}</b>"] if value else []
    if finding.label and value:
        parts.append(f'<span class="sub">{escape(finding.label)}</span>')
    if finding.kind and finding.kind != "achieved":
        parts.append(f'<span class="badge">{escape(texts(f"kind_{finding.kind}"))}</span>')
    if finding.conflict:
        parts.append(f'<span class="badge warn">{escape(texts("conflict"))}</span>')
    if finding.derivation:
        derived = texts("derived", derivation=finding.derivation)
        parts.append(f'<span class="sub">{escape(derived)}</span>')
    parts.extend(_condition(result, texts) for result in finding.conditions)
    return "".join(parts)


def _condition(result: ConditionResult, texts: Texts) -> str:
    value = format_value(result.value, result.unit, result.qualifier, texts)
    word = texts("holds" if result.holds else "fails")
    line = " ".join(part for part in (result.label or result.indicator, value, word) if part)
    return f'<span class="condition">{escape(line)}</span>'


def _quotes(finding: Finding, citations: Mapping[int, Citation], texts: Texts) -> str:
    known = [citations[mark] for mark in marks_of(finding) if mark in citations]
    return "".join(
        f'<span class="quoted"><q>{escape(citation.quote)}</q>{render_chip(citation, texts)}</span>'
        for citation in known
    )


def _folded(state: State, findings: Sequence[Finding], kind: PlanKind, texts: Texts) -> str:
    if not findings:
        return ""
    names = [
        f"{finding.town or finding.source} {finding.year or ''}".strip()
        for finding in findings[:MOST_NAMED]
    ]
    summary = texts("rest_label", state=state_word(state, kind, texts), count=len(findings))
    listed = escape(texts("list_separator").join(names))
    return (
        f'<details class="rest"><summary>{escape(summary)}</summary><p>{listed}</p>'
        f"{_more(len(findings), texts)}</details>"
    )


def _more(count: int, texts: Texts) -> str:
    hidden = count - MOST_NAMED
    return f'<p class="more">{escape(texts("more_rows", count=hidden))}</p>' if hidden > 0 else ""


def _badge(state: State, kind: PlanKind, texts: Texts) -> str:
    return (
        f'<span class="state state-{state}"><i aria-hidden="true">{SIGNS[state]}</i>'
        f"{escape(state_word(state, kind, texts))}</span>"
    )
