"""What an English question names: in Chinese where the glossary has it, else in its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from rag.blanking import blank_matches, blank_spans
from rag.plan.cues import load_cues
from rag.plan.english_words import Token, stem_of, tokens_of

_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")
_GLOSS = re.compile(r"\(([^()]*)\)")
_EXAMPLES = re.compile(
    r"\b(?:such as|e\.?g\.?|i\.e\.|for (?:example|instance)|namely)[\s,:]+[^.;?!()]*", re.IGNORECASE
)
_GAP = "…"
_GAP_REACH = 6  # words that may stand in a gap
_LISTING = 4  # words of a phrase that commas may stand in
_SHORTEST_EXAMPLE = 4  # characters: shorter alternatives say too little where they only illustrate
_SHORTEST_ENGLISH = 5  # characters: AI, PPP and the like are used in Chinese as they are
_ADVERB = re.compile(r"[a-z-]{3,}ly", re.IGNORECASE)
_VERB_FORM = re.compile(r"[a-z-]{2,}(?:ed|ing)", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A thing that a question names."""

    start: int
    end: int
    text: str  # Chinese alternatives joined by |, empty for a phrase that names nothing, or
    # the English word itself where the glossary has none
    known: bool
    words: int = 1  # of the phrase in the glossary
    printed: bool = False  # whether the question gives the Chinese itself


Phrase = tuple[tuple[str, ...], str]  # stems in order, and the Chinese alternatives


def named_things(text: str) -> tuple[Named, ...]:
    """The things that a question names, in order, not overlapping.

    What stands in brackets or after "such as" belongs to the thing before it: its Chinese
    name replaces it, examples are further alternatives of it, anything else is passed over.

    Args:
        text: the question with its places, years, figures and indicators blanked out.
    """
    left = _without_roles(text)
    everything = _without_overlaps([*_printed(text), *_in_glossary(text, left)])
    left = blank_spans(left, [(one.start, one.end) for one in everything])
    known = tuple(one for one in everything if one.text)
    asides = [match.span() for pattern in (_GLOSS, _EXAMPLES) for match in pattern.finditer(text)]
    words = [one for one in _unknown(left, known) if not _within(one, asides)]
    named = sorted((*known, *words), key=lambda one: one.start)
    for start, end in asides:
        named = _merged(named, start, end, brackets=text[start] == "(")
    return tuple(named)


def with_chinese(text: str) -> str:
    """A Chinese question with the English things that it names in Chinese.

    >>> with_chinese("马武镇的legal aid办了多少件")
    '马武镇的法律援助办了多少件'
    """
    named = [one for one in named_things(text) if one.known and not one.printed]
    for one in reversed([one for one in named if one.end - one.start >= _SHORTEST_ENGLISH]):
        text = text[: one.start] + one.text.partition("|")[0] + text[one.end :]
    return text


def unread_words(text: str, named: tuple[Named, ...]) -> tuple[str, ...]:
    """The words that were not understood, those that stand side by side as one phrase."""
    phrases: list[Named] = []
    for one in (one for one in named if not one.known):
        if phrases and not text[phrases[-1].end : one.start].strip():
            last = phrases.pop()
            one = Named(last.start, one.end, text[last.start : one.end], known=False)  # noqa: PLW2901
        phrases.append(one)
    return tuple(dict.fromkeys(one.text for one in phrases))


