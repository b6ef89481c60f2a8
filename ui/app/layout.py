"""The components of the page and how they look."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import gradio as gr

from ui.handlers import LONGEST_QUESTION
from ui.texts import LANGUAGES

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
SANS = (
    "system-ui",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "sans-serif",
)


@dataclass(frozen=True)
class Page:
    """The components that handlers read or change."""

    heading: gr.HTML
    language: gr.Radio
    remembered: gr.BrowserState  # the language chosen earlier in this browser
    address: gr.State  # the query that names what the source panel shows
    exchanges: gr.State  # of the conversation, tuple[Exchange, ...]
    chat: gr.Chatbot
    question: gr.Textbox
    filters: gr.Accordion
    places: gr.Dropdown
    years: gr.Dropdown
    source: gr.HTML


def lay_out() -> Page:
    """The components, placed; called inside gr.Blocks. They get their words when the page opens."""
    remembered = gr.BrowserState("", storage_key="fazhi-language", secret="language")
    address = gr.State("")
    exchanges = gr.State(())
    with gr.Row(elem_id="masthead"):
        heading = gr.HTML("", elem_id="heading")
        language = gr.Radio(
            [(LANGUAGE_NAMES[code], code) for code in LANGUAGES],
            label="界面语言 Language",
            container=False,
            elem_id="language",
            scale=0,
        )
    with gr.Row(elem_id="columns"):
        with gr.Column(scale=3, min_width=300, elem_id="ask"):
            chat = gr.Chatbot(
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
            question = gr.Textbox(
                elem_id="question",
                show_label=False,
                lines=1,
                max_lines=5,
                max_length=LONGEST_QUESTION,
                submit_btn=True,
            )
            with gr.Accordion("", open=False, elem_id="filters") as filters, gr.Row():
                places = gr.Dropdown([], multiselect=True, elem_id="places")
                years = gr.Dropdown([], multiselect=True, elem_id="years")
        with gr.Column(scale=2, min_width=300, elem_id="aside"):
            source = gr.HTML(
                "", elem_id="source", js_on_load=_packaged("page.js"), apply_default_css=False
            )
    return Page(
        heading,
        language,
        remembered,
        address,
        exchanges,
        chat,
        question,
        filters,
        places,
        years,
        source,
    )


def appearance() -> dict[str, Any]:
    """The launch options that say how the page looks."""
    return {
        "theme": _theme(),
        "css": _packaged("style.css"),
    }


def _packaged(name: str) -> str:
    return files("ui.app").joinpath(name).read_text(encoding="utf-8")


def _theme() -> gr.themes.Base:
    """Quiet, and with the fonts of the reader's own system."""
    return gr.themes.Base(
        primary_hue="red",
        secondary_hue="stone",
        neutral_hue="stone",
        radius_size="sm",
        font=SANS,
        font_mono=("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace"),
    )
