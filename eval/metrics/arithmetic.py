"""Calculations an answer shows, "412 ÷ 414 = 99.5%", done again.

Written apart from what the program verifies with: a metric that shared its code would share
its faults.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from eval.metrics.figures import Figure, read_figures

_EQUALS = re.compile(r"[=＝≈]")
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_TOKEN = re.compile(rf"{_NUMBER}(?:\s?[万亿])?|[()+\-*/]")
_PRINTED = re.compile(r"\d[\d,]*(?:\.(\d+))?\s?([万亿])?")
_SCALES = {"万": 4, "亿": 8}  # powers of ten
_SIGNS = str.maketrans({"％": "%", "÷": "/", "×": "*", "−": "-", "–": "-", "（": "(", "）": ")"})
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Calculation:
    operands: tuple[Decimal, ...]
    value: float
    result: Figure  # as printed
    start: int  # of the first operand in the line
    equals: int  # of the sign = or ≈
    end: int  # of the result
    right: bool  # the printed result is the value, or it in percent, rounded as printed


def read_calculations(line: str) -> Iterator[Calculation]:
    """The calculations of a line, each with whether its printed result is right.

    >>> [(c.result.unit, c.right) for c in read_calculations("成功率：412件 ÷ 414件 ≈ 99.5%")]
    [('%', True)]
    >>> [(str(c.operands[0]), c.right) for c in read_calculations("4.7万元 - 3.86万元 = 0.84万元")]
    [('47000', True)]
    """
    current: _Expression | None = None
    start = position = 0
    for number, part in enumerate(_EQUALS.split(line)):
        printed = read_figures(part)
        if number and current and printed:
            result = printed[0]
            step = _step(part[result.start : result.end])
            right = _is_right(current, result, step)
            end = position + result.end
            yield Calculation(
                current.operands, current.value, result, start, position - 1, end, right
            )
        if found := _last_expression(part):
            current, start = found, position + found.start
        position += len(part) + 1


@dataclass(frozen=True)
class _Expression:
    start: int
    operands: tuple[Decimal, ...]
    value: float
    in_percent: bool  # it is of percentages, or times 100%


def _last_expression(text: str) -> _Expression | None:
    """The longest calculation the text ends in, if any."""
    text = text.translate(_SIGNS)
    tokens = list(_TOKEN.finditer(text))
    for first, token in enumerate(tokens):
        rest = [_plain(item.group()) for item in tokens[first:]]
        if not set(rest) & set("+-*/"):
            return None
        try:
            value = _evaluate(ast.parse(" ".join(rest), mode="eval").body)
        except (SyntaxError, ValueError, ZeroDivisionError):
            continue
        operands = tuple(Decimal(item) for item in rest if item[0].isdigit())
        return _Expression(token.start(), operands, value, "%" in text[token.start() :])
    return None


def _plain(token: str) -> str:
    """A token as Python reads it: 1,200 is 1200, and 3.86万 is 38600."""
    scale = _SCALES.get(token[-1])
    number = token.replace(",", "")
    if scale is None:
        return number
    value = Decimal(number[:-1].strip()).scaleb(scale)
    return f"{value.to_integral_value() if value == int(value) else value:f}"


def _step(printed: str) -> float:
    """What the last printed digit of a figure is worth: 100 in 0.84万元, 0.1 in 99.5%."""
    match = _PRINTED.search(printed)
    decimals, scale = (match[1] or "", match[2]) if match else ("", None)
    return 10.0 ** (_SCALES.get(scale or "", 0) - len(decimals))


def _is_right(expression: _Expression, printed: Figure, step: float) -> bool:
    """Whether the printed result is the value, rounded as printed; as a rate where it is one."""
    if printed.unit != "%" or expression.in_percent:
        factors: tuple[float, ...] = (1.0,)
    else:
        factors = (1.0, 100.0) if Decimal(100) in expression.operands else (100.0,)
    tolerance = 0.5 * step + 1e-9
    value, result = abs(expression.value), float(printed.value)
    return any(abs(value * factor - result) <= tolerance for factor in factors)


def _evaluate(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    raise ValueError("only + - × ÷ of numbers is a calculation")
