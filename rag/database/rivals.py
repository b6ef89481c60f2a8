"""Which of several reports of one town and year answers (rule 9 of the counting rules)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, update

from rag.database import rows
from rag.database.lookalikes import alike
from rag.database.schema import reports
from rag.models import Place, ReportCard

MADE_BY_OCR = "ocr"  # the encoding of a report whose text was recognised in pictures
SAME_REPORT = 0.9  # of the text in common: where place or year is unknown, it is the same report

_Ranked = tuple[ReportCard, int]  # with the version


def settle(connection: Connection, place: Place, year: int | None) -> None:
    """Decide which of the reports of this town and year answers, and name it in the others.

    A readable text comes before an unreadable one, a text layer before recognised
    pictures, then the later publication, then the later ingest.
    """
    if place.town is None or year is None:
        return
    ranked = _ranked(connection, reports.c.town == place.town, reports.c.year == year)
    winners: list[ReportCard] = []
    for card, _version in ranked:
        winner = next((one for one in winners if may_be_one(one.place, card.place)), None)
        if winner is None:
            winners.append(card)
        _name(connection, card, winner.id if winner else None)


def settle_undetermined(connection: Connection, report_ids: Iterable[str]) -> None:
    """Decide for those whose town or year is unknown whether a report alike answers instead.

    One whose town and year are known comes first; among the others the ranking of settle().
    """
    for card, version in _ranked(connection, reports.c.id.in_(list(report_ids))):
        if card.place.town is not None and card.year is not None:
            continue
        same = [
            other for other, share in alike(connection, card.id).items() if share >= SAME_REPORT
        ]
        better = [
            other
            for other in _ranked(connection, reports.c.id.in_(same))
            if may_be_one(other[0].place, card.place)
            and (other[0].year is None or card.year is None or other[0].year == card.year)
            and _order(other) > _order((card, version))
        ]
        winner = better[0][0] if better else None
        _name(connection, card, (winner.superseded_by or winner.id) if winner else None)


def may_be_one(one: Place, other: Place) -> bool:
    """Whether two places are one: no part that both name tells them apart."""
    pairs = (
        (one.town, other.town),
        (one.county, other.county),
        (one.city, other.city),
        (one.province, other.province),
    )
    return all(first is None or second is None or first == second for first, second in pairs)


def _ranked(connection: Connection, *conditions: object) -> Sequence[_Ranked]:
    """The reports of type "report" that agree with the conditions, the best first."""
    query = select(*rows.CARD_COLUMNS, reports.c.version).where(reports.c.type == "report")
    found = connection.execute(query.where(*conditions)).all()  # type: ignore[arg-type]
    return sorted(
        ((rows.card_of(row[:-1]), int(row[-1])) for row in found), key=_order, reverse=True
    )


def _order(entry: _Ranked) -> tuple[bool, bool, bool, str, int]:
    card, version = entry
    known = card.place.town is not None and card.year is not None
    by_layer = card.encoding != MADE_BY_OCR
    return known, not card.unreadable, by_layer, card.published or "", version


def _name(connection: Connection, card: ReportCard, better: str | None) -> None:
    if better != card.superseded_by:
        chosen = update(reports).where(reports.c.id == card.id)
        connection.execute(chosen.values(superseded_by=better))
