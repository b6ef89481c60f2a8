"""What the words of a sentence may refer back to: its paragraph's topic and its heading."""

from __future__ import annotations

import re

from ingest.facts.sentences import Span, sentences
from rag.models import Paragraph

_NUMBER = re.compile(
    r"^\s*(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十]+[、,，]|[■●◆★▲—-]+|[一二三四五六七八九]是)\s*"
)
_LEAD = 22  # characters of a heading that stands as a paragraph of its own, at most
_OPENING = 18  # characters of a topic sentence, at most
_NOUN = 8  # characters of a heading that only names its matter, at most
_REACH = 80  # characters of a sentence before a label, at most
_FIGURE = re.compile(
    r"(?!12345)(?<!\d)\d|[一二两三四五六七八九十百]+(?:件|起|次|场|人|个|名|份|成)"
)


class Topics:
    """Goes through a report's paragraphs in order and keeps what each is about."""

    def __init__(self) -> None:
        self._section: tuple[str, ...] = ()
        self._lead = ""
        self.topic = ""
        self.last: dict[str, str] = {}  # by unit, the label of the paragraph's last figure
        self.around = ""  # the heading above that, where it is short enough to be a noun
        self.name = ""  # the innermost heading, as a label for a figure that has none

    def enter(self, paragraph: Paragraph) -> None:
        """Take note of the next paragraph."""
        if paragraph.section != self._section:
            self._section, self._lead = paragraph.section, ""
        self.last = {}
        self.name = _NUMBER.sub("", paragraph.section[-1]) if paragraph.section else ""
        over = _NUMBER.sub("", paragraph.section[-2]) if len(paragraph.section) > 1 else ""
        self.around = over if len(over) <= _NOUN else ""
        reading = paragraph.reading.strip()
        if (
            len(reading) <= _LEAD
            and not re.search(r"[。;]", reading)
            and not _FIGURE.search(reading)
        ):
            self._lead = _NUMBER.sub("", reading)
        opening = next(sentences(paragraph.reading), Span(0, 0))
        words = paragraph.reading[opening.start : opening.end].strip()
        spoken = words if len(words) <= _OPENING and not _FIGURE.search(words) else ""
        self.topic = ";".join(part for part in (self.around, self.name, self._lead, spoken) if part)

    def contexts(
        self, reading: str, sentence: Span, before: Span, start: int, said: str = ""
    ) -> tuple[str, str, str]:
        """What a label at `start` may refer back to, the nearest words first.

        `said` is what an earlier member of its coordination says of it.
        """
        near = reading[max(sentence.start, start - _REACH) : start] + said
        earlier = reading[max(before.start, before.end - _REACH) : before.end]
        return near, f"{earlier}{near}", f"{near};{self.topic}"
