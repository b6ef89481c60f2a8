"""The answers given lately, and what many who ask at once wait for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rag.settings import read_settings
from rag.stores import Stores, open_stores
from ui.asks import Ask
from ui.shelf import Shelf

ROOT = Path(__file__).parent.parent
AT_ONCE = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from rag import register, words
from rag.settings import read_settings
from rag.stores import open_stores
from ui.asks import Ask
from ui.shelf import Shelf

with open_stores(read_settings(Path(sys.argv[1]))) as stores, ThreadPoolExecutor(8) as pool:
    shelf = Shelf(stores)
    asked = [(Ask(f"哪些镇的调解成功率高于{number}%？"),) for number in range(50, 58)]
    states = [answer.status for answer in pool.map(shelf.ask, asked)]
caches = (words._segmenter, words._verbs, register.register)
print(json.dumps([states, [cache.cache_info().misses for cache in caches]]))
"""


@pytest.mark.slow
def test_of_many_who_ask_at_once_one_loads_what_all_need(sample_stores: Stores) -> None:
    told = subprocess.run(
        [sys.executable, "-c", AT_ONCE, str(sample_stores.settings.data)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    states, loaded = json.loads(told.stdout)
    assert len(states) == 8
    assert loaded == [1, 1, 1]


def test_a_shelf_over_an_empty_store_is_warmed_and_answers(tmp_path: Path) -> None:
    settings = read_settings().model_copy(update={"data": tmp_path / "data", "database": ""})
    with open_stores(settings) as stores:
        shelf = Shelf(stores)
        shelf.warm()
        assert shelf.ask((Ask("各镇的GDP是多少？"),)).status == "not_found"
