"""All metrics of one answer together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from eval.dataset import Question
from eval.metrics.census import CensusScore, score_census
from eval.metrics.citations import CitationScore, score_citations, share_exact
from eval.metrics.given import AnswerJson, matched_sources, text_of
from eval.metrics.sets import SetScore, score_set
from eval.metrics.unsupported import unsupported_numbers
from eval.metrics.values import ValueScore, score_values
from eval.metrics.wording import forbidden_in, missing_from
from eval.metrics.yes_no import read_yes_no


@dataclass(frozen=True)
class Score:
    """The metrics of one answer; None where the question has no gold for a metric."""

    status: str  # as given
    sets: SetScore | None
    census: CensusScore | None
    values: ValueScore | None
    citations: CitationScore | None
    yes_no: float | None
    citations_exact: float  # share of citations whose raw is the stored text
    unsupported: tuple[str, ...]
    forbidden: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    failures: tuple[str, ...]  # what is wrong, in words; empty: the answer is right

    @property
    def right(self) -> bool:
        return not self.failures


def score_answer(question: Question, answer: AnswerJson, texts: Mapping[str, str]) -> Score:
    """Every metric the question has gold for, and what is wrong with the answer.

    Right is an answer with the status of gold whose every recall, the exactness of its
    set and the precision of its figures are 1, with nothing unsupported or forbidden.
    Needless citations lower citation precision alone: they mislead nobody.

    Args:
        texts: stored text by source, of the reports the question and the answer name.
    """
    text = text_of(answer)
    sets = census = values = citations = None
    if question.reports is not None:
        sets = score_set(matched_sources(answer), question.reports)
    if question.census or question.in_scope is not None:
        census = score_census(answer, question.census, in_scope=question.in_scope)
    if question.values:
        values = score_values(answer, question.values, question.spans)
    if question.spans:
        citations = score_citations(answer, question.spans, texts)
    given = read_yes_no(text)
    yes_no = float(given is question.yes_no) if question.kind == "yes_no" else None
    score = Score(
        status=str(answer.get("status")),
        sets=sets,
        census=census,
        values=values,
        citations=citations,
        yes_no=yes_no,
        citations_exact=share_exact(answer, texts),
        unsupported=unsupported_numbers(answer, texts),
        forbidden=forbidden_in(answer, question.must_not),
        missing=missing_from(answer, question.must_say),
        failures=(),
    )
    failures = tuple(_failures(question, answer, score))
    return replace(score, failures=failures)


def _failures(question: Question, answer: AnswerJson, score: Score) -> Iterator[str]:
    if score.status != question.status:
        yield f"status {score.status}, not {question.status}"
    if score.sets and not score.sets.exact:
        given, gold = matched_sources(answer), set(question.reports or ())
        missed, wrong = sorted(gold - given), sorted(given - gold)
        yield f"reports missed: {', '.join(missed) or '-'}; wrong: {', '.join(wrong) or '-'}"
    if score.census:
        for source, state, shown in score.census.pairs:
            if state != shown:
                yield f"{source} is {shown}, not {state}"
        if not score.census.consistent:
            yield f"census {answer.get('census')} does not account for the reports"
    if score.values and score.values.missed:
        yield f"values missed: {', '.join(score.values.missed)}"
    if score.values and score.values.extra:
        yield f"values not asked for: {', '.join(score.values.extra)}"
    if score.citations and score.citations.missed:
        yield f"spans not cited: {'; '.join(score.citations.missed)}"
    if score.citations_exact < 1:
        yield "a citation is not the stored text at its offsets"
    if score.yes_no == 0:
        said = {True: "yes", False: "no", None: "neither yes nor no"}
        yield f"says {said[read_yes_no(text_of(answer))]}, not {said[question.yes_no]}"
    if score.unsupported:
        yield f"numbers without support: {', '.join(score.unsupported)}"
    if score.forbidden:
        yield f"says what it must not: {', '.join(score.forbidden)}"
    for words in score.missing:
        yield f"does not say {' or '.join(words)}"
