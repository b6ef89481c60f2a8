"""What a question is about, once the words that ask are taken away."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from rag.models import Language
from rag.plan.cues import load_cues

_QUOTED = re.compile(r"[“\"'「『《]([^“”\"'「」『』《》]{2,30})[”\"'」』》]")
_TAIL = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:的?(?:活动|工作|机制|制度|做法|情况|方面|事项|任务|行动))$")
TOPIC_JOIN = " "


def read_topic(masked: str, language: Language) -> str:
    """The phrases a question is about, joined by a space; empty where none is left.

    Args:
        masked: the folded question with places, years and comparisons blanked out.
    """
    quoted = _QUOTED.findall(masked)
    if language == "en":
        return TOPIC_JOIN.join(_translated(masked) or [*quoted, *_left_over(masked, "en")])
    if quoted:
        return TOPIC_JOIN.join(quoted)
    return TOPIC_JOIN.join(_TAIL.sub("", phrase) for phrase in _left_over(masked, "zh"))


def _left_over(masked: str, language: Language) -> list[str]:
    cues = load_cues(language)
    blanked = masked
    for pattern in (*cues.roles.values(), cues.kinds["rank"], cues.kinds["compare"]):
        if language == "zh":
            blanked = pattern.sub(" ", blanked)
    pieces = cues.asking.sub(" ", blanked).split()
    return [piece for piece in pieces if len(piece) >= 2]


def _translated(text: str) -> list[str]:
    """The Chinese terms for the English ones of a question, longest first; alternatives by |."""
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    for pattern, terms in _glossary():
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            found.append((match.start(), "|".join(terms)))
    return [terms for _, terms in sorted(found)]


@cache
def _glossary() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    content = yaml.safe_load(files("rag.plan").joinpath("glossary.yaml").read_text("utf-8"))
    ordered = sorted(content.items(), key=lambda item: -len(str(item[0])))
    return tuple(
        (re.compile(rf"\b{re.escape(str(phrase))}(?:s|es)?\b", re.IGNORECASE), tuple(terms))
        for phrase, terms in ordered
    )
