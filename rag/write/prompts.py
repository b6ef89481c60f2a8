"""What a chat model is asked: the rules of writing, the numbered evidence, the question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from rag.chat_model import Message, tokens_of
from rag.models import Answer, Citation, Language, Plan
from rag.write.material import Material

MOST_SENTENCES = {"describe": 8, "lookup": 3}
_MARK = re.compile(r"\[\d+\]")
_BRACKETS = str.maketrans("[]<>", "（）〈〉")  # a quote must not look like a mark or a tag
_ROOM = 300  # tokens for the sentence that is to be rewritten


def opening(answer: Answer, material: Material) -> str:
    """The evidence as every request about this answer begins with it."""
    words = texts(answer.language)
    items = (item(citation, answer.language) for citation in material.citations)
    return "\n".join((words["evidence"], *items))


def to_write(answer: Answer, material: Material) -> list[Message]:
    words = texts(answer.language)
    asked = words["question"].format(
        question=answer.question,
        plan=_described(answer.plan),
        direct=_direct(answer),
    )
    return [_system(answer), ("human", f"{opening(answer, material)}\n\n{asked}")]


def to_rewrite(answer: Answer, material: Material, sentence: str, reason: str) -> list[Message]:
    words = texts(answer.language)
    asked = words["rewrite"].format(question=answer.question, sentence=sentence, reason=reason)
    return [_system(answer), ("human", f"{opening(answer, material)}\n\n{asked}")]


def fitted(answer: Answer, material: Material, room: int) -> Material:
    """As much of the evidence as fits into a context of so many tokens."""
    rest = sum(tokens_of(text) for _, text in to_write(answer, Material(())))
    costs = {c.mark: tokens_of(item(c, answer.language)) + 1 for c in material.citations}
    return material.within(room - rest - _ROOM, costs)


def item(citation: Citation, language: Language) -> str:
    """One numbered quote, which can be taken for neither a mark nor a tag."""
    shown = {
        "town": citation.town or citation.source,
        "year": citation.year or "—",
        "quote": citation.quote.replace("\n", " "),
    }
    plain = {name: str(text).translate(_BRACKETS) for name, text in shown.items()}
    return texts(language)["item"].format(mark=citation.mark, **plain)


def notes(language: Language) -> Mapping[str, str]:
    """What the notes of an answer say of the model."""
    return _content()[f"notes_{language}"]


def told(language: Language) -> str:
    """What a model is told to do, as one text."""
    return " ".join(texts(language).values())


def texts(language: Language) -> Mapping[str, str]:
    return _content()[language]


def _system(answer: Answer) -> Message:
    most = MOST_SENTENCES.get(answer.plan.kind, 3)
    return "system", texts(answer.language)["system"].format(most=most)


def _described(plan: Plan) -> str:
    parts = (*plan.indicators, plan.topic, *plan.roles, *plan.places, *map(str, plan.years))
    return " · ".join(part for part in (plan.kind, *parts) if part)


def _direct(answer: Answer) -> str:
    return _MARK.sub("", answer.text.partition("\n")[0].strip().replace("*", ""))


@cache
def _content() -> dict[str, dict[str, str]]:
    content = files("rag.write").joinpath("prompts.yaml").read_text("utf-8")
    return dict(yaml.safe_load(content))
