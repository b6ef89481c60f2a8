"""The addresses of the Evaluation room: runs, question files, and who may start them."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_page import copied
from starlette.applications import Starlette
from starlette.testclient import TestClient

from eval.run import evaluate
from eval.saved import read_run
from rag.stores import Stores, open_stores
from ui.access import Access
from ui.rooms.evaluation.question_sets import (
    LARGEST,
    MOST_KEPT,
    QuestionSets,
    QuestionsRefused,
)
from ui.rooms.evaluation.routes import QUESTIONS, evaluation_routes
from ui.rooms.evaluation.runs import RUNS, Runs
from ui.shelf import Shelf

HERE = "http://127.0.0.1"
PASSWORD = "一个 long password"
BESIDE = [  # what the same sentence says, which may be given and need not be
    {"source": "mawu-2024.txt", "value": count, "unit": "次", "required": False}
    for count in (7, 5, 2)
]
RIGHT = {
    "id": "right", "question": "马武镇2024年行政诉讼应诉率是多少？", "kind": "lookup", "status": "answered",
    "reports": ["mawu-2024.txt"],
    "values": [{"source": "mawu-2024.txt", "value": 100, "unit": "%"}, *BESIDE],
    "spans": [{"source": "mawu-2024.txt", "text": "行政诉讼应诉率100%"}],
}  # fmt: skip
WRONG = {
    **RIGHT, "id": "wrong <b>", "values": [{"source": "mawu-2024.txt", "value": 99, "unit": "%"}, *BESIDE],
    "census": {"mawu-2024.txt": "match", "lihe-2023.txt": "no_case"},
}  # fmt: skip


def lines(*questions: object) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in questions).encode()


@pytest.fixture(scope="module")
def stores(sample_stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """The stored samples and two runs, in a data folder that the tests which look at runs share."""
    yield from copy_of(sample_stores, tmp_path_factory.mktemp("evaluation"))


@pytest.fixture
def own_stores(sample_stores: Stores, tmp_path: Path) -> Iterator[Stores]:
    """The stored samples in a data folder of the test's own, into which it writes."""
    yield from copy_of(sample_stores, tmp_path)


