"""What can be done with an answer, as HTML: copy, link, again, thumbs, files."""

from __future__ import annotations

from html import escape

from rag.models import Answer
from ui.controls import button
from ui.exports import FORMATS, plain_text
from ui.feedback import THUMBS, Thumb
from ui.shown import Shown
from ui.texts import Texts


def render_actions(answer: Answer, texts: Texts, shown: Shown) -> str:
    """The row below an answer."""
    copied = f'data-copy="{escape(plain_text(answer, texts))}"'
    linked = f'data-link="{escape(shown.link)}"'
    parts = [
        _local(texts("copy"), copied, texts),
        _local(texts("copy_link"), linked, texts),
        button(escape(texts("again")), shown.act("again"), f"{shown.id}-again"),
        *(_thumb(thumb, texts, shown) for thumb in THUMBS),
        _files(texts, shown),
    ]
    return f'<div class="actions">{"".join(parts)}</div>'


def render_again(texts: Texts, shown: Shown) -> str:
    """The row below a question that was stopped or failed."""
    again = button(escape(texts("again")), shown.act("again"), f"{shown.id}-again")
    return f'<div class="actions">{again}</div>'


def _local(label: str, attribute: str, texts: Texts) -> str:
    """A button that the page's script serves by itself, telling when it is done."""
    done = escape(texts("copied"))
    return f'<button type="button" {attribute} data-done="{done}">{escape(label)}</button>'


def _thumb(thumb: Thumb, texts: Texts, shown: Shown) -> str:
    pressed = "true" if shown.thumb == thumb else "false"
    return button(
        escape(texts(f"thumb_{thumb}")),
        shown.act(thumb),
        f"{shown.id}-{thumb}",
        attributes=f'aria-pressed="{pressed}" title="{escape(texts(f"thumb_{thumb}_title"))}"',
    )


def _files(texts: Texts, shown: Shown) -> str:
    links = "".join(
        f'<a href="{escape(shown.download(form))}" download>{escape(texts(f"format_{form}"))}</a>'
        for form in FORMATS
    )
    return (
        f'<details class="files"><summary>{escape(texts("export"))}</summary>'
        f"<div>{links}</div></details>"
    )
