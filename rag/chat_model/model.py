"""A chat model with deadlines, retries and a count of what it costs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rag.chat_model.calls import Failure, in_thread
from rag.chat_model.usage import Usage
from rag.errors import BadSetting, ModelFailed

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

DOWN_PATIENCE = 1.2  # seconds in which a provider that is down is tried again
RATE_PATIENCE = 8.0  # the same for one that asks to wait
REST = 30.0  # seconds in which a provider found down is not asked again
FIRST_WORD = 1 / 3  # of the time for an answer: who has said nothing by then hangs
_FIRST_WAIT = 0.2  # before the first retry; each later one waits twice as long
_TRIES = 4


Message = tuple[str, str]  # "system" or "human", and the text


class ChatModel:
    """A LangChain chat model with deadlines, retries and a count of what it costs.

    Many threads may use it.
    """

    def __init__(
        self, model: BaseChatModel, name: str, *, timeout: float, context: int, tokens: int,
        price: str = "",
    ) -> None:  # fmt: skip
        self._model = model
        self.name = name
        self.timeout = timeout  # seconds for one answer
        self.context = context
        self.tokens = tokens
        self.price = price
        self._resting_until = 0.0

    def stream(
        self, messages: Sequence[Message], *, deadline: float, usage: Usage
    ) -> Generator[str]:
        """The model's words as they come; "" while they are waited for.

        Closing the iterator stops the model.

        Args:
            deadline: of `time.monotonic()`.

        Raises:
            ModelFailed: no (more) words come.
        """
        started = time.monotonic()
        counted: dict[str, int] = {}
        text = ""
        chunks = self._chunks(lambda: self._model.stream(list(messages)), deadline)
        try:
            for chunk in chunks:
                if chunk is None:
                    yield ""
                    continue
                _add(counted, getattr(chunk, "usage_metadata", None))
                words = str(chunk.text)
                if words and usage.first_word is None:
                    usage.first_word = time.monotonic() - started
                text += words
                yield words
        finally:
            chunks.close()
            usage.take(counted, "".join(said for _, said in messages), text)

    def fill(
        self, messages: Sequence[Message], schema: Mapping[str, Any], *, deadline: float,
        usage: Usage,
    ) -> Mapping[str, object]:  # fmt: skip
        """An object of a JSON schema that has a title and a description.

        Raises:
            ModelFailed: none comes, or something else.
        """
        asked = self._model.with_structured_output(dict(schema), include_raw=True)
        for given in self._chunks(lambda: iter([asked.invoke(list(messages))]), deadline):
            if given is None:
                continue
            answer = given if isinstance(given, dict) else {}
            counted: dict[str, int] = {}
            _add(counted, getattr(answer.get("raw"), "usage_metadata", None))
            usage.take(counted, "".join(said for _, said in messages), str(answer.get("parsed")))
            if isinstance(answer.get("parsed"), Mapping):
                return dict(answer["parsed"])
        raise ModelFailed("silent", f"{self.name} gave no object of the schema")

    def check(self) -> None:
        """Ask for one word, to learn at the start what is wrong with the settings.

        Raises:
            BadSetting: the key is refused, or there is no such model.
            ModelFailed: the provider cannot be reached now.
        """
        deadline = time.monotonic() + min(self.timeout, 10)
        try:
            words = self.stream([("human", "1")], deadline=deadline, usage=Usage())
            next((word for word in words if word), "")
        except ModelFailed as failed:
            if failed.cause in ("key", "refused"):
                raise BadSetting(f"FAZHI_CHAT_MODEL: {failed}") from None
            raise

    def _chunks(self, start: Callable[[], Iterator[Any]], deadline: float) -> Generator[Any]:
        """What the provider sends, tried again while nothing has come and patience lasts.

        None while it is waited for.
        """
        if time.monotonic() < self._resting_until:
            raise ModelFailed("down", f"{self.name} was not reachable a moment ago")
        started = time.monotonic()
        if started >= deadline:
            raise ModelFailed("late", f"{self.name}: the time for this answer is over")
        for attempt in range(1, _TRIES + 1):
            try:
                received = False
                first = min(deadline, time.monotonic() + FIRST_WORD * self.timeout)
                for chunk in in_thread(start, first=first, deadline=deadline):
                    received |= chunk is not None
                    yield chunk
                return
            except Failure as failure:
                wait = failure.retry_after or _FIRST_WAIT * 2**attempt * random.uniform(0.5, 1)
                patience = RATE_PATIENCE if failure.cause == "rate" else DOWN_PATIENCE
                over = time.monotonic() + wait > min(started + patience, deadline)
                if received or over or attempt == _TRIES or failure.cause not in ("rate", "down"):
                    hangs = failure.cause == "late" and time.monotonic() < deadline
                    if not received and (failure.cause == "down" or hangs):
                        self._resting_until = time.monotonic() + REST
                    raise ModelFailed(failure.cause, f"{self.name}: {failure}") from None
                time.sleep(wait)


def _add(counted: dict[str, int], more: Mapping[str, int] | None) -> None:
    for name in ("input_tokens", "output_tokens") if more else ():
        counted[name] = counted.get(name, 0) + (more or {})[name]
