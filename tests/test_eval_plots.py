"""Plots as inline SVG."""

import re

import pytest

from eval.plots import Bar, Series, lines, share_bars

RUNS = (Series("F1", ((0.0, 90.0), (1.0, 100.0))),)


def heights(plot: str) -> list[float]:
    return [float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', plot)]


def test_the_y_axis_begins_at_nothing_unless_its_ends_are_given() -> None:
    whole = lines(RUNS, title="t", x_label="runs", y_label="%")
    close = lines(RUNS, title="t", x_label="runs", y_label="%", between=(80, 100))
    bottom, top = 252.0, 12.0
    assert heights(whole) == pytest.approx([top + (bottom - top) * (1 - 90 / 100), top])
    assert heights(close) == pytest.approx([top + (bottom - top) * (1 - (90 - 80) / 20), top])
    assert {"80", "95"} <= set(re.findall(r">(\d+)</text>", close))


def test_words_in_a_plot_are_escaped_and_it_has_a_name() -> None:
    plot = lines(RUNS, title='a "<b>', x_label="<i>", y_label="%")
    assert 'aria-label="a &quot;&lt;b&gt;"' in plot
    assert "<i>" not in plot
    bars = share_bars([Bar("<b>", 0.5, 0.25, 0.75)], title="bars")
    assert "&lt;b&gt;" in bars
    assert "50.0%" in bars
