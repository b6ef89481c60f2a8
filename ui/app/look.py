"""How the page looks: a theme, and the style sheets of its rooms."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import gradio as gr

# In this order: later ones build on the names of earlier ones.
STYLES = ("tokens", "page", "chat", "answer", "table", "source", "trays", "narrow", "rooms")
# Of the rooms, each in its own package.
ROOM_STYLES = ("reports", "indicators", "evaluation")
SANS = (
    "system-ui",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "sans-serif",
)


def appearance() -> dict[str, Any]:
    """The launch options that say how the page looks."""
    return {
        "theme": _theme(),
        "css": "\n".join(
            [
                *(packaged(f"styles/{name}.css") for name in STYLES),
                *(packaged(f"{name}.css", f"ui.rooms.{name}") for name in ROOM_STYLES),
            ]
        ),
    }


def packaged(name: str, package: str = "ui.app") -> str:
    """A file of this package, or of another, as text."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


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
