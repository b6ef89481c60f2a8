"""Short reports written for a test, taken into real stores without vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from ingest.made_with import made_with
from ingest.models import Loaded
from ingest.pipeline import ingest_paths, read_report
from rag.database import StoredText
from rag.indicators import Register, load_register
from rag.settings import BUNDLED_EMBEDDING, read_settings
from rag.stores import Stores, open_stores

YEAR = 2024


@cache
def register() -> Register:
    """The register of indicators, read once for all tests of a run."""
    return load_register()


def report_text(town: str, body: str, *, year: int = YEAR) -> str:
    """A report of a town of 重庆市万州区; what follows a | in the body stands among the plans."""
    done, _, planned = body.partition("|")
    return (
        f"重庆市万州区{town}人民政府\n关于{year}年法治政府建设情况的报告\n\n"
        f"一、{year}年主要举措和成效\n\n{town}认真推进各项工作。{done}\n\n"
        f"二、{year + 1}年工作打算\n\n继续推进各项工作。{planned}\n"
    )


@contextmanager
def stores_of(folder: Path, bodies: Mapping[str, str]) -> Iterator[Stores]:
    """Stores with a report for each town; a key may name the year: 甘宁镇 2023."""
    settings = read_settings(folder).model_copy(
        update={"database": "", "chroma": "", "embedding": BUNDLED_EMBEDDING}
    )
    with open_stores(settings) as stores:
        for key, body in bodies.items():
            town, _, year = key.partition(" ")
            text = report_text(town, body, year=int(year or YEAR))
            take_in(stores, f"{town}-{year or YEAR}.txt", text)
        yield stores


def taken_in(*paths: Path, data: Path, like: Stores) -> Path:
    """The data folder with these files in its stores, made with the encoder of other stores."""
    settings = like.settings.model_copy(update={"data": data})
    with open_stores(settings, embedder=like.embedder) as stores:
        ingest_paths(paths, stores=stores)
    return data


def take_in(stores: Stores, source: str, text: str) -> str:
    """The id of a report read from a text and put into the database and the word index."""
    sha256 = hashlib.sha256(f"{source}\n{text}".encode()).hexdigest()
    report = read_report(
        Loaded(text, "utf-8", None, ()),
        source=source,
        sha256=sha256,
        report_id=sha256[:12],
        register=register(),
    )
    stored = StoredText(text, None, ())
    stores.database.replace_report(report, made_with=made_with(), loaded=stored)
    stores.lexical.replace(report.card.id, report.paragraphs, title=report.card.title)
    stores.lexical.commit()
    return report.card.id
