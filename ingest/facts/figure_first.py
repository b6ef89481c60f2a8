"""Lists that put the figure first: 9次:党委会研究法治工作的次数."""

from __future__ import annotations

import re

from rag.amounts import Amount

_OPENS = re.compile(
    r"(?:^|[\n。;])(?:[^\w\n]|\(?[一二三四五六七八九十\d]{1,2}[)、.])*(?:(?:约|近|超过?|逾|共|达到?|有)\s*)?$"
)
_COUNTED = re.compile(  # 28件,这是全年办理的行政处罚案件数
    r"(?:\s*:|(?:的)?\s*(?:,|——)\s*这?(?:个数|一数字|一?数)?(?:就|也|正)?是)\s*(?P<counted>(?:12345)?[^,。;:!?\n\d(][^,。;:!?\n(]{1,30})"
)
_TAIL = re.compile(
    r"的?(?:[发印派分]?[放发送]?量|数量|总数|人数|次数|场数|件数|场次数|总量|数)$|的$"
)


def counted_behind(reading: str, amount: Amount, stop: int) -> tuple[int, int] | None:
    """What the figure that opens a sentence counts, where a colon stands between; None elsewhere.

    Offsets in the reading, at most to `stop`.
    """
    if reading[amount.end : amount.end + 1] not in (":", " ", ",", "的", "—"):
        return None
    if not _OPENS.search(reading, max(0, amount.start - 12), amount.start):
        return None
    match = _COUNTED.match(reading, amount.end, stop)
    if match is None:
        return None
    start, end = match.span("counted")
    tail = _TAIL.search(reading, start + 2, end)
    return start, tail.start() if tail else end
