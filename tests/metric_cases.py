"""What the tests of metrics cite, and the texts that it stands in."""

from typing import Any

from eval.dataset import GoldSpan, GoldValue

TEXT = "一、成效。今年应出庭7次，行政诉讼应诉率100%。查处案件28个，罚款1770元。" + "其他工作。" * 60
TEXTS = {"a.txt": TEXT, "b.txt": "调处成功率达96%。发放资料3000余份。"}


def cite(mark: int, source: str, quote: str, **more: Any) -> dict[str, Any]:
    start = TEXTS[source].index(quote)
    place = {"start": start, "end": start + len(quote), "raw": quote, "quote": quote}
    return {"mark": mark, "source": source, **place, **more}


def span(source: str, text: str, **more: Any) -> GoldSpan:
    return GoldSpan(source=source, text=text, **more)


def value(source: str | None, number: float, unit: str, **more: Any) -> GoldValue:
    return GoldValue(source=source, value=number, unit=unit, **more)
