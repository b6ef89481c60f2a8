"""Each way in which database, indexes and files can disagree: found, and mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy
from two_reports import MAWU, change, folder_of_two
from written_reports import report_text

from ingest.check import check
from ingest.mending import repair_stores
from ingest.pipeline import ingest_paths
from ingest.upkeep import is_current
from rag.database import FileRecord, Pending
from rag.passages import Passage
from rag.stores import Stores


def sql(stores: Stores, statement: str, **values: object) -> None:
    """Change the database behind the program's back."""
    engine = sqlalchemy.create_engine(stores.settings.database_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(statement), values)
    engine.dispose()


def alter_figure(stores: Stores, one: str, _path: Path) -> None:
    sql(stores, "update facts set quote = '应诉率50%' where report_id = :one", one=one)


def lose_a_paragraph(stores: Stores, one: str, _path: Path) -> None:
    sql(stores, "delete from paragraphs where report_id = :one and number = 0", one=one)


def supersede_by_nothing(stores: Stores, one: str, _path: Path) -> None:
    sql(stores, "update reports set superseded_by = 'gone' where id = :one", one=one)


def lose_words(stores: Stores, one: str, _path: Path) -> None:
    stores.lexical.remove(one)
    stores.lexical.commit()


def leave_words(stores: Stores, one: str, _path: Path) -> None:
    (first, *_) = stores.database.paragraphs(report_ids=[one])
    stores.lexical.replace("gone", [replace(first, id="gone#0", report_id="gone")])
    stores.lexical.commit()


def mix_words(stores: Stores, one: str, _path: Path) -> None:
    older = [
        replace(paragraph, text="旧版", reading="旧版")
        for paragraph in stores.database.paragraphs(report_ids=[one])
    ]
    stores.lexical.replace(one, older)
    stores.lexical.commit()


def lose_vectors(stores: Stores, one: str, _path: Path) -> None:
    stores.vectors.remove(one)


def leave_vectors(stores: Stores, _one: str, _path: Path) -> None:
    stores.vectors.add([Passage("gone#0.0", "gone#0", "gone", "标题\n旧版")])


def mix_vectors(stores: Stores, one: str, _path: Path) -> None:
    names = [name for name in stores.vectors.ids() if name.startswith(one)]
    stores.vectors.add([Passage(n, n.rpartition(".")[0], one, "标题\n旧版") for n in names])


def mix_one_short_paragraph(stores: Stores, one: str, _path: Path) -> None:
    *others, last = stores.database.paragraphs(report_ids=[one])
    stores.lexical.replace(one, [*others, replace(last, reading="旧版", text="旧版")])
    stores.lexical.commit()


def lose_the_copies(stores: Stores, one: str, _path: Path) -> None:
    stores.database.drop_vectors([one])


def alter_the_copies(stores: Stores, one: str, _path: Path) -> None:
    (copy,) = stores.database.vectors([one])
    turned = copy._replace(vectors=bytes(len(copy.vectors)))
    stores.database.put_vectors([turned], stores.database.held("vectors"))


def forget_words(stores: Stores, one: str, _path: Path) -> None:
    stores.database.mark_indexed("lexical", [Pending(one, None)])


def keep_a_state_of_nothing(stores: Stores, _one: str, _path: Path) -> None:
    stores.database.mark_indexed("vectors", [Pending("gone", 3)])


