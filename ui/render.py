"""Answers, errors and the welcome as HTML, without touching Gradio.

Whatever comes out of a question, a report or an error is escaped here; the page
shows it as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from rag.models import Answer, LeftOut, ReportCard
from ui.actions_view import render_actions
from ui.asks import Ask
from ui.findings_view import render_census, render_findings
from ui.prose import Block, blocks_of, render_blocks
from ui.scope_view import is_scope_note, render_scope
from ui.shown import Shown
from ui.texts import Texts

MOST_PLACES = 6  # named in the welcome


def render_heading(texts: Texts) -> str:
    """The page's name and what it is for, as HTML."""
    return (
        f'<h1 data-conversation="{escape(texts("conversation"))}">{escape(texts("app_title"))}</h1>'
        f"<p>{escape(texts('tagline'))}</p>"
    )


def render_question(ask: Ask, name: str = "") -> str:
    """A question as HTML, with what it is narrowed to; `name` is the id of its answer."""
    narrowed = " · ".join((*ask.places, *(str(year) for year in ask.years)))
    scope = f"<small>{escape(narrowed)}</small>" if narrowed else ""
    key = f' id="q-{escape(name)}"' if name else ""
    return f'<h2 class="question"{key}>{escape(ask.question)}{scope}</h2>'


def render_working(texts: Texts) -> str:
    """What stands in an answer's place while it is made, as HTML."""
    return f'<p class="working" role="status">{escape(texts("working"))}</p>'


def render_error(message: str, texts: Texts) -> str:
    """A failure the user can do something about, as HTML."""
    return (
        f'<div class="failure" role="alert"><strong>{escape(texts("error_title"))}</strong>'
        f"<p>{escape(message)}</p></div>"
    )


def render_stopped(texts: Texts) -> str:
    """What stands in the place of an answer that its reader stopped, as HTML."""
    return f'<p class="stopped" role="status">{escape(texts("stopped"))}</p>'


def render_answer(answer: Answer, texts: Texts, shown: Shown | None = None) -> str:
    """The whole answer as HTML: the direct answer, the census, the findings, the notes.

    `texts` are those of the answer's language: one answer is one document. With `shown`
    it can be acted on: its table sorted, its scope corrected.
    """
    below = render_census(answer, texts, shown) + render_findings(answer, texts, shown)
    below += _notes(answer, texts, shown)
    return _article(answer, texts, len(_blocks(answer, texts)), below)


def stream_answer(answer: Answer, texts: Texts, shown: Shown | None = None) -> Iterator[str]:
    """The answer growing, each time the HTML so far; first the direct answer, then the whole.

    Two steps and no more: the answer is there, and each step is sent with the conversation.
    """
    if len(_blocks(answer, texts)) > 1:
        yield _article(answer, texts, 1, "")
    yield render_answer(answer, texts, shown)


def render_welcome(cards: Sequence[ReportCard], texts: Texts) -> str:
    """What the empty conversation says about the stored reports, as HTML."""
    if not cards:
        return _centred(texts("empty_title"), (texts("empty_hint"),))
    lines = [_stored(cards, texts)]
    if samples := sum(card.sample for card in cards):
        lines.append(texts("welcome_samples", samples=samples))
    separator = "" if texts.language == "zh" else " "
    return _centred(texts("welcome_title"), (separator.join(lines), texts("welcome_promise")))


def _blocks(answer: Answer, texts: Texts) -> tuple[Block, ...]:
    """The text's blocks but for the line of counts, which the bar of the census shows."""
    note = texts("census_note")
    return tuple(block for block in blocks_of(answer.text) if not block.text.startswith(note))


def _article(answer: Answer, texts: Texts, count: int, below: str) -> str:
    citations = {citation.mark: citation for citation in answer.citations}
    blocks = _blocks(answer, texts)[:count]
    status = (
        f'<p class="status">{escape(texts(answer.status))}</p>'
        if answer.status != "answered"
        else ""
    )
    direct = 1 if blocks and blocks[0].kind == "paragraph" else 0
    first = render_blocks(blocks[:direct], citations, texts)
    return (
        f'<article class="answer {answer.status}" lang="{answer.language}">{status}'
        + (f'<div class="direct">{first}</div>' if first else "")
        + f'<div class="detail">{render_blocks(blocks[direct:], citations, texts)}</div>'
        f"{below}</article>"
    )


def _notes(answer: Answer, texts: Texts, shown: Shown | None) -> str:
    notes = [*answer.notes, *_left_out(answer.left_out, texts)]
    scope = actions = ""
    if shown:
        notes = [note for note in notes if not is_scope_note(note, texts)]
        scope, actions = render_scope(answer, texts, shown), render_actions(answer, texts, shown)
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    listed = (
        f'<aside class="notes" aria-label="{escape(texts("notes_label"))}"><ul>{items}</ul></aside>'
        if items
        else ""
    )
    milliseconds = round(answer.timings_ms.get("total", 0))
    footer = escape(texts(f"footer_{answer.writer}", ms=milliseconds))
    return f'{scope}{listed}{actions}<p class="footer">{footer}</p>'


def _left_out(left_out: LeftOut, texts: Texts) -> list[str]:
    counts = (
        ("left_out_other", left_out.other_documents),
        ("left_out_superseded", left_out.superseded),
        ("left_out_failed", left_out.failed),
    )
    parts = [texts(key, count=count) for key, count in counts if count]
    return [texts("left_out", parts=texts("list_separator").join(parts))] if parts else []


def _stored(cards: Sequence[ReportCard], texts: Texts) -> str:
    years = sorted({card.year for card in cards if card.year})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(str(year) for year in years)
    towns = list(dict.fromkeys(card.place.town or card.source for card in cards))
    named = texts("list_separator").join(towns[:MOST_PLACES])
    if len(towns) > MOST_PLACES:
        named += texts("list_separator") + texts("more_places", count=len(towns))
    return texts("welcome_stored", reports=len(cards), years=span or "–", places=named)


def _centred(title: str, lines: Sequence[str]) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="welcome"><h2>{escape(title)}</h2>{paragraphs}</div>'
