"""Answers to render, and what their HTML holds."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

from rag.models import (
    Answer,
    Census,
    Citation,
    Finding,
    LeftOut,
    Plan,
    State,
)


class Page(HTMLParser):
    """The text, tags and links of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "input":  # it has no end
            self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def mawu_citation(quote: str = "行政诉讼应诉率100%") -> Citation:
    stored = files("ingest.samples").joinpath("mawu-2024.txt").read_bytes().decode("utf-8-sig")
    start = stored.find(quote)
    return Citation(
        mark=1,
        report_id="mawu",
        source="mawu-2024.txt",
        title="马武镇2024年法治政府建设情况的报告",
        town="马武镇",
        year=2024,
        section=("二、党政班子履行推进法治建设职责情况",),
        paragraph=13,
        page=None,
        start=start,
        end=start + len(quote),
        raw=quote,
        quote=quote,
    )


def finding(town: str, state: State, **more: object) -> Finding:
    named = Finding(town, f"{town}.txt", town, "石柱土家族自治县", "重庆市", "重庆市", 2024, state)
    return replace(named, **more)  # type: ignore[arg-type]


def census_answer() -> Answer:
    return Answer(
        question="哪些镇的行政诉讼应诉率达到100%？",
        language="zh",
        status="answered",
        writer="rules",
        text=(
            "**马武镇（2024年）**的行政诉讼应诉率达到100%。[1]\n\n"
            "- 同一句写明应出庭7次。[1]\n- 见[9]"
        ),
        plan=Plan("census"),
        census=Census(in_scope=5, match=1, not_reported=4),
        left_out=LeftOut(other_documents=2, failed=1),
        findings=(
            finding("长征镇", "not_reported"),
            finding(
                "马武镇",
                "match",
                label="行政诉讼应诉率",
                value=100,
                unit="%",
                qualifier="exact",
                kind="achieved",
                citations=(1,),
            ),
            finding("李河镇", "not_reported"),
            finding("小江镇", "not_reported"),
            finding("尚稼镇", "not_reported"),
        ),
        citations=(mawu_citation(),),
        notes=("口径：全部5份报告。",),
        timings_ms={"total": 21.5},
    )
