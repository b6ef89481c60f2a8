"""Parts that are named only by where they are or who has them: 省级3个, 镇1处, 其中乡政府1名."""

from __future__ import annotations

import re
from collections.abc import Iterator

_GRADES = re.compile(  # 省级3个、市级7个: parts of what was named before
    r"^(?:其中)?(?:[\u4e00-\u9fff]{2,3}(?=[市县区州]级))?(?:(?:国家|部|省|州|市|县|区|镇|乡|街道|村|社区)(?:本|直)?[级属](?:的|以上)?|(?:去|到|赴|进)(?:省|市|县|区|州|京|北京|镇)[里城上]?的?)$"
)
_WHERE = re.compile(r"(?:其中)?(?:[镇乡村县]|街道|社区|村居|村社区)")  # 阵地14处(镇1处、村13处)
_HOLDER = re.compile(  # 其中乡政府1名、各村9名: parts of what was named before, by who has them
    r"(?:其中)?(?:[镇乡]|街道|苏木|各)?(?:本级|机关|政府|人民政府|办事处|司法所|派出所|综治中心|(?:行政|建制)?村(?:居|委会)?|社区|嘎查|村\(社区\)|村\(居\)|居委会|学校|企业)"
)
_ONE_EACH = re.compile(r"(?:企业|学校|机关|政府|办事处|本级|派出所|司法所)$")
_GRADED = re.compile(r"(?:国家|部|省|州|市|县|区|镇|乡|街道|村|社区)级$")
_QUOTED = re.compile(r"“([^“”]{2,12})”")


def only_says_where(label: str) -> bool:
    """Whether a label names a level of places and nothing that is counted there.

    >>> only_says_where("其中镇"), only_says_where("法律顾问")
    (True, False)
    """
    return bool(_WHERE.fullmatch(label))


def is_part_named_by_place(label: str, unit: str) -> bool:
    """Whether a label only says of which level a part is: 省级3个、市级7个."""
    return bool(_GRADES.match(label)) or (unit != "个" and only_says_where(label))


def is_holder(label: str, unit: str) -> bool:
    """Whether a label only says who has the part: 其中乡政府1名; 9个行政村 counts villages."""
    return bool(_HOLDER.fullmatch(label)) and (unit != "个" or bool(_ONE_EACH.search(label)))


def whole_of_part(previous: str, near: str) -> Iterator[str]:
    """What parts are of: the label before them, and what is quoted near them, the last first."""
    if previous:
        yield _GRADED.sub("", previous)
    yield from reversed(_QUOTED.findall(near))


def without_grade(label: str) -> str:
    """A label that ends with a level, without it; empty where it ends with none."""
    return _GRADED.sub("", label) if _GRADED.search(label) else ""
