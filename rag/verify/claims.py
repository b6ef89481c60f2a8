"""Check a text claim by claim against what it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.blanking import blank_matches, blank_spans
from rag.models import Citation
from rag.verify.arithmetic import read_calculations
from rag.verify.evidence import Evidence
from rag.verify.figures import Figure, read_figures, supports
from rag.verify.naming import called, named_towns
from rag.verify.restated import restates
from rag.words import fold

_MARK = re.compile(r"\[(\d+)\]")
_MARKS = re.compile(r"\[\d+\](?:\s*\[\d+\])*")
_ITEM_NUMBER = re.compile(r"^\s*\d+\. ")
_TITLE = re.compile(r"《[^》]*》")
# Numbers of reports, which no report states: of the census, and how many points are left out.
_COUNT = re.compile(
    r"(\d+)(?= {0,3}(?:份报告|个报告|个?乡镇|个镇|reports?\b|towns?(?:hips)?\b))|"
    r"(?:另有|还有|等|其余) ?(\d+)(?=份|条|处|个)|(\d+)(?= (?:more|others?|further) )"
)
_STATE_COUNT = re.compile(
    r"(\d+)(?=份| ?(?:match|with another|only by|mention|do not|does not|unreadable))|"
    r"(?<=no case in )(\d+)"
)
_STANDING = re.compile(r"(?<=排第) *(\d+) *(?=位)|(?<=: number) *(\d+) *(?=of the)")
_YEAR = re.compile(
    r"(?<![\d.])(?<![÷×+≈=] )((?:19|20)\d{2})(?! ?[÷×+≈=])(?![\d%]|\.\d|[余多万元件宗次人名份条场项册户家处起例])"
)
_COMPARED = re.compile(r"(?:[高低]于|等于|(?:than|to|as) that of )[^\[\]。；]{0,12}$")
_PART = re.compile(r"[^;。]+")
_GONE = "\u00a4"  # in the place of a mark; a space would join 98%[1] - 96%[2] to a range
_SENTENCE = re.compile(r"[^。!?！？；\n]*(?:[。!?！？；]|\.(?=\s|$)|$)(?:\s*\[\d+\])*")

Part = tuple[int, int]


@dataclass(frozen=True)
class Dropped:
    """A claim that nothing supports."""

    text: str
    reason: str  # "unknown mark: [9]", "number: 97%", "town: 高峰镇", "year: 2022"


@dataclass(frozen=True)
class Checked:
    """What of a text may be said, and what may not."""

    kept: str
    dropped: tuple[Dropped, ...]


def check_text(
    text: str, evidence: Evidence, *, cut: Callable[[str], Sequence[str]] = lambda t: t.split("\n")
) -> Checked:
    """The claims of a text that its citations support.

    Args:
        cut: gives the claims one by one: the lines, or `sentences_of`.
    """
    kept, dropped = [], []
    separator = "\n" if cut is not sentences_of else ""
    for claim in cut(text):
        reason = next(faults(claim, evidence), None)
        if reason is None:
            kept.append(claim)
        else:
            dropped.append(Dropped(claim, reason))
    return Checked(separator.join(kept), tuple(dropped))


def sentences_of(text: str) -> list[str]:
    """A text's sentences, each with the marks and the line break behind it.

    >>> sentences_of("应诉率100%。[1] 罚款5元[2]。")
    ['应诉率100%。[1]', ' 罚款5元[2]。']
    """
    found = []
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\n")
        pieces = [match[0] for match in _SENTENCE.finditer(body) if match[0]]
        if pieces:
            pieces[-1] += line[len(body) :]
        found += pieces or [line]
    return found


def faults(claim: str, evidence: Evidence) -> Iterator[str]:
    """Why a claim may not be said; nothing where all of it is supported."""
    marks = [int(mark) for mark in _MARK.findall(claim)]
    unknown = [mark for mark in marks if mark not in evidence.citations]
    if unknown:
        yield f"unknown mark: [{unknown[0]}]"
        return
    plain = _MARK.sub(lambda match: _GONE * len(match[0]), fold(claim)).replace("**", "  ")
    plain = blank_matches(_ITEM_NUMBER, blank_matches(_TITLE, plain))
    rows = [match.span() for match in _MARKS.finditer(claim)]
    named = list(named_towns(plain, evidence.towns_by_start))
    yield from _wrong_towns(claim, named, rows, evidence)
    plain = blank_spans(plain, [(start, start + len(town)) for start, town in named])  # 八面城镇
    for place in evidence.asked_places:  # of which there may be no report
        plain = plain.replace(place, " " * len(place))
    plain = _without_counts(plain, evidence, marks)
    yield from _wrong_years(claim, plain, rows, evidence)
    plain = blank_matches(_YEAR, plain)
    yield from _wrong_figures(claim, plain, rows, evidence)


def _without_counts(plain: str, evidence: Evidence, marks: Sequence[int]) -> str:
    """The claim without the counts of reports that are right; a mark turns the rest into claims."""
    shown = len({evidence.citations[mark].report_id for mark in marks})

    def blanked(match: re.Match[str]) -> str:
        number = next(group for group in match.groups() if group)
        left_out = match[0].startswith(("另有", "还有", "等", "其余"))
        known = left_out or "more" in plain or evidence.counts_reports(int(number))
        known = known or (shown > 0 and int(number) == shown)  # 来自4份报告, each cited
        return " " * len(match[0]) if known else match[0]

    def placed(match: re.Match[str]) -> str:
        known = int(match[1] or match[2]) in evidence.standings
        return " " * len(match[0]) if known else match[0]

    plain = _STANDING.sub(placed, _COUNT.sub(blanked, plain))
    return plain if marks else _STATE_COUNT.sub(blanked, plain)


_TOWN_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,})(?: \([A-Za-z, ]+\))?\*{0,2} ?[(（]$")
_QUOTED = re.compile(r"“([^“”]+)”")
_DENIED = re.compile(r"没有载明[^:：。\n]{0,40}$|does not (?:report|state)[^—\n]{0,80}$")


def _wrong_figures(
    claim: str, plain: str, rows: Sequence[Part], evidence: Evidence
) -> Iterator[str]:
    """The figures that no quote of the marks behind them states, and nothing computes."""
    figures = read_figures(plain)
    computed = _computed(claim, plain, figures, evidence)
    for figure in figures:
        if figure.start in computed:
            continue
        marks = _marks_of(claim, rows, figure.start)
        denied = _DENIED.search(plain[: figure.start])  # 没有载明调解成功率为100%
        by_marks = marks and not denied
        stated = evidence.stated(marks) if by_marks else (*evidence.asked, *evidence.totals)
        if any(supports(one, figure) for one in stated) or _is_in_quotation(
            claim, figure.start, marks, evidence
        ):
            continue
        if not restates(figure, plain[: figure.start], _marks_in(claim), evidence):
            yield f"number: {plain[figure.start : figure.end].strip()}"


def _is_in_quotation(claim: str, start: int, marks: Sequence[int], evidence: Evidence) -> bool:
    """Whether a figure stands in words that a claim quotes from a cited quote letter by letter."""
    for quoted in _QUOTED.finditer(claim):
        if quoted.start() < start < quoted.end():
            words = fold(quoted[1])
            return any(words in fold(evidence.citations[mark].quote) for mark in marks)
    return False


def _marks_in(text: str) -> list[int]:
    return [int(mark) for mark in _MARK.findall(text)]


def _marks_of(claim: str, rows: Sequence[Part], start: int) -> list[int]:
    """The marks a figure stands under: the next row of marks, else the last one."""
    following = [row for row in rows if row[0] >= start] or list(rows[-1:])
    return _marks_in(claim[slice(*following[0])]) if following else []


def _computed(claim: str, plain: str, figures: Sequence[Figure], evidence: Evidence) -> set[int]:
    """Where the figures of right calculations from cited figures stand."""
    calculations = list(read_calculations(plain, figures))
    stated = evidence.stated(_marks_in(claim)) if calculations else ()
    found: set[int] = set()
    outcomes: list[Figure] = []
    for calculation in calculations:
        operands = calculation.operands
        known = all(
            any(one.low == operand.low and supports_value(one, operand) for one in stated)
            or _is_divisor(operand, operands, plain)
            for operand in operands
        )
        if known and calculation.right:
            found |= {figure.start for figure in operands}
            outcomes.append(calculation.outcome)
    return found | {
        figure.start
        for figure in figures
        if any(one.family == figure.family and one.low == figure.low for one in outcomes)
    }


def supports_value(stated: Figure, operand: Figure) -> bool:
    """Whether a stated figure may be calculated with as that operand, whatever its bound."""
    return supports(
        Figure(0, 0, stated.low, stated.high, stated.family, "exact"),
        Figure(0, 0, operand.low, operand.high, operand.family, "exact"),
    )


def _is_divisor(operand: Figure, operands: Sequence[Figure], plain: str) -> bool:
    """Whether an operand only counts what is averaged, or makes a share a percentage."""
    if operand.family:
        return operand.low == 100 and operand is operands[-1] and "×" in plain
    last = operand is operands[-1]
    return last and (operand.low == len(operands) - 1 or operand.low == 100)


def _wrong_years(claim: str, plain: str, rows: Sequence[Part], evidence: Evidence) -> Iterator[str]:
    """Years that no report or quote cited in their part of a claim has."""
    asked = {year for plan in evidence.plans for year in plan.years}
    earlier = (c.than_year for plan in evidence.plans for c in plan.conditions)
    asked |= {year for year in earlier if isinstance(year, int)}
    bounds = (c.value for plan in evidence.plans for c in plan.conditions)
    asked |= {int(value) for value in bounds if value is not None}  # fewer than 2000 orders
    for part in _PART.finditer(plain):
        within = _marks_in(claim[part.start() : part.end()])
        for match in _YEAR.finditer(part[0]):
            behind = _marks_of(claim, rows, part.start() + match.start())
            cited = [evidence.citations[mark] for mark in (*within, *behind)]
            known = {citation.year for citation in cited} if cited else evidence.years
            year = int(match[1])
            if year in known or year in asked or _is_quoted(match[1], cited):
                continue
            if not _is_of_town(claim[: part.start() + match.start()], year, evidence):
                yield f"year: {match[1]}"


def _is_of_town(before: str, year: int, evidence: Evidence) -> bool:
    """Whether a year stands right behind a town of which there is a report of that year."""
    town = _TOWN_BEFORE.search(before)
    return town is not None and any(
        of == year and named and town[1].endswith(named) for named, of in evidence.towns_and_years()
    )


def _is_quoted(digits: str, cited: Sequence[Citation]) -> bool:
    """Whether digits stand in a quote, or in what a citation says of its report."""
    said = (f"{c.quote} {c.title} {' '.join(c.section)} {c.source}" for c in cited)
    return any(digits in fold(words) for words in said)


def _wrong_towns(
    claim: str, named: Sequence[tuple[int, str]], rows: Sequence[Part], evidence: Evidence
) -> Iterator[str]:
    """Towns whose part of a claim has marks, none of which is of a report of theirs."""
    if not rows:
        return
    bounds = [*(start for start, _ in named), len(claim)]
    for (_, town), (first, end) in zip(named, pairwise(bounds), strict=True):
        marks = _marks_in(claim[first:end])
        cited = [evidence.citations[mark] for mark in marks]
        if _COMPARED.search(claim[:first]):
            continue  # 高于虎邱镇: named only to be compared with
        if cited and not any(town == called(c) or town in c.quote for c in cited):
            yield f"town: {town}"
