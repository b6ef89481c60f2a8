"""Write which reports there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.compose.draft import Draft
from rag.compose.phrases import texts
from rag.judgements import CensusTable
from rag.models import Place, ReportCard

_SEVERAL_YEARS = re.compile(
    r"(?P<zh>不止一|多|(?<!\d)[两二三四2-4]|几)个?年度?(?:以上|及以上|都)?(?:的|有)?(?:年度)?报告|"
    r"reports? (?:of|for|from|covering|in) (?P<en>more than one|several|multiple|two|three|four|at least two|different) years?",
    re.IGNORECASE,
)
_NUMBERS = {"三": 3, "3": 3, "three": 3, "四": 4, "4": 4, "four": 4}
_LISTED = 100
_EACH_YEAR = re.compile(
    r"每年|各年|每个?年[度份]|各有?(?:几|多少)|\b(?:each|per|every|by) year\b", re.IGNORECASE
)


def of_several_years(question: str, cards: Sequence[ReportCard]) -> tuple[ReportCard, ...]:
    """The reports of towns that have as many years as a question asks for; all, where it does not."""
    asked = _SEVERAL_YEARS.search(question)
    if asked is None:
        return tuple(cards)
    words = (asked["zh"] or asked["en"]).lower()
    years: dict[Place, set[int]] = {}
    for card in cards:
        if card.year:
            years.setdefault(card.place, set()).add(card.year)
    least = next((number for word, number in _NUMBERS.items() if word in words), 2)
    return tuple(card for card in cards if len(years.get(card.place, ())) >= least)


def write_corpus(question: str, table: CensusTable, draft: Draft) -> bool:
    """The number of reports, their towns and years, and the list; false for an empty store."""
    words = texts(draft.language)
    cards = of_several_years(question, [row.card for row in table.rows])
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
