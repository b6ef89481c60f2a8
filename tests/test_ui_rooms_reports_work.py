"""What is ordered in the Reports room: each piece of work is done by a real process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from report_room import HOSTILE, PATIENCE, Room, client_of, files_under
from written_reports import report_text

from ingest.pipeline import ingest_paths
from rag.errors import FazhiError
from rag.pipeline import answer
from rag.settings import BUNDLED_EMBEDDING, read_settings
from rag.stores import open_stores
from ui.access import Access
from ui.rooms.reports.stored import entries_of
from ui.rooms.reports.work import Work
from ui.rooms.reports.work_view import render_work
from ui.texts import texts_in

pytestmark = pytest.mark.slow
ZH, EN = texts_in("zh"), texts_in("en")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room over stores of its own, changed by the tests of this file one after another."""
    folder = tmp_path_factory.mktemp("room")
    own = {"data": folder / "data", "database": "", "chroma": "", "embedding": BUNDLED_EMBEDDING}
    with open_stores(read_settings().model_copy(update=own)) as stores:
        yield Room(stores, folder, client_of(stores, Access("127.0.0.1", "")))


def test_uploaded_files_are_taken_in_with_a_verdict_for_each(room: Room) -> None:
    town = report_text("甘宁镇", f"行政诉讼应诉率98%。{HOSTILE}。").encode()
    upload = room.begin(4)
    assert room.send(upload, "甘宁镇.txt", town)[0] == 200
    assert room.send(upload, "../../甘宁镇.txt", town + b"\n") == (200, '{"name":"甘宁镇 (2).txt"}')
    assert room.send(upload, "notice.txt", "关于召开会议的通知\n\n请各村参加。".encode())[0] == 200
    assert room.send(upload, "broken.pdf", b"%PDF-1.4 nothing follows")[0] == 200
    status, text = room.call(f"uploads/{upload}/take")
    assert status == 202, text
    shown = room.finished()
    for verdict in ("新收入", "其他文件", "未能收入"):
        assert f"<b>{verdict}</b>" in shown
    assert "甘宁镇" in shown
    assert "新增" in shown
    assert "<script" not in shown
    states = {entry.source: entry.state for entry in entries_of(room.stores.database)}
    assert states["notice.txt"] == "other_document"
    assert states["broken.pdf"] == "failed"
    assert sorted(states[name] for name in ("甘宁镇.txt", "甘宁镇 (2).txt")) == [
        "answers",
        "superseded",
    ]
    kept = files_under(room.folder / "data" / "uploads")
    assert {Path(name).parts[0] for name in kept} == {upload}
    assert files_under(room.folder) == {
        str(path.relative_to(room.folder))
        for path in (room.folder / "data").rglob("*")
        if path.is_file()
    }


def test_the_same_file_again_is_a_repeat_and_is_not_kept_twice(room: Room) -> None:
    before = files_under(room.folder / "data" / "uploads")
    again = report_text("甘宁镇", f"行政诉讼应诉率98%。{HOSTILE}。").encode()
    upload = room.begin(1)
    assert room.send(upload, "other name.txt", again)[0] == 200
    assert room.call(f"uploads/{upload}/take")[0] == 202
    assert "<b>重复</b>" in room.finished()
    assert files_under(room.folder / "data" / "uploads") == before


def test_what_was_uploaded_answers_at_once(room: Room) -> None:
    found = answer("哪些镇的行政诉讼应诉率达到98%？", stores=room.stores)
    assert [one.town for one in found.findings if one.state == "match"] == ["甘宁镇"]


def test_a_folder_is_taken_in_again_and_what_changed_is_told(room: Room) -> None:
    reports = room.folder / "reports"
    reports.mkdir()
    file = reports / "龙沙镇.txt"
    file.write_text(report_text("龙沙镇", "行政诉讼应诉率90%。调解纠纷60件。"), encoding="utf-8")
    assert [one.verdict for one in ingest_paths([reports], stores=room.stores).files] == ["added"]
    file.write_text(report_text("龙沙镇", "行政诉讼应诉率95%。走访群众7次。"), encoding="utf-8")
    assert room.call("folder", folder=str(reports))[0] == 202
    shown = room.finished()
    assert "<b>已更新</b>" in shown
    assert "90%" in shown
    assert "→ 95%" in shown
    assert "− " in shown


