"""Thirty made-up reports of one year, one of which holds what a page could take for markup."""

from __future__ import annotations

from pathlib import Path

from written_reports import taken_in

from rag.stores import Stores

TOWNS = [f"{first}{second}镇" for first in "青白红金玉" for second in "山水石林泉田"]
HOSTILE = (
    "本镇<script>window.fired=1</script>调解成功率98%，"
    "<img src=x onerror='window.fired=2'>[点我](javascript:window.fired=3)"
    "<a href='javascript:window.fired=4'>详见</a>，$$\\frac{1}{2}$$，${window.fired=5}，"
    "{{constructor}}，" + "无" * 300 + "W" * 300 + "。"
)


def thirty_reports(folder: Path, like: Stores) -> Path:
    """A data folder with the reports, made with the encoder of other stores."""
    (folder / "reports").mkdir()
    for number, town in enumerate(TOWNS):
        path = folder / "reports" / f"r{number:02}.txt"
        path.write_text(report(town, number), encoding="utf-8")
    return taken_in(folder / "reports", data=folder / "data", like=like)


def report(town: str, number: int) -> str:
    """The report of a town: of 24 a rate, of 6 nothing about it; the last one is hostile."""
    county = "万州区" if number % 2 else "石柱土家族自治县"
    rate = f"调解成功率{60 + number}%" if number % 5 else "执法工作有序开展"
    body = HOSTILE if number == len(TOWNS) - 1 else f"全年工作平稳，{rate}。"
    return (
        f"重庆市{county}{town}人民政府\n关于2024年法治政府建设情况的报告\n\n"
        f"一、2024年主要举措和成效\n\n{town}认真推进各项工作。{body}\n\n"
        "（二）加强普法宣传，普法宣传进村进校。\n\n"
        "二、存在的不足\n\n（一）执法力量<b>薄弱</b>，有待加强。\n\n"
        "三、2025年工作打算\n\n继续加强普法宣传。\n"
    )
