"""The places a question names: stored ones under any name people write, and unknown ones.

The register of Chinese divisions behind it (sources, licences and years) is `rag.register`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.models import Place
from rag.place_names import (
    ENDINGS,
    PlaceMention,
    bare_name,
    names_of,
    pinyin,
    short_names,
    spellings,
)
from rag.place_words import ENGLISH_LEVELS, REGIONS
from rag.spelling import SHORTEST, nearest_word
from rag.unknown_places import unknown_chinese, unknown_english
from rag.words import fold

__all__ = ["PlaceMention", "find_places"]

LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
LONGEST_PINYIN = 6  # words a transcribed name may be written in


_TOWNS_END = re.compile(r"(?:[乡各全个些有]|多少)镇$")


def find_places(text: str, known: Sequence[Place]) -> tuple[PlaceMention, ...]:
    """The places named in a question, in order.

    `known` are the places of the stored reports. A name with another ending than the
    stored one (小江乡 for 小江镇) is another place.
    """
    folded = fold(text)
    found = [
        *stored_names(folded, known),
        *pinyin_names(folded, known),
        *regions(folded, known),
        *unknown_chinese(folded, known),
        *unknown_english(folded, known),
    ]
    chosen: list[PlaceMention] = []
    for mention in sorted(found, key=rank):
        if all(mention.end <= other.start or mention.start >= other.end for other in chosen):
            chosen.append(replace(mention, text=text[mention.start : mention.end]))
    chosen.sort(key=lambda mention: mention.start)
    return tuple(joined(text, chosen))


def rank(mention: PlaceMention) -> tuple[bool, int, int]:
    """Stored before unknown, long before short, first before later."""
    return not mention.places, mention.start - mention.end, mention.start


def stored_names(text: str, known: Sequence[Place]) -> Iterator[PlaceMention]:
    """Stored names in Chinese: in full, or without their ending where no other one follows."""
    for (level, name), places in names_of(known).items():
        for called in (name, *short_names(name)):
            for start in _starts_of(called, text):
                if _TOWNS_END.search(text[: start + 1]):
                    continue  # 哪些乡镇安全: no 镇安
                yield PlaceMention(called, start, start + len(called), level, name, places)
        short = bare_name(name)
        if len(short) < 2 or short == name or short not in text:
            continue
        own = dict(ENDINGS)[level]
        other = "|".join(ending for kind, ending in ENDINGS if kind != level)
        pattern = rf"{re.escape(short)}(?:{own}(?!道)|(?!{other}|街|精神|路|大道|村))"
        for match in re.finditer(pattern, text):
            if _TOWNS_END.search(text[: match.start() + 1]):
                continue
            # 小江乡 is not 小江镇, but 石柱县 is 石柱土家族自治县.
            written = match[0][len(short) :]
            if level != "town" or not written or name.endswith(written):
                yield PlaceMention(match[0], match.start(), match.end(), level, name, places)


def _starts_of(name: str, text: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def pinyin_names(text: str, known: Sequence[Place]) -> Iterator[PlaceMention]:
    """Stored names in Latin letters: Mawu, Ma Wu town, Mawuzhen, Chongqing."""
    tokens = list(LATIN_WORD.finditer(text))
    names = names_of(known) if tokens else {}
    spelled = {spelling: (level, name) for level, name in names for spelling in spellings(name)}
    for kind, name in names:
        for alias in short_names(name):
            short = pinyin(bare_name(alias))
            if len(short) >= SHORTEST:
                spelled.setdefault(short, (kind, name))
    for first in range(len(tokens)):
        for last in range(min(len(tokens), first + LONGEST_PINYIN) - 1, first - 1, -1):
            start, end = tokens[first].start(), tokens[last].end()
            if not re.fullmatch(r"[A-Za-z'’ \-]+", text[start:end]):
                continue
            written = re.sub(r"['’]s$", "", text[start:end].lower())  # Xiaojiang's
            letters = re.sub(r"[^a-z]", "", written)
            key = spelled.get(letters) or spelled.get(letters.removesuffix("s"))
            if not key and first == last and text[start].isupper():
                key = spelled.get(nearest_word(letters, spelled) or "")  # Tanghuatan
            if key:
                level = re.compile(rf"\s+(?:{'|'.join(ENGLISH_LEVELS)})\b", re.IGNORECASE)
                after = level.match(text, end)
                stop = after.end() if after else end
                yield PlaceMention(text[start:stop], start, stop, key[0], key[1], names[key])
                break


def regions(text: str, known: Sequence[Place]) -> Iterator[PlaceMention]:
    """The great regions: 西南地区, southwest China."""
    for name, (english, provinces) in REGIONS.items():
        pattern = rf"{name}(?:地区|各省|片区)?(?!大学|政法)|\b{english}(?:ern)?\s+China\b|\bthe {english}\b(?! of)"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            places = tuple(
                place
                for place in dict.fromkeys(known)
                if place.province and place.province[:2] in provinces
            )
            yield PlaceMention(match[0], match.start(), match.end(), "region", name, places)


def joined(text: str, mentions: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Neighbouring mentions of which one lies in the other as one: 石柱县马武镇."""
    current: PlaceMention | None = None
    for mention in mentions:
        if current is None:
            current = mention
            continue
        bracketed = current.level == "town" and not current.narrowed and mention.level != "town"
        marks = " ,，的(" if bracketed else " ,，的"  # Shahe Town (Gao County)
        between = text[current.end : mention.start].strip(marks)
        inner = inner_of(current, mention) if between in ("", "in", "of") else None
        if inner:
            current = PlaceMention(
                text[current.start : mention.end],
                current.start,
                mention.end,
                inner.level,
                inner.name,
                inner.places,
                inner.narrowed,
            )
        else:
            yield current
            current = mention
    if current:
        yield current


def inner_of(first: PlaceMention, second: PlaceMention) -> PlaceMention | None:
    """The narrower of two mentions, with the places both stand for; None if they are apart."""
    order = [level for level, _ in ENDINGS] + ["region"]
    if order.index(first.level) == order.index(second.level):
        return None
    narrow, wide = sorted((first, second), key=lambda mention: order.index(mention.level))
    both = tuple(place for place in narrow.places if place in wide.places)
    if narrow.places and wide.places and not both:
        # 成都市马武镇 where only another 马武镇 is stored: not a stored place.
        return PlaceMention(narrow.text, narrow.start, narrow.end, narrow.level, narrow.name, ())
    return PlaceMention(
        narrow.text, narrow.start, narrow.end, narrow.level, narrow.name, both, True
    )
