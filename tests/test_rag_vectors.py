"""The vector index: real Chroma in a temporary folder, the real embedder."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from rag.embed import open_embedder
from rag.errors import EmbedderMismatch, StoreUnavailable
from rag.passages import Passage, passages_of
from rag.vectors import EXACT_REPORTS, VectorIndex
from tests.sample_paragraphs import SAMPLES, embedder, paragraphs_of

WRITE_ONE_MORE = """
import sys
from pathlib import Path
from rag.embed import open_embedder
from rag.passages import Passage
from rag.settings import BUNDLED_EMBEDDING
from rag.vectors import VectorIndex
index = VectorIndex.open(Path(sys.argv[1]), open_embedder(BUNDLED_EMBEDDING, Path(sys.argv[2])))
index.add([Passage("new#0.0", "new#0", "new", "社区矫正对象管理。")])
index.remove("old")
"""


def passages(report_id: str) -> tuple[Passage, ...]:
    return passages_of(
        report_id,
        paragraphs_of(report_id),
        count_tokens=embedder().token_count,
        window=embedder().window,
    )


def small(report_id: str, *texts: str) -> list[Passage]:
    return [
        Passage(f"{report_id}#{n}.0", f"{report_id}#{n}", report_id, t) for n, t in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    index = VectorIndex.open(tmp_path_factory.mktemp("chroma"), embedder())
    index.add([passage for report_id in SAMPLES for passage in passages(report_id)])
    return index


def test_a_question_finds_the_paragraph_by_meaning(samples: VectorIndex) -> None:
    found = samples.search("镇政府被起诉后负责人是否出庭", k=10, report_ids=["mawu-2024"])
    texts = {p.id: p.text for p in paragraphs_of("mawu-2024")}
    assert any("出庭" in texts[name] for name, _score in found[:3])


def test_scores_are_cosines_best_first_and_each_paragraph_once(samples: VectorIndex) -> None:
    found = samples.search("人民调解", k=20)
    names, scores = [name for name, _ in found], [score for _, score in found]
    assert len(set(names)) == len(names) == 20
    assert scores == sorted(scores, reverse=True)
    assert all(-1 <= score <= 1 for score in scores)


def test_the_exact_and_the_approximate_search_agree(samples: VectorIndex) -> None:
    others = [f"no-such-report-{n}" for n in range(EXACT_REPORTS)]
    for scope in (["mawu-2024"], list(SAMPLES)):
        exact = samples.search("行政执法人员培训", k=10, report_ids=scope)
        approximate = samples.search("行政执法人员培训", k=10, report_ids=[*scope, *others])
        assert [name for name, _ in exact] == [name for name, _ in approximate]
        assert [s for _, s in exact] == pytest.approx([s for _, s in approximate], abs=1e-4)
    assert samples.search("行政执法人员培训", k=10) == approximate


def test_the_scope_is_kept(samples: VectorIndex) -> None:
    found = samples.search("法治", k=30, report_ids=["lihe-2023", "mawu-2024"])
    assert {name.split("#")[0] for name, _ in found} == {"lihe-2023", "mawu-2024"}
    assert samples.search("法治", k=5, report_ids=[]) == ()
    assert samples.search("法治", k=5, report_ids=["no-such-report"]) == ()


def test_a_paragraph_of_several_pieces_counts_by_its_nearest(tmp_path: Path) -> None:
    index = VectorIndex.open(tmp_path, embedder())
    index.add(
        [
            Passage("r#0.0", "r#0", "r", "粮食种植面积三百亩。"),
            Passage("r#0.1", "r#0", "r", "行政诉讼应诉率100%。"),
            Passage("r#1.0", "r#1", "r", "开展禁毒宣传。"),
        ]
    )
    for scope in (None, ["r"]):
        found = index.search("行政诉讼应诉率", k=5, report_ids=scope)
        assert [name for name, _ in found] == ["r#0", "r#1"]


def test_replacing_and_removing_leave_nothing_of_the_old(tmp_path: Path) -> None:
    index = VectorIndex.open(tmp_path, embedder())
    index.replace("r", small("r", "行政复议。", "人民调解。", "禁毒宣传。"))
    index.replace("s", small("s", "信访。"))
    index.replace("r", small("r", "社区矫正。"))
    assert index.ids() == {"r#0.0", "s#0.0"}
    vector = np.asarray(embedder().embed_query("行政复议"))
    (_, score), *_ = index.search("行政复议", k=1, report_ids=["r"])
    expected = vector @ np.asarray(embedder().embed_documents(["社区矫正。"])[0])
    assert score == pytest.approx(expected, abs=0.002)
    index.remove("r")
    index.remove("r")
    assert index.ids() == {"s#0.0"}


def test_what_was_put_in_is_there_after_opening_again(tmp_path: Path) -> None:
    VectorIndex.open(tmp_path, embedder()).add(small("r", "行政复议。"))
    assert VectorIndex.open(tmp_path, embedder()).search("复议", k=1)[0][0] == "r#0"


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    index = VectorIndex.open(tmp_path, embedder())
    index.add(small("r", "甲。", "乙。"), progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 2)]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = VectorIndex.open(tmp_path, embedder())
    assert index.search("法治", k=5) == ()
    assert index.ids() == set()


def test_vectors_of_another_model_are_refused_and_can_be_thrown_away(tmp_path: Path) -> None:
    VectorIndex.open(tmp_path, embedder()).add(small("r", "行政复议。"))
    other = open_embedder("some/other-model", tmp_path)
    with pytest.raises(EmbedderMismatch, match=f"FAZHI_EMBEDDING={embedder().name}"):
        VectorIndex.open(tmp_path, other)
    assert VectorIndex.open(tmp_path, embedder(), anew=True).ids() == {"r#0.0"}
    assert VectorIndex.open(tmp_path, other, anew=True).ids() == set()


@pytest.mark.slow
def test_a_reader_follows_another_process_after_reopening(tmp_path: Path) -> None:
    reader = VectorIndex.open(tmp_path, embedder())
    reader.add(small("old", "公共法律服务。") + small("kept", "信访。"))
    reader.search("信访", k=1)
    subprocess.run(
        [sys.executable, "-c", WRITE_ONE_MORE, str(tmp_path), str(embedder().cache)], check=True
    )
    reader.reopen()
    assert reader.ids() == {"new#0.0", "kept#0.0"}
    assert reader.search("社区矫正", k=1)[0][0] == "new#0"
    assert reader.search("社区矫正", k=5, report_ids=["old"]) == ()


def test_reopening_leaves_other_folders_usable(tmp_path: Path) -> None:
    one = VectorIndex.open(tmp_path / "one", embedder())
    two = VectorIndex.open(tmp_path / "two", embedder())
    one.reopen()
    two.add(small("r", "信访。"))
    one.add(small("s", "普法。"))
    assert (one.ids(), two.ids()) == ({"s#0.0"}, {"r#0.0"})


def test_a_folder_or_server_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="file"):
        VectorIndex.open(tmp_path / "file", embedder())
    with pytest.raises(StoreUnavailable, match="FAZHI_CHROMA"):
        VectorIndex.open("http://127.0.0.1:9", embedder())


@pytest.mark.slow
def test_a_server_serves_several_clients_at_once(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chroma = [str(Path(sys.executable).parent / "chroma"), "run"]
    chroma += ["--host", "127.0.0.1", "--port", str(port), "--path", str(tmp_path)]
    with subprocess.Popen(chroma, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            one = wait_for(f"http://127.0.0.1:{port}")
            two = VectorIndex.open(f"http://127.0.0.1:{port}", embedder())
            one.add(small("r", "信访。", "普法。"))
            assert two.search("信访", k=1)[0][0] == "r#0"
            two.remove("r")
            assert one.ids() == set()
        finally:
            server.terminate()
            server.wait()
        with pytest.raises(StoreUnavailable, match="FAZHI_CHROMA"):
            two.search("信访", k=1)
        with pytest.raises(StoreUnavailable, match="FAZHI_CHROMA"):
            two.remove("r")


def wait_for(url: str) -> VectorIndex:
    deadline = time.monotonic() + 30
    while True:
        try:
            return VectorIndex.open(url, embedder())
        except StoreUnavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
