"""Every peer and this program on the same questions, texts and embedding model."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from eval.dataset import Question
from eval.metrics.given import matched_sources
from eval.metrics.sets import score_set
from eval.peers.ablations import without_headings, without_roles
from eval.peers.ours import OwnRetrieval
from eval.peers.peer import Peer
from eval.peers.score import PeerScore, is_set_question, score_peer
from eval.question_files import read_question_file
from eval.run import SAMPLE_QUESTIONS, asker, private_settings, refuse_bad_gold, stored_texts
from ingest.pipeline import ingest_paths
from rag.embed import Embedder, open_embedder
from rag.settings import read_settings
from rag.stores import Stores, open_stores

Progress = Callable[[int, int], None]  # programs measured, in all


@dataclass(frozen=True)
class OwnAnswers:
    """Whole answers of this program: what it says, not what a reader could see."""

    name: str
    set_questions: int
    set_f1: float
    set_exact: float


@dataclass(frozen=True)
class PeerRun:
    questions_from: str
    reports: int
    scores: tuple[PeerScore, ...]
    answers: tuple[OwnAnswers, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def compare_peers(
    *,
    questions: Path | None = None,
    corpus: Path | None = None,
    ablations: bool = False,
    on_progress: Progress | None = None,
) -> PeerRun:
    """The scores of this program and of each peer on a question set.

    The peers get the texts that this program's loaders read, for they have none for every
    format. Each is timed from texts to answering.

    Args:
        corpus: a folder of reports; the samples without it.
        ablations: measure this program without its parts as well, one at a time.
    """
    path = questions or SAMPLE_QUESTIONS
    asked = read_question_file(path)
    paths = [corpus] if corpus else sorted(Path(str(files("ingest.samples"))).glob("*.txt"))
    settings = read_settings()
    embedder = open_embedder(settings.embedding, settings.cache)
    embedder.load()
    with tempfile.TemporaryDirectory(prefix="fazhi-peers-") as folder:
        own = private_settings(Path(folder) / "own")
        with open_stores(own, embedder=embedder) as stores:
            started = time.perf_counter()
            ingest_paths(paths, stores=stores)
            seconds = time.perf_counter() - started
            texts = stored_texts(stores)
            refuse_bad_gold(path, asked, texts)
            ways = _ways(texts, stores, embedder, Path(folder), ablations)
            scores = []
            for number, (name, open_peer) in enumerate(ways.items()):
                scores.append(_measured(open_peer, asked, seconds if name == "own" else None))
                if on_progress:
                    on_progress(number + 1, len(ways))
            answers = [_own_answers("fazhi: the answer", stores, asked)]
        if ablations:
            bare = private_settings(Path(folder) / "roles")
            with open_stores(bare, embedder=embedder) as stores, without_roles():
                ingest_paths(paths, stores=stores)
                answers.append(_own_answers("fazhi: without section roles", stores, asked))
    return PeerRun(path.name, len(texts), tuple(scores), tuple(answers))


def _ways(
    texts: Mapping[str, str],
    stores: Stores,
    embedder: Embedder,
    folder: Path,
    ablations: bool,
) -> dict[str, Callable[[], Peer]]:
    """How each program is opened, by a name of its own; the peers are imported here, if at all."""
    from eval.peers.langchain_recipe import LangChainRecipe  # noqa: PLC0415  extras, and heavy
    from eval.peers.llamaindex_default import LlamaIndexDefault  # noqa: PLC0415
    from eval.peers.txtai_hybrid import TxtaiHybrid  # noqa: PLC0415

    ways: dict[str, Callable[[], Peer]] = {
        "own": lambda: OwnRetrieval(stores),
        "words": lambda: OwnRetrieval(stores, "words"),
        "langchain": lambda: LangChainRecipe(texts, embedder),
        "llamaindex": lambda: LlamaIndexDefault(texts, embedder),
        "txtai": lambda: TxtaiHybrid(texts, embedder),
    }
    if ablations:
        ways["dense"] = lambda: OwnRetrieval(stores, "dense")
        ways["bare"] = lambda: without_headings(stores, embedder, folder / "bare")
    return ways


def _measured(
    open_peer: Callable[[], Peer], questions: Sequence[Question], seconds: float | None
) -> PeerScore:
    started = time.perf_counter()
    peer = open_peer()
    taken = time.perf_counter() - started if seconds is None else seconds
    try:
        return score_peer(peer, questions, seconds=taken)
    finally:
        peer.close()
        del peer
        gc.collect()


def _own_answers(name: str, stores: Stores, questions: Sequence[Question]) -> OwnAnswers:
    """The sets this program answers with, over the set questions that the peers are scored on."""
    ask = asker(stores)
    scores = [
        score_set(matched_sources(asdict(ask(question))), question.reports or ())
        for question in questions
        if is_set_question(question)
    ]
    count = max(len(scores), 1)
    return OwnAnswers(
        name,
        len(scores),
        sum(score.f1 for score in scores) / count,
        sum(score.exact for score in scores) / count,
    )
