"""The little Markdown of an answer's text as HTML; everything else in it is shown as it stands.

Quotes in an answer come out of reports anybody may have written, so a general
Markdown renderer is the wrong tool: links, images, HTML and LaTeX must stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

from rag.models import Citation
from ui.source_view import link_query, link_to
from ui.texts import Texts

BlockKind = Literal["paragraph", "heading", "bullet", "number"]

# A line that is bold from end to end is a heading: compose sets towns and topics so.
_LINE_KINDS: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (
    ("heading", re.compile(r"#{1,6}\s+(.*)")),
    ("heading", re.compile(r"\*\*((?:(?!\*\*).)+)\*\*")),
    ("bullet", re.compile(r"\s*[-*•]\s+(.*)")),
    ("number", re.compile(r"\s*\d{1,3}\.\s+(.*)")),
)
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<mark>\d{1,4})\]")


@dataclass(frozen=True)
class Block:
    kind: BlockKind
    text: str
    deep: bool = False  # a list item under the one before


def blocks_of(text: str) -> tuple[Block, ...]:
    """The text's lines as paragraphs, headings and list items; empty lines are dropped.

    >>> for block in blocks_of("**1份**报告符合。\\n\\n- 马武镇 [1]"):
    ...     print(block.kind, block.text)
    paragraph **1份**报告符合。
    bullet 马武镇 [1]
    """
    return tuple(_block(line.rstrip()) for line in text.splitlines() if line.strip())


def render_blocks(blocks: Iterable[Block], citations: Mapping[int, Citation], texts: Texts) -> str:
    """The blocks as HTML, with a chip for each mark that has a citation."""
    parts: list[str] = []
    open_list = ""
    for block in blocks:
        wanted = {"bullet": "ul", "number": "ol"}.get(block.kind, "")
        if wanted != open_list:
            parts.append((f"</{open_list}>" if open_list else "") + (wanted and f"<{wanted}>"))
            open_list = wanted
        tag = "li" if wanted else {"heading": "h3"}.get(block.kind, "p")
        deep = ' class="deep"' if block.deep else ""
        parts.append(f"<{tag}{deep}>{_inline(block.text, citations, texts)}</{tag}>")
    return "".join(parts) + (f"</{open_list}>" if open_list else "")


def render_chip(citation: Citation, texts: Texts) -> str:
    """A citation's number as a link that opens its source, as HTML."""
    year = texts("year", year=citation.year) if citation.year else ""
    place = " ".join(part for part in (citation.town or citation.source, year) if part)
    label = texts("cite_label", mark=citation.mark, place=place)
    return (
        # The word joiner keeps a number on the line of what it vouches for.
        f'\u2060<a class="chip" href="{escape(link_query(link_to(citation)))}" '
        f'title="{escape(f"{place}：{citation.quote}")}" aria-label="{escape(label)}">'
        f"{citation.mark}</a>"
    )


def _block(line: str) -> Block:
    for kind, pattern in _LINE_KINDS:
        if found := pattern.fullmatch(line):
            return Block(kind, found.group(1), deep=line.startswith("  "))
    return Block("paragraph", line.strip())


def _inline(text: str, citations: Mapping[int, Citation], texts: Texts) -> str:
    parts: list[str] = []
    position = 0
    for found in _INLINE.finditer(text):
        parts.append(escape(text[position : found.start()]))
        parts.append(_span(found, citations, texts))
        position = found.end()
    parts.append(escape(text[position:]))
    return "".join(parts)


def _span(found: re.Match[str], citations: Mapping[int, Citation], texts: Texts) -> str:
    if found["bold"] is not None:
        return f"<strong>{_inline(found['bold'], citations, texts)}</strong>"
    citation = citations.get(int(found["mark"]))
    return render_chip(citation, texts) if citation else escape(found.group())
