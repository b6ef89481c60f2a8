"""Plots as inline SVG, so that a page needs no other file and no script.

Drawn by hand: bars, points and lines are all that is needed here, and a plotting library
would put megabytes of script into the page or another heavy package into the program.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 720
LABEL = 190  # left of the bars
ROW = 24
COLOURS = ("#1f6feb", "#d1751b", "#2e8b57", "#8a4fbf", "#c0392b", "#5b6b7b")


@dataclass(frozen=True)
class Bar:
    """A share with the interval it may lie in."""

    label: str
    share: float  # 0 to 1
    low: float | None = None
    high: float | None = None
    note: str = ""


def share_bars(bars: Sequence[Bar], *, title: str) -> str:
    """One horizontal bar each from 0 to 100%, with a line for the interval."""
    plot = WIDTH - LABEL - 150
    parts = []
    for number, bar in enumerate(bars):
        y = number * ROW + 4
        middle = y + 8
        parts.append(
            f'<text x="{LABEL - 8}" y="{middle + 4}" text-anchor="end">{escape(bar.label)}</text>'
        )
        parts.append(f'<rect x="{LABEL}" y="{y}" width="{plot}" height="16" fill="#8882"/>')
        width = plot * bar.share
        parts.append(
            f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="16" fill="{COLOURS[0]}"/>'
        )
        if bar.low is not None and bar.high is not None:
            low, high = LABEL + plot * bar.low, LABEL + plot * bar.high
            parts.append(
                f'<path d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {y + 3}v10M{high:.1f} {y + 3}v10" stroke="#111" stroke-width="1.5" fill="none"/>'
            )
        said = f"{bar.share * 100:.1f}% {bar.note}".strip()
        parts.append(f'<text x="{LABEL + plot + 8}" y="{middle + 4}">{escape(said)}</text>')
    return _picture(parts, len(bars) * ROW + 8, title)


@dataclass(frozen=True)
class Series:
    label: str
    points: tuple[tuple[float, float], ...]  # x and y, x ascending


def lines(
    series: Sequence[Series],
    *,
    title: str,
    x_label: str,
    y_label: str,
    logarithmic: bool = False,
    ticks: Mapping[float, str] | None = None,
    between: tuple[float, float] | None = None,
) -> str:
    """The series as lines with points; both axes logarithmic where asked for.

    Args:
        ticks: what stands below the x axis, by x; the x of the points without it.
        between: the ends of the y axis; without it from 0 to the highest point.
    """
    points = [point for one in series for point in one.points]
    if not points:
        return ""
    left, top, height = 64, 12, 240
    width = WIDTH - left - 170
    across = _scale([x for x, _ in points], logarithmic)
    heights = between or ([y for _, y in points] + ([] if logarithmic else [0.0]))
    upward = _scale(heights, logarithmic)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + width * across.share(x), top + height * (1 - upward.share(y))

    named = ticks or {x: f"{x:,g}" for x, _ in points}
    parts = [
        f'<path d="M{left} {top}V{top + height}H{left + width}" stroke="currentColor" fill="none"/>'
    ]
    for x, text in named.items():
        parts.append(_text(place(x, points[0][1])[0], top + height + 16, text))
    for y in upward.marks():
        at = place(points[0][0], y)[1]
        parts.append(_text(left - 6, at + 4, f"{y:,g}", anchor="end"))
        parts.append(f'<path d="M{left} {at:.1f}h{width}" stroke="#8883"/>')
    for number, one in enumerate(series):
        colour = COLOURS[number % len(COLOURS)]
        parts += _drawn([place(x, y) for x, y in one.points], colour)
        legend = top + 14 + number * 18
        parts.append(
            _text(left + width + 12, legend, one.label, anchor="start", more=f'fill="{colour}"')
        )
    middle = top + height / 2
    parts.append(_text(left + width / 2, top + height + 34, x_label))
    parts.append(_text(14, middle, y_label, more=f'transform="rotate(-90 14 {middle:.0f})"'))
    return _picture(parts, top + height + 44, title)


def _drawn(points: Sequence[tuple[float, float]], colour: str) -> list[str]:
    """A line through the points, and each of them."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    line = f'<polyline points="{path}" stroke="{colour}" fill="none" stroke-width="2"/>'
    return [
        line,
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points),
    ]


def _text(x: float, y: float, text: str, *, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(text)}</text>'


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    logarithmic: bool

    def share(self, value: float) -> float:
        """Where a value stands between the ends, 0 to 1."""
        if self.logarithmic:
            span = math.log10(self.high / self.low)
            return math.log10(max(value, self.low) / self.low) / span if span else 0.5
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5

    def marks(self) -> list[float]:
        """Values to write at the axis."""
        if self.logarithmic:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            powers = [10.0**power for power in range(first, last + 1)]
            return [power for power in powers if self.low <= power <= self.high] or [
                self.low,
                self.high,
            ]
        return [self.low + (self.high - self.low) * part / 4 for part in range(5)]


def _scale(values: Sequence[float], logarithmic: bool) -> _Scale:
    if logarithmic:
        known = [value for value in values if value > 0] or [1.0]
        return _Scale(min(known), max(known), True)
    return _Scale(min(values), max(values), False)


def _picture(parts: Sequence[str], height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title, quote=True)}" '
        f'font-size="12" fill="currentColor" style="max-width:{WIDTH}px;width:100%">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