def change_the_file(_stores: Stores, _one: str, path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n培训3场次。\n", encoding="utf-8")


def keep_a_record_of_nothing(stores: Stores, _one: str, path: Path) -> None:
    stores.database.record_file(FileRecord(str(path) + "x", "ab", "added", "gone"))


def alter_the_original(stores: Stores, one: str, _path: Path) -> None:
    stores.original(one).path.write_text("改过的")


def lose_the_original(stores: Stores, one: str, _path: Path) -> None:
    stores.original(one).path.unlink()


def leave_an_original(stores: Stores, _one: str, _path: Path) -> None:
    stores.originals.keep("ab" * 32, b"")


BREAKS: tuple[tuple[Callable[[Stores, str, Path], None], str, str], ...] = (
    (alter_figure, "rows", "the figure"),
    (lose_a_paragraph, "rows", "the number of"),
    (supersede_by_nothing, "rows", "superseded by a report that is gone"),
    (lose_words, "lexical", "are missing in the index"),
    (leave_words, "lexical", "that are not stored"),
    (mix_words, "lexical", "other words"),
    (mix_one_short_paragraph, "lexical", "other words"),
    (lose_the_copies, "vectors", "copies of its vectors"),
    (alter_the_copies, "vectors", "copies of its vectors"),
    (forget_words, "lexical", "is not in the index"),
    (lose_vectors, "vectors", "are missing in the index"),
    (leave_vectors, "vectors", "that are not stored"),
    (mix_vectors, "vectors", "of other text"),
    (keep_a_state_of_nothing, "vectors", "is still in the index"),
    (change_the_file, "file", "has changed"),
    (keep_a_record_of_nothing, "record", "is not stored"),
    (alter_the_original, "original", "has been altered"),
    (lose_the_original, "original", "is not kept"),
    (leave_an_original, "original", "no report was read"),
)


@pytest.mark.parametrize(
    ("spoil", "part", "saying"), BREAKS, ids=[spoil.__name__ for spoil, _, _ in BREAKS]
)
def test_what_disagrees_is_found_and_mended(
    spoil: Callable[[Stores, str, Path], None],
    part: str,
    saying: str,
    stores: Stores,
    tmp_path: Path,
) -> None:
    path = tmp_path / "reports" / "a.txt"
    path.parent.mkdir()
    path.write_text(report_text("甘宁镇", "行政诉讼应诉率98%。"), encoding="utf-8")
    ingest_paths([path], stores=stores)
    assert check(stores) == ()
    (card,) = stores.database.cards()
    whole = stores.database.report(card.id)
    spoil(stores, card.id, path.resolve())
    found = check(stores)
    assert (part, True) in {(one.part, saying in one.what) for one in found}
    assert repair_stores(found, stores=stores) == ()
    assert is_current(stores)
    mended = stores.database.report(card.id)
    assert mended == whole or spoil is change_the_file
    assert stores.original(card.id).path.read_bytes() == path.read_bytes()


def test_a_file_that_is_gone_is_told_and_its_report_remains(stores: Stores, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(report_text("甘宁镇", "行政诉讼应诉率98%。"), encoding="utf-8")
    ingest_paths([path], stores=stores)
    path.unlink()
    found = check(stores)
    assert [(one.part, "--prune" in one.what) for one in found] == [("file", True)]
    assert repair_stores(found, stores=stores) == found, "only --prune may remove it"
    assert len(stores.database.cards()) == 1


def test_what_disagrees_in_several_parts_is_mended_at_once(stores: Stores, tmp_path: Path) -> None:
    folder = folder_of_two(tmp_path)
    ingest_paths([folder], stores=stores)
    mawu, lihe = (next(c.id for c in stores.database.cards() if c.source.startswith(name))
                  for name in ("mawu", "lihe"))  # fmt: skip
    stores.lexical.remove(mawu)
    stores.lexical.commit()
    stores.vectors.remove(lihe)
    stores.database.mark_indexed("lexical", [Pending(lihe, None)])
    change(folder / MAWU)
    found = check(stores)
    assert {(item.part, item.report_id) for item in found} == {
        ("lexical", mawu),
        ("lexical", lihe),
        ("vectors", lihe),
        ("file", mawu),
    }
    assert repair_stores(found, stores=stores) == ()


@pytest.mark.parametrize("place", ["files"], indirect=True)
def test_an_index_that_has_lost_a_vector_but_not_its_text_is_made_anew(
    stores: Stores, tmp_path: Path
) -> None:
    ingest_paths([folder_of_two(tmp_path)], stores=stores)
    held = stores.vectors.ids()
    chroma = stores.settings.chroma_path / "chroma.sqlite3"
    with closing(sqlite3.connect(chroma)) as inside:  # as two programs that write at once leave it
        inside.execute("delete from embeddings_queue where id = ?", [min(held)])
        inside.commit()
    stores.vectors.reopen()
    assert stores.vectors.ids() == held
    found = check(stores)
    assert [one.part for one in found] == ["damage"]
    assert repair_stores(found, stores=stores) == ()
    assert stores.vectors.ids() == held
