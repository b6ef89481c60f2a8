"""The lines of a made report as its writer and its web site lay them out, damage included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from eval.made.amounts import spell
from eval.made.report import Chapter, MadeReport


@dataclass(frozen=True)
class Line:
    text: str
    level: int  # 0: title, 1 and 2: headings, 9: text


@dataclass(frozen=True)
class Layout:
    """How one file looks."""

    indent: str
    apart: str  # between two lines
    numbering: int  # which way of numbering headings
    width: int | None  # characters after which lines are broken off
    page_mark: str | None  # printed after each page, {page} filled in


NUMBERINGS = (("{}、", "（{}）"), ("{}、", "{}."), ("第{}部分 ", "{}、"), ("{}．", "({})"))
PAGE_MARKS = ("— {page} —", "- {page} -", "第{page}页", "{page}")
PAGE = 24  # lines of a page


def draw_layout(random: Random) -> Layout:
    """One look; four of five files keep their paragraphs whole."""
    broken = random.random() < 0.2
    return Layout(
        indent=random.choice(("　　", "　　", "", "    ")),
        apart=random.choice(("\n", "\n", "\n\n")),
        numbering=random.choices(range(len(NUMBERINGS)), (60, 15, 10, 15))[0],
        width=random.randint(28, 44) if broken else None,
        page_mark=random.choice(PAGE_MARKS) if broken and random.random() < 0.5 else None,
    )


def lines_of(report: MadeReport, layout: Layout) -> list[Line]:
    """The report line by line, headings numbered."""
    found = [Line(report.title, 0), *(Line(line, 9) for line in report.opening)]
    found += _chapter_lines(report.chapters, layout, 1)
    return found + [Line(line, 9) for line in report.closing]


def headings_of(report: MadeReport, layout: Layout) -> tuple[str, ...]:
    """The headings of all levels as printed, in order."""
    return tuple(line.text for line in lines_of(report, layout) if line.level in (1, 2))


def as_text(report: MadeReport, layout: Layout) -> str:
    """The text of a file that has no format of its own."""
    lines = [layout.indent + line.text if line.level == 9 else line.text
             for line in lines_of(report, layout)]  # fmt: skip
    if layout.width:
        lines = list(_broken(lines, layout.width))
    if layout.page_mark:
        lines = list(_paged(lines, layout.page_mark))
    body = (layout.apart if not layout.width else "\n").join(lines)
    return "\n".join([*report.top, body, *report.bottom]) + "\n"


def _chapter_lines(chapters: Sequence[Chapter], layout: Layout, level: int) -> Iterator[Line]:
    for number, chapter in enumerate(chapters, start=1):
        marks = NUMBERINGS[layout.numbering][level - 1]
        printed = str(number) if marks == "{}." else spell(number)
        yield Line(marks.format(printed) + chapter.heading, level)
        for paragraph in chapter.paragraphs:
            yield Line("".join(paragraph), 9)
        yield from _chapter_lines(chapter.under, layout, level + 1)


def _broken(lines: Sequence[str], width: int) -> Iterator[str]:
    for line in lines:
        yield from (line[start : start + width] for start in range(0, len(line), width))


def _paged(lines: Sequence[str], mark: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield line
        if number % PAGE == 0:
            yield mark.format(page=number // PAGE)
