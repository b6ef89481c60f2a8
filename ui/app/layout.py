"""The components of the page, placed.

The chat is the page's first room. Another room is a page of its own (`gr.Blocks.route`),
so that none loads what it does not show.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.app.look import packaged
from ui.app.masthead import lay_out_masthead
from ui.app.trays import (
    CorrectionTray,
    FilterTray,
    OpinionTray,
    lay_out_correction,
    lay_out_filters,
    lay_out_opinion,
)
from ui.asks import LONGEST_QUESTION


@dataclass(frozen=True)
class Page:
    """The components that handlers read or change."""

    heading: gr.HTML
    rooms: gr.HTML  # the navigation
    anew: gr.Button  # starts a new conversation
    language: gr.Radio
    remembered: gr.BrowserState  # the language chosen earlier in this browser
    talk: gr.State  # the id of the conversation on the page; empty before its first question
    talks: gr.HTML  # the list of the conversations that this browser keeps
    address: gr.State  # the query that names what the source panel shows
    exchanges: gr.State  # of the conversation, tuple[Exchange, ...]
    chat: gr.Chatbot
    question: gr.Textbox
    filters: FilterTray
    correction: CorrectionTray
    opinion: OpinionTray
    source: gr.HTML
    bridge: gr.HTML  # tells the page's script of a new address, and handlers of its clicks


def lay_out() -> Page:
    """The components, placed; called inside gr.Blocks. They get their words when the page opens."""
    talk, address, exchanges = gr.State(""), gr.State(""), gr.State(())
    with gr.Sidebar(open=False, elem_id="shelf", width=300):
        talks = gr.HTML("", elem_id="talks", js_on_load=None, apply_default_css=False)
    head = lay_out_masthead(anew=True)
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=3, min_width=300, elem_id="ask"):
            chat = _lay_out_chat()
            correction = lay_out_correction()
            opinion = lay_out_opinion()
            question = gr.Textbox(
                elem_id="question",
                show_label=False,
                lines=1,
                max_lines=5,
                max_length=LONGEST_QUESTION,
                submit_btn=True,
                stop_btn=False,
            )
            filters = lay_out_filters()
        with gr.Column(scale=2, min_width=300, elem_id="aside"):
            source = _scripted("source", "source.js")
    bridge = _scripted("bridge", "kept.js", "copying.js", "page.js")
    return Page(
        head.heading, head.rooms, head.anew, head.language, head.remembered, talk, talks, address,
        exchanges, chat, question, filters, correction, opinion, source, bridge,
    )  # fmt: skip


def _lay_out_chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        show_label=False,
        height=None,
        layout="panel",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        autoscroll=False,
    )


def _scripted(name: str, *scripts: str) -> gr.HTML:
    """A part that is written by the server and acted on by scripts, which share their names."""
    script = "\n".join(packaged(script) for script in scripts)
    return gr.HTML("", elem_id=name, js_on_load=script, apply_default_css=False)
