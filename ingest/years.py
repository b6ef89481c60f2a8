"""The year a report is about, the date it was published, and reasons to doubt the year."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NotRequired, TypedDict

import yaml

CHINESE_YEAR = re.compile(
    r"二[〇○零0Oo]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])(?=年)"
)
YEAR = r"(?<!\d)(20[0-4]\d)\s*年?(?:度)?"
ABOUT = re.compile(
    rf"{YEAR}[^,。:;]{{0,16}}?(?:法治|依法行政|依法治|普法|工作|建设|年度|情况|报告|总结)"
)
STATED = re.compile(rf"(?:现将|就)[^。]{{0,20}}?{YEAR}")
DATE = re.compile(r"(?<!\d)(20[0-4]\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
PUBLISHED = re.compile(r"(?:发布|发文|公开|成文|印发|生成)(?:时间|日期)\s*[】\])]?\s*[:]?\s*")
PLAN_YEARS = r"[》\"”]?\s*\(?(20\d\d)\s*年?\s*(?:-|至|到|~)\s*(20\d\d)"
DOUBT = 1.0


class Cue(TypedDict):
    """A row of dated_cues.yaml."""

    pattern: str
    since: int
    weight: float
    what: str
    until: NotRequired[int]
    late: NotRequired[float]
    unless: NotRequired[str]


@cache
def cues() -> tuple[tuple[Cue, ...], dict[str, list[str]]]:
    table = yaml.safe_load(files("ingest").joinpath("dated_cues.yaml").read_text(encoding="utf-8"))
    return tuple(table["cues"]), table["plans"]


def with_digits(text: str) -> str:
    """Chinese years in digits: 二〇二四年 is 2024年."""
    numerals = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")}
    numerals |= {"○": "0", "零": "0"}
    return CHINESE_YEAR.sub(lambda match: f"20{numerals[match[1]]}{numerals[match[2]]}", text)


def report_year(title: str, name: str, body: str) -> int | None:
    """The year a report is about: as its title says, else its first page, else its file name.

    All in folded text. A year that only dates the document is not taken.
    """
    title, body = with_digits(title), with_digits(body)
    found = ABOUT.search(title) or re.search(YEAR, title) or STATED.search(body[:3000])
    if found:
        return int(found[1])
    named = {int(year) for year in re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", name)}
    if len(named) == 1:
        return named.pop()
    counted = Counter(re.findall(r"(?<!\d)(20[0-4]\d)\s?年(?:度|以来|,|我|全)", body))
    ranked = counted.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return int(ranked[0][0])
    # The year told of and the year planned for stand there equally often; the first one is told of.
    years = list(counted)
    if len(years) == 2 and int(years[1]) == int(years[0]) + 1:
        return int(years[0])
    return None


def publication_date(head: str, tail: str) -> str | None:
    """The ISO date printed as that of publication at the head, or under the text.

    `head` and `tail`: the folded first and last lines of the document.
    """
    marked = PUBLISHED.search(head)
    found = DATE.match(head, marked.end()) if marked else None
    if not found:
        dates = list(DATE.finditer(with_digits(tail)))
        found = dates[-1] if dates else None
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def doubts(year: int, text: str, published: str | None) -> list[str]:
    """Why the printed year can not be right, empty where nothing says so.

    Single weak hints are not given; together they must weigh 1 (see dated_cues.yaml).
    """
    rows, plans = cues()
    reasons: list[tuple[float, str]] = []
    for row in rows:
        if not re.search(row["pattern"], text):
            continue
        if year < row["since"]:
            reasons.append((row["weight"], row["what"]))
        elif year > row.get("until", 9999) and not re.search(row.get("unless", "(?!)"), text):
            reasons.append((row.get("late", 0.0), row["what"]))
    for plan, right in plans.items():
        printed = [f"{match[1]}-{match[2]}" for match in re.finditer(plan + PLAN_YEARS, text)]
        reasons += [(DOUBT, f"{plan}({years})") for years in printed if years not in right]
    if published and not year <= int(published[:4]) <= year + 2:
        reasons.append((DOUBT, f"the date {published}"))
    strong = sum(weight for weight, _ in reasons) >= DOUBT
    return list(dict.fromkeys(what for _, what in reasons)) if strong else []