@pytest.mark.parametrize("name", ["", "relative/folder", "/no/such/folder", "/etc/passwd", "\0"])
def test_a_folder_that_is_none_is_refused(room: Room, name: str) -> None:
    status, text = room.call("folder", folder=name)
    assert status == 400
    assert "完整路径" in text or "whole path" in text


def test_questions_are_answered_whole_while_files_are_taken_in(room: Room) -> None:
    """Each answer is of the reports before, of those after, or of some whole reports between."""
    upload = room.begin(12)
    for number in range(12):
        text = report_text(f"青{'山水石林泉田江河湖海云雨'[number]}镇", "行政诉讼应诉率99%。")
        assert room.send(upload, f"{number}.txt", text.encode())[0] == 200
    seen, problems, ended = [], [], threading.Event()

    def ask() -> None:
        while not ended.is_set():
            try:
                found = answer("哪些镇的行政诉讼应诉率达到99%？", stores=room.stores)
            except FazhiError as error:
                problems.append(error)
                return
            towns = [one.town for one in found.findings if one.state == "match"]
            if len(towns) != found.census.match or found.census.in_scope < 2:
                problems.append(found.census)
            seen.append(len(towns))

    asking = threading.Thread(target=ask)
    asking.start()
    assert room.call(f"uploads/{upload}/take")[0] == 202
    room.finished()
    ended.set()
    asking.join()
    assert problems == []
    assert seen == sorted(seen)
    found = answer("哪些镇的行政诉讼应诉率达到99%？", stores=room.stores)
    assert found.census is not None
    assert found.census.match == 12
    assert len(seen) > 3


def test_reports_and_failed_files_are_removed_with_their_uploads(room: Room) -> None:
    entries = {entry.source: entry for entry in entries_of(room.stores.database)}
    wanted = [entries["甘宁镇.txt"].id, entries["broken.pdf"].id, "nobody", "../../fazhi.db"]
    assert room.call("remove", ids=wanted)[0] == 202
    assert "<b>已移除</b>" in room.finished()
    left = {entry.source for entry in entries_of(room.stores.database)}
    assert "甘宁镇.txt" not in left
    assert "broken.pdf" not in left
    assert "甘宁镇 (2).txt" in left
    kept = {Path(name).name for name in files_under(room.folder / "data" / "uploads")}
    assert not kept & {"甘宁镇.txt", "broken.pdf"}
    assert (room.folder / "reports" / "龙沙镇.txt").exists()
    found = answer("甘宁镇的行政诉讼应诉率是多少？", stores=room.stores)
    assert {citation.report_id for citation in found.citations} == {entries["甘宁镇 (2).txt"].id}


def test_what_is_gone_already_is_told(room: Room) -> None:
    status, text = room.call("remove", ids=["nobody"])
    assert (status, text) == (404, EN("reports_gone")) or text == ZH("reports_gone")


def test_what_was_done_is_still_told_after_a_restart(room: Room) -> None:
    again = Work(room.stores.settings)
    assert again.pieces()[0].kind == "remove"
    assert "龙沙镇" in render_work(again.pieces(), ZH)


def test_a_worker_that_cannot_work_is_told(tmp_path: Path) -> None:
    own = {"data": tmp_path / "data", "database": "sqlite:////dev/null/fazhi.db"}
    work = Work(read_settings().model_copy(update=own))
    (tmp_path / "data").mkdir()
    piece = work.wait(work.take_in("folder", [tmp_path], str(tmp_path)).id, PATIENCE)
    assert piece.status == "failed"
    assert piece.error
    assert 'role="alert"' in render_work([piece], ZH)


def test_work_is_stopped(tmp_path: Path) -> None:
    own = {"data": tmp_path / "data", "database": "", "chroma": ""}
    work = Work(read_settings().model_copy(update=own))
    (tmp_path / "data").mkdir()
    first = work.take_in("folder", [tmp_path], str(tmp_path))
    second = work.take_in("folder", [tmp_path], str(tmp_path))
    work.stop(second.id)
    work.stop(first.id)
    work.stop("nobody")
    assert work.wait(first.id, PATIENCE).status == "stopped"
    assert work.wait(second.id, PATIENCE).status == "stopped"
    assert replace(second, status="stopped").finished
