"""The stores with a Chroma server by its URL, which goes away in the middle of the work."""

from __future__ import annotations

from pathlib import Path

import pytest
from chroma_server import chroma_server, free_port
from written_reports import report_text

from eval.stand_in import StandInEmbedder
from ingest.check import check
from ingest.pipeline import ingest_paths
from ingest.upkeep import is_current
from rag.errors import StoreUnavailable
from rag.pipeline import answer
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores

pytestmark = pytest.mark.slow
COUNT = "{town}调解纠纷多少件？"


def write(folder: Path, town: str, count: int) -> Path:
    path = folder / f"{town}.txt"
    path.write_text(report_text(town, f"调解纠纷{count}件。"), encoding="utf-8")
    return path


def settings_of(folder: Path, url: str) -> Settings:
    return read_settings(folder / "data").model_copy(update={"database": "", "chroma": url})


def opened(settings: Settings) -> Stores:
    return open_stores(settings, embedder=StandInEmbedder())


def said(stores: Stores, town: str) -> list[float | None]:
    return [f.value for f in answer(COUNT.format(town=town), stores=stores).findings]


def test_a_server_that_is_lost_is_named_loses_nothing_and_the_next_ingest_goes_on(
    tmp_path: Path,
) -> None:
    port, folder = free_port(), tmp_path / "server"
    settings = settings_of(tmp_path, f"http://127.0.0.1:{port}")
    with opened(settings) as stores:
        with chroma_server(folder, port=port):
            ingest_paths([write(tmp_path, "甘宁镇", 60)], stores=stores)
        lost = rf"http://127\.0\.0\.1:{port} cannot be used.*FAZHI_CHROMA"
        with pytest.raises(StoreUnavailable, match=lost):
            ingest_paths([write(tmp_path, "龙沙镇", 7)], stores=stores)
        with pytest.raises(StoreUnavailable, match=lost):
            stores.vectors.search("调解", k=3)
        assert (said(stores, "甘宁镇"), said(stores, "龙沙镇")) == ([60], [7])  # of the ledger
        assert not is_current(stores)
        with chroma_server(folder, port=port):
            run = ingest_paths([tmp_path / "龙沙镇.txt"], stores=stores)
            assert [one.verdict for one in run.files] == ["unchanged"]
            assert is_current(stores)
            assert check(stores) == ()
            assert len(stores.vectors.search("调解", k=50)) == len(stores.vectors.ids())
    assert not settings.chroma_path.exists()
