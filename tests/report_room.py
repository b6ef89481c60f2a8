"""The addresses of the Reports room over real stores, for tests without a browser."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.testclient import TestClient

from rag.stores import Stores
from ui.access import Access
from ui.rooms.reports.routes import report_routes
from ui.rooms.session import session_routes
from ui.shelf import Shelf

HERE = "http://127.0.0.1:7860"
HOSTILE = "<script>window.fired=1</script><img src=x onerror='window.fired=2'>调解成功率98%"
PATIENCE = 120.0  # seconds for a worker that starts on a busy machine


@dataclass
class Room:
    stores: Stores
    folder: Path
    client: TestClient  # somebody at the machine

    def call(self, path: str, **body: object) -> tuple[int, str]:
        answered = self.client.post(f"/reports/{path}", content=json.dumps(body))
        return answered.status_code, answered.text

    def send(self, upload: str, name: str, data: bytes) -> tuple[int, str]:
        answered = self.client.post(
            f"/reports/uploads/{upload}", content=data, headers={"X-File-Name": quote(name)}
        )
        return answered.status_code, answered.text

    def begin(self, count: int) -> str:
        status, text = self.call("uploads", count=count)
        assert status == 200, text
        return str(json.loads(text)["upload"])

    def finished(self) -> str:
        """The work as it is shown once nothing goes on any more."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            shown = self.client.get("/reports/work?lang=zh").text
            if 'data-active="0"' in shown:
                return shown
            time.sleep(0.2)
        raise AssertionError(f"the work goes on: {shown}")


def client_of(stores: Stores, access: Access, base: str = HERE) -> TestClient:
    shelf = Shelf(stores)
    routes = [*report_routes(shelf, access), *session_routes(access)]
    return TestClient(Starlette(routes=routes), base_url=base)


def files_under(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
