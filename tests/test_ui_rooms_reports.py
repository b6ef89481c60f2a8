"""The Reports room without a browser: its addresses over real stores."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from report_room import Room, client_of, files_under

from rag.stores import Stores
from ui.access import Access
from ui.texts import texts_in

PASSWORD = "let me in"
ZH, EN = texts_in("zh"), texts_in("en")


@pytest.fixture
def room(empty_stores: Stores) -> Room:
    """A room over empty stores, for somebody at the machine."""
    folder = empty_stores.settings.data.parent
    return Room(empty_stores, folder, client_of(empty_stores, Access("127.0.0.1", "")))


def test_two_hundred_uploads_at_once_are_each_whole_or_refused(room: Room) -> None:
    before = files_under(room.folder / "data" / "uploads")
    upload = room.begin(150)

    def one(number: int) -> int:
        return room.send(upload, "同名.txt", f"第{number}份".encode() * 2000)[0]

    with ThreadPoolExecutor(40) as many:
        statuses = list(many.map(one, range(200)))
    assert sorted(set(statuses)) == [200, 400]
    assert statuses.count(200) == 150
    fresh = files_under(room.folder / "data" / "uploads") - before
    assert len(fresh) == 150
    texts = {
        (room.folder / "data" / "uploads" / name).read_text(encoding="utf-8") for name in fresh
    }
    assert len(texts) == 150
    assert all(text == text[: len(text) // 2000] * 2000 for text in texts)


# --- strangers -----------------------------------------------------------------------------

CALLS = (
    ("GET", "/reports/view"), ("GET", "/reports/view?report=x"), ("GET", "/reports/work"),
    ("POST", "/reports/uploads"), ("POST", "/reports/uploads/abc"),
    ("POST", "/reports/uploads/abc/take"), ("POST", "/reports/folder"),
    ("POST", "/reports/remove"), ("POST", "/reports/stop"),
)  # fmt: skip
FORGED = (
    {},
    {"x-forwarded-for": "127.0.0.1"},
    {"host": "127.0.0.1:7860", "x-real-ip": "127.0.0.1"},
    {"authorization": "Bearer guess"},
    {"cookie": "fazhi-admin=guess"},
    {"host": "localhost", "origin": "http://localhost"},
)


@pytest.mark.parametrize("password", ["", PASSWORD])
@pytest.mark.parametrize("headers", FORGED)
def test_a_stranger_gets_a_clear_refusal_and_changes_nothing(
    room: Room, headers: dict[str, str], password: str
) -> None:
    before = files_under(room.folder), room.stores.database.generation()
    stranger = client_of(room.stores, Access("0.0.0.0", password), "http://203.0.113.9")
    for method, path in CALLS:
        answered = stranger.request(method, path + "?lang=zh" * ("?" not in path), headers=headers)
        assert answered.status_code == 403, path
        assert answered.text in (ZH("refused_log_in"), ZH("refused_elsewhere"), EN("refused_log_in"),
                                 EN("refused_elsewhere"))  # fmt: skip
    assert (files_under(room.folder), room.stores.database.generation()) == before


def test_two_hundred_uploads_of_strangers_leave_nothing(room: Room) -> None:
    before = files_under(room.folder)
    stranger = client_of(room.stores, Access("0.0.0.0", PASSWORD), "http://203.0.113.9")

    def one(number: int) -> int:
        headers = {"X-File-Name": f"{number}.txt"}
        return stranger.post("/reports/uploads/x", content=b"x" * 9999, headers=headers).status_code

    with ThreadPoolExecutor(40) as many:
        assert set(many.map(one, range(200))) == {403}
    assert files_under(room.folder) == before


def test_a_page_of_another_site_cannot_use_an_open_room(room: Room) -> None:
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answered = room.client.post("/reports/remove", content='{"ids":["x"]}', headers=headers)
        assert answered.status_code == 403


def test_an_administrator_logs_in_and_out(room: Room) -> None:
    client = client_of(room.stores, Access("0.0.0.0", PASSWORD), "http://203.0.113.9")
    assert client.get("/reports/view").status_code == 403
    refused = client.post("/session?lang=zh", content="guess")
    assert (refused.status_code, refused.text) == (403, "密码不对。")
    assert client.post("/session", content="x" * 9000).status_code == 413
    let_in = client.post("/session", content=PASSWORD)
    assert let_in.status_code == 204
    cookie = let_in.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert PASSWORD not in cookie
    assert client.get("/reports/view").status_code == 200
    assert client.delete("/session").status_code == 204
    assert client.get("/reports/view").status_code == 403


def test_an_administrator_elsewhere_names_no_new_folder(room: Room) -> None:
    client = client_of(room.stores, Access("0.0.0.0", PASSWORD), "http://203.0.113.9")
    assert client.post("/session", content=PASSWORD).status_code == 204
    refused = client.post("/reports/folder?lang=zh", content=json.dumps({"folder": "/etc"}))
    assert (refused.status_code, refused.text) == (403, ZH("folder_not_known"))


@pytest.mark.parametrize("body", ["", "[]", "{", '{"ids": 3}', '{"ids": {}}', "x" * (2**20 + 9)])
def test_a_request_that_no_page_sends_is_refused(room: Room, body: str) -> None:
    answered = room.client.post("/reports/remove", content=body)
    assert answered.status_code == 400
    assert "Traceback" not in answered.text
