"""The Reports room without a browser: its addresses over real stores, and what it shows."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from report_room import HOSTILE, Room, client_of, files_under
from written_reports import report_text

from ingest.pipeline import ingest_paths
from rag.models import Place
from rag.stores import Stores
from ui.access import Access
from ui.rooms.reports.file_names import LONGEST_BYTES, safe_name, unused_name
from ui.rooms.reports.room import show_content
from ui.rooms.reports.stored import (
    ROWS,
    STATES,
    Entry,
    Listing,
    listing_of,
    listing_query,
    turn,
)
from ui.rooms.reports.uploads import (
    ENDINGS,
    LASTS,
    MOST_AT_ONCE,
    MOST_FILES,
    UploadRefused,
    Uploads,
)
from ui.rooms.reports.work import Piece, heard
from ui.rooms.reports.work_view import render_work
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


# --- names, sizes, types -------------------------------------------------------------------


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads", largest=1000, most_in_all=2500)


def put(uploads: Uploads, upload: str, name: str, data: bytes) -> str:
    with uploads.receive(upload, name, len(data)) as receiving:
        receiving.write(data)
    return receiving.name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("石桥镇 2024.txt", "石桥镇 2024.txt"),
        ("../../../etc/cron.d/x.txt", "x.txt"),
        ("..\\..\\windows\\x.docx", "x.docx"),
        ("/absolute/path.pdf", "path.pdf"),
        ("C:\\autoexec.bat.txt", "autoexec.bat.txt"),
        (".bashrc", "bashrc"),
        ("...", "report"),
        ("", "report"),
        ("a\0b\nc\u202etxt.exe", "a_b_c_txt.exe"),
        ('a<b>"c|d?e*f.txt', "a_b__c_d_e_f.txt"),
        ("name.txt/", "report"),
        ("x.txt. . ", "x.txt"),
    ],
)
def test_a_name_never_leads_out_of_its_folder(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    cut = safe_name("镇" * 500 + ".docx")
    assert cut.endswith(".docx")
    assert len(cut.encode()) <= LONGEST_BYTES


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert unused_name("a.txt", {"A.TXT", "a (2).txt"}) == "a (3).txt"


def test_two_files_of_one_name_are_both_kept(uploads: Uploads) -> None:
    upload = uploads.begin(2)
    assert put(uploads, upload, "x/a.txt", b"one") == "a.txt"
    assert put(uploads, upload, "y/a.txt", b"two") == "a (2).txt"
    assert [path.read_bytes() for path in sorted(uploads.close(upload))] == [b"two", b"one"]


@pytest.mark.parametrize("name", ["a.exe", "a", "a.txt.sh", "a.py", "a.xlsx", "a.svg"])
def test_other_types_are_refused_by_name(uploads: Uploads, name: str) -> None:
    upload = uploads.begin(1)
    with pytest.raises(UploadRefused) as refused:
        put(uploads, upload, name, b"text")
    assert refused.value.reason == "upload_type"
    assert ".docx" in EN("upload_type", **refused.value.values)
    assert files_under(uploads.folder) == set()


@pytest.mark.parametrize("data", [b"", b"Rar!\x1a\x07\x00 rest", b"7z\xbc\xaf\x27\x1c rest"])
def test_other_types_are_refused_by_content(uploads: Uploads, data: bytes) -> None:
    upload = uploads.begin(1)
    with pytest.raises(UploadRefused) as refused:
        put(uploads, upload, "a.docx", data)
    assert refused.value.reason == "upload_content"
    assert files_under(uploads.folder) == set()
    assert put(uploads, upload, "a.txt", b"text") == "a.txt"  # its place is free again


def test_a_file_may_not_be_larger_than_allowed_whatever_it_announced(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    for announced in (1001, 1, None):
        with (
            pytest.raises(UploadRefused, match="upload_too_large"),
            uploads.receive(upload, "a.txt", announced) as receiving,
        ):
            for _ in range(1001):
                receiving.write(b"x")
    assert files_under(uploads.folder) == set()


def test_all_uploads_together_are_bounded(uploads: Uploads) -> None:
    upload = uploads.begin(4)
    put(uploads, upload, "a.txt", b"x" * 1000)
    put(uploads, upload, "b.txt", b"x" * 1000)
    with pytest.raises(UploadRefused, match="upload_full"):
        put(uploads, upload, "c.txt", b"x" * 1000)


@pytest.mark.parametrize("count", [0, -1, MOST_FILES + 1])
def test_an_upload_has_a_bounded_number_of_files(uploads: Uploads, count: int) -> None:
    with pytest.raises(UploadRefused, match="upload_too_many"):
        uploads.begin(count)


def test_more_files_than_announced_are_refused(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    put(uploads, upload, "a.txt", b"one")
    with pytest.raises(UploadRefused, match="upload_too_many"):
        put(uploads, upload, "b.txt", b"two")


@pytest.mark.parametrize("upload", ["", "..", "../x", "0" * 24])
def test_an_upload_that_was_not_begun_is_refused(uploads: Uploads, upload: str) -> None:
    with pytest.raises(UploadRefused, match="upload_unknown"):
        put(uploads, upload, "a.txt", b"x")
    with pytest.raises(UploadRefused, match="upload_unknown"):
        uploads.close(upload)


def test_uploads_that_nobody_finishes_are_thrown_away(tmp_path: Path) -> None:
    now = [0.0]
    uploads = Uploads(tmp_path / "uploads", now=lambda: now[0])
    for _ in range(MOST_AT_ONCE):
        put(uploads, uploads.begin(1), "a.txt", b"x")
    with pytest.raises(UploadRefused, match="upload_busy"):
        uploads.begin(1)
    now[0] = LASTS + 1
    uploads.begin(1)
    assert files_under(uploads.folder) == set()


def test_a_file_that_breaks_off_leaves_nothing(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    with pytest.raises(ConnectionError), uploads.receive(upload, "a.txt", 10) as receiving:
        receiving.write(b"half")
        raise ConnectionError
    assert files_under(uploads.folder) == set()
    with pytest.raises(UploadRefused, match="upload_empty"):
        uploads.close(upload)


def test_an_upload_is_not_taken_in_while_a_file_comes(uploads: Uploads) -> None:
    upload = uploads.begin(1)
    with uploads.receive(upload, "a.txt", 1) as receiving:
        receiving.write(b"x")
        with pytest.raises(UploadRefused, match="upload_busy"):
            uploads.close(upload)
    assert len(uploads.close(upload)) == 1


def test_every_ending_is_one_that_ingest_reads() -> None:
    assert {".txt", ".docx", ".pdf", ".ofd", ".html", ".zip"} <= set(ENDINGS)


# --- the list ------------------------------------------------------------------------------


def listed(count: int) -> list[Entry]:
    return [
        Entry(f"r{n}", f"{n:05}.txt", STATES[n % 3], "added", f"标题{n}", Place(f"镇{n}", "某县"),
              2020 + n % 4, paragraphs=n, facts=count - n)
        for n in range(count)
    ]  # fmt: skip


def test_thousands_of_reports_turn_page_by_page_without_loss() -> None:
    entries = listed(5003)
    pages = turn(entries, Listing()).pages
    assert pages == -(-5003 // ROWS)
    seen = [entry.id for page in range(1, pages + 1)
            for entry in turn(entries, Listing(page=page)).entries]  # fmt: skip
    assert seen == [entry.id for entry in entries]
    assert turn(entries, Listing(page=9999)).page == pages


def test_the_list_is_searched_narrowed_and_sorted() -> None:
    entries = listed(40)
    assert [e.id for e in turn(entries, Listing(find="镇7 某县")).entries] == ["r7"]
    assert {e.year for e in turn(entries, Listing(year=2021)).entries} == {2021}
    assert {e.state for e in turn(entries, Listing(state="superseded")).entries} == {"superseded"}
    most = turn(entries, Listing(sort="facts", descending=True)).entries
    assert [entry.facts for entry in most] == sorted((e.facts for e in entries), reverse=True)
    assert turn(entries, Listing(find="没有这样的")).entries == ()


@pytest.mark.parametrize(
    "query",
    ["", "?page=-1&year=x&sort=drop&state=none", "?page=1e9", "?find=" + "x" * 9999, "?%00"],
)
def test_whatever_the_address_says_there_is_a_list(query: str) -> None:
    listing = listing_of(query)
    assert listing_of(listing_query(listing)) == listing


def test_the_list_tells_place_year_file_standing_and_counts(sample_stores: Stores) -> None:
    html = show_content("", stores=sample_stores, texts=EN)
    for word in (
        "马武镇",
        "石柱土家族自治县",
        "mawu-2024.txt",
        "2024",
        "Answers",
        "sample",
        "year doubtful",
    ):
        assert word in html
    assert html.count("<tr class=") == 5


# --- a report read as a whole --------------------------------------------------------------


def mawu(stores: Stores) -> str:
    return next(card.id for card in stores.database.cards() if card.place.town == "马武镇")


def test_a_report_is_shown_whole_with_its_outline(sample_stores: Stores) -> None:
    name = mawu(sample_stores)
    html = show_content(f"?report={name}", stores=sample_stores, texts=ZH)
    report = sample_stores.database.report(name)
    assert html.count('<div class="paragraph"') == len(report.paragraphs)
    for section in report.sections:
        assert section.headings[-1] in html
    assert html.count("<tr>") == len(report.facts) + 1
    assert f"download/original?report={name}" in html


def test_each_mark_in_a_report_is_the_value_of_a_figure(sample_stores: Stores) -> None:
    name = mawu(sample_stores)
    report = sample_stores.database.report(name)
    html = show_content(f"?report={name}", stores=sample_stores, texts=ZH)
    marks = [
        part.split(">", 1)[1].split("<", 1)[0] for part in html.split('<mark class="figure')[1:]
    ]
    values = {
        report.text[fact.value_start : fact.value_end].replace("\n", "") for fact in report.facts
    }
    assert marks
    assert {mark.replace("\n", "") for mark in marks} <= values


def test_a_quote_that_the_address_names_is_marked(sample_stores: Stores) -> None:
    name = mawu(sample_stores)
    fact = next(
        one
        for one in sample_stores.database.facts(report_ids=[name])
        if one.label == "行政诉讼应诉率"
    )
    query = f"?report={name}&p={fact.paragraph}&start={fact.start}&end={fact.end}"
    html = show_content(query, stores=sample_stores, texts=ZH)
    assert f'<mark class="cited">{fact.quote}</mark>' in html


@pytest.mark.parametrize("name", ["nobody", "../../etc/passwd", "<script>alert(1)</script>", "%00"])
def test_a_report_that_is_not_there_is_told(sample_stores: Stores, name: str) -> None:
    html = show_content(f"?report={quote(name)}", stores=sample_stores, texts=ZH)
    assert 'role="alert"' in html
    assert "<script" not in html


def test_hostile_text_is_shown_as_text(empty_stores: Stores, tmp_path: Path) -> None:
    file = tmp_path / "<img src=x onerror=alert(1)>.txt"
    file.write_text(report_text("甘宁镇", HOSTILE + "。"), encoding="utf-8")
    (result,) = ingest_paths([file], stores=empty_stores).files
    for query in ("", f"?report={result.report_id}", "?find=%3Cscript%3E"):
        for texts in (ZH, EN):
            html = show_content(query, stores=empty_stores, texts=texts)
            assert "<script" not in html
            assert "<img" not in html


# --- work ----------------------------------------------------------------------------------


def test_work_that_is_told_of_is_shown_as_text() -> None:
    piece = Piece("a1", "folder", "<b>x</b>", 0, "2024-01-01T00:00:00", "running")
    piece = heard(piece, {"stage": "reading", "done": 3, "total": 9})
    file = {"source": "<i>.txt", "verdict": "failed", "report_id": None, "paragraphs": 0, "facts": 0,
            "warnings": ["<u>"], "error": "<script>"}  # fmt: skip
    html = render_work([heard(piece, {"file": file})], EN)
    assert "3/9" in html
    assert 'value="3" max="9"' in html
    for tag in ("<b>x", "<i>", "<u>", "<script"):
        assert tag not in html
