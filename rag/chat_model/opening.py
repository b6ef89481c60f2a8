"""Open the chat model that the settings name, whichever provider's it is."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rag.chat_model.model import ChatModel
from rag.errors import BadSetting

if TYPE_CHECKING:
    from rag.settings import Settings

CONNECT_SECONDS = 1.0


def open_chat_model(settings: Settings) -> ChatModel:
    """The chat model that the settings name; it is not asked anything yet.

    Raises:
        BadSetting: its provider is unknown or not installed, or a key is missing.
    """
    name = settings.chat_model
    provider = name.partition(":")[0]
    try:
        from langchain.chat_models import init_chat_model

        model = init_chat_model(name, **_options(provider, settings))
    except ImportError as error:
        missing = error.name or provider
        raise BadSetting(
            f"FAZHI_CHAT_MODEL={name} needs a package that is not installed ({missing}); "
            f"pip install 'fazhi[{provider}]', or langchain's package for {provider}"
        ) from None
    except (ValueError, TypeError) as error:
        raise BadSetting(
            f"FAZHI_CHAT_MODEL={name} cannot be used ({type(error).__name__}); "
            "write it as provider:name, as openai:deepseek-chat or ollama:qwen3:8b"
        ) from None
    except Exception as error:
        if "Error" in type(error).__name__ and "key" in str(error).lower():
            raise BadSetting(
                f"FAZHI_CHAT_MODEL={name}: there is no key; set FAZHI_CHAT_KEY"
            ) from None
        raise
    return ChatModel(
        model,
        name,
        timeout=settings.chat_timeout,
        context=settings.chat_context,
        tokens=settings.chat_tokens,
        price=settings.chat_price,
    )


def _options(provider: str, settings: Settings) -> dict[str, Any]:
    """The settings as that provider's class takes them."""
    import httpx

    options: dict[str, Any] = {}
    if not settings.chat_model.startswith(("openai:o", "openai:gpt-5")):  # theirs is fixed
        options["temperature"] = 0
    if settings.chat_url:
        options["base_url"] = settings.chat_url
    key = settings.chat_key.get_secret_value()
    if settings.chat_rate:
        from langchain_core.rate_limiters import InMemoryRateLimiter

        limiter = InMemoryRateLimiter(requests_per_second=settings.chat_rate / 60)
        limiter.available_tokens = 1.0  # or the first request would wait as the others do
        options["rate_limiter"] = limiter
    timeout = httpx.Timeout(settings.chat_timeout, connect=CONNECT_SECONDS)
    if provider == "ollama":
        client = {"timeout": timeout}
        if key:
            client["headers"] = {"Authorization": f"Bearer {key}"}  # type: ignore[assignment]
        sizes = {"num_predict": settings.chat_tokens, "num_ctx": settings.chat_context}
        return options | sizes | {"client_kwargs": client}
    options |= {"max_retries": 0, "max_tokens": settings.chat_tokens}
    options["timeout"] = timeout if provider == "openai" else settings.chat_timeout
    if provider == "openai":
        options["stream_usage"] = True
        if settings.chat_url and not key:
            key = (
                os.environ.get("OPENAI_API_KEY", "") or "none"
            )  # a server of one's own may want none
    return options | ({"api_key": key} if key else {})
