"""The log of a server on standard error: lines to read, or JSON lines for a collector."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Literal

from ui.chat_model import COSTING

LogForm = Literal["text", "json"]


def set_up_logs(form: LogForm) -> None:
    """Have warnings of all parts and the lines of each question written to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("fazhi").setLevel(logging.INFO)
    for name in COSTING:  # they reach the root's handler, and need none of their own
        logging.getLogger(name).handlers.clear()


class JsonLines(logging.Formatter):
    """One JSON object a line: time (ISO, UTC), level, logger, event, and the record's fields."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """Time, level, event and fields as `name=value`; a traceback follows on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [_time(record), record.levelname, record.getMessage()]
        # Whatever a field holds stays on its line: a question cannot look like another record.
        parts += [
            f"{name}={json.dumps(value, ensure_ascii=False, default=str)}"
            for name, value in _fields(record).items()
        ]
        line = " ".join(parts)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    fields: dict[str, object] = getattr(record, "fields", {})
    return fields
