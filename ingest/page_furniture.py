"""What is printed on pages besides their text: running headers and footers, page numbers,
tables of contents. All is found by what repeats, in folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.models import Removal

EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
LEAST_HEADER = 3  # characters; shorter lines repeat by chance
LONGEST_HEADER = 60
BARE_NUMBER = re.compile(r"^\W{0,3}(\d{1,3})\W{0,3}$|^(\d{1,3})\s*/\s*\d{1,3}$")
NUMBERED_PAGE = re.compile(
    r"^[-·\s]*(?:第?\s*\d{1,3}\s*页(?:\s*[,/]?\s*共\s*\d{1,3}\s*页)?|Page\s*\d{1,3}(?:\s*of\s*\d{1,3})?)[-·\s]*$",
    re.I,
)
CONTENTS = re.compile(r"^.{2,60}?(?:…{2,}|[.·…]{3,}|-{4,}|\t|\s{3,})\s*\(?\d{1,3}\)?$")
LEAST_CONTENTS = 3
Span = tuple[int, int]


def page_furniture(folded: str) -> Iterator[Removal]:
    """Removals of what repeats at the edges of pages set apart by form feeds, and of contents."""
    yield from contents(folded)
    pages = [lines_between(folded, *span) for span in page_spans(folded)]
    pages = [page for page in pages if page]
    if len(pages) < 2:
        return
    yield from page_numbers(folded, pages)
    yield from running_lines(folded, pages)


def page_spans(text: str) -> Iterator[Span]:
    start = 0
    for match in re.finditer("\f", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def lines_between(text: str, start: int, end: int) -> list[Span]:
    """The spans of the lines with something on them, without white space at their ends."""
    spans = []
    for match in re.finditer(r"[^\n\r\v\f]+", text[start:end]):
        line = match[0]
        if line.strip():
            first = start + match.start() + len(line) - len(line.lstrip())
            spans.append((first, first + len(line.strip())))
    return spans


def edge_lines(page: Sequence[Span]) -> list[tuple[int, Span]]:
    """The lines that may be furniture with their place: 0, 1 from the top, -1, -2 from the end."""
    top = min(EDGE, (len(page) + 1) // 2)
    bottom = min(EDGE, len(page) - top)
    return [*enumerate(page[:top]), *((at, page[at]) for at in range(-bottom, 0))]


def page_numbers(text: str, pages: Sequence[Sequence[Span]]) -> Iterator[Removal]:
    """Numbers alone on the last or first line of pages, that count on from page to page."""
    bare: dict[int, dict[int, list[Span]]] = {}  # number less page -> page -> lines
    for number, page in enumerate(pages):
        for _, (start, end) in edge_lines(page):
            line = text[start:end]
            if NUMBERED_PAGE.match(line):
                yield Removal(start, end, "page_number")
            elif match := BARE_NUMBER.match(line):
                shift = int(match[1] or match[2]) - number
                bare.setdefault(shift, {}).setdefault(number, []).append((start, end))
    for on_pages in bare.values():
        if len(on_pages) >= max(2, len(pages) // 2):
            yield from (
                Removal(start, end, "page_number")
                for spans in on_pages.values()
                for start, end in spans
            )


def running_lines(text: str, pages: Sequence[Sequence[Span]]) -> Iterator[Removal]:
    """Lines that stand at the same edge of many pages, but for their numbers.

    A line of the first page stays where it is the only one of its kind there and the
    pages after it repeat it: then it is the title that they repeat.
    """
    found: dict[tuple[str, bool], list[tuple[int, Span]]] = {}
    for number, page in enumerate(pages):
        for at, (start, end) in edge_lines(page):
            key = re.sub(r"\d+", "0", re.sub(r"\s+", "", text[start:end]))
            if LEAST_HEADER <= len(key) <= LONGEST_HEADER and not re.search(r"[。,;]", key):
                places = found.setdefault((key, at >= 0), [])
                if (number, (start, end)) not in places:
                    places.append((number, (start, end)))
    for (key, at_top), places in found.items():
        on = {number for number, _ in places}
        if len(on) < max(2, 0.3 * len(pages)) or (len(on) < 3 and len(pages) > 3):
            continue
        title = pages[0][0]
        is_title = at_top and (0, title) in places and not repeats(text, pages[0], key)
        for _, (start, end) in places:
            if not (is_title and (start, end) == title and looks_like_title(text[start:end])):
                yield Removal(start, end, "running_header" if at_top else "running_footer")


def repeats(text: str, page: Sequence[Span], key: str) -> bool:
    """Whether the words of a page's first line stand again below it on that page."""
    rest = re.sub(r"\d+", "0", re.sub(r"\s+", "", text[page[0][1] : page[-1][1]]))
    return key in rest


def looks_like_title(line: str) -> bool:
    return bool(re.search(r"(?:报告|总结|汇报|情况|述职)$", line.strip()))


def contents(folded: str) -> Iterator[Removal]:
    """A table of contents: lines that lead to page numbers, three or more in a row."""
    lines = lines_between(folded, 0, len(folded))
    run: list[Span] = []
    for number in range(len(lines) + 1):
        line = folded[slice(*lines[number])] if number < len(lines) else ""
        if CONTENTS.match(line):
            run.append(lines[number])
            continue
        if len(run) >= LEAST_CONTENTS:
            first = lines.index(run[0])
            named = first and re.fullmatch(r"目\s*[录次]", folded[slice(*lines[first - 1])])
            for start, end in [lines[first - 1], *run] if named else run:
                yield Removal(start, end, "contents")
        run = []