def copy_of(sample_stores: Stores, folder: Path) -> Iterator[Stores]:
    data = copied(sample_stores.settings.data, folder)
    settings = sample_stores.settings.model_copy(update={"data": data})
    with open_stores(settings, embedder=sample_stores.embedder) as opened:
        yield opened


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture(scope="module")
def run(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two runs of a set of two questions; the name of the later one."""
    asked = tmp_path_factory.mktemp("asked") / "mine.jsonl"
    asked.write_bytes(lines(RIGHT, WRONG))
    for name in ("2001-01-01T000000Z", "2001-01-02T000000Z"):
        folder = stores.settings.data / RUNS / name
        evaluate(questions=asked, stores=stores, out=folder)
        written = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        written["started"] = f"{name[:10]}T00:00:00+00:00"
        (folder / "run.json").write_text(json.dumps(written), encoding="utf-8")
    return name


def client(stores: Stores, host: str = "127.0.0.1", password: str = "") -> TestClient:
    routes = evaluation_routes(Shelf(stores), Access(host, password))
    return TestClient(Starlette(routes=routes), base_url=HERE)


def test_the_list_names_each_run_with_its_figures_and_plots_them_over_time(stores, run) -> None:
    html = client(stores).get("/evaluation/view?lang=zh").text
    assert f'href="./evaluation?run={run}"' in html
    assert html.count("mine.jsonl") >= 3
    assert "50.0%" in html
    assert "<svg" in html
    assert "2 runs" in client(stores).get("/evaluation/view?lang=en").text


def test_a_run_shows_expected_and_given_answers_with_links_to_the_source(stores, run) -> None:
    html = client(stores).get(f"/evaluation/view?lang=zh&run={run}").text
    assert "答错的题（1）" in html
    assert "漏了数值：mawu-2024.txt: 99%" in html
    assert "lihe-2023.txt：应为“无案件”，给出“没有这一项”" in html
    card = next(one for one in stores.database.cards() if one.source == "mawu-2024.txt")
    start = stores.database.stored_text(card.id).index("行政诉讼应诉率100%")
    # once as expected, once as cited: the same place
    place = f"&amp;start={start}&amp;end={start + len('行政诉讼应诉率100%')}"
    assert len(re.findall(rf'href="\./\?report={card.id}&amp;p=\d+{place}"', html)) == 2
    assert "wrong &lt;b&gt;" in html
    assert "wrong <b>" not in html
    assert "对错没有变化" in html


def test_a_run_that_is_not_there_is_told_and_its_name_opens_no_file(stores, run) -> None:
    visitor = client(stores)
    (stores.settings.data / "run.json").write_text("{}", encoding="utf-8")
    for name in ("none", "..", "../runs", f"{run}/../{run}", "%2e%2e"):
        assert visitor.get("/evaluation/json", params={"run": name}).status_code == 404
        assert 'role="alert"' in visitor.get("/evaluation/view", params={"run": name}).text


def test_the_whole_report_of_a_run_is_given_as_a_page_that_can_load_nothing(stores, run) -> None:
    page = client(stores).get(f"/evaluation/page?run={run}")
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    given = client(stores).get(f"/evaluation/json?run={run}")
    assert len(given.json()["outcomes"]) == 2


def test_a_clean_question_file_is_kept_and_never_replaces_another(own_stores) -> None:
    visitor = client(own_stores)
    for name in ("mine.jsonl", "MINE.JSONL"):
        sent = visitor.post(
            "/evaluation/questions", content=lines(RIGHT), headers={"X-File-Name": name}
        )
        assert sent.status_code == 201
    folder = own_stores.settings.data / QUESTIONS
    assert names_in(folder) == ["MINE (2).jsonl", "mine.jsonl"]
    choices = visitor.get("/evaluation/sets?lang=en").text
    assert 'value="own:mine.jsonl"' in choices
    for name in ("own:mine.jsonl", "own:MINE (2).jsonl"):
        assert visitor.post("/evaluation/forget", json={"set": name}).status_code == 204
    assert names_in(folder) == []
    assert visitor.post("/evaluation/forget", json={"set": "samples"}).status_code == 404


def test_what_is_wrong_with_a_question_file_is_told_and_the_file_not_kept(own_stores) -> None:
    visitor = client(own_stores)
    unknown = {**RIGHT, "reports": ["<i>nowhere</i>.txt"], "values": [], "spans": []}
    for content, problem in (
        (lines(RIGHT, {"id": "x"}), "mine.jsonl:2: "),
        (lines(unknown), "no report &lt;i&gt;nowhere&lt;/i&gt;.txt"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"", "holds no question"),
    ):
        headers = {"X-File-Name": "mine.jsonl"}
        sent = visitor.post("/evaluation/questions?lang=zh", content=content, headers=headers)
        assert sent.status_code == 200
        assert problem in sent.text
        assert str(own_stores.settings.data) not in sent.text
    assert names_in(own_stores.settings.data / QUESTIONS) == []


@pytest.mark.parametrize("name", ["questions.exe", "../../evil", "", "x.jsonl.py"])
def test_only_question_files_are_taken(stores, tmp_path, name) -> None:
    with pytest.raises(QuestionsRefused):
        QuestionSets(tmp_path / "q").add(name, lines(RIGHT), stores)
    assert not (tmp_path / "evil").exists()


def test_a_name_cannot_leave_its_folder_and_size_and_number_are_bounded(stores, tmp_path) -> None:
    sets = QuestionSets(tmp_path / "q")
    kept, _ = sets.add("../../../outside.jsonl", lines(RIGHT), stores)
    assert kept is not None
    assert kept.path == tmp_path / "q" / "outside.jsonl"
    with pytest.raises(QuestionsRefused) as too_large:
        sets.add("a.jsonl", b" " * (LARGEST + 1), stores)
    assert too_large.value.reason == "questions_too_large"
    for number in range(MOST_KEPT - 1):
        (tmp_path / "q" / f"{number}.jsonl").write_bytes(lines(RIGHT))
    with pytest.raises(QuestionsRefused) as too_many:
        sets.add("b.jsonl", lines(RIGHT), stores)
    assert too_many.value.reason == "questions_too_many"


def test_an_excel_file_that_unpacks_to_too_much_is_refused_unread(stores, tmp_path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/{number}.xml", b" " * (10 * 2**20))
    kept, problems = QuestionSets(tmp_path / "q").add("big.xlsx", packed.getvalue(), stores)
    assert kept is None
    assert problems == ["big.xlsx: holds more than 40 MB unpacked"]


def test_a_template_of_each_form_is_given(stores) -> None:
    for form in ("jsonl", "csv", "xlsx"):
        given = client(stores).get(f"/evaluation/template?form={form}")
        assert f'filename="questions.{form}"' in given.headers["content-disposition"]
        assert len(given.content) > 200
    assert client(stores).get("/evaluation/template?form=exe").status_code == 404


def test_without_the_password_nothing_is_started_or_sent_and_all_may_look(stores, run) -> None:
    stranger = client(stores, "0.0.0.0", PASSWORD)
    assert run in stranger.get("/evaluation/view").text
    before = names_in(stores.settings.data / RUNS)
    for path in ("start", "stop", "questions", "forget"):
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"X-Forwarded-For": "127.0.0.1"}):
            refused = stranger.post(f"/evaluation/{path}", json={"set": "samples"}, headers=headers)
            assert refused.status_code == 403
    for path in ("going", "sets", "template"):
        assert stranger.get(f"/evaluation/{path}").status_code == 403
    assert names_in(stores.settings.data / RUNS) == before


def test_a_run_is_started_watched_and_read_and_another_refused_meanwhile(own_stores) -> None:
    sets = QuestionSets(own_stores.settings.data / QUESTIONS)
    wanted, _ = sets.add("asked.jsonl", lines(RIGHT), own_stores)
    assert wanted is not None
    visitor = client(own_stores)
    assert visitor.post("/evaluation/start", json={"set": "own:asked.jsonl"}).status_code == 202
    again = visitor.post("/evaluation/start?lang=zh", json={"set": "own:asked.jsonl"})
    assert again.status_code == 409
    assert 'data-active="1"' in visitor.get("/evaluation/going?lang=zh").text
    deadline = time.monotonic() + 300
    while 'data-active="1"' in (told := visitor.get("/evaluation/going?lang=zh").text):
        assert time.monotonic() < deadline
        time.sleep(0.3)
    assert "完成" in told
    (name,) = names_in(own_stores.settings.data / RUNS)
    assert f'href="./evaluation?run={name}"' in told
    saved = read_run(own_stores.settings.data / RUNS / name)
    assert (saved.questions_from, saved.figures["right"]) == ("asked.jsonl", 1.0)


def test_a_run_that_is_stopped_leaves_nothing_and_one_that_fails_says_why(
    own_stores, tmp_path
) -> None:
    runs = Runs(own_stores.settings)
    sets = QuestionSets(own_stores.settings.data / QUESTIONS)
    samples = sets.named("samples")
    assert samples is not None
    runs.start(samples)
    runs.stop()
    stopped = runs.wait(60)
    assert stopped is not None
    assert stopped.status == "stopped"
    gone, _ = QuestionSets(tmp_path).add("gone.jsonl", lines(RIGHT), own_stores)
    assert gone is not None
    gone.path.unlink()
    runs.start(gone)
    failed = runs.wait(60)
    assert failed is not None
    assert failed.status == "failed"
    assert "gone.jsonl" in failed.error
    assert names_in(own_stores.settings.data / RUNS) == []
