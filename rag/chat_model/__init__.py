"""The chat model of the settings: words as they come, or an object of a schema.

This package alone imports LangChain's chat models, and only when one is opened.
"""

from rag.chat_model.model import ChatModel, Message
from rag.chat_model.opening import open_chat_model
from rag.chat_model.usage import Usage, tokens_of

__all__ = ["ChatModel", "Message", "Usage", "open_chat_model", "tokens_of"]
