"""Do the citations show the stored text that states the claim, and little else?

ALCE's citation precision and recall (Gao et al. 2023, arXiv:2305.14627), with the
containment of spans in place of an entailment model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.dataset import GoldSpan, span_offsets
from eval.metrics.given import AnswerJson, citations_of, findings_of, quote_of_citation

LONGEST = 200  # characters of a citation that supports a shorter span
SHORTEST = 5  # characters of a citation that shows a part of a span: 新办证4人
ENOUGH = 0.6  # share of a gold span that has to be covered
INSIDE = 0.8  # share of a citation of a part that has to lie in the span

Range = tuple[int, int]


@dataclass(frozen=True)
class CitationScore:
    """Each between 0 and 1."""

    precision: float
    recall: float
    exact: float  # share of citations whose raw is the stored text at their offsets
    missed: tuple[str, ...]  # gold spans (of a group, the first) without a citation
    needless: tuple[str, ...]  # quotes that show no gold span


def score_citations(
    answer: AnswerJson, spans: Sequence[GoldSpan], texts: Mapping[str, str]
) -> CitationScore:
    """Precision and recall of the citations against the gold spans.

    A citation shows a span, or a part of it, when it covers 0.6 of it or lies at 0.8 in
    it, and is at least 5 characters long and at most 200, or 1.5 times the span if that
    is more: neither one character nor a whole report shows anything. A span is supported
    when such citations together cover 0.6 of it. Recall: of the required spans (a group
    counts once), the share supported. Precision: of the citations, the share that shows a
    span, required or not; two that a finding in another state than match carries may show
    anything, for they account for that state. Of no citation the precision is 1 when no
    span is required, else 0; without required spans the recall is 1.

    Example: spans 应诉率100% and 应出庭7次; cited 应诉率100% and the report's title:
    precision 1/2, recall 1/2.

    Args:
        texts: stored text by source.
    """
    citations = citations_of(answer)
    places = [_place(citation, texts) for citation in citations]
    gold = [(span, span_offsets(span, texts[span.source])) for span in spans]
    wanted: dict[str, bool] = {}
    for number, (span, where) in enumerate(gold):
        if span.required:
            key = next(name for name in _names(gold[: number + 1], span))
            cited = [at for source, at in places if source == span.source]
            found = is_supported(where, cited)
            wanted[key] = wanted.get(key, False) or found
    beside = _of_other_findings(answer)
    useful = [
        any(span.source == source and shows(at, where) for span, where in gold)
        for source, at in places
    ]
    judged = [
        (citation, is_useful)
        for citation, is_useful in zip(citations, useful, strict=True)
        if is_useful or citation.get("mark") not in beside
    ]
    missed = tuple(key for key, found in wanted.items() if not found)
    return CitationScore(
        precision=sum(useful) / len(judged) if judged else float(not wanted),
        recall=sum(wanted.values()) / len(wanted) if wanted else 1.0,
        exact=share_exact(answer, texts),
        missed=missed,
        needless=tuple(quote_of_citation(item) for item, is_useful in judged if not is_useful),
    )


def _of_other_findings(answer: AnswerJson) -> frozenset[int]:
    """The first two marks of each finding that does not match: they account for its state."""
    findings = [item for item in findings_of(answer) if item.get("state") != "match"]
    return frozenset(mark for item in findings for mark in (item.get("citations") or ())[:2])


def shows(citation: Range, span: Range) -> bool:
    """Whether a cited range shows a gold range or a part of it, in not too much text."""
    cited, length = citation[1] - citation[0], span[1] - span[0]
    shared = _overlap(citation, span)
    if not min(SHORTEST, length) <= cited <= max(LONGEST, 1.5 * length):
        return False
    return shared >= ENOUGH * length or shared >= INSIDE * cited


def is_supported(span: Range, citations: Sequence[Range]) -> bool:
    """Whether the citations that show a gold range together cover enough of it."""
    covered: set[int] = set()
    for citation in citations:
        if shows(citation, span):
            covered.update(range(max(citation[0], span[0]), min(citation[1], span[1])))
    return len(covered) >= ENOUGH * (span[1] - span[0])


def share_exact(answer: AnswerJson, texts: Mapping[str, str]) -> float:
    """The share of citations whose `raw` is the stored text from start to end; of none, 1."""
    citations = citations_of(answer)
    exact = sum(1 for citation in citations if _is_exact(citation, texts))
    return exact / len(citations) if citations else 1.0


def _is_exact(citation: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    text = texts.get(str(citation.get("source")))
    start, end = citation.get("start"), citation.get("end")
    if text is None or not isinstance(start, int) or not isinstance(end, int):
        return False
    return 0 <= start < end <= len(text) and text[start:end] == citation.get("raw")


def _place(citation: Mapping[str, Any], texts: Mapping[str, str]) -> tuple[str, Range]:
    """Source and range of a citation; (0, 0) when its words do not stand there.

    A program that gives no offsets is taken at its quote, if that stands once.
    """
    source = str(citation.get("source"))
    if _is_exact(citation, texts):
        return source, (int(citation["start"]), int(citation["end"]))
    text, quote = texts.get(source, ""), quote_of_citation(citation)
    if citation.get("start") is None and quote and text.count(quote) == 1:
        start = text.index(quote)
        return source, (start, start + len(quote))
    return source, (0, 0)


def _names(gold: Sequence[tuple[GoldSpan, Range]], span: GoldSpan) -> list[str]:
    """The first span of the group stands for it; a span without a group for itself."""
    same = [item for item, _ in gold if item.group == span.group] if span.group else [span]
    return [f"{item.source}: {''.join(item.text.splitlines())}" for item in same]


def _overlap(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
