"""What a chat model's words cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass
class Usage:
    """What an answer has cost so far."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False  # a provider did not say how many, or was stopped before it did
    first_word: float | None = None  # seconds from the first request to the first word

    def take(self, counted: Mapping[str, int], asked: str, written: str) -> None:
        """Add one request: as the provider counted it, else estimated from the texts."""
        self.calls += 1
        self.estimated |= not counted
        self.input_tokens += counted.get("input_tokens", tokens_of(asked))
        self.output_tokens += counted.get("output_tokens", tokens_of(written))

    def line(self, name: str, price: str) -> str:
        """What a log says of it: calls, tokens (with ~ where they are estimated), cost."""
        cost = self.cost(price)
        about = "~" if self.estimated else ""
        return (
            f"model={name} calls={self.calls} input_tokens={about}{self.input_tokens} "
            f"output_tokens={about}{self.output_tokens} cost={'-' if cost is None else f'{cost:.6f}'}"
        )

    def cost(self, price: str) -> float | None:
        """In the currency of the price: "2 8" for 2 in and 8 out a million tokens."""
        if not price:
            return None
        given, written = (float(part) for part in price.replace(",", " ").split())
        return (self.input_tokens * given + self.output_tokens * written) / 1_000_000


def tokens_of(text: str) -> int:
    """About how many tokens a text is, rather too many than too few.

    >>> tokens_of("行政诉讼应诉率100%"), tokens_of("appearance rate")
    (9, 5)
    """
    plain = sum(character.isascii() for character in text)
    return len(text) - plain + (plain + 2) // 3
