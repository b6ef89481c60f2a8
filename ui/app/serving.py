"""The page put together, and served until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from typing import Any

import gradio as gr

from rag.errors import BadSetting
from rag.settings import Settings
from rag.stores import Stores, open_stores
from ui.app.layout import appearance, lay_out
from ui.app.wiring import ASKING_AT_ONCE, wire_asking, wire_opening, wire_reading
from ui.handlers import warm_up
from ui.messages import locale_language
from ui.texts import texts_in

WAITING_AT_MOST = 200  # questions in the queue; whoever comes after is told that it is full


def build_app(stores: Stores) -> gr.Blocks:
    """The page over these stores, to be launched with `launch_options`."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    app = gr.Blocks(analytics_enabled=False, title=texts_in("zh")("app_title"), fill_width=True)
    with app:
        page = lay_out()
        wire_opening(app, page, stores)
        wire_asking(page, stores)
        wire_reading(page, stores)
    app.queue(default_concurrency_limit=ASKING_AT_ONCE, max_size=WAITING_AT_MOST)
    return app


def launch_options() -> dict[str, Any]:
    """How the page is launched: nothing shared, nothing from another host."""
    return {
        **appearance(),
        "share": False,
        "quiet": True,
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "inline": False,
    }


LOADING = 60.0  # seconds to wait at most for a model that is being loaded


def serve(settings: Settings, *, host: str, port: int, open_browser: bool) -> None:
    """Serve the chat until Ctrl-C or SIGTERM; says on stderr where it is once it is usable.

    Raises:
        StoreUnavailable: the stores cannot be opened.
        BadSetting: the port is taken, or the host is not an address of this machine.
    """
    # Gradio calls its own server while it starts; a proxy would answer in its place.
    _keep_off_proxies("localhost", host)
    port = port or _free_port(host)
    stores = open_stores(settings)
    app = build_app(stores)
    stopped = threading.Event()
    warming = threading.Thread(target=warm_up, args=(stores,), daemon=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        _, url, _ = app.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            **launch_options(),
        )
        sys.stderr.write(texts_in(locale_language(os.environ))("serving", url=url) + "\n")
        sys.stderr.flush()
        warming.start()
        stopped.wait()
    except OSError as error:
        raise BadSetting(
            f"cannot listen on {host}:{port} ({error}); choose another with --host and --port"
        ) from error
    finally:
        app.close(verbose=False)
        if warming.is_alive():  # torch aborts a process that ends while it is being loaded
            warming.join(LOADING)
        stores.close()


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _keep_off_proxies(*hosts: str) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), *hosts)))
