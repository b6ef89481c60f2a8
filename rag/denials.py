"""Which of the characters that deny do deny: 无 in 无行政诉讼, not in 无人机."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.blanking import blank_matches

_NO_DENIAL = re.compile(
    r"未成年|未来|未婚|未遂|未央|未病|未知|未雨绸缪|未诉先|未(?=[检保](?:[办站科]|工作|中心|专干))|没收(?![到取集过齐回])|(?<=罚)没(?=[款收金额财物总入,。?]|$)|"
    r"(?<!有)无(?:人(?=[机船车]|驾驶|值守|售)|障碍|偿|害化|缝|线|纸化|接触|论|形|私|序|业|辜|理|关|烟(?!花)|证明|公害|党派|废城|废弃?村|"
    r"主(?=垃圾|物)|[证照牌](?=[经驾行]|摊|商|游|车)|[讼诉访毒黑邪违案]建?(?=社区|村|镇|乡|县|城|单位|校|家庭|小区|创建))|"
    r"\b(?:no|not|non)(?=-)|\bno(?= smoking)",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def only_denials(text: str) -> str:
    """The text without the words that hold a 没, 未 or 无 and deny nothing; offsets stay.

    >>> only_denials("未成年人没有参加")
    '   人没有参加'
    """
    return blank_matches(_NO_DENIAL, text)
