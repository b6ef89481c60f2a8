"""Made reports taken in and asked: nothing is lost on the way, and every census adds up."""

from pathlib import Path

import numpy as np
import pytest

from eval.made.corpus import make_corpus
from eval.metrics.summary import summarise
from eval.sets import ask_made
from eval.stand_in import StandInEmbedder


@pytest.mark.slow
def test_every_census_over_made_reports_adds_up_to_all_of_them(tmp_path: Path) -> None:
    made = make_corpus(tmp_path / "made", reports=30, seed=2, questions=20)
    told: list[str] = []
    found = ask_made(
        made, out=tmp_path / "run", on_progress=lambda stage, _done, _total: told.append(stage)
    )
    run = found.run
    assert len(run.reports) == 30
    assert {"reading", "answering"} <= set(told)
    for outcome in run.outcomes:
        census = dict(outcome.answer["census"])
        assert census.pop("in_scope") == sum(census.values()), outcome.question.id
    figures = summarise(run.outcomes)
    assert figures.questions == 20 and figures.counted["set_f1"] == 20
    # a floor against breakage; the figure itself is in the README
    assert (figures.shares["set_f1"] or 0) > 0.8
    assert (tmp_path / "run" / "run.html").is_file()
    assert found.reading.identity.recall > 0.9 and found.reading.headings.recall > 0.8
    stated = found.reading.figures["stated"]
    assert stated.total > 150 and stated.right / stated.total > 0.9


def test_stand_in_vectors_depend_on_the_text_alone_and_lie_around_the_pool() -> None:
    pool = np.eye(8, 16, dtype=np.float32)
    model = StandInEmbedder(pool)
    first, again = model.embed(["甲", "乙"]), model.embed(["乙", "甲"])
    assert first.shape == (2, 16)
    assert np.allclose(first, again[::-1])
    assert np.allclose(np.linalg.norm(first, axis=1), 1)
    assert (first @ pool.T).max(axis=1).min() > 0.8
    assert model.embed_query("甲") == first[0].tolist()
    bare = StandInEmbedder()
    assert bare.embed(["甲"]).shape == (1, 384)
    assert bare.token_count("甲乙") == 2
