"""Write which reports there are."""

from __future__ import annotations

from rag.compose.draft import Draft
from rag.compose.phrases import texts
from rag.judgements import CensusTable

_LISTED = 100


def write_corpus(table: CensusTable, draft: Draft) -> bool:
    """The number of reports, their towns and years, and the list; false for an empty store."""
    words = texts(draft.language)
    cards = [row.card for row in table.rows]
    if not cards:
        return False
    years = words["list_separator"].join(
        str(year) for year in sorted({card.year for card in cards if card.year})
    )
    draft.line(words["corpus"].format(n=len(cards), years=years))
    for card in cards[:_LISTED]:
        place = card.place
        parts = dict.fromkeys(part for part in (place.province, place.city, place.county) if part)
        draft.line(
            "- "
            + words["corpus_item"].format(
                town=draft.town(card),
                place=" ".join(parts) or "—",
                year=card.year or "—",
                title=card.title or card.source,
            )
        )
    if len(cards) > _LISTED:
        draft.line(words["more_points"].format(n=len(cards) - _LISTED))
    return True
