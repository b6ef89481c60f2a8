"""The vector index: real Chroma in a temporary folder and as a server, the real embedder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from chroma_server import chroma_server, free_port, new_vectors

from eval.stand_in import StandInEmbedder
from rag.embed import Embedder, open_embedder
from rag.errors import EmbedderMismatch, StoreUnavailable
from rag.passages import Passage
from rag.vectors import VectorIndex, compare, connecting
from rag.vectors.connecting import TUNING
from rag.vectors.index import EXACT_REPORTS
from tests.sample_paragraphs import SAMPLES, embedder, paragraphs_of, passages

REPO = Path(__file__).parent.parent
WRITE_ONE_MORE = """
import sys
from pathlib import Path
from eval.stand_in import StandInEmbedder
from rag.passages import Passage
from rag.vectors import VectorIndex
place = sys.argv[1] if sys.argv[1].startswith("http") else Path(sys.argv[1])
index = VectorIndex.open(place, StandInEmbedder())
index.add([Passage("new#0.0", "new#0", "new", "社区矫正对象管理。")])
index.remove("old")
index.close()
"""
STAND_IN = StandInEmbedder()


class Opened(Protocol):
    def __call__(self, model: Embedder = ..., *, anew: bool = ...) -> VectorIndex: ...


def small(report_id: str, *texts: str) -> list[Passage]:
    return [
        Passage(f"{report_id}#{n}.0", f"{report_id}#{n}", report_id, t) for n, t in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    index = VectorIndex.open(tmp_path_factory.mktemp("chroma"), embedder())
    index.add([passage for report_id in SAMPLES for passage in passages(report_id)])
    return index


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where an empty index can be: a folder, or a database on a server."""
    if request.param == "folder":
        yield tmp_path / "chroma"
        return
    with new_vectors(request.getfixturevalue("chroma"), f"t{uuid.uuid4().hex}") as url:
        yield url


@pytest.fixture
def opened(place: Path | str) -> Iterator[Opened]:
    """A function that opens the index there, to be closed after the test."""
    indexes: list[VectorIndex] = []

    def open_one(model: Embedder = STAND_IN, *, anew: bool = False) -> VectorIndex:
        indexes.append(VectorIndex.open(place, model, anew=anew))
        return indexes[-1]

    yield open_one
    for index in indexes:
        index.close()


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
        assert [s for _, s in exact] == pytest.approx([s for _, s in approximate], abs=2e-4)
    assert samples.search("行政执法人员培训", k=10) == approximate


def test_the_scope_is_kept(samples: VectorIndex) -> None:
    found = samples.search("法治", k=30, report_ids=["lihe-2023", "mawu-2024"])
    assert {name.split("#")[0] for name, _ in found} == {"lihe-2023", "mawu-2024"}
    assert samples.search("法治", k=5, report_ids=[]) == ()
    assert samples.search("法治", k=5, report_ids=["no-such-report"]) == ()


def test_copies_of_vectors_compare_as_the_vectors_do(samples: VectorIndex) -> None:
    texts = [passage.text for passage in passages("mawu-2024")]
    exact = embedder().embed(texts) @ np.asarray(embedder().embed_query("人民调解"))
    (copy,) = samples.vectors(["mawu-2024"])
    compared = compare(embedder().embed_query("人民调解"), [copy])
    scores = [score for _, score in compared]
    assert scores == pytest.approx(sorted(exact, reverse=True), abs=2e-3)
    assert list(compare(embedder().embed_query("人民调解"), [])) == []


def test_a_paragraph_of_several_pieces_counts_by_its_nearest(opened: Opened) -> None:
    index = opened()
    index.add(
        [
            Passage("r#0.0", "r#0", "r", "粮食种植面积三百亩。"),
            Passage("r#0.1", "r#0", "r", "行政诉讼应诉率100%。"),
            Passage("r#1.0", "r#1", "r", "开展禁毒宣传。"),
        ]
    )
    for scope in (None, ["r"], [f"r{n}" for n in range(EXACT_REPORTS)] + ["r"]):
        found = index.search("行政诉讼应诉率100%。", k=5, report_ids=scope)
        assert [name for name, _ in found] == ["r#0", "r#1"]
        assert found[0][1] == pytest.approx(1, abs=1e-3)


def test_replacing_and_removing_leave_nothing_of_the_old(opened: Opened) -> None:
    index = opened()
    index.replace("r", small("r", "行政复议。", "人民调解。", "禁毒宣传。"))
    index.replace("s", small("s", "信访。"))
    index.replace("r", small("r", "社区矫正。"))
    assert index.ids() == {"r#0.0", "s#0.0"}
    assert index.texts() == {"r#0.0": "社区矫正。", "s#0.0": "信访。"}
    vector = np.asarray(STAND_IN.embed_query("行政复议"))
    (_, score), *_ = index.search("行政复议", k=1, report_ids=["r"])
    expected = vector @ np.asarray(STAND_IN.embed_documents(["社区矫正。"])[0])
    assert score == pytest.approx(expected, abs=0.002)
    index.remove("r")
    index.remove("r")
    assert index.ids() == {"s#0.0"}


