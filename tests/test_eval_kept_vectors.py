"""Vectors of a corpus kept between two runs of an evaluation."""

from pathlib import Path

import numpy as np
import pytest

from eval.kept_vectors import FOLDER, KeptVectors
from rag.embed import Embedder
from rag.settings import BUNDLED_EMBEDDING, read_settings

TEXTS = ["甲镇调解纠纷30件。", "乙镇开展普法12场。", "甲镇调解纠纷30件。"]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache of its own that has the unpacked model of the real one."""
    (tmp_path / "embedding").symlink_to(read_settings().cache / "embedding")
    return tmp_path


def made(cache: Path, corpus: str = "a") -> KeptVectors:
    return KeptVectors(BUNDLED_EMBEDDING, cache, corpus)


def test_texts_embedded_before_need_no_model_the_next_time(cache: Path) -> None:
    first = made(cache)
    vectors = first.embed(TEXTS)
    expected = Embedder(BUNDLED_EMBEDDING, cache).embed(TEXTS)
    assert np.allclose((vectors * expected).sum(axis=1), 1, atol=1e-2)
    first.keep()
    (cache / "embedding").unlink()
    assert np.array_equal(made(cache).embed(TEXTS), vectors)
    assert not (cache / "embedding").exists()  # nobody unpacked the model again


def test_only_what_a_run_used_is_kept(cache: Path) -> None:
    first = made(cache)
    first.embed(TEXTS)
    first.keep()
    second = made(cache)
    second.embed(TEXTS[:1])
    second.keep()
    (file,) = (cache / FOLDER).iterdir()
    with np.load(file) as kept:
        assert kept["vectors"].shape == (1, 384)


def test_another_corpus_has_a_file_of_its_own_and_a_damaged_one_is_made_anew(cache: Path) -> None:
    for corpus in "ab":
        kept = made(cache, corpus)
        kept.embed(TEXTS)
        kept.keep()
    files = list((cache / FOLDER).iterdir())
    assert len(files) == 2
    files[0].write_bytes(b"PK\x03\x04 damaged")
    for corpus in "ab":
        assert made(cache, corpus).embed(TEXTS).shape == (3, 384)
