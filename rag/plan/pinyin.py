"""Questions typed in pinyin: mawu zhen de chuting yingsu lv shi duoshao."""

from __future__ import annotations

import re
from functools import cache

from pypinyin import lazy_pinyin

from rag.indicators import Register

_RUN = re.compile(r"[A-Za-züÜ'’]+(?:[ \-][A-Za-züÜ'’]+)*")
_ENGLISH = re.compile(
    r"\b(?:what|which|who|whose|how|when|where|is|are|was|were|did|does|do|has|have|the|of|in|and|"
    r"rate|rates|number|town|towns|report|reports|list|show|compare|tell|for|with|any|total)\b",
    re.IGNORECASE,
)
_ASKING = """
    是多少 多少 多少件 多少次 多少人 多少钱 几件 几次 哪些镇 哪个镇 哪些乡镇 哪些 哪个 最高 最低 最多 最少 有没有 没有 是否
    超过 低于 高于 达到 不到 以上 以下 提到 报告 不足 短板 计划 打算 下一步 做法 去年 比较 一共 平均 合计 的 镇 乡 街道 县 年 是 有 吗 呢 和 与
    枫桥经验 综合查一次 法律顾问 法律明白人 行政诉讼 行政复议 罚款
""".split()
_FEWEST = 6  # letters of words of two syllables or more that make a text pinyin


def from_pinyin(text: str, register: Register) -> str:
    """The text with its pinyin in characters, as far as it is words of this field.

    What is no such word, a town's name above all, stays as it is typed.

    >>> from rag.indicators import load_register
    >>> from_pinyin("mawu zhen chuting yingsu lv", load_register())
    'mawu镇出庭应诉率'
    """
    if _ENGLISH.search(text) or not re.search(r"[A-Za-z]{2}", text):
        return text
    return _RUN.sub(lambda match: _read(match[0], _words(register)), text)


def _read(run: str, words: dict[str, str]) -> str:
    """A run of Latin letters with the words in it; as it is where there are too few."""
    tokens = re.findall(r"[A-Za-züÜ]+", run)
    read: list[str] = []
    found = 0
    position = 0
    while position < len(tokens):
        for last in range(min(len(tokens), position + 10), position, -1):
            spelled = "".join(tokens[position:last]).lower().replace("ü", "v")
            word = words.get(spelled)
            if word is not None:
                read.append(word)
                found += len(spelled) if len(word) > 1 else 0
                position = last
                break
        else:
            separate = read and read[-1].isascii()
            read.append((" " if separate else "") + tokens[position])
            position += 1
    return "".join(read) if found >= _FEWEST else run


@cache
def _words(register: Register) -> dict[str, str]:
    """Words by their pinyin without tones; 率 also as lu, as it is often typed."""
    names = [
        name
        for indicator in reversed(register.indicators)
        for name in (*reversed(indicator.synonyms), indicator.name)
        if len(name) >= 2
    ]
    words: dict[str, str] = {}
    for name in [*names, *_ASKING]:
        spelled = "".join(lazy_pinyin(name)).lower()
        words[spelled.replace("lv", "lu")] = name
        words[spelled] = name
    return words
