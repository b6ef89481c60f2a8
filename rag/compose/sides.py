"""Write figures side by side: of two places, or of one place's years."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compose.beside import add_reference, difference
from rag.compose.draft import Draft
from rag.compose.numbers import (
    fact_of,
    number_of,
    numbered,
    one_kind,
    town_and_mark,
    town_with_value,
    worth,
)
from rag.compose.phrases import figure, indicator_name, texts, value_words
from rag.judgements import CensusTable, Row
from rag.models import Fact, Place

_DIFFERENCE = re.compile(
    r"差(?!评)|比[^,，?？]{1,8}[多少高低][^,，?？]{0,4}(?:多少|几)|多多少|多几|多出|少多少|少几|[高低]多少|[高低]出|多了|少了|比较|对比|相比|\b(?:compar\w*|differ\w*|gap|versus|vs)\b|"
    r"how (?:many|much) (?:\w+ ){0,3}?(?:more|fewer|less|higher|lower)|by how",
    re.IGNORECASE,
)


def asks_apart(question: str) -> bool:
    """Whether a question is after the difference of two figures."""
    return bool(_DIFFERENCE.search(question))


def write_compare(question: str, table: CensusTable, draft: Draft) -> bool:
    """Values side by side; of two which is more, or their difference where that is asked for."""
    words = texts(draft.language)
    rows = numbered(table)
    if not rows:
        return False
    apart = asks_apart(question)
    shared = _shared_years(table, rows)
    if shared:
        for year in shared:
            _write_year([row for row in rows if row.card.year == year], table, draft, apart)
        return True
    values = words["item_separator"].join(_side(row, draft) for row in rows)
    missing = [row for row in table.rows if row not in rows]
    if missing:
        towns = words["list_separator"].join(dict.fromkeys(draft.town(r.card) for r in missing))
        draft.line(words["compare_partial"].format(values=values, missing=towns))
    else:
        _write_year(rows, table, draft, apart)
    return True


def _shared_years(table: CensusTable, rows: Sequence[Row]) -> list[int]:
    """The years, latest first, of which every town states a figure, where one has several."""
    towns = {row.card.place for row in table.rows}
    years: dict[int, set[Place]] = {}
    for row in rows:
        years.setdefault(row.card.year or 0, set()).add(row.card.place)
    several = len(table.rows) > len(towns) > 1
    return sorted((year for year in years if several and years[year] == towns), reverse=True)


def _write_year(rows: Sequence[Row], table: CensusTable, draft: Draft, apart: bool) -> None:
    values = texts(draft.language)["item_separator"].join(_side(row, draft) for row in rows)
    if len(rows) == 2 and one_kind([fact_of(row) for row in rows]):
        _write_two(rows, values, table, draft, apart)
    else:
        draft.line(values)
        if len(rows) > 2 and one_kind([fact_of(row) for row in rows]):
            _write_ends(rows, draft)


def _write_ends(rows: Sequence[Row], draft: Draft) -> None:
    """Which of several values are the highest and the lowest."""
    words = texts(draft.language)
    ends = []
    for wanted in (max(map(number_of, rows)), min(map(number_of, rows))):
        towns = [_named(row, rows, draft) for row in rows if number_of(row) == wanted]
        ends.append(words["list_separator"].join(towns))
    if ends[0] != ends[1]:
        draft.line(words["compare_ends"].format(highest=ends[0], lowest=ends[1]))


def _side(row: Row, draft: Draft) -> str:
    fact = fact_of(row)
    if fact.rule.startswith("no_event"):
        return town_with_value(row, draft)
    space = "" if draft.language == "zh" else " "
    return town_and_mark(row, draft, f"{fact.label}{space}{figure(fact, draft.language)}")


def _write_two(
    rows: Sequence[Row], values: str, table: CensusTable, draft: Draft, apart: bool
) -> None:
    """Which of two is more; `apart` also by how much."""
    words = texts(draft.language)
    first, second = sorted(rows, key=number_of, reverse=True)
    names = [_named(row, rows, draft) for row in (first, second)]
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    if number_of(first) == number_of(second):
        shape, derivation = "compare_same", ""
    elif not apart:
        shape, derivation = "compare_more", ""
    else:
        shape, derivation = "compare", difference(fact_of(first), fact_of(second), draft)
    draft.line(
        words[shape].format(
            first=names[0], second=names[1], label=name, values=values, derivation=derivation
        )
    )


def _named(row: Row, rows: Sequence[Row], draft: Draft) -> str:
    """The town, with its year where both sides are of one town."""
    town = draft.town(row.card)
    if len({other.card.place for other in rows}) > 1:
        return town
    return f"{town}{row.card.year}年" if draft.language == "zh" else f"{town} {row.card.year}"


def write_trend(table: CensusTable, draft: Draft) -> bool:
    """Each town's values by year, and the change from the first to the last."""
    words = texts(draft.language)
    rows = numbered(table)
    by_town: dict[str, list[Row]] = {}
    for row in rows:
        by_town.setdefault(f"{row.card.place.county}{row.card.place.town}", []).append(row)
    name = indicator_name(table.conditions[0].indicator, dict(table.names), draft.language)
    for series in by_town.values():
        series.sort(key=lambda row: row.card.year or 0)
        draft.line(words["trend"].format(town=draft.town(series[0].card), label=name))
        for row in series:
            fact = fact_of(row)
            shown = value_words(fact, draft.language)
            draft.line(f"- {row.card.year}：{shown}{draft.marks([fact])}")
        if len(series) > 1:
            draft.line(_change(series[0], series[-1], draft))
        elif series[0].first.reference:
            add_reference(series[0].first, table.conditions[0], draft, exactly=True)
        elif told := _told(series[0]):
            quotes = words["item_separator"].join(
                f"“{fact.quote.strip()}”{draft.marks([fact])}" for fact in told
            )
            draft.line(words["trend_told"].format(facts=quotes))
        else:
            draft.line(words["trend_single"])
    return bool(rows)


def _told(row: Row) -> list[Fact]:
    """What the only report of a town says of the year before, or of the change since."""
    return [f for f in row.first.not_counted if f.kind in ("previous_period", "change")][:3]


def _change(first: Row, last: Row, draft: Draft) -> str:
    words = texts(draft.language)
    start, end = fact_of(first), fact_of(last)
    if not one_kind([start, end]) or start.rule.startswith("no_event"):
        return words["trend_apart"]
    rises = worth(end) >= worth(start)
    more, less = (end, start) if rises else (start, end)
    return words["trend_change"].format(
        first=first.card.year,
        last=last.card.year,
        direction=words["trend_up" if rises else "trend_down"],
        derivation=difference(more, less, draft),
    )
