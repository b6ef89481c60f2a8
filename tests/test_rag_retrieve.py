"""Hybrid retrieval over the sample reports with both real indexes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.lexical import LexicalIndex
from rag.passages import passages_of
from rag.retrieve import HybridRetriever, fuse, retrieve
from rag.vectors import VectorIndex
from tests.sample_paragraphs import SAMPLES, embedder, paragraph, paragraphs_of

TEXTS = {p.id: p.text for name in SAMPLES for p in paragraphs_of(name)}


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[VectorIndex, LexicalIndex]:
    folder = tmp_path_factory.mktemp("stores")
    vectors = VectorIndex.open(folder / "chroma", embedder())
    lexical = LexicalIndex.open(folder / "tantivy")
    passages = []
    for name in SAMPLES:
        count, window = embedder().token_count, embedder().window
        passages += passages_of(name, paragraphs_of(name), count_tokens=count, window=window)
        lexical.replace(name, paragraphs_of(name), title=name)
    vectors.add(passages)
    lexical.commit()
    return vectors, lexical


@pytest.mark.parametrize(
    ("question", "report", "words"),
    [
        ("行政诉讼应诉率是多少", "mawu-2024", "行政诉讼应诉率100%"),
        ("全年开展了多少次禁毒宣传活动", "xiaojiang-2022", "禁毒宣传活动423场"),
        ("培养了多少法律明白人", "lihe-2023", "“法律明白人”85名"),
        ("信息公开申请收到多少件", "changzheng-2023", "政府信息公开申请书12件"),
        ("三重一大怎么决策", "lihe-2023", "“三重一大”事项"),
        ("谁执法谁普法", "shangjia-2023", "谁执法谁普法"),
        ("How many drug control publicity events?", "xiaojiang-2022", "禁毒宣传活动423场"),
    ],
)
def test_the_paragraph_that_answers_is_among_the_first_five(
    indexes: tuple[VectorIndex, LexicalIndex], question: str, report: str, words: str
) -> None:
    vectors, lexical = indexes
    found = retrieve(question, vectors=vectors, lexical=lexical, k=5, report_ids=[report])
    assert any(words in TEXTS[evidence.paragraph_id] for evidence in found)
    assert {evidence.report_id for evidence in found} == {report}


def test_scores_fall_and_stay_in_their_range(
    indexes: tuple[VectorIndex, LexicalIndex],
) -> None:
    vectors, lexical = indexes
    found = retrieve("矛盾纠纷排查化解", vectors=vectors, lexical=lexical, k=20)
    scores = [evidence.score for evidence in found]
    assert len(scores) == 20
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_an_empty_scope_has_no_evidence(indexes: tuple[VectorIndex, LexicalIndex]) -> None:
    vectors, lexical = indexes
    assert retrieve("法治", vectors=vectors, lexical=lexical, k=5, report_ids=[]) == ()


def test_ranks_are_fused_as_reciprocals() -> None:
    fused = dict(fuse([["a", "b"], ["c", "a", "b"]]))
    assert list(fused) == ["a", "b", "c"]
    assert fused["a"] == pytest.approx((61 / 61 + 61 / 62) / 2)
    assert fused["b"] == pytest.approx((61 / 62 + 61 / 63) / 2)
    assert fused["c"] == pytest.approx((61 / 61) / 2)
    assert fuse([]) == fuse([[], []]) == []


def test_reports_that_are_not_found_by_meaning_rank_by_their_words_as_high_as_others(
    indexes: tuple[VectorIndex, LexicalIndex],
) -> None:
    vectors, lexical = indexes
    seen, unseen = "lihe-2023", "mawu-2024"

    class Partly:
        def search(self, query: str, **options: object) -> tuple[tuple[str, float], ...]:
            found = vectors.search(query, **options)  # type: ignore[arg-type]
            return tuple(hit for hit in found if hit[0].split("#")[0] != unseen)

    def ranks(**options: object) -> list[int]:
        found = retrieve(
            "行政执法",
            vectors=Partly(),
            lexical=lexical,
            k=20,
            report_ids=[seen, unseen],
            **options,
        )  # type: ignore[arg-type]
        assert 0 < found[-1].score <= found[0].score <= 1
        return [n for n, evidence in enumerate(found) if evidence.report_id == unseen]

    assert sum(ranks(unseen=lambda: {unseen})[:3]) < sum(ranks()[:3])


def test_no_report_of_several_that_say_the_same_is_left_out_for_its_place_in_the_order() -> None:
    lexical = LexicalIndex.in_memory()
    for report_id in "abcd":
        same = [paragraph(report_id, n, "推进重点任务。") for n in range(10)]
        lexical.replace(report_id, same)
    lexical.commit()

    class OnlyTwo:
        def search(self, _query: str, **_options: object) -> tuple[tuple[str, float], ...]:
            mixed = [f"{report_id}#{n}" for n in range(10) for report_id in "ab"]
            return tuple((name, 1 - rank / 100) for rank, name in enumerate(mixed))

    found = retrieve(
        "重点任务", vectors=OnlyTwo(), lexical=lexical, k=30, unseen=lambda: {"c", "d"}
    )
    assert {evidence.report_id for evidence in found} == set("abcd")


def test_the_langchain_retriever_gives_documents_that_still_exist(
    indexes: tuple[VectorIndex, LexicalIndex],
) -> None:
    vectors, lexical = indexes

    def read(ids: Sequence[str]) -> dict[str, str]:
        return {name: TEXTS[name] for name in ids if "mawu" in name}

    scope = ("mawu-2024", "lihe-2023")
    retriever = HybridRetriever(vectors=vectors, lexical=lexical, read=read, report_ids=scope, k=20)
    documents = retriever.invoke("行政诉讼应诉率是多少")
    assert documents
    for document in documents:
        assert document.metadata["report_id"] == "mawu-2024"
        assert document.page_content == TEXTS[document.metadata["paragraph_id"]]
        assert 0 < document.metadata["score"] <= 1
