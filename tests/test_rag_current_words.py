"""The word index in one state of the database, with reports it holds otherwise."""

from __future__ import annotations

from rag.current_words import CurrentWords
from rag.lexical import LexicalIndex
from tests.sample_paragraphs import paragraph


def index_of(reports: dict[str, list[str]]) -> LexicalIndex:
    index = LexicalIndex.in_memory()
    for report_id, texts in reports.items():
        index.replace(report_id, [paragraph(report_id, n, text) for n, text in enumerate(texts)])
    index.commit()
    return index


def test_a_report_that_the_index_holds_otherwise_is_read_as_it_is_now() -> None:
    whole = index_of({"a": ["普法宣传7次。"], "b": ["普法宣传8次。"]})
    now = index_of({"b": ["社区矫正9人。"]})
    current = CurrentWords.of(whole, behind=lambda: {"b"}, making=lambda _: now)
    assert [name for name, _ in current.search("普法宣传", k=5)] == ["a#0"]
    assert [name for name, _ in current.search("社区矫正", k=5)] == ["b#0"]
    assert current.containing("普法") == ("a#0",)
    assert current.containing("矫正9人") == ("b#0",)


def test_reports_looked_up_apart_rank_among_the_others_and_not_all_below_them() -> None:
    texts = ["普法宣传" + "工作" * n for n in range(10)]
    filling = ["信访工作。"] * 40
    whole = index_of({name: [*texts, *filling] for name in "abcd"})
    apart = index_of({"d": texts})  # where the words are in every paragraph and weigh little
    current = CurrentWords.of(whole, behind=lambda: {"d"}, making=lambda _: apart)
    found = current.search("普法宣传", k=20)
    assert sorted((score for _, score in found), reverse=True) == [score for _, score in found]
    of_it = [rank for rank, (name, _) in enumerate(found) if name.startswith("d")]
    assert len(of_it) >= 4 and of_it[0] < 4
