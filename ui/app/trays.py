"""What opens around the question box: filters, a correction of the scope, a reader's opinion."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr


@dataclass(frozen=True)
class FilterTray:
    frame: gr.Accordion
    provinces: gr.Dropdown
    counties: gr.Dropdown
    towns: gr.Dropdown
    years: gr.Dropdown

    @property
    def fields(self) -> list[gr.Dropdown]:
        return [self.provinces, self.counties, self.towns, self.years]


@dataclass(frozen=True)
class CorrectionTray:
    frame: gr.Column
    pending: gr.State  # (answer id, number of the plan, number of its subject)
    title: gr.HTML
    subject: gr.Dropdown
    choice: gr.Dropdown
    value: gr.Textbox
    places: gr.Dropdown
    years: gr.Dropdown
    send: gr.Button
    close: gr.Button

    @property
    def fields(self) -> list[gr.Dropdown | gr.Textbox]:
        return [self.subject, self.choice, self.value, self.places, self.years]


@dataclass(frozen=True)
class OpinionTray:
    frame: gr.Column
    pending: gr.State  # (answer id, thumb)
    title: gr.HTML
    comment: gr.Textbox
    send: gr.Button
    close: gr.Button


def lay_out_filters() -> FilterTray:
    """Closed; what can be chosen is loaded when it is opened."""
    with gr.Accordion("", open=False, elem_id="filters") as frame, gr.Row():
        fields = [
            gr.Dropdown([], multiselect=True, elem_id=name, min_width=150)
            for name in ("provinces", "counties", "towns", "years")
        ]
    return FilterTray(frame, *fields)


def lay_out_correction() -> CorrectionTray:
    """Hidden until a part of an answer's scope is to be corrected."""
    with gr.Column(visible=False, elem_id="correction", elem_classes="tray") as frame:
        pending = gr.State(("", 0, 0))
        title = _title()
        with gr.Row():
            subject = gr.Dropdown(
                [], allow_custom_value=True, elem_id="correct-subject", min_width=180
            )
            choice = gr.Dropdown([], elem_id="correct-condition", min_width=110)
            value = gr.Textbox(elem_id="correct-value", max_length=40, min_width=110)
        with gr.Row():
            places = gr.Dropdown([], multiselect=True, elem_id="correct-places", min_width=180)
            years = gr.Dropdown([], multiselect=True, elem_id="correct-years", min_width=110)
        send, close = _buttons("correct")
    return CorrectionTray(frame, pending, title, subject, choice, value, places, years, send, close)


def lay_out_opinion() -> OpinionTray:
    """Hidden until a thumb is given."""
    with gr.Column(visible=False, elem_id="opinion", elem_classes="tray") as frame:
        pending = gr.State(("", ""))
        title = _title()
        comment = gr.Textbox(elem_id="comment", lines=2, max_lines=4)
        send, close = _buttons("opinion")
    return OpinionTray(frame, pending, title, comment, send, close)


def _title() -> gr.HTML:
    return gr.HTML("", js_on_load=None, apply_default_css=False)


def _buttons(name: str) -> tuple[gr.Button, gr.Button]:
    with gr.Row(elem_classes="tray-buttons"):
        send = gr.Button("", variant="primary", size="sm", elem_id=f"{name}-send", min_width=80)
        close = gr.Button("", size="sm", elem_id=f"{name}-close", min_width=80)
    return send, close
