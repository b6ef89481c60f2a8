"""One run as HTML: its figures, what changed since the one before, and each wrong answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from eval.compare import compare
from eval.groups import NAMES, percent
from eval.saved import SavedRun
from ui.prose import blocks_of, render_blocks
from ui.rooms.evaluation.faults import Saved, faults_of, said
from ui.rooms.evaluation.places import Places
from ui.texts import Texts

ROOM = "./evaluation"
MOST_SHOWN = 100  # wrong answers
MOST_CITED = 12  # citations of one
LONGEST = 4000  # characters of an answer's text


def render_run(
    run: SavedRun, raw: Mapping[str, Any], earlier: SavedRun | None, places: Places, texts: Texts
) -> str:
    """The page of a run; `earlier` is the one of the same question set before it."""
    wrong = [outcome for outcome in raw["outcomes"] if not outcome["right"]]
    shown = "".join(_failure(outcome, places, texts) for outcome in wrong[:MOST_SHOWN])
    left = len(wrong) - MOST_SHOWN
    more = f"<p>{escape(texts('more_wrong', count=left))}</p>" if left > 0 else ""
    title = texts("wrong_answers", count=len(wrong)) if wrong else texts("no_wrong_answers")
    return (
        f'<p class="back"><a href="{ROOM}" id="back">{escape(texts("all_runs"))}</a></p>'
        f'<h3 id="run-title" tabindex="-1">{escape(run.questions_from)} · {told_time(run)}</h3>'
        f"{_files(run, texts)}{_figures(run, texts)}{_changes(run, earlier, texts)}"
        f'<h4 id="wrong">{escape(title)}</h4>{shown}{more}'
    )


def told_time(run: SavedRun) -> str:
    """When a run was started, as a time element that the page shows in the reader's own zone."""
    shown = run.started[:16].replace("T", " ")
    return f'<time datetime="{escape(run.started)}">{escape(shown)} UTC</time>'


def run_link(name: str) -> str:
    """The address of a run; it names the room, since pages take relative ones from the chat's.

    >>> run_link("2026-01-01T000000Z")
    './evaluation?run=2026-01-01T000000Z'
    """
    return f"{ROOM}?{urlencode({'run': name})}"


def metric_name(measure: str, texts: Texts) -> str:
    """A metric as the reader of the page calls it."""
    key = f"metric_{measure}"
    return texts(key) if key in texts.words else NAMES.get(measure, measure)


def _files(run: SavedRun, texts: Texts) -> str:
    query = "?" + urlencode({"run": run.name})
    return (
        f'<p class="actions"><a href="{ROOM}/page{query}" target="_blank" rel="noopener">'
        f'{escape(texts("run_whole"))}</a> <a href="{ROOM}/json{query}" download>JSON</a></p>'
    )


def _figures(run: SavedRun, texts: Texts) -> str:
    found = run.figures
    rows = [("right", found["right"], found["questions"])]
    rows += [(name, found["shares"].get(name), found["counted"].get(name, 0)) for name in NAMES]
    cells = "".join(
        f'<tr><th scope="row">{escape(metric_name(name, texts))}</th><td>{percent(share)}</td>'
        f"<td>{_interval(found['intervals'].get(name))}</td><td>{counted}</td></tr>"
        for name, share, counted in rows
        if share is not None
    )
    heads = "".join(
        f'<th scope="col">{escape(texts(key))}</th>'
        for key in ("column_metric", "column_share", "column_interval", "column_questions")
    )
    line = texts(
        "run_line",
        questions=found["questions"],
        reports=len(run.reports),
        unsupported=found["unsupported"],
        p50=f"{found['p50_ms']:.0f}",
        p95=f"{found['p95_ms']:.0f}",
    )
    return (
        f'<p class="sub">{escape(line)}</p><div class="table" tabindex="0" role="region" '
        f'aria-label="{escape(texts("column_metric"))}"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{cells}</tbody></table></div>"
    )


def _interval(interval: Mapping[str, float] | None) -> str:
    if not interval:
        return "–"
    return f"{interval['low'] * 100:.1f} … {interval['high'] * 100:.1f}"


def _changes(run: SavedRun, earlier: SavedRun | None, texts: Texts) -> str:
    """The questions that became right or wrong since the run before."""
    if earlier is None:
        return ""
    found = compare(earlier, run).changes
    lines = "".join(
        f'<li class="is-{verdict}">{escape(texts(f"change_{verdict}", what=_names(names)))}</li>'
        for verdict in ("broken", "mended")
        if (names := [change.id for change in found if change.verdict == verdict])
    )
    nothing = f"<li>{escape(texts('change_none'))}</li>"
    title = escape(texts("changes_since", when=earlier.started[:16].replace("T", " ")))
    return f'<h4>{title}</h4><ul class="since">{lines or nothing}</ul>'


def _names(names: Sequence[str]) -> str:
    return f"{len(names)}: {', '.join(names)}"


def _failure(outcome: Saved, places: Places, texts: Texts) -> str:
    question = outcome["question"]
    faults = "".join(f"<li>{escape(line)}</li>" for line in faults_of(outcome, texts))
    history = "".join(
        f'<p class="sub">{escape(texts("asked_before", question=earlier))}</p>'
        for earlier in question.get("history", ())
    )
    name = escape(str(question["id"]))
    return (
        f'<details class="wrong" id="q-{name}"><summary><b>{escape(question["question"])}</b> '
        f'<small>{name}</small></summary>{history}<ul class="faults">{faults}</ul>'
        f'<div class="sides">{_expected(question, places, texts)}'
        f"{_given(outcome['answer'], places, texts)}</div></details>"
    )


def _expected(question: Saved, places: Places, texts: Texts) -> str:
    lines = [texts(f"status_{question['status']}")]
    reports = question.get("reports")
    if reports is not None:
        lines.append(", ".join(reports) or texts("no_report"))
    lines += [
        f"{value.get('source') or texts('computed')}: {value['value']}{value.get('unit', '')}"
        for value in question.get("values", ())
        if value.get("required", True)
    ]
    if question["kind"] == "yes_no":
        lines.append(said(question.get("yes_no"), texts))
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    spans = "".join(
        _quote(str(span["text"]), str(span["source"]), places.of_span(span))
        for span in question.get("spans", ())
        if span.get("required", True)
    )
    return f"<section><h5>{escape(texts('expected'))}</h5><ul>{items}{spans}</ul></section>"


def _given(answer: Saved, places: Places, texts: Texts) -> str:
    text = str(answer.get("text") or "")
    cut = "…" if len(text) > LONGEST else ""
    shown = render_blocks(blocks_of(text[:LONGEST] + cut), {}, texts)
    cited = answer.get("citations") or ()
    quotes = "".join(
        _quote(f"[{one['mark']}] {one['quote']}", str(one["source"]), places.of_citation(one))
        for one in cited[:MOST_CITED]
    )
    left = len(cited) - MOST_CITED
    more = f"<li>{escape(texts('more_citations', count=left))}</li>" if left > 0 else ""
    return (
        f"<section><h5>{escape(texts('given'))}</h5>"
        f'<div class="text">{shown}</div><ul>{quotes}{more}</ul></section>'
    )


def _quote(text: str, source: str, address: str) -> str:
    name = escape(source)
    if address:
        name = f'<a href="{escape(address)}" target="_blank" rel="noopener">{name}</a>'
    return f"<li><q>{escape(text)}</q> {name}</li>"
