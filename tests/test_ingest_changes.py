"""What a run tells of the ledger, and of files that are alike."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from written_reports import report_text

from ingest.changes import compare
from ingest.duplicates import Duplicate
from ingest.likeness import ALIKE, Signatures, signature
from ingest.pipeline import ingest_paths
from rag.models import Fact
from rag.stores import Stores

RATE = Fact(
    report_id="r1", paragraph=0, section=("一、主要成效",), indicator="行政诉讼应诉率",
    label="行政诉讼应诉率", value=98, low=None, high=None, unit="%", qualifier="exact",
    kind="achieved", actor=None, period="2024", start=0, end=10, value_start=7, value_end=10,
    raw="行政诉讼应诉率98%", quote="行政诉讼应诉率98%", sentence="行政诉讼应诉率98%。",
)  # fmt: skip
VISITS = replace(RATE, indicator=None, label="走访", value=7, unit="次")
LONG = "".join(f"全年围绕第{n}项重点任务组织专题学习并形成工作台账。" for n in range(1, 60))


def test_figures_of_one_thing_that_differ_have_changed() -> None:
    appeared, changed, vanished = compare([RATE, VISITS], [VISITS, replace(RATE, value=100)])
    assert (appeared, vanished) == ((), ())
    assert [(one.before.value, one.after.value) for one in changed] == [(98, 100)]


def test_figures_of_another_thing_appear_and_vanish() -> None:
    trained = replace(VISITS, label="培训")
    appeared, changed, vanished = compare([RATE, VISITS], [RATE, trained])
    assert [figure.label for figure in appeared] == ["培训"]
    assert changed == ()
    assert [figure.label for figure in vanished] == ["走访"]


def test_a_target_that_is_reached_is_not_the_same_figure() -> None:
    target = replace(RATE, kind="target", value=100)
    appeared, changed, vanished = compare([target], [replace(RATE, value=100)])
    assert (len(appeared), len(changed), len(vanished)) == (1, 0, 1)


def test_one_of_two_equal_figures_may_vanish() -> None:
    appeared, changed, vanished = compare([VISITS, VISITS], [VISITS])
    assert (len(appeared), len(changed), len(vanished)) == (0, 0, 1)


def test_a_run_tells_by_town_what_appeared_changed_and_vanished(
    stores: Stores, tmp_path: Path
) -> None:
    town, other = tmp_path / "a.txt", tmp_path / "b.txt"
    town.write_text(report_text("甘宁镇", "行政诉讼应诉率98%。走访群众7次。"), encoding="utf-8")
    other.write_text(report_text("龙沙镇", "调解纠纷60件。"), encoding="utf-8")
    first = ingest_paths([town, other], stores=stores).changes
    assert {(one.town, one.year, one.source) for one in first} == {
        ("甘宁镇", 2024, "a.txt"),
        ("龙沙镇", 2024, "b.txt"),
    }
    assert all(one.appeared and not one.changed and not one.vanished for one in first)

    town.write_text(report_text("甘宁镇", "行政诉讼应诉率100%。培训3场次。"), encoding="utf-8")
    (second,) = ingest_paths([town, other], stores=stores).changes
    assert (second.town, second.source) == ("甘宁镇", "a.txt")
    assert [(one.before.value, one.after.value) for one in second.changed] == [(98, 100)]
    assert [figure.value for figure in second.appeared] == [3]
    assert [figure.value for figure in second.vanished] == [7]

    other.unlink()
    (third,) = ingest_paths([tmp_path], stores=stores, prune=True).changes
    assert (third.town, third.report_id, third.appeared) == ("龙沙镇", None, ())
    assert [figure.value for figure in third.vanished] == [60]
    assert ingest_paths([tmp_path], stores=stores).changes == ()


def test_likeness_is_the_share_of_text_in_common() -> None:
    known = Signatures({"same": signature(LONG), "other": signature("森林防火巡查" * 40)})
    respaced = LONG.replace("。", "。\n\n　　").replace("项", " 项")
    assert known.likeness("new", respaced).others == {"same": 1.0}
    half = LONG[: len(LONG) // 2] + "".join(f"开展第{n}轮安全检查。" for n in range(60))
    assert known.likeness("half", half).others.get("same", 0) < ALIKE


def test_the_same_text_in_another_file_is_reported_and_one_answers(
    stores: Stores, tmp_path: Path
) -> None:
    text = report_text("甘宁镇", LONG)
    older, newer, copy = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    older.write_text(text, encoding="utf-8")
    newer.write_text(text.replace("。\n", "。\n\n"), encoding="gb18030")
    shutil.copy(older, copy)
    run = ingest_paths([tmp_path], stores=stores)
    ids = {result.source: str(result.report_id) for result in run.files}
    exact, near = sorted(run.duplicates, key=lambda pair: pair.kind)
    assert exact == Duplicate(
        "c.txt", ids["a.txt"], "a.txt", ids["a.txt"], "exact", 1.0, ids["a.txt"]
    )
    assert (near.kind, near.likeness, near.answers) == ("near", 1.0, ids["b.txt"])
    assert {near.report_id, near.other_id} == {ids["a.txt"], ids["b.txt"]}
    assert [card.source for card in stores.database.cards()] == ["b.txt"]
    assert stores.database.left_out().superseded == 1


def test_a_copy_that_does_not_say_its_town_and_year_is_the_report_that_it_repeats(
    stores: Stores, tmp_path: Path
) -> None:
    whole, headless = tmp_path / "a.txt", tmp_path / "b.txt"
    numbered = (f"第{n}季度办结{n + 7}类群众诉求并逐件回访。" for n in range(200))
    text = report_text("甘宁镇", LONG + "".join(numbered))
    whole.write_text(text, encoding="utf-8")
    body = (
        text.partition("\n\n")[2]
        .replace("2024年", "")
        .replace("2025年", "")
        .replace("甘宁镇", "我镇")
    )
    headless.write_text("法治政府建设情况的报告\n\n" + body, encoding="utf-8")
    run = ingest_paths([tmp_path], stores=stores)
    ids = {result.source: result.report_id for result in run.files}
    (pair,) = run.duplicates
    assert (pair.kind, pair.answers) == ("near", ids["a.txt"])
    card = stores.database.card(str(ids["b.txt"]))
    assert (card.place.town, card.year, card.superseded_by) == (None, None, ids["a.txt"])
    whole.unlink()
    ingest_paths([tmp_path], stores=stores, prune=True)
    assert stores.database.card(card.id).superseded_by is None


def test_two_different_reports_of_one_town_and_year_are_named(
    stores: Stores, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(report_text("甘宁镇", "调解纠纷60件。"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(report_text("甘宁镇", LONG), encoding="utf-8")
    (pair,) = ingest_paths([tmp_path], stores=stores).duplicates
    assert (pair.kind, pair.likeness) == ("same_town_and_year", None)
    assert {pair.source, pair.other_source} == {"a.txt", "b.txt"}
    (answering,) = stores.database.cards()
    assert (answering.id, answering.source) == (pair.answers, "b.txt"), "the later ingest"


def test_an_original_that_a_killed_run_left_goes_with_the_next(
    stores: Stores, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(report_text("甘宁镇", "走访7次。"), encoding="utf-8")
    ingest_paths([tmp_path / "a.txt"], stores=stores)
    kept = stores.originals.digests()
    stores.originals.keep("ab" * 32, b"")
    stores.database.start_run()  # and killed before its end
    assert [one.verdict for one in ingest_paths([tmp_path / "a.txt"], stores=stores).files] == [
        "unchanged"
    ]
    assert stores.originals.digests() == kept
    assert not stores.database.is_run_unfinished()
