"""Do the arithmetic that an answer shows again: 412 ÷ 414 ≈ 99.5%."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.verify.figures import POINTS, RATE, Figure

_EQUALS = re.compile(r"[=≈]")
_BEFORE_OUTCOME = re.compile(r"[\s*-]*(?:约|至少|超过|不到|about|at least|less than)?\s*")
_SIGN = re.compile(r"[-+()*/÷×−]")
_PLAIN = str.maketrans({"÷": "/", "×": "*", "−": "-"})
_ADDED_AS = {"次": "场", "份": "件"}  # events held 7场 and 13次, confirmations 58份 and 89件
_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Calculation:
    """A calculation as printed, with what it should come to."""

    operands: tuple[Figure, ...]
    outcome: Figure
    right: bool  # it comes to the outcome, as exactly as that is printed, in a fitting unit


def read_calculations(text: str, figures: Sequence[Figure]) -> Iterator[Calculation]:
    """The calculations of a folded text without marks, from its figures in order."""
    figures = [end for figure in figures for end in _ends(figure, text)]
    for equals in _EQUALS.finditer(text):
        outcome = next((f for f in figures if f.start >= equals.end()), None)
        if outcome is None or not _BEFORE_OUTCOME.fullmatch(text, equals.end(), outcome.start):
            continue
        expression = _expression(text, figures, equals.start())
        if expression is not None:
            operands, value, signs = expression
            right = _comes_out(value, operands, signs, outcome)
            yield Calculation(operands, outcome, right)


def _ends(figure: Figure, text: str) -> tuple[Figure, ...]:
    """A figure, or the two that were read as a range though a difference is meant: 98%-96%."""
    minus = text.find("-", figure.start, figure.end)
    if figure.low == figure.high or minus < 0:
        return (figure,)
    before = replace(figure, end=minus, high=figure.low, qualifier="exact")
    return before, replace(figure, start=minus + 1, low=figure.high, qualifier="exact")


def _expression(
    text: str, figures: Sequence[Figure], end: int
) -> tuple[tuple[Figure, ...], Decimal, str] | None:
    """Operands, value and signs of the longest calculation that ends before an offset."""
    left = [figure for figure in figures if figure.end <= end]
    start = max((m.end() for m in re.finditer(r"[=≈;。:]", text[:end])), default=0)
    tokens: list[tuple[int, str, Figure | None]] = [
        (figure.start, str(figure.low), figure) for figure in left if figure.start >= start
    ]
    spans = [(figure.start, figure.end) for figure in left]
    tokens += [
        (m.start(), m[0].translate(_PLAIN), None)
        for m in _SIGN.finditer(text, start, end)
        if not any(first <= m.start() < last for first, last in spans)
    ]
    tokens.sort(key=lambda token: token[0])
    for first in range(len(tokens)):
        rest = tokens[first:]
        operands = tuple(figure for _, _, figure in rest if figure is not None)
        if len(operands) < 2:
            return None
        try:
            value = _value(ast.parse(" ".join(word for _, word, _ in rest), mode="eval").body)
        except (SyntaxError, ValueError, ArithmeticError):
            continue
        return operands, value, "".join(word for _, word, figure in rest if figure is None)
    return None


def _value(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Decimal(str(node.value))
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError("not a calculation")


def _comes_out(value: Decimal, operands: Sequence[Figure], signs: str, outcome: Figure) -> bool:
    families = {figure.family for figure in operands}
    factor = Decimal(1)
    if "/" in signs and outcome.family == RATE and RATE not in families:
        factor = Decimal(100)  # a share
    elif not _fits(families, signs, outcome.family):
        return False
    tolerance = outcome.step / 2
    return abs(abs(value) * factor - outcome.low) <= tolerance


def _fits(families: set[str], signs: str, outcome: str) -> bool:
    """Whether an outcome's unit is what the operands' units make."""
    units = {_ADDED_AS.get(family, family) for family in families - {""}}
    outcome = _ADDED_AS.get(outcome, outcome)
    if outcome == POINTS:
        return units == {RATE} and "-" in signs
    if outcome == RATE:
        return units == {RATE}
    if "/" not in signs and "*" not in signs and len(units) > 1:
        return False  # 3件 + 5人
    return outcome in units or not units or outcome in ("", "倍")
