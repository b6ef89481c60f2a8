"""Write which reports there are."""

from __future__ import annotations

import re
from collections import Counter

from rag.compose.draft import Draft
from rag.compose.phrases import texts
from rag.judgements import CensusTable

_LISTED = 100
_EACH_YEAR = re.compile(
    r"每年|各年|每个?年[度份]|各有?(?:几|多少)|\b(?:each|per|every|by) year\b", re.IGNORECASE
)


def write_corpus(question: str, table: CensusTable, draft: Draft) -> bool:
    """The number of reports, their towns and years, and the list; false for an empty store."""
    words = texts(draft.language)
    cards = [row.card for row in table.rows]
    if not cards:
        return False
    counted = Counter(card.year for card in cards if card.year)
    shape = words["corpus_year" if _EACH_YEAR.search(question) else "corpus_only_year"]
    years = words["list_separator"].join(
        shape.format(year=year, n=counted[year]) for year in sorted(counted)
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