def test_what_was_put_in_is_there_after_opening_again(opened: Opened) -> None:
    opened().add(small("r", "行政复议。"))
    assert opened().search("复议", k=1)[0][0] == "r#0"


def test_progress_is_told(opened: Opened) -> None:
    told: list[tuple[int, int]] = []
    opened().add(small("r", "甲。", "乙。"), progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 2)]


def test_an_empty_index_finds_nothing(opened: Opened) -> None:
    index = opened()
    assert index.search("法治", k=5) == ()
    assert index.search("法治", k=5, report_ids=["r"]) == ()
    assert list(index.vectors(["r"])) == []
    assert index.ids() == set()


def test_vectors_of_another_model_are_refused_and_can_be_thrown_away(
    opened: Opened, tmp_path: Path
) -> None:
    opened().add(small("r", "行政复议。"))
    other = open_embedder("some/other-model", tmp_path)
    with pytest.raises(EmbedderMismatch, match="FAZHI_EMBEDDING=stand-in"):
        opened(other)
    assert opened().ids() == {"r#0.0"}
    assert opened(other, anew=True).ids() == set()


def test_an_index_made_earlier_is_searched_as_far_as_this_program_searches(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setitem(TUNING, "ef_search", 500)  # type: ignore[arg-type]
        opened().add(small("r", "信访。"))
    older = opened()
    assert looks_as_far_as(older) == 500
    older.tune()
    assert looks_as_far_as(older) == TUNING["ef_search"] == 2000
    assert older.search("信访。", k=1)[0][0] == "r#0"


def looks_as_far_as(index: VectorIndex) -> int:
    configuration = index._store._collection.configuration_json
    return int(configuration["hnsw"]["ef_search"])


@pytest.mark.slow
def test_a_reader_follows_another_process_after_reopening(
    opened: Opened, place: Path | str
) -> None:
    reader = opened()
    reader.add(small("old", "公共法律服务。") + small("kept", "信访。"))
    reader.search("信访", k=1)
    subprocess.run(
        [sys.executable, "-c", WRITE_ONE_MORE, str(place)],
        check=True,
        env=os.environ | {"PYTHONPATH": str(REPO)},
    )
    reader.reopen()
    assert reader.ids() == {"new#0.0", "kept#0.0"}
    assert reader.search("社区矫正对象管理。", k=1)[0][0] == "new#0"
    assert reader.search("社区矫正", k=5, report_ids=["old"]) == ()


def test_reopening_leaves_other_folders_usable(tmp_path: Path) -> None:
    one = VectorIndex.open(tmp_path / "one", STAND_IN)
    two = VectorIndex.open(tmp_path / "two", STAND_IN)
    one.reopen()
    two.add(small("r", "信访。"))
    one.add(small("s", "普法。"))
    assert (one.ids(), two.ids()) == ({"s#0.0"}, {"r#0.0"})


def test_a_folder_or_server_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="file"):
        VectorIndex.open(tmp_path / "file", STAND_IN)
    for address in ("http://127.0.0.1:9", "http://127.0.0.1:port"):
        with pytest.raises(StoreUnavailable, match="FAZHI_CHROMA"):
            VectorIndex.open(address, STAND_IN)


@pytest.mark.slow
def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "ANSWERS_WITHIN", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StoreUnavailable, match=r"timed out.*FAZHI_CHROMA"):
            VectorIndex.open(address, STAND_IN)


@pytest.mark.slow
def test_a_server_serves_several_clients_at_once_and_is_named_when_it_goes(tmp_path: Path) -> None:
    with chroma_server(tmp_path, port=free_port()) as url:
        one, two = VectorIndex.open(url, STAND_IN), VectorIndex.open(url, STAND_IN)
        one.add(small("r", "信访。", "普法。"))
        assert two.search("信访。", k=1)[0][0] == "r#0"
        two.remove("r")
        assert one.ids() == set()
    with pytest.raises(StoreUnavailable, match="FAZHI_CHROMA"):
        two.search("信访", k=1)
    with pytest.raises(StoreUnavailable, match="FAZHI_CHROMA"):
        two.remove("r")
    one.close()
    two.close()


def test_stores_that_share_a_server_each_have_a_database_of_their_own(chroma: str) -> None:
    with new_vectors(chroma, "towns-2023") as one, new_vectors(chroma, "towns-2024") as two:
        first, second = VectorIndex.open(one, STAND_IN), VectorIndex.open(two, STAND_IN)
        first.add(small("r", "信访。"))
        assert (first.ids(), second.ids()) == ({"r#0.0"}, set())
        first.close()
        second.close()
    with pytest.raises(StoreUnavailable, match="no database 乡镇 can be made there"):
        VectorIndex.open(f"{chroma}/乡镇", STAND_IN)