def _within(one: Named, spans: list[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


def _merged(named: list[Named], start: int, end: int, *, brackets: bool) -> list[Named]:
    """The things named, those of an aside given to the thing before it."""
    inside = [one for one in named if _within(one, [(start, end)])]
    before = [one for one in named if one.end <= start and (start - one.end <= 2 or not brackets)]
    if any(one.printed for one in inside):
        return [one for one in named if one not in inside or one.printed]
    rest = [one for one in named if one not in inside]
    if not before:
        return rest if brackets else named
    thing = before[-1]
    others = [a for one in inside for a in one.text.split("|") if len(a) >= _SHORTEST_EXAMPLE]
    if not thing.known:
        return rest
    text = "|".join(dict.fromkeys((*thing.text.split("|"), *others)))
    whole = Named(thing.start, thing.end, text, known=True)
    return [whole if one is thing else one for one in rest]


def _printed(text: str) -> list[Named]:
    return [
        Named(*match.span(), match[0], known=True, printed=True)
        for match in _CHINESE.finditer(text)
    ]


def _in_glossary(text: str, left: str) -> list[Named]:
    """Every stretch that the glossary has; a word that only asks is none by itself."""
    tokens = tokens_of(text)
    found = []
    for number, token in enumerate(tokens):
        for stems, terms in _glossary().get(token.stem, ()):
            last = _last_of(stems, tokens, number)
            if last is None:
                continue
            start, end = token.start, tokens[last].end
            if left[start:end].strip():
                words = sum(stem != _GAP for stem in stems)
                found.append(Named(start, end, terms, known=True, words=words))
    return found


def _last_of(stems: tuple[str, ...], tokens: tuple[Token, ...], first: int) -> int | None:
    """The number of the last word of a phrase that begins at a word; None where it does not."""
    at = first
    gap = False
    long = len(stems) >= _LISTING  # "self-governance, rule of law and rule of virtue"
    for stem in stems[1:]:
        if stem == _GAP:
            gap = True
            continue
        reach = range(at + 1, min(len(tokens), at + 2 + (_GAP_REACH if gap else 0)))
        broken = next(
            (n for n in reach if tokens[n].broken or (tokens[n].listed and not long)),
            len(tokens),
        )
        held = [n for n in reach if n < broken and tokens[n].stem == stem]
        if not held:
            return None
        at, gap = held[0], False
    return at


def _without_overlaps(found: list[Named]) -> list[Named]:
    """Of what overlaps that of most words; the question's own Chinese before all."""
    kept: list[Named] = []

    def rank(one: Named) -> tuple[bool, int, int, int]:
        return not one.printed, -one.words, one.start - one.end, one.start

    for one in sorted(found, key=rank):
        if all(other.end <= one.start or one.end <= other.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _unknown(left: str, known: tuple[Named, ...]) -> list[Named]:
    """The words that neither the glossary nor the list of common words has."""
    left = blank_matches(load_cues("en").asking, left)
    words = []
    for match in re.finditer(r"[A-Za-z][A-Za-z-]{2,}", left):
        parts = [part for part in match[0].split("-") if part]
        if _ADVERB.fullmatch(match[0]) or all(stem_of(part) in _common() for part in parts):
            continue
        words.append(Named(*match.span(), match[0], known=False))
    things = [word for word in words if not _VERB_FORM.fullmatch(word.text)]
    return things if things or known else words  # a verb names something where nothing else does


def _without_roles(text: str) -> str:
    """The text without the words that name a section's role or the kind of question."""
    cues = load_cues("en")
    for pattern in (*cues.roles.values(), cues.kinds["rank"], cues.kinds["trend"]):
        text = blank_matches(pattern, text)
    return text


@cache
def _glossary() -> dict[str, tuple[Phrase, ...]]:
    """The phrases of the glossary by their first word."""
    content = yaml.load(
        files("rag.plan").joinpath("glossary.yaml").read_text("utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    phrases: dict[str, list[Phrase]] = {}
    for terms, ways in content.items():
        for way in str(ways).split(";"):
            stems = _stems(way)
            phrases.setdefault(stems[0], []).append((stems, str(terms)))
    return {first: tuple(group) for first, group in phrases.items()}


def _stems(way: str) -> tuple[str, ...]:
    parts = [[token.stem for token in tokens_of(part)] for part in way.split(_GAP)]
    return tuple(stem for part in parts for stem in (_GAP, *part))[1:]


def is_known_word(word: str) -> bool:
    """Whether an English word, in any inflection, stands in the glossary or asks of anything."""
    return stem_of(word) in _common() or stem_of(word) in _known_stems()


@cache
def _known_stems() -> frozenset[str]:
    phrases = (stems for group in _glossary().values() for stems, _ in group)
    return frozenset(stem for stems in phrases for stem in stems)


@cache
def _common() -> frozenset[str]:
    lines = files("rag.plan").joinpath("english_common.txt").read_text("utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(stem_of(part) for word in words for part in word.split("-"))
