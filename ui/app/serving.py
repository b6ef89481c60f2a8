"""The page put together, and served until it is told to stop."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import time
from contextlib import ExitStack, suppress
from typing import Any

import gradio as gr

from rag.errors import BadSetting, StoreUnavailable
from rag.settings import Settings
from rag.stores import open_stores
from ui.access import Access
from ui.app.acting import Acting
from ui.app.asking import Asking
from ui.app.downloads import download_routes
from ui.app.endpoints import caller_of_event, wire_endpoints
from ui.app.events import ASKING_AT_ONCE
from ui.app.layout import lay_out
from ui.app.look import appearance
from ui.app.narrowing import Correcting, wire_filters
from ui.app.opening import wire_opening, wire_reading
from ui.app.operating import Operating
from ui.handlers import warm_up
from ui.messages import locale_language
from ui.operating.logs import set_up_logs
from ui.operating.metrics import Metrics
from ui.operating.watch import Watch
from ui.shelf import Shelf
from ui.texts import texts_in

UPLOADS = ("/upload", "/reports/uploads")  # where rooms take files in, with bounds of their own
WAITING_AT_MOST = 200  # questions in the queue; whoever comes after is told that it is full


def build_app(shelf: Shelf, access: Access) -> gr.Blocks:
    """The page over the shelf's stores, to be launched with `launch_options`."""
    from ui.rooms import ROOMS  # noqa: PLC0415  the rooms are built with this package

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # A summary that nobody reads, made with pandas after each event otherwise.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000")
    app = gr.Blocks(analytics_enabled=False, title=texts_in("zh")("app_title"), fill_width=True)
    with app:
        page = lay_out()
        asking = Asking(page, shelf)
        asking.wire()
        wire_opening(app, page, shelf, access)
        wire_reading(page, shelf)
        wire_filters(page, shelf)
        Correcting(page, shelf).wire(asking)
        Acting(page, shelf).wire()
        wire_endpoints(shelf)
    for room in ROOMS:
        with app.route(room.path, room.path, show_in_navbar=False):
            room.build(app, shelf, access)
    app.queue(default_concurrency_limit=ASKING_AT_ONCE, max_size=WAITING_AT_MOST, api_open=False)
    return app


def launch_options(shelf: Shelf, access: Access, metrics: Metrics | None = None) -> dict[str, Any]:
    """How the page is launched: nothing shared, nothing from another host."""
    from ui.rooms import room_routes  # noqa: PLC0415  as above

    operating = Operating(shelf, access, metrics)
    return {
        **appearance(),
        "app_kwargs": {
            "routes": [
                *operating.routes(),
                *download_routes(shelf),
                *room_routes(shelf, access),
            ],
            "middleware": operating.middleware(UPLOADS),
            "lifespan": operating.lifespan,
        },
        "root_path": shelf.stores.settings.root_path,
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


SETTLED = 1.0  # seconds that the first page has the processor for itself
QUIET = 5.0  # seconds without a question after which the encoder is loaded
FOLLOWING = 1.0  # seconds between two looks at whether another process has taken reports in
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
    set_up_logs(settings.log)
    stores = open_stores(settings)
    metrics = Metrics(stores)
    watch = Watch(caller_of_event, metrics, questions=settings.log_questions)
    shelf = Shelf(stores, watch)
    access = Access(host, settings.admin_password.get_secret_value())
    app = build_app(shelf, access)
    stopped = threading.Event()
    warming = threading.Thread(target=_warm_up_later, args=(shelf, stopped), daemon=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    closing = ExitStack()
    closing.callback(metrics.close)
    try:
        if settings.metrics:
            closing.callback(metrics.serve(settings.metrics))
        _, url, _ = app.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            **launch_options(shelf, access, metrics),
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
        closing.close()
        stores.close()


def _warm_up_later(shelf: Shelf, stopped: threading.Event) -> None:
    """Load the rules once the first page is there, and the encoder in a quiet moment.

    Loading the encoder keeps a processor busy for seconds: whoever asks what needs no encoder
    has it for themselves; a question that needs it loads it. Then follow what other processes
    write to the vectors.
    """
    if stopped.wait(SETTLED):
        return
    shelf.warm()
    while not stopped.wait(QUIET):
        if time.monotonic() - shelf.asked_at >= QUIET:
            warm_up(shelf.stores)
            # What is loaded by now stays: the collector need not walk it again and again, which
            # took a third of the time of answers over 1,000 reports.
            gc.collect()
            gc.freeze()
            break
    while not stopped.wait(FOLLOWING):
        with suppress(StoreUnavailable):  # told to whoever asks
            shelf.stores.follow()


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _keep_off_proxies(*hosts: str) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), *hosts)))
