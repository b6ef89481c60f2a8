"""Nests the headings and paragraphs of a text into sections, with their roles."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Literal

from ingest.folding import fold_widths
from ingest.headings import marker_at
from ingest.models import Outline, Repaired
from ingest.roles import (
    heading_roles,
    label_role,
    paragraph_role,
    section_role,
    text_role,
    top_role,
)
from rag.models import Paragraph, Section, SectionRole

ENDING = re.compile(r"[\s。:;,：；，.]+$")


@dataclass(frozen=True)
class Piece:
    kind: Literal["heading", "body", "apart"]  # apart: front matter and signature
    rank: int
    start: int
    end: int
    text: str  # as it is read


class Builder:
    """Nests sections as headings come, and gives each paragraph its section and role."""

    def __init__(
        self,
        repaired: Repaired,
        report_id: str,
        pages: tuple[int, ...] | None,
        year: int | None,
        has_headings: bool,
    ) -> None:
        self.repaired = repaired
        self.report_id = report_id
        self.pages = pages
        self.year = year
        self.has_headings = has_headings
        # rank (a half more for numbers that restart inside), heading, roles, index
        self.open: list[tuple[float, str, list[SectionRole], int]] = []
        self.sections: list[Section] = []
        self.heading_spans: list[tuple[int, int]] = []
        self.paragraphs: list[Paragraph] = []
        self.before: SectionRole = "other"
        self.told: SectionRole = "other"  # the last role that an outermost heading named
        self.bare = False  # whether nothing stands under the last heading yet

    def add(self, piece: Piece) -> None:
        if piece.kind == "heading":
            self.add_heading(piece)
        else:
            if piece.kind == "apart":
                self.open.clear()
            if piece.rank:
                self.close(piece.rank)
            self.add_paragraph(piece)

    def close(self, rank: float) -> None:
        """Ends the sections of this rank and of those inside it."""
        while self.open and self.open[-1][0] >= rank:
            self.open.pop()

    def rank_of(self, piece: Piece) -> float:
        """The rank of a heading, half a step further in where its numbering restarts inside.

        二〇二二年主要措施 numbered 一、 may hold 一、 and 二、 of its own.
        """
        marker = marker_at(piece.text)
        if not marker or not self.open:
            return piece.rank
        rank, before, _, _ = self.open[-1]
        if rank == piece.rank and self.bare and marker.number == 1 == number_in(before):
            return piece.rank + 0.5
        if rank == piece.rank + 0.5 and marker.number == (number_in(before) or 0) + 1:
            return (
                piece.rank if {"shortcomings", "plans"} & set(heading_roles(piece.text)) else rank
            )
        return piece.rank

    def add_heading(self, piece: Piece) -> None:
        rank = self.rank_of(piece)
        self.close(rank)
        heading = ENDING.sub("", self.repaired.quote(piece.start, piece.end))
        parent = self.open[-1][2] if self.open else []
        marker = marker_at(piece.text)
        words = ENDING.sub("", piece.text[marker.end if marker else 0 :])
        roles = section_role(words, parent, self.year)
        if not self.open:
            self.told = roles[-1] if roles else self.told
            roles = roles or top_role(words, self.told)
        number = len(self.sections)
        self.open.append((rank, heading, roles, number))
        self.bare = True
        self.sections.append(
            Section(
                id=f"{self.report_id}/{number}",
                report_id=self.report_id,
                number=number,
                headings=tuple(heading for _, heading, _, _ in self.open),
                role=roles[0] if roles else "other",
                start=piece.start,
                end=piece.end,
            )
        )
        self.heading_spans.append((piece.start, piece.end))
        self.stretch(piece.end)
        if len(self.open) == 1 or not parent:
            self.before = roles[0] if roles else "other"

    def add_paragraph(self, piece: Piece) -> None:
        number = len(self.paragraphs)
        self.bare = False
        role: SectionRole = "other"
        if piece.kind == "body":
            role = self.role_of(piece)
            self.before = role
        self.paragraphs.append(
            Paragraph(
                id=f"{self.report_id}#{number}",
                report_id=self.report_id,
                number=number,
                section=tuple(heading for _, heading, _, _ in self.open),
                role=role,
                text=self.repaired.quote(piece.start, piece.end),
                reading="".join(
                    self.repaired.reading[offset]
                    for offset in self.repaired.kept(piece.start, piece.end)
                ),
                start=piece.start,
                end=piece.end,
                page=bisect_right(self.pages, piece.start) if self.pages else None,
            )
        )
        self.stretch(piece.end)

    def role_of(self, piece: Piece) -> SectionRole:
        labelled = label_role(piece.text, self.year)
        if labelled:
            return labelled
        if self.open:
            return paragraph_role(piece.text, self.open[-1][2], self.before)
        cued = text_role(piece.text)
        if self.has_headings or piece.text.endswith(":"):
            return cued
        # A report without headings tells what was done until it says otherwise.
        return (
            cued if cued != "other" else (self.before if self.before != "other" else "achievements")
        )

    def stretch(self, end: int) -> None:
        """Lets the open sections reach to `end`."""
        for _, _, _, number in self.open:
            section = self.sections[number]
            self.sections[number] = replace(section, end=max(section.end, end))

    def outline(self, title: tuple[int, int] | None) -> Outline:
        return Outline(
            title_span=title,
            sections=tuple(self.sections),
            paragraphs=tuple(self.paragraphs),
            heading_spans=tuple(self.heading_spans),
        )


def number_in(heading: str) -> int | None:
    """The number a printed heading begins with."""
    marker = marker_at(fold_widths(heading))
    return marker.number if marker else None
