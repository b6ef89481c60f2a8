"""What of the SQL database is asked for, and which of several reports answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from conftest import MakeReport
from one_fact import a_fact

from rag.database import Database
from rag.errors import ReportNotFound
from rag.models import LeftOut, Place

MADE = {"steps": "1"}
SHANGJIA = Place("商家镇", "淄川区", "淄博市", "山东省", "370302107")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with closing(Database.open(url)) as opened:
        yield opened


def test_cards_are_chosen_by_any_part_of_the_place_and_ordered_by_it(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("later", year=2025), made_with=MADE)
    database.replace_report(make_report("first", year=2024), made_with=MADE)
    database.replace_report(make_report("other", place=SHANGJIA), made_with=MADE)

    def ids(**scope: object) -> list[str]:
        return [card.id for card in database.cards(**scope)]  # type: ignore[arg-type]

    assert ids() == ["other", "first", "later"]
    assert ids(places=["淄博市"]) == ids(places=["商家镇"]) == ids(places=["山东省"]) == ["other"]
    assert ids(places=["重庆市"], years=[2025]) == ["later"]
    assert ids(places=["重庆"]) == []


def test_facts_are_chosen_by_indicator_report_and_label(
    database: Database, make_report: MakeReport
) -> None:
    mine = (a_fact("r1"), a_fact("r1", indicator=None, label="100%满意", start=40, value_start=44))
    database.replace_report(make_report("r1", facts=mine), made_with=MADE)
    theirs = (a_fact("r2"),)
    database.replace_report(make_report("r2", place=SHANGJIA, facts=theirs), made_with=MADE)
    assert database.facts() == mine + theirs
    assert database.facts(indicators=["行政诉讼应诉率"]) == (mine[0], *theirs)
    assert database.facts(indicators=[]) == database.facts(labels_containing=[]) == ()
    assert database.facts(report_ids=["r2"]) == theirs
    assert database.facts(labels_containing=["0%"]) == (mine[1],)
    assert database.facts(labels_containing="满意") == (mine[1],)
    assert database.indicator_names() == {"行政诉讼应诉率": 2}
    assert database.labels() == {"100%满意": 1, "行政诉讼应诉率": 2}


def test_paragraphs_are_chosen_by_id_report_and_role(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("r1", "甲", "乙"), made_with=MADE)
    database.replace_report(make_report("r2", "丙", place=SHANGJIA), made_with=MADE)

    def texts(**chosen: object) -> list[str]:
        return [found.text for found in database.paragraphs(**chosen)]  # type: ignore[arg-type]

    assert texts() == ["甲", "乙", "丙"]
    assert texts(ids=["r2#0", "r1#1", "gone#4"]) == ["乙", "丙"]
    assert texts(ids=["r2#0", "r1#1"], report_ids=["r1"]) == ["乙"]
    assert texts(roles=["plans"]) == []


def test_thousands_of_ids_may_be_asked_for_at_once(
    database: Database, make_report: MakeReport, url: str
) -> None:
    most = 65_535 if url.startswith("postgresql") else 250_000  # that a statement may name
    database.replace_report(make_report("r1", facts=(a_fact("r1"),)), made_with=MADE)
    many = [f"x{number}" for number in range(most + 1)] + ["r1"]
    assert len(database.facts(report_ids=many)) == 1
    assert len(database.paragraphs(ids=[f"{name}#0" for name in many])) == 1


def test_documents_of_other_types_stand_outside_unless_asked_for(
    database: Database, make_report: MakeReport
) -> None:
    other = make_report("r1", type="other", facts=(a_fact("r1"),))
    database.replace_report(other, made_with=MADE)
    assert database.cards() == database.facts() == database.paragraphs() == ()
    assert len(database.facts(report_ids=["r1"])) == 1
    assert [card.id for card in database.cards(types=("other",))] == ["r1"]
    assert database.left_out() == LeftOut(other_documents=1)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"unreadable": True}, {}),
        ({"encoding": "ocr", "published": "2025-03-01"}, {"published": "2025-01-01"}),
        ({"published": "2025-01-01"}, {"published": "2025-02-01"}),
        ({"place": Place(town="马武镇")}, {}),
    ],
    ids=["readable", "text layer", "later publication", "later ingest"],
)
def test_one_town_and_year_from_two_files_is_answered_by_one(
    database: Database,
    make_report: MakeReport,
    worse: dict[str, object],
    better: dict[str, object],
) -> None:
    orders = [("worse", "better")]
    if "place" not in worse:
        orders.append(("better", "worse"))
    for order in orders:
        for name in order:
            card = worse if name == "worse" else better
            database.replace_report(make_report(name, **card), made_with=MADE)  # type: ignore[arg-type]
        assert [card.id for card in database.cards()] == ["better"]
        assert database.card("worse").superseded_by == "better"
        assert database.left_out() == LeftOut(superseded=1)
        database.remove_report("better")
        assert [card.id for card in database.cards()] == ["worse"]
        database.remove_report("worse")


def test_two_towns_of_one_name_do_not_supersede_each_other(
    database: Database, make_report: MakeReport
) -> None:
    database.replace_report(make_report("r1"), made_with=MADE)
    elsewhere = Place("马武镇", "别县", "别市", "别省")
    database.replace_report(make_report("r2", place=elsewhere), made_with=MADE)
    assert len(database.cards()) == 2


def test_what_is_not_stored_is_named(database: Database) -> None:
    for ask in (database.card, database.report, database.stored_text, database.loaded):
        with pytest.raises(ReportNotFound, match="no stored report has the id gone"):
            ask("gone")
    with pytest.raises(ReportNotFound, match="gone"):
        database.remove_report("gone")
