"""Cut what a chat model writes into sentences while it comes."""

from __future__ import annotations

import re

_END = re.compile(r"\n|(?:[。！？!?]+|(?<!\d)\.(?=\s))[”’」』)）*]*(?:[ \t]*\[\d+\])*")
_ODD_MARKS = re.compile(r"[【［\[〔]\s*(\d+(?:\s*[,，、;；]\s*\d+)*)\s*[】］\]〕]")
_MARK = re.compile(r"\s*\[\d*\]?")
_LEAD = re.compile(r"^\s*(?:#{1,6}\s+|[-*•>]\s+|\d{1,2}[.、)]\s*)?")
_LEADING_MARKS = re.compile(r"((?:\[\d+\]\s*)+)[:：、,，.]?\s*")
_CLOSED = re.compile(r"[。！？!?.][”’」』)）]*(?:\s*\[\d+\])*$")
_ITEM_LABEL = re.compile(r"^[（(]([\u4e00-\u9fff]{2,12})[，,]\s*(\d{4})年[）)]")
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


class Cutter:
    """Takes text in pieces and gives back each sentence when it is whole."""

    def __init__(self) -> None:
        self._said = ""
        self._done = 0  # characters of it that were given back

    @property
    def rest(self) -> str:
        """The sentence that has only begun, without marks."""
        return _MARK.sub("", self._open()).strip()

    def feed(self, text: str) -> list[str]:
        """The sentences that this piece makes whole.

        A sentence is whole once something follows that is none of its marks.

        >>> cutter = Cutter()
        >>> cutter.feed("应诉率100%。"), cutter.feed("[1]"), cutter.feed("罚款"), cutter.rest
        ([], [], ['应诉率100%。[1]'], '罚款')
        """
        self._said += text
        found = []
        while match := _END.search(self._open()):
            following = self._open()[match.end() :].lstrip(" \t")
            if match[0] != "\n" and (not following or following[0] in "[【［"):
                break
            found.append(self._open()[: match.end()])
            self._done += match.end()
        return [sentence for part in found if (sentence := tidy(part))]

    def end(self) -> list[str]:
        """What is left when nothing more comes."""
        found, self._done = self._open(), len(_without_thoughts(self._said))
        return [sentence] if (sentence := tidy(found)) else []

    def _open(self) -> str:
        return _without_thoughts(self._said)[self._done :]


def _without_thoughts(text: str) -> str:
    """The text without what reasoning models think aloud first."""
    return _THOUGHT.sub("", text) if "<think>" in text else text


def tidy(sentence: str) -> str:
    """A sentence without list signs, closed, its marks as ours and behind it.

    >>> tidy("- 罚款5元【1，2】。"), tidy("[3]：罚款5元"), tidy("A fine of 5 yuan[1]")
    ('罚款5元[1][2]。', '罚款5元。[3]', 'A fine of 5 yuan[1].')
    """
    plain = _LEAD.sub("", sentence).strip()
    plain = _ODD_MARKS.sub(
        lambda match: "".join(f"[{number}]" for number in re.findall(r"\d+", match[1])), plain
    )
    lead = _LEADING_MARKS.match(plain)
    behind = ""
    if lead and not _MARK.search(plain, lead.end()):
        plain, behind = plain[lead.end() :], re.sub(r"\s", "", lead[1])
    plain = _ITEM_LABEL.sub(r"\1（\2年）", plain.strip(" ;；,，、"))
    if plain and not _CLOSED.search(plain):
        plain += "." if plain.isascii() else "。"
    return plain + behind if plain else ""
