"""Check the arithmetic that an answer shows: 412 ÷ 414 ≈ 99.5%."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Collection
from decimal import Decimal

_SUM = re.compile(
    r"(?P<left>[\d(（][^=≈;；。]*)[=≈]\s*\**-?(?P<outcome>\d+(?:\.\d+)?)(?P<percent>%?)"
)
_START = re.compile(r"\d+(?:\.\d+)?|[(（]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_KEPT = re.compile(r"\d+(?:\.\d+)?|[-+()*/]")
_SIGNS = str.maketrans({"÷": "/", "×": "*", "−": "-", "（": "(", "）": ")"})
_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_ROUNDED = Decimal("0.05")


def computed_numbers(line: str, known: Collection[str]) -> set[str]:
    """The operands and outcomes of the calculations of a line that come out.

    An operand has to be known, or a count of what is averaged; marks are taken out before.

    >>> sorted(computed_numbers("412 ÷ 414 ≈ 99.5%", {"412", "414"}))
    ['412', '414', '99.5']
    >>> computed_numbers("3 ÷ 3 = 250%", {"3"})
    set()
    """
    found: set[str] = set()
    for match in _SUM.finditer(line):
        for start in _START.finditer(match["left"]):
            left = match["left"][start.start() :]
            operands = _NUMBER.findall(left)
            if len(operands) < 2 or not _are_known(left, operands, known):
                continue
            value = _value(left)
            outcome = Decimal(match["outcome"])
            if value is not None and _comes_out(value, outcome, percent=bool(match["percent"])):
                found |= {*operands, match["outcome"]}
                break
    return found


def _are_known(expression: str, operands: list[str], known: Collection[str]) -> bool:
    counted = operands[-1] if re.search(r"[)）]\s*÷\s*\d+\s*$", expression) else None
    values = {Decimal(number) for number in known}
    scaled = {value * 10_000 for value in values}  # 1.52万元 added as 15200元
    return all(
        Decimal(number) in values | scaled or number == counted == str(len(operands) - 1)
        for number in operands
    )


def _value(expression: str) -> Decimal | None:
    """The value of an expression; what is neither number nor sign (units) is passed over."""
    text = " ".join(_KEPT.findall(expression.translate(_SIGNS)))
    try:
        return _evaluated(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError):
        return None


def _evaluated(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Decimal(str(node.value))
    if isinstance(node, ast.BinOp):
        return _OPERATIONS[type(node.op)](_evaluated(node.left), _evaluated(node.right))
    raise ValueError("not a calculation")


def _comes_out(value: Decimal, outcome: Decimal, *, percent: bool) -> bool:
    factors = (Decimal(1), Decimal(100)) if percent else (Decimal(1),)
    return any(abs(abs(value) * factor - outcome) <= _ROUNDED for factor in factors)
