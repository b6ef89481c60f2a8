"""The least a run has to reach, for a build that should fail below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eval.metrics.summary import Figures
from rag.errors import BadSetting

RIGHT = "right"


def read_floors(texts: Iterable[str], names: Iterable[str]) -> dict[str, float]:
    """The floors by metric: "0.9" is of the answers with nothing wrong, "set_f1=0.98" of one.

    >>> read_floors(["0.9", "set_f1=98%"], ["set_f1"])
    {'right': 0.9, 'set_f1': 0.98}

    Raises:
        BadSetting: no such metric, or not a share between 0 and 1.
    """
    known = {RIGHT, *names}
    floors: dict[str, float] = {}
    for text in texts:
        name, sign, number = text.rpartition("=")
        name = name.strip() if sign else RIGHT
        share = _share(number)
        if name not in known or share is None:
            listed = ", ".join(sorted(known))
            raise BadSetting(f"--fail-under {text}: give METRIC=SHARE, 0 to 1; metrics: {listed}")
        floors[name] = share
    return floors


def below(figures: Figures, floors: Mapping[str, float]) -> dict[str, float]:
    """The metrics that are below their floor, with what they are.

    A metric that no question has gold for is not below anything.
    """
    reached: dict[str, float | None] = {**figures.shares, RIGHT: figures.right}
    return {
        name: share
        for name, floor in floors.items()
        if (share := reached.get(name)) is not None and share < floor
    }


def _share(text: str) -> float | None:
    scale = 100 if text.strip().endswith("%") else 1
    try:
        share = float(text.strip().removesuffix("%")) / scale
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None
