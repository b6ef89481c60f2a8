"""What the text must not contain, and what it must."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.metrics.figures import read_figures
from eval.metrics.given import AnswerJson, text_of


def forbidden_in(answer: AnswerJson, must_not: Iterable[str]) -> tuple[str, ...]:
    """The forbidden phrases the text contains.

    A phrase that is a figure and nothing else is compared as a figure, so that 5% is not
    found in 87.5%; any other as a string, letter case aside.

    Example: must_not ("应诉率96%", "5%"), text "应诉率96%，公开率87.5%": ("应诉率96%",).
    """
    text = text_of(answer)
    figures = read_figures(text)
    found = []
    for phrase in must_not:
        wanted = read_figures(phrase)
        if len(wanted) == 1 and wanted[0].start == 0:
            hit = any(figure.same_as(wanted[0], qualified=False) for figure in figures)
        else:
            hit = phrase.casefold() in text.casefold()
        if hit:
            found.append(phrase)
    return tuple(found)


def missing_from(
    answer: AnswerJson, must_say: Iterable[Sequence[str]]
) -> tuple[tuple[str, ...], ...]:
    """The lists of alternatives none of which stands in the text or the notes.

    Example: must_say (("存疑", "核实"),), note "年份存疑": ().
    """
    said = "\n".join([text_of(answer), *map(str, answer.get("notes") or ())]).casefold()
    return tuple(
        tuple(words) for words in must_say if not any(word.casefold() in said for word in words)
    )
