"""Other programs beside this one: what they find is scored alike, and each one really runs."""

from pathlib import Path

import pytest

from eval.dataset import GoldSpan, Question
from eval.peers.ablations import without_headings, without_roles
from eval.peers.ours import OwnRetrieval
from eval.peers.peer import Passage, Peer, shows
from eval.peers.score import is_set_question, score_peer, seen_reports
from ingest.pipeline import ingest_paths
from rag.stores import Stores, open_stores

SAMPLES = Path(__file__).parent.parent / "ingest" / "samples"
TEXTS = {
    "a.txt": "一、调解\n受理纠纷50件，调解成功率98%。\n二、执法\n开展执法检查12次。",
    "b.txt": "一、信访\n信访办结率100%。\n二、宣传\n发放资料3000份。",
}


class Listed:
    """A peer that always finds the same passages."""

    name = "listed"

    def __init__(self, *passages: Passage) -> None:
        self._passages = passages

    def search(self, question: str, k: int) -> tuple[Passage, ...]:  # noqa: ARG002
        return self._passages[:k]

    def close(self) -> None:
        pass


def question(name: str, kind: str, spans: dict[str, str], reports: list[str]) -> Question:
    return Question.model_validate(
        {
            "id": name, "question": "？", "kind": kind, "status": "answered", "reports": reports,
            "spans": [{"source": source, "text": text} for source, text in spans.items()],
        }
    )  # fmt: skip


BOTH = question("set", "census", {"a.txt": "成功率98%", "b.txt": "办结率100%"}, ["a.txt", "b.txt"])


def test_a_passage_shows_a_span_of_its_own_report_only() -> None:
    span = GoldSpan(source="a.txt", text="成功率\n98%")
    assert shows(Passage("a.txt", "调解成功率 98%。"), span)
    assert not shows(Passage("b.txt", "调解成功率 98%。"), span)
    assert not shows(Passage("a.txt", "调解成功率9"), span)


def test_ranks_and_the_best_set_of_a_reader_are_worked_out_by_hand() -> None:
    filler = [Passage("a.txt", "其他")] * 5
    peer = Listed(Passage("a.txt", "调解成功率98%"), *filler, Passage("b.txt", "信访办结率100%"))
    score = score_peer(peer, [BOTH])
    # spans stand at ranks 1 and 7: one of two among the first 4, both among the first 10
    assert score.ranking.recall == {4: 1 / 2, 10: 1.0, 30: 1.0}
    assert score.ranking.reciprocal_rank == 1.0
    # with 4 passages a reader names one town of two: precision 1, recall 1/2, F1 2/3
    assert score.set_f1[4] == pytest.approx(2 / 3)
    assert score.set_f1[10] == 1.0
    assert (score.questions, score.set_questions) == (1, 1)


def test_only_questions_whose_every_report_has_a_span_are_of_sets() -> None:
    assert is_set_question(BOTH)
    assert not is_set_question(question("s", "census", {"a.txt": "成功率98%"}, ["a.txt", "b.txt"]))
    assert not is_set_question(question("s", "lookup", {"a.txt": "成功率98%"}, ["a.txt"]))
    assert not is_set_question(question("s", "census", {}, []))
    assert seen_reports([Passage("b.txt", "信访办结率100%")], BOTH) == {"b.txt"}


def recipe(stores: Stores) -> Peer:
    from eval.peers.langchain_recipe import LangChainRecipe

    return LangChainRecipe(TEXTS, stores.embedder)


def llamaindex(stores: Stores) -> Peer:
    from eval.peers.llamaindex_default import LlamaIndexDefault

    return LlamaIndexDefault(TEXTS, stores.embedder)


def txtai(stores: Stores) -> Peer:
    from eval.peers.txtai_hybrid import TxtaiHybrid

    return TxtaiHybrid(TEXTS, stores.embedder)


@pytest.mark.slow
@pytest.mark.parametrize("open_peer", [recipe, llamaindex, txtai])
def test_each_peer_finds_the_report_that_answers_first(open_peer, sample_stores: Stores) -> None:
    peer = open_peer(sample_stores)
    found = peer.search("信访办结率是多少？", 2)
    assert found[0].source == "b.txt"
    assert "信访办结率100%" in found[0].text
    assert all(passage.text in TEXTS[passage.source] for passage in found)
    peer.close()


@pytest.mark.slow
@pytest.mark.parametrize("parts", ["hybrid", "dense", "words"])
def test_our_retrieval_gives_stored_paragraphs_with_parts_left_out(
    parts, sample_stores: Stores
) -> None:
    found = OwnRetrieval(sample_stores, parts).search("行政诉讼应诉率", 5)
    texts = {path.name: path.read_text("utf-8") for path in SAMPLES.glob("*.txt")}
    assert len(found) == 5
    assert any("行政诉讼应诉率100%" in passage.text for passage in found)
    assert {passage.source for passage in found} <= set(texts)


@pytest.mark.slow
def test_without_headings_the_vectors_are_of_bare_paragraphs(
    sample_stores: Stores, tmp_path: Path
) -> None:
    bare = without_headings(sample_stores, sample_stores.embedder, tmp_path / "bare")
    assert len(bare.search("行政诉讼应诉率", 5)) == 5
    assert bare.name == "fazhi without headings in the embedding"


def test_without_roles_no_section_is_told_from_another_and_the_step_is_put_back(
    sample_settings, tmp_path: Path
) -> None:
    from eval.stand_in import NAME, StandInEmbedder

    settings = sample_settings.model_copy(update={"data": tmp_path, "embedding": NAME})
    with open_stores(settings, embedder=StandInEmbedder()) as stores:
        with without_roles():
            ingest_paths([SAMPLES / "mawu-2024.txt"], stores=stores)
        ingest_paths([SAMPLES / "lihe-2023.txt"], stores=stores)
        roles = {
            card.source: {item.role for item in stores.database.paragraphs(report_ids=[card.id])}
            for card in stores.database.cards()
        }
    assert roles["mawu-2024.txt"] == {"other"}
    assert len(roles["lihe-2023.txt"]) > 1
