"""Fixtures that several test files share."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest
from chat_page import PASSWORD, Chat, chromium, copied, free_port, running_chat
from chroma_server import chroma_server
from command_line import Fazhi, command_line
from playwright.sync_api import Browser
from postgres_server import new_database, postgres_server
from sample_store import names_in, sample_data, settings_of
from sharing_out import (  # noqa: F401  hooks
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_xdist_make_scheduler,
)
from store_places import KINDS, StorePlace, new_place
from store_process import StoreProcess
from thirty_reports import thirty_reports

from eval.stand_in import StandInEmbedder
from rag.database import Database
from rag.models import Fact, Paragraph, Place, Removal, Report, ReportCard, Section
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores


class MakeReport(Protocol):
    def __call__(
        self, report_id: str, *lines: str, facts: tuple[Fact, ...] = (), **card: object
    ) -> Report: ...


@pytest.fixture
def make_report() -> MakeReport:
    """A function that builds a small report, one paragraph a line."""
    return build_report


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server, up to the name of a database."""
    with postgres_server() as address:
        yield address


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("chroma-server")) as address:
        yield address


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StorePlace]:
    """Where the test's own stores can be, all of them once in files and once on servers."""
    with new_place(request.param, tmp_path / "data", request) as found:
        yield found


@pytest.fixture
def stores(place: StorePlace) -> Iterator[Stores]:
    """Empty stores in each kind of place, for what does not ask by meaning."""
    with place.open() as opened:
        yield opened


@pytest.fixture(scope="session")
def store_process() -> Iterator[StoreProcess]:
    """Another process, which changes the stores that it is told to."""
    with StoreProcess() as process:
        yield process


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'fazhi.db'}"
        return
    with new_database(request.getfixturevalue("postgres"), f"t{uuid.uuid4().hex}") as address:
        yield address


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'fazhi.db'}")
    yield opened
    opened.close()


def build_report(
    report_id: str, *lines: str, facts: tuple[Fact, ...] = (), **card: object
) -> Report:
    lines = lines or ("依法行政。",)
    text = "\n".join(lines)
    paragraphs, start = [], 0
    for number, line in enumerate(lines):
        end = start + len(line)
        paragraphs.append(
            Paragraph(
                f"{report_id}#{number}", report_id, number, ("一、主要成效",), "achievements",
                line, line, start, end,
            )
        )  # fmt: skip
        start = end + 1
    whole = ReportCard(
        id=report_id,
        source=f"{report_id}.txt",
        sha256=report_id.ljust(64, "0"),
        title="法治政府建设情况的报告",
        type="report",
        place=Place("马武镇", "石柱土家族自治县", "重庆市", "重庆市", "500240000"),
        year=2024,
        year_doubtful=False,
        published=None,
        issuers=("马武镇人民政府",),
        encoding="utf-8",
        pages=None,
        warnings=("year_mixed: 第1段",),
        sections=1,
        paragraphs=len(lines),
        facts=len(facts),
    )
    section = Section(
        f"{report_id}/0", report_id, 0, ("一、主要成效",), "achievements", 0, len(text)
    )
    return Report(
        card=replace(whole, **card),  # type: ignore[arg-type]
        text=text,
        sections=(section,),
        paragraphs=tuple(paragraphs),
        facts=facts,
        removals=(Removal(1, 2, "space"),),
    )


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of stores with the five samples, and with the bundled model; not to be changed."""
    return settings_of(sample_data(tmp_path_factory))


@pytest.fixture(scope="session")
def sample_stores(sample_settings: Settings) -> Iterator[Stores]:
    """Stores with the five samples, ingested once; not to be changed."""
    with open_stores(sample_settings) as stores:
        before = names_in(sample_settings.data), stores.database.generation()
        yield stores
        assert (names_in(sample_settings.data), stores.database.generation()) == before


@pytest.fixture(scope="session")
def sample_chat(
    sample_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chat]:
    """The running chat over the five samples: one server for all tests that only ask it."""
    data = copied(sample_settings.data, tmp_path_factory.mktemp("chat"))
    with running_chat(data, FAZHI_LOG="json") as running:
        yield running


@pytest.fixture
def samples(sample_stores: Stores) -> Path:
    """The data folder with the five samples; not to be changed."""
    return sample_stores.settings.data


@pytest.fixture
def fazhi(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Fazhi:
    """Runs `fazhi` with these arguments in this process, and gives what it left."""
    return command_line(monkeypatch, capfdbinary)


@pytest.fixture(scope="session")
def metrics_port() -> int:
    """The port on which the guarded chat offers its metrics."""
    return free_port()


@pytest.fixture(scope="session")
def guarded_chat(
    sample_settings: Settings, metrics_port: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Chat]:
    """A chat over the samples with a password, metrics on a port of their own, and no MCP."""
    own = {"FAZHI_METRICS": str(metrics_port), "FAZHI_MCP": "false"}
    data = copied(sample_settings.data, tmp_path_factory.mktemp("guarded"))
    with running_chat(data, FAZHI_ADMIN_PASSWORD=PASSWORD, **own) as running:
        yield running


@pytest.fixture(scope="session")
def thirty_chat(sample_stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """The running chat over thirty made-up reports."""
    with running_chat(thirty_reports(tmp_path_factory.mktemp("thirty"), sample_stores)) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser of the file's own: its driver keeps the thread's event loop for itself."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def empty_stores(tmp_path: Path) -> Iterator[Stores]:
    """Empty stores of the test's own, for what does not ask by meaning: vectors are made up."""
    own = {"data": tmp_path / "data", "database": "", "chroma": ""}
    with open_stores(read_settings().model_copy(update=own), embedder=StandInEmbedder()) as opened:
        yield opened
