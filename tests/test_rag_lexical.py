"""The word index: BM25, complete phrase search, one writer at a time."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import StoreUnavailable
from rag.lexical import LexicalIndex
from rag.words import fold
from tests.sample_paragraphs import SAMPLES, paragraph, paragraphs_of

HOLD_THE_WRITER = """
import sys
from pathlib import Path
from rag.lexical import LexicalIndex
index = LexicalIndex.open(Path(sys.argv[1]))
index.remove("none")
print("holding", flush=True)
sys.stdin.readline()
index.commit()
"""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    index = LexicalIndex.open(tmp_path_factory.mktemp("tantivy"))
    for report_id in SAMPLES:
        index.replace(report_id, paragraphs_of(report_id), title=report_id)
    index.commit()
    return index


@cache
def folded() -> dict[str, str]:
    return {p.id: fold(p.text).casefold() for name in SAMPLES for p in paragraphs_of(name)}


def text_of(paragraph_id: str) -> str:
    return folded()[paragraph_id]


def test_the_paragraph_with_the_rare_words_comes_first(samples: LexicalIndex) -> None:
    (best, score), *_ = samples.search("行政诉讼应诉率", k=3)
    assert "行政诉讼应诉率100%" in text_of(best)
    assert score > 0


def test_results_are_best_first_and_at_most_k(samples: LexicalIndex) -> None:
    found = samples.search("矛盾纠纷调解", k=7)
    scores = [score for _id, score in found]
    assert len(found) == 7
    assert scores == sorted(scores, reverse=True)


def test_the_scope_may_be_reports_or_paragraphs(samples: LexicalIndex) -> None:
    found = samples.search("矛盾纠纷调解", k=50, report_ids=["mawu-2024", "lihe-2023"])
    assert {name.split("#")[0] for name, _ in found} == {"mawu-2024", "lihe-2023"}
    two = [name for name, _ in found[:2]]
    assert [name for name, _ in samples.search("矛盾纠纷调解", k=50, paragraph_ids=two)] == two


@pytest.mark.parametrize("query", ["", "，。", "量子纠缠态"])
def test_nothing_to_find_is_no_result(samples: LexicalIndex, query: str) -> None:
    assert [n for n, _ in samples.search(query, k=5) if "量子" in text_of(n)] == []


def test_an_empty_scope_finds_nothing(samples: LexicalIndex) -> None:
    assert samples.search("法治", k=5, report_ids=[]) == ()
    assert samples.search("法治", k=5, paragraph_ids=[]) == ()
    assert samples.containing("法治", report_ids=[]) == ()


def test_a_heading_counts_less_than_the_paragraph(tmp_path: Path) -> None:
    index = LexicalIndex.open(tmp_path)
    index.replace("a", [paragraph("a", 0, "普法宣传有序开展。", "行政复议")], title="报告")
    index.replace("b", [paragraph("b", 0, "行政复议有序开展。", "普法宣传")], title="报告")
    index.commit()
    assert [name for name, _ in index.search("行政复议", k=5)] == ["b#0", "a#0"]


@pytest.mark.parametrize(
    "phrase",
    [
        "法",
        "率",
        "%",
        "法治",
        "100%",
        "行政诉讼应诉率",
        "三重一大",
        "12345",
        "枫桥经验",
        "led",
        "不存在",
    ],
)
def test_a_phrase_is_found_in_every_paragraph_that_holds_it(
    samples: LexicalIndex, phrase: str
) -> None:
    expected = {name for name, text in folded().items() if phrase in text}
    found = samples.containing(phrase)
    assert set(found) == expected
    assert len(found) == len(expected)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_stretch_of_a_report_is_found_again(samples: LexicalIndex, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(folded())))
    text = text_of(name)
    start = data.draw(st.integers(0, len(text) - 1))
    phrase = text[start : start + data.draw(st.integers(1, 40))]
    assert set(samples.containing(phrase)) == {n for n, t in folded().items() if phrase in t}


def test_a_phrase_is_found_in_any_width_case_or_script(samples: LexicalIndex) -> None:
    plain = samples.containing("LED电子横幅")
    assert plain
    assert samples.containing("ｌｅｄ電子橫幅") == plain
    assert samples.containing("LED电子横幅", report_ids=["mawu-2024"]) == ()


def test_a_phrase_may_be_as_printed_or_as_understood(tmp_path: Path) -> None:
    printed = paragraph("r", 3, "公共法律效劳客厅")
    understood = type(printed)(**{**vars(printed), "reading": "公共法律服务客厅"})
    index = LexicalIndex.open(tmp_path)
    index.replace("r", [understood])
    index.commit()
    assert index.containing("法律效劳") == index.containing("法律服务") == ("r#3",)
    assert index.containing("厅公") == ()


def test_found_paragraphs_are_in_reading_order(samples: LexicalIndex) -> None:
    found = samples.containing("法治", report_ids=["xiaojiang-2022"])
    numbers = [int(name.split("#")[1]) for name in found]
    assert len(numbers) > 10
    assert numbers == sorted(numbers)


def test_replacing_and_removing_leave_nothing_of_the_old(tmp_path: Path) -> None:
    index = LexicalIndex.open(tmp_path)
    index.replace("r", [paragraph("r", n, "行政复议。") for n in range(3)])
    index.replace("s", [paragraph("s", 0, "行政复议。")])
    index.commit()
    index.replace("r", [paragraph("r", 0, "人民调解。")])
    assert len(index.paragraph_ids()) == 4, "not before the commit"
    index.commit()
    assert index.paragraph_ids() == {"r#0", "s#0"}
    assert index.containing("行政复议") == ("s#0",)
    index.remove("r")
    index.rollback()
    assert index.paragraph_ids() == {"r#0", "s#0"}
    index.remove("r")
    index.commit()
    assert index.paragraph_ids() == {"s#0"}


def test_a_reader_follows_the_commits_of_another(tmp_path: Path) -> None:
    reader, writer = LexicalIndex.open(tmp_path), LexicalIndex.open(tmp_path)
    assert reader.search("普法", k=1) == ()
    writer.replace("r", [paragraph("r", 0, "普法宣传。")])
    writer.commit()
    assert reader.search("普法", k=1)[0][0] == "r#0"


def test_a_second_writer_waits_for_the_first_and_gives_up_in_time(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_WRITER, str(tmp_path)], stdin=-1, stdout=-1, text=True
    ) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == "holding\n"
        hurried = LexicalIndex.open(tmp_path, wait=0.2)
        with pytest.raises(StoreUnavailable, match="ingest"):
            hurried.remove("r")
        other.stdin.write("\n")
        other.stdin.flush()
        patient = LexicalIndex.open(tmp_path, wait=30)
        patient.replace("r", [paragraph("r", 0, "普法宣传。")])
        patient.commit()
    assert hurried.paragraph_ids() == {"r#0"}


def test_a_folder_that_is_no_index_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("not an index")
    with pytest.raises(StoreUnavailable, match="fazhi check --repair"):
        LexicalIndex.open(tmp_path)
