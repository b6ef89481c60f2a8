"""What stands at the head of every room: the page's name, the rooms, the language."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ui.texts import LANGUAGES

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True)
class Masthead:
    heading: gr.HTML
    rooms: gr.HTML
    anew: gr.Button  # starts a new conversation; only the chat shows it
    language: gr.Radio
    remembered: gr.BrowserState  # the language chosen earlier in this browser


def lay_out_masthead(*, anew: bool = False) -> Masthead:
    """The masthead, placed; it gets its words when the page opens."""
    remembered = gr.BrowserState("", storage_key="fazhi-language", secret="language")
    with gr.Row(elem_id="masthead"):
        heading = gr.HTML("", elem_id="heading", js_on_load=None, apply_default_css=False)
        rooms = gr.HTML("", elem_id="rooms", js_on_load=None, apply_default_css=False)
        button = gr.Button("", elem_id="anew", size="sm", scale=0, min_width=80, visible=anew)
        language = gr.Radio(
            [(LANGUAGE_NAMES[code], code) for code in LANGUAGES],
            label="界面语言 Language",
            container=False,
            elem_id="language",
            scale=0,
        )
    language.change(
        None, [language], js="(language) => { document.documentElement.lang = language; }"
    )
    return Masthead(heading, rooms, button, language, remembered)
