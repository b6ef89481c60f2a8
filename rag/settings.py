"""Settings from the environment, read once at the edge."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import BadSetting

BUNDLED_EMBEDDING = "bundled:multilingual-e5-small"


class Settings(BaseSettings):
    """Every setting, with its default; the variable is FAZHI_ and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix="FAZHI_", frozen=True, extra="forbid")

    data: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("fazhi", False)))
    cache: Path = Field(default_factory=lambda: Path(platformdirs.user_cache_dir("fazhi", False)))
    database: str = ""  # SQLAlchemy URL; empty: SQLite in the data folder
    chroma: str = ""  # http://host:port of a Chroma server; empty: embedded in the data folder
    embedding: str = BUNDLED_EMBEDDING
    indicators: Path | None = None  # a file of one's own indicators; None: see indicators_file
    originals: int = Field(default=10_000, ge=0)  # megabytes of original files kept; 0: none
    # Opens what is kept for administrators to who knows it; empty: to the machine itself only.
    admin_password: SecretStr = SecretStr("")
    # A chat model that words open answers; without a name none is used or imported.
    chat_model: str = ""  # LangChain's provider:name, as openai:deepseek-chat or ollama:qwen3:8b
    chat_url: str = ""  # base URL; empty: the provider's own
    chat_key: SecretStr = SecretStr("")  # empty: the provider's own variable (OPENAI_API_KEY …)
    chat_timeout: float = Field(default=60, gt=0)  # seconds the model has for one answer
    chat_rate: float = Field(default=0, ge=0)  # requests a minute at most; 0: no limit
    chat_context: int = Field(default=8_000, ge=1_000)  # tokens a request and its answer may have
    chat_tokens: int = Field(default=1_000, ge=16)  # tokens the model may write in one go
    chat_price: str = Field(
        default="", pattern=r"^$|^[\d.]+[ ,]+[\d.]+$"
    )  # in, out: a million tokens

    # Serving others.
    root_path: str = Field(default="", pattern=r"^$|^/[^?#]*[^/?#]$")  # of a reverse proxy: /fazhi
    mcp: bool = True  # serve the Model Context Protocol at /mcp where the package mcp is installed
    log: Literal["text", "json"] = "text"  # the form of the lines on standard error
    log_questions: bool = False  # whether those lines hold what was asked
    metrics: str = Field(
        default="", pattern=r"^$|^([^/\s]+:)?\d{1,5}$"
    )  # a port, or host:port, where Prometheus reads without credentials

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.data / 'fazhi.db'}"

    @property
    def indicators_file(self) -> Path | None:
        """The file of the user's own indicators: the one named, or indicators.yaml of the data."""
        kept = self.data / "indicators.yaml"
        return self.indicators or (kept if kept.is_file() else None)

    @property
    def chroma_path(self) -> Path:
        return self.data / "chroma"

    @property
    def lexical_path(self) -> Path:
        return self.data / "tantivy"

    @property
    def originals_path(self) -> Path:
        return self.data / "originals"


def read_settings(data: Path | None = None) -> Settings:
    """The settings of this process, with the data folder replaced where one is given.

    Raises:
        BadSetting: a FAZHI_ variable cannot be used.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "FAZHI_" + str(first["loc"][0]).upper()
        raise BadSetting(f"{name}: {first['msg']}; correct or unset it") from error
    return settings.model_copy(update={"data": data}) if data else settings
