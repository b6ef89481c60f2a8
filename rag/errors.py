"""The few kinds of failure a user can do something about.

Each message names the file, place or setting, what was wrong, and the remedy.
Only the command line, the web handlers and the per-file loop of the ingester
catch them; anything else is a bug and keeps its traceback.
"""


class FazhiError(Exception):
    """Base of all errors whose message is meant for the user."""


class UnreadableFile(FazhiError):
    """A file whose text cannot be got out, or not without loss."""


class StoreUnavailable(FazhiError):
    """The database, the vector index or the word index cannot be opened."""


class EmbedderMismatch(StoreUnavailable):
    """The stored vectors were made by another embedding model."""


class ReportNotFound(FazhiError):
    """No stored report has this id."""


class BadSetting(FazhiError):
    """An environment variable or option has a value that cannot be used."""


class BadQuestionFile(FazhiError):
    """A question file has a line that is not a question."""


class ModelFailed(FazhiError):
    """The chat model gave nothing usable; the rules' answer stands.

    `cause` says which way: "down", "late", "key", "rate", "context", "refused" or "silent".
    The message never holds the provider's own words, since those may hold a key.
    """

    def __init__(self, cause: str, message: str) -> None:
        super().__init__(message)
        self.cause = cause
