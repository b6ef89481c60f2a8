"""What was found out about reports while nothing changes, so that it is found out once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Remembered:
    """Answers by question and report; many threads may ask. The longest unasked go first.

    Args:
        most: answers that are kept, those of reports about which nothing was found included.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self,
        question: Hashable,
        report_ids: Collection[str],
        find: Callable[[Collection[str]], Mapping[str, T]],
    ) -> dict[str, T]:
        """By report, the answer to a question, in the order of the ids; reports without are missing.

        Args:
            question: names what is asked and all that the answers depend on.
            find: gives the answers of reports that were not asked about before.
        """
        with self._lock:
            kept = self._kept.setdefault(question, {})
            self._kept.move_to_end(question)
            known = {name: kept[name] for name in report_ids if name in kept}
        unknown = [name for name in report_ids if name not in known]
        if unknown:
            found = find(unknown)
            fresh = {name: found.get(name) for name in unknown}
            known |= fresh
            with self._lock:
                kept.update(fresh)
                self._forget()
        answers = ((name, known[name]) for name in report_ids)
        return {name: answer for name, answer in answers if answer is not None}

    def _forget(self) -> None:
        """Keep only so many answers: of the last question, those asked for first go."""
        over = sum(map(len, self._kept.values())) - self._most
        while over > 0:
            question, answers = next(iter(self._kept.items()))
            if len(self._kept) > 1:
                over -= len(self._kept.pop(question))
            else:
                for name in list(answers)[:over]:
                    del answers[name]
                return
