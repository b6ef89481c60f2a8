"""Folding of widths and spaces, one character for one: what patterns read.

The same length as the text, so that an offset in one is an offset in the other.
"""

from __future__ import annotations

import unicodedata

# Marks that the NFKC form folds to several characters or not at all.
SINGLE = {
    "．": ".",
    "﹒": ".",
    "﹐": ",",
    "﹔": ";",
    "﹕": ":",
    "︰": ":",
    "〔": "〔",
    "﹝": "〔",
    "﹞": "〕",
    "〇": "〇",
    "–": "-",
    "—": "-",
    "―": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "﹣": "-",
    "﹪": "%",
    "•": "·",
    "‧": "·",
    "｡": "。",
    "､": "、",
}
LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def fold_widths(text: str) -> str:
    """Full-width ASCII as half-width, every odd space as ' ', dashes as '-'; line ends stay.

    >>> fold_widths("９８％，（一）　共２９９项")
    '98%,(一) 共299项'
    """
    return "".join(fold_character(character) for character in text)


def fold_character(character: str) -> str:
    if character < "\x7f" or "\u4e00" <= character <= "\u9fff":
        return character
    if "！" <= character <= "～":
        return SINGLE.get(character) or chr(ord(character) - 0xFEE0)
    if character in SINGLE:
        return SINGLE[character]
    if character.isspace() and character not in LINE_ENDS:
        return " "
    # Compatibility and radical forms (⼀ for 一, 府 for 府) that stand for one character.
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return character
