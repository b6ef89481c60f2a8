"""Where the vectors are: a folder or a server of Chroma, and what is said when it is away."""

from __future__ import annotations

import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings
from chromadb.errors import ChromaError, NotFoundError
from langchain_chroma import Chroma

from rag.errors import EmbedderMismatch, StoreUnavailable

if TYPE_CHECKING:
    from rag.embed import Embedder

COLLECTION = "passages"
# Of the 50 nearest among 100,000 vectors drawn after 3,097 real passages, 200 real questions
# find 0.967 with ef_search 500, 0.989 with 1000 and 0.999 with 2500, in 4 to 11 ms.
TUNING = CreateHNSWConfiguration(
    space="cosine", ef_construction=200, max_neighbors=32, ef_search=2000
)
FAILURES = (ChromaError, httpx.TransportError, httpx.InvalidURL, OSError)
ANSWERS_WITHIN = 5.0  # seconds, a server that is there
WORKS_WITHIN = 60.0  # seconds, also one that takes in a thousand passages

_opening = threading.RLock()  # what Chroma remembers of open folders is the whole process's


def connect(place: Path | str, embedder: Embedder, *, afresh: bool = False) -> Chroma:
    """The collection in a folder or at "http://host:port/database", made where there is none.

    With `afresh`, the folder is read again, with what other processes wrote.

    Raises:
        StoreUnavailable: the folder or server cannot be used.
        EmbedderMismatch: the vectors there are another model's.
    """
    try:
        with _opening:
            if afresh:
                SharedSystemClient.clear_system_cache()
            client = _client(place)
        try:
            _refuse_others(place, _metadata(client, embedder).get("embedder"), embedder)
            return Chroma(
                COLLECTION, embedder, client=client, create_collection_if_not_exists=False
            )
        except BaseException:
            _end(place, client)
            raise
    except (*FAILURES, ValueError) as error:
        raise unavailable(place, error) from error


def _refuse_others(place: Path | str, made_by: str | None, embedder: Embedder) -> None:
    if made_by != embedder.name:
        raise EmbedderMismatch(
            f"the vectors in {place} were made by the embedding model {made_by}, not by "
            f"{embedder.name}: set FAZHI_EMBEDDING={made_by}, or run `fazhi check --repair` to "
            "embed all reports anew"
        )


def disconnect(place: Path | str, store: Chroma) -> None:
    """End the connections to a server; a folder may be open elsewhere in this process."""
    _end(place, store._client)


def _end(place: Path | str, client: Any) -> None:
    if _is_server(place):
        for part in (client, client._admin_client):
            part._server._session.close()  # Chroma's own close() leaves the sockets open


def _metadata(client: ClientAPI, embedder: Embedder) -> dict[str, str]:
    """What the collection says of itself; it is written to only where it has to be made."""
    try:
        found = client.get_collection(COLLECTION)
    except NotFoundError:
        found = client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            metadata={"embedder": embedder.name},
            configuration={"hnsw": TUNING},
        )
    return dict(found.metadata or {})


def tune(store: Chroma) -> bool:
    """Set how far a search looks, as TUNING says; whether it was otherwise before."""
    collection = store._collection
    wanted = TUNING["ef_search"]
    if (collection.configuration_json.get("hnsw") or {}).get("ef_search") == wanted:
        return False
    with warnings.catch_warnings():  # about the embedding function, which is not Chroma's here
        warnings.filterwarnings("ignore", "legacy embedding function config", DeprecationWarning)
        collection.modify(configuration={"hnsw": {"ef_search": wanted}})
    return True


def delete_all(place: Path | str) -> None:
    """Throw away all vectors there; raises StoreUnavailable."""
    try:
        client = _client(place)
        try:
            client.delete_collection(COLLECTION)
        finally:
            _end(place, client)
    except NotFoundError:
        return
    except (*FAILURES, ValueError) as error:
        raise unavailable(place, error) from error


def _client(place: Path | str) -> ClientAPI:
    quiet = Settings(anonymized_telemetry=False)
    if _is_server(place):
        return _client_of_server(str(place), quiet)
    Path(place).mkdir(parents=True, exist_ok=True)
    return chromadb.PersistentClient(str(place), settings=quiet)


def _client_of_server(place: str, quiet: Settings) -> ClientAPI:
    url = urlsplit(place)
    secure = url.scheme == "https"
    port = url.port or (443 if secure else 8000)
    database = url.path.strip("/") or DEFAULT_DATABASE
    # Chroma waits for ever for a server that says nothing.
    with httpx.Client(base_url=f"{url.scheme}://{url.netloc}/api/v2", trust_env=False) as asking:
        asking.timeout = ANSWERS_WITHIN
        asking.get("/heartbeat")
        if database != DEFAULT_DATABASE:
            made = asking.post(f"/tenants/{DEFAULT_TENANT}/databases", json={"name": database})
            if made.is_error and made.status_code != httpx.codes.CONFLICT:  # it is there
                raise ValueError(f"no database {database} can be made there: {made.text}")
    client: Any = chromadb.HttpClient(
        url.hostname or "", port, ssl=secure, settings=quiet, database=database
    )
    client._server._session.timeout = httpx.Timeout(WORKS_WITHIN, connect=ANSWERS_WITHIN)
    return cast(ClientAPI, client)


def _is_server(place: Path | str) -> bool:
    return isinstance(place, str) and place.startswith(("http://", "https://"))


def unavailable(place: Path | str, error: Exception) -> StoreUnavailable:
    """The failure as it is told, with the folder or address and the remedy."""
    remedy = (
        "start that server or correct FAZHI_CHROMA"
        if _is_server(place)
        else "see that the folder can be written and the disk has room; if it is damaged, delete it and run "
        "`fazhi check --repair`, which makes it again from the database"
    )
    return StoreUnavailable(f"the vector index in {place} cannot be used: {error}; {remedy}")
