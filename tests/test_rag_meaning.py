"""Search by meaning in one state of the database, and answers where it cannot be done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chroma_server import chroma_server
from written_reports import report_text

from eval.stand_in import StandInEmbedder
from ingest import pipeline as ingesting
from ingest import renewing
from ingest.check import check
from ingest.pipeline import ingest_paths
from ingest.upkeep import bring_up_to_date, is_current
from rag import meaning
from rag.errors import EmbedderMismatch
from rag.meaning import without_meaning
from rag.passages import passages_of
from rag.pipeline import answer
from rag.retrieve import gathering
from rag.settings import Settings, read_settings
from rag.stores import Stores, open_stores

OPEN = "各镇如何推进重点任务？"
BODY = "围绕重点任务开展执法培训{n}场次"


class Stopped(Exception):
    """The process would have been killed here."""


class OtherModel(StandInEmbedder):
    """Vectors of another model, all of them turned round."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "other"


def write(folder: Path, town: str, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{town}.txt"
    path.write_text(report_text(town, BODY.format(n=number) + "。"), encoding="utf-8")
    return path


def passage(stores: Stores, town: str) -> str:
    """What was embedded of a town's paragraph that says the number."""
    (card,) = (card for card in stores.database.cards() if card.place.town == town)
    found = passages_of(
        card.title,
        stores.database.paragraphs(report_ids=[card.id]),
        count_tokens=stores.embedder.token_count,
        window=stores.embedder.window,
    )
    return next(one.text for one in found if "执法培训" in one.text)


def nearest(stores: Stores, text: str, scope: list[str] | None = None) -> float:
    """The cosine of what is nearest to the text."""
    with stores.snapshot() as snapshot:
        found = snapshot.meaning.search(text, k=1, report_ids=scope)
        assert snapshot.meaning.lost is None
    return found[0][1] if found else 0.0


def stop(*_arguments: object) -> None:
    raise Stopped


@pytest.mark.parametrize("exact", [400, 0], ids=["compared", "searched"])
def test_a_report_of_which_the_vectors_are_still_the_old_ones_is_found_by_its_words_alone(
    exact: int, stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "EXACT_REPORTS", exact)
    folder = tmp_path / "reports"
    write(folder, "甘宁镇", 1001)
    write(folder, "龙沙镇", 1002)
    ingest_paths([folder], stores=stores)
    ids = [card.id for card in stores.database.cards()]
    old, other = passage(stores, "甘宁镇"), passage(stores, "龙沙镇")
    assert nearest(stores, old, ids) > 0.999
    write(folder, "甘宁镇", 2001)
    write(folder, "响水镇", 2003)
    with monkeypatch.context() as killed, pytest.raises(Stopped):
        killed.setattr(ingesting, "bring_up_indexes", stop)
        ingest_paths([folder], stores=stores)
    ids = [card.id for card in stores.database.cards()]
    new = passage(stores, "甘宁镇")
    for scope in (None, ids):
        assert nearest(stores, old, scope) < 0.9, "the version before is gone"
        assert nearest(stores, new, scope) < 0.9
        assert nearest(stores, other, scope) > 0.999
    found = answer(OPEN, stores=stores)
    told = {int(number) for number in re.findall(r"\d{4}", found.text)} - {2024}
    assert told == {2001, 1002, 2003}, "found by its words at once"
    assert not is_current(stores)
    bring_up_to_date(stores)
    for scope in (None, ids):
        assert nearest(stores, old, scope) < 0.9
        assert nearest(stores, new, scope) > 0.999
    assert check(stores) == ()


@pytest.fixture
def searching(monkeypatch: pytest.MonkeyPatch) -> None:
    """An open question that a few paragraphs hold is searched for in all of them."""
    monkeypatch.setattr(meaning, "EXACT_REPORTS", 0)
    monkeypatch.setattr(gathering, "_HOLDING", 1)


@pytest.mark.usefixtures("searching")
def test_without_a_vector_folder_the_answer_comes_of_the_words_and_says_so(
    empty_stores: Stores, tmp_path: Path
) -> None:
    for number, town in enumerate(("甘宁镇", "龙沙镇")):
        ingest_paths([write(tmp_path, town, 1000 + number)], stores=empty_stores)
    whole = answer(OPEN, stores=empty_stores)
    note = without_meaning(whole.language)
    assert whole.status == "answered" and note not in whole.notes
    settings = empty_stores.settings
    empty_stores.close()
    settings.chroma_path.rename(tmp_path / "away")
    settings.chroma_path.touch()
    with open_stores(settings, embedder=StandInEmbedder()) as stores:
        found = answer(OPEN, stores=stores)
        assert found.status == "answered" and len(found.citations) == len(whole.citations)
        assert found.notes[-1] == note


@pytest.mark.slow
@pytest.mark.usefixtures("searching")
def test_an_open_question_goes_on_when_the_chroma_server_is_lost_and_after_it_is_back(
    tmp_path: Path,
) -> None:
    with chroma_server(tmp_path / "server") as url:
        port = int(url.rpartition(":")[2])
        settings = settings_of(tmp_path, url)
        with open_stores(settings, embedder=StandInEmbedder()) as stores:
            ingest_paths([write(tmp_path, "甘宁镇", 1001)], stores=stores)
            ingest_paths([write(tmp_path, "龙沙镇", 1002)], stores=stores)
    with open_stores(settings, embedder=StandInEmbedder()) as stores:
        found = answer(OPEN, stores=stores)
        assert found.status == "answered"
        assert found.notes[-1] == without_meaning("zh")
        with chroma_server(tmp_path / "server", port=port):
            again = answer(OPEN, stores=stores)
            assert again.status == "answered"
            assert without_meaning("zh") not in again.notes
        assert answer(OPEN, stores=stores).notes[-1] == without_meaning("zh")


def settings_of(folder: Path, url: str) -> Settings:
    return read_settings(folder / "data").model_copy(update={"database": "", "chroma": url})


def test_another_model_is_taken_up_by_the_next_ingest_and_never_mixed(
    stores: Stores, tmp_path: Path
) -> None:
    path = write(tmp_path / "reports", "甘宁镇", 1001)
    ingest_paths([path], stores=stores)
    settings = stores.settings
    with open_stores(settings, embedder=OtherModel()) as other:
        assert not is_current(other)
        (card,) = other.database.cards()
        for scope in ([card.id], None):
            with other.snapshot() as snapshot:
                assert snapshot.meaning.search("执法培训", k=3, report_ids=scope) == ()
                assert isinstance(snapshot.meaning.lost, EmbedderMismatch)
        assert ingest_paths([path], stores=other).files[0].verdict == "unchanged"
        assert is_current(other)
        assert nearest(other, passage(other, "甘宁镇"), [card.id]) > 0.999
        assert check(other) == ()
    with stores.snapshot() as snapshot:
        assert snapshot.meaning.search("执法培训", k=3, report_ids=[card.id]) == ()
        assert isinstance(snapshot.meaning.lost, EmbedderMismatch)


def test_indexes_of_an_older_program_are_made_anew_without_being_asked(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "reports", "甘宁镇", 1001)
    with monkeypatch.context() as older:
        older.setattr(renewing, "WORDS", 0)
        older.setattr(renewing, "PASSAGES", 0)
        ingest_paths([path], stores=stores)
    before = {name: stores.database.held(name) for name in ("lexical", "vectors")}
    stores.database.drop_vectors()  # as of a program that kept no copies
    assert not is_current(stores)
    bring_up_to_date(stores)
    assert is_current(stores)
    assert {name: stores.database.held(name) for name in before} == before
    assert nearest(stores, passage(stores, "甘宁镇"), list(before["vectors"])) > 0.999
    assert check(stores) == ()


def test_a_word_index_of_other_fields_is_made_anew(empty_stores: Stores, tmp_path: Path) -> None:
    path = write(tmp_path / "reports", "甘宁镇", 1001)
    ingest_paths([path], stores=empty_stores)
    settings = empty_stores.settings
    empty_stores.close()
    (settings.lexical_path / "meta.json").write_text("of another version")
    with open_stores(settings, embedder=StandInEmbedder()) as stores:
        stores.database.mark_made_with("lexical", "another version")
        bring_up_to_date(stores)
        assert is_current(stores)
        assert len(stores.lexical.containing("1001场次")) == 1
        assert check(stores) == ()
