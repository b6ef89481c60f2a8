"""The numbered evidence that a chat model may write from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rag.injections import speaks_to_model
from rag.models import Citation, Paragraph, Removal, ReportCard, stored_offsets

LONGEST_QUOTE = 200
_SHORTEST_QUOTE = 8
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")


@dataclass(frozen=True)
class Material:
    """Quotes by rank, each with the mark that a sentence resting on it must bear."""

    citations: tuple[Citation, ...]
    withheld: int = 0  # quotes of paragraphs that speak to the model
    cut: int = 0  # quotes for which there was no room

    def within(self, budget: int, cost: Mapping[int, int]) -> Material:
        """As many of the best as a budget allows; the best one in any case.

        Args:
            budget: in tokens.
            cost: tokens by mark.
        """
        kept: list[Citation] = []
        for citation in self.citations:
            budget -= cost[citation.mark]
            if budget < 0 and kept:
                break
            kept.append(citation)
        cut = self.cut + len(self.citations) - len(kept)
        return Material(tuple(kept), self.withheld, cut)


def gather(
    cited: Sequence[Citation],
    paragraphs: Sequence[Paragraph],
    cards: Mapping[str, ReportCard],
    removals: Mapping[str, tuple[Removal, ...]],
) -> Material:
    """What the rules cite, then the other sentences of the paragraphs, a report in turn.

    A paragraph in which anything speaks to a model is withheld whole.

    Args:
        paragraphs: those that are cited and those that were retrieved, best first.
    """
    poisoned = {p.id for p in paragraphs if speaks_to_model(f"{' '.join(p.section)} {p.text}")}
    kept = [
        c
        for c in cited
        if f"{c.report_id}#{c.paragraph}" not in poisoned and not speaks_to_model(c.quote)
    ]
    spans = {(c.report_id, c.start, c.end) for c in cited}
    more: list[Citation] = []
    mark = max((c.mark for c in cited), default=0)
    for paragraph in paragraphs:
        if paragraph.id in poisoned or paragraph.report_id not in cards:
            continue
        card = cards[paragraph.report_id]
        for found in _sentences(paragraph, card, removals.get(paragraph.report_id, ())):
            if not any(_covers(span, found) for span in spans):
                mark += 1
                more.append(replace(found, mark=mark))
    return Material((*_in_turn(kept), *_in_turn(more)), withheld=len(cited) - len(kept))


def _covers(span: tuple[str, int, int], citation: Citation) -> bool:
    report_id, start, end = span
    return report_id == citation.report_id and start <= citation.start and citation.end <= end


def _sentences(
    paragraph: Paragraph, card: ReportCard, removals: Sequence[Removal]
) -> Iterator[Citation]:
    """Each sentence of a paragraph as a citation without a mark yet (0)."""
    offsets = stored_offsets(paragraph.start, paragraph.end, removals)
    for match in _SENTENCE.finditer(paragraph.text):
        text = match[0].strip()
        first = match.start() + match[0].index(text) if text else 0
        if not _SHORTEST_QUOTE <= len(text) <= LONGEST_QUOTE:
            continue
        start, end = offsets[first], offsets[first + len(text) - 1] + 1
        raw = text if end - start == len(text) else ""
        if not raw:
            continue  # repair removed something inside: the rules' own quotes do without it
        yield Citation(
            0, card.id, card.source, card.title, card.place.town, card.year, paragraph.section,
            paragraph.number, paragraph.page, start, end, raw, text,
        )  # fmt: skip


def _in_turn(citations: Sequence[Citation]) -> list[Citation]:
    """The first of each report, then the second of each, so that a cut leaves none out."""
    by_report: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_report[citation.report_id].append(citation)
    return [c for turn in zip_longest(*by_report.values()) for c in turn if c is not None]
