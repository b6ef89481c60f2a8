"""Questions while another process takes in changed files: none fails, none is mixed or stale."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from chat_page import CHROMIUM, ask, chromium, ingest, running_chat, sound_page
from live_store import ASKED, FIRST, TOWNS, LiveStore, faults, text_of, unfound_by_meaning
from playwright.sync_api import expect
from store_places import StorePlace
from store_process import StoreProcess
from written_reports import taken_in

from ingest.pipeline import ingest_paths
from rag.database import Pending
from rag.pipeline import answer
from rag.stores import Stores

CLIENTS = 4
# Seconds from the end of an ingest to answers from it. The first question after that end has to
# be answered from it; how long that takes is printed, and is under 5 where the machine is free.
STUCK = 60.0


class Clients:
    """Threads that ask a running chat's stores and look at each answer."""

    def __init__(self, live: LiveStore, stores: Stores) -> None:
        self.live, self.stores = live, stores
        self.counts: Counter[str] = Counter()
        self.found: list[str] = []
        self.slowest = 0.0
        self.stop = threading.Event()

    def ask_on(self, number: int) -> None:
        while not self.stop.is_set():
            for form in ASKED:
                self.ask(form.format(town=TOWNS[(sum(self.counts.values()) + number) % len(TOWNS)]))

    def ask(self, question: str) -> None:
        oldest = dict(self.live.stored)
        began = time.monotonic()
        found = answer(question, stores=self.stores)
        self.slowest = max(self.slowest, time.monotonic() - began)
        newest = dict(self.live.written)
        self.counts[found.plan.kind] += 1
        self.found += [f"{question} {fault}" for fault in faults(found, oldest, newest)]


def soak(place: StorePlace, worker: StoreProcess, seconds: float) -> tuple[Clients, int]:
    """Questions of four clients during ingest after ingest; gives them and the ingests."""
    live = LiveStore(place, worker)
    with place.open() as stores, ThreadPoolExecutor(CLIENTS) as pool:
        clients = Clients(live, stores)
        running = [pool.submit(clients.ask_on, number) for number in range(CLIENTS)]
        ingests, end = 0, time.monotonic() + seconds
        try:
            while (time.monotonic() < end or ingests < 2) and not any(
                one.done() for one in running
            ):
                live.change(3)
                live.ingest()
                ingests += 1
        finally:
            clients.stop.set()
        for one in running:
            one.result()
        assert unfound_by_meaning(stores, live.stored) == []
    return clients, ingests


@pytest.mark.slow
def test_answers_follow_an_ingest_of_another_process_at_its_end(
    place: StorePlace, store_process: StoreProcess
) -> None:
    live = LiveStore(place, store_process)
    with place.open() as stores:
        clients = Clients(live, stores)
        for form in ASKED:  # what is opened once is open
            clients.ask(form.format(town=TOWNS[0]))
        for _ in range(2):
            changed = live.change(3)
            ended = live.ingest()
            assert unfound_by_meaning(stores, live.stored) == []
            clients.ask(ASKED[0])
            assert_seen_after(ended)
            for form in ASKED:
                clients.ask(form.format(town=changed[0]))
        assert clients.found == []


@pytest.mark.parametrize("place", ["files"], indirect=True)  # a server has nothing to open again
def test_what_another_process_took_in_is_loaded_before_a_question_needs_it(
    place: StorePlace, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(text_of(TOWNS[0], FIRST), encoding="utf-8")
    with place.open() as chat, place.open() as other:
        ingest_paths([tmp_path / "a.txt"], stores=other)
        chat.prepare()
        index = chat.vectors
        opened = index._store
        held = [Pending(*item) for item in other.database.held("vectors").items()]
        with other.changing("vectors", held):
            chat.follow()
            assert index._store is opened, "the other is still writing"
        chat.follow()
        followed = index._store
        assert followed is not opened
        assert unfound_by_meaning(chat, {TOWNS[0]: FIRST}) == []
        chat.follow()
        assert index._store is followed, "no question and no look opened it again"


@pytest.mark.slow
def test_answers_are_whole_during_a_backup_and_a_restore_and_follow_it_at_its_end(
    place: StorePlace, store_process: StoreProcess, tmp_path: Path
) -> None:
    backup = tmp_path / "all.backup"
    live = LiveStore(place, store_process)
    with place.open() as stores, ThreadPoolExecutor(1) as pool:
        clients = Clients(live, stores)
        for form in ASKED:  # what is opened once is open
            clients.ask(form.format(town=TOWNS[0]))
        asking = pool.submit(clients.ask_on, 0)
        try:
            live.do("backup", backup)
            kept = dict(live.stored)
            changed = live.change(4)
            live.ingest()
            live.stored = kept  # from now on either version may be told
            ended = live.do("restore", backup)
        finally:
            clients.stop.set()
            asking.result()
        live.written = kept
        for form in ASKED:
            clients.ask(form.format(town=changed[0]))
        assert_seen_after(ended)
        assert clients.found == []
        assert sum(clients.counts.values()) > 2 * len(ASKED)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
def test_the_page_of_a_running_chat_answers_from_what_fazhi_ingest_took_in(
    tmp_path: Path, sample_stores: Stores
) -> None:
    reports, data = tmp_path / "reports", tmp_path / "data"
    reports.mkdir()
    for town in TOWNS[:2]:
        (reports / f"{town}.txt").write_text(text_of(town, FIRST), encoding="utf-8")
    with (
        running_chat(taken_in(reports, data=data, like=sample_stores)) as chat,
        chromium() as browser,
        sound_page(browser, []) as page,
    ):
        page.goto(chat.url)
        ask(page, f"{TOWNS[0]}调解纠纷多少件？")
        expect(page.locator(".answer").last).to_contain_text(f"{FIRST}件")
        (reports / f"{TOWNS[0]}.txt").write_text(text_of(TOWNS[0], FIRST + 1), encoding="utf-8")
        ingest(reports, data=data)
        ended = time.monotonic()
        ask(page, f"{TOWNS[0]}调解纠纷多少件？")
        expect(page.locator(".answer").last).to_contain_text(f"{FIRST + 1}件")
        assert_seen_after(ended)


@pytest.mark.slow
def test_seconds_of_questions_during_ingests_give_only_whole_versions(
    place: StorePlace, store_process: StoreProcess
) -> None:
    assert_whole(*soak(place, store_process, 4))


@pytest.mark.soak
def test_ten_minutes_of_questions_during_ingests_give_only_whole_versions(
    place: StorePlace,
    store_process: StoreProcess,
    record_property: Callable[[str, object], None],
) -> None:
    clients, ingests = soak(place, store_process, 600)
    told = {**clients.counts, "ingests": ingests, "slowest_s": round(clients.slowest, 1)}
    for name, value in told.items():
        record_property(name, value)
    sys.stdout.write(f"{told}\n")  # shown with -rP
    assert_whole(clients, ingests)


def assert_seen_after(ended: float) -> None:
    took = time.monotonic() - ended
    sys.stdout.write(f"answered from an ingest {took:.1f} s after its end\n")
    assert took < STUCK


def assert_whole(clients: Clients, ingests: int) -> None:
    assert clients.found == []
    assert ingests >= 2 and set(clients.counts) >= {"census", "lookup", "describe"}
