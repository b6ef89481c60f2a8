"""The web chat. This package alone imports Gradio."""

from ui.app.serving import build_app, launch_options, serve

__all__ = ["build_app", "launch_options", "serve"]
