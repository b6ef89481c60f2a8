"""The sample reports cut at line breaks, and the bundled embedder, shared by tests."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rag.embed import Embedder, open_embedder
from rag.models import Paragraph
from rag.settings import BUNDLED_EMBEDDING, read_settings
from rag.words import fold

SAMPLES = ("changzheng-2023", "lihe-2023", "mawu-2024", "shangjia-2023", "xiaojiang-2022")


@cache
def paragraphs_of(report_id: str) -> tuple[Paragraph, ...]:
    """The lines of a sample report that are not empty, as paragraphs."""
    path = files("ingest") / "samples" / f"{report_id}.txt"
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Paragraph(f"{report_id}#{n}", report_id, n, (), "other", line, fold(line), 0, len(line))
        for n, line in enumerate(line for line in lines if line)
    )


def paragraph(report_id: str, number: int, text: str, *headings: str) -> Paragraph:
    return Paragraph(
        f"{report_id}#{number}", report_id, number, headings, "other", text, fold(text), 0, 0
    )


@cache
def embedder() -> Embedder:
    """The bundled model, loaded once for all tests of a run."""
    return open_embedder(BUNDLED_EMBEDDING, read_settings().cache)
