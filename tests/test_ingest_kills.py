"""SIGKILL at random moments of ingest, remove and restore: nothing is lost, nothing is mixed.

Each report says one number in every figure, that of its version, so that rows of two
versions in one report would show.
"""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress

import pytest
from store_places import StorePlace
from store_process import StoreProcess
from written_reports import report_text

from ingest.backup import back_up
from ingest.check import check
from ingest.upkeep import is_current
from rag.pipeline import answer
from rag.stores import Stores

TOWNS = tuple(f"{name}镇" for name in "甘宁 龙沙 响水 武陵 瀼渡 天城 熊家 大周 小周 孙家".split())
BODY = (
    "行政诉讼应诉率{v}%。调解纠纷{v}件。走访群众{v}次。开展执法培训{v}场次。办理行政复议案件{v}件。"
    "组织法治宣传活动{v}场次。"
)
FILLING = "围绕重点任务组织专题学习并形成工作台账，第{n}项逐条销号管理。"
SEED = int(os.environ.get("FAZHI_SOAK_SEED", "20240501"))


class Killing:
    """A store, the reports it is made of, and what each file said before and says now."""

    def __init__(self, place: StorePlace, worker: StoreProcess, seed: int) -> None:
        self.random = random.Random(seed)
        self.place, self.worker = place, worker
        self.reports, self.backup = (place.data.parent / name for name in ("reports", "all.backup"))
        self.reports.mkdir()
        self.now = dict.fromkeys(TOWNS, 1)
        self.before = dict(self.now)
        self.seconds = {"ingest": 2.0, "remove": 1.0, "restore": 2.0}
        for town in TOWNS:
            self.write(town)

    def write(self, town: str) -> None:
        version = self.now[town]
        filling = "".join(FILLING.format(n=n) for n in range(version, version + 60))
        text = report_text(town, BODY.format(v=version) + "\n\n" + filling)
        (self.reports / f"{town}.txt").write_text(text, encoding="utf-8")

    def change_some(self) -> None:
        self.before = dict(self.now)
        for town in self.random.sample(TOWNS, 4):
            self.now[town] = self.random.randint(2, 99)
            self.write(town)

    def run(self, action: str, *arguments: str, kill: bool) -> bool:
        """Run the action in another process; whether it was killed before its end."""
        child = self.worker.begin(self.place, action, *arguments)
        begun = time.monotonic()
        if kill:
            time.sleep(self.random.uniform(0, 1.1 * self.seconds[action]))
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        last = self.worker.line()
        if last == "done":
            self.seconds[action] = 0.5 * self.seconds[action] + 0.5 * (time.monotonic() - begun)
            last = self.worker.line()
            assert last in ("ended 0", f"ended {-signal.SIGKILL}")
            return False
        assert kill and last == f"ended {-signal.SIGKILL}", f"{action} {last}"
        return True

    def stores(self) -> Stores:
        return self.place.open()


def versions(stores: Stores) -> dict[str, int]:
    """The one version that each stored report is of; fails where two are mixed."""
    found: dict[str, int] = {}
    with stores.snapshot() as snapshot:
        for card in snapshot.database.cards():
            facts = snapshot.database.facts(report_ids=[card.id])
            assert len(facts) >= 5
            (version,) = {int(fact.value or 0) for fact in facts}
            assert f"应诉率{version}%" in snapshot.database.stored_text(card.id)
            assert f"应诉率{version}%" in snapshot.original(card.id).path.read_text()
            found[str(card.place.town)] = version
            (hit,) = snapshot.lexical.containing(f"应诉率{version}%", report_ids=[card.id])
            assert hit.startswith(card.id)
    return found


def asked(stores: Stores) -> dict[str, int]:
    """The rate that an answer about all towns gives for each, as it cites it."""
    found = answer("各镇的行政诉讼应诉率是多少？", stores=stores)
    for citation in found.citations:
        assert citation.raw in stores.database.stored_text(citation.report_id)
    return {str(one.town): int(one.value or 0) for one in found.findings if one.value is not None}


def one_round(killing: Killing, action: str) -> bool:
    """One change, killed at a random moment, looked at, and brought to its end."""
    with killing.stores() as stores:
        before = versions(stores)
        removed = killing.random.sample(sorted(before), 2)
        ids = [card.id for card in stores.database.cards() if card.place.town in removed]
    after, arguments = dict(before), [str(killing.backup)]
    if action == "ingest":
        killing.change_some()
        after, arguments = dict(killing.now), [str(killing.reports)]
    elif action == "remove":
        after, arguments = {town: v for town, v in before.items() if town not in removed}, ids
    else:
        after = dict.fromkeys(TOWNS, 1)
    killed = killing.run(action, *arguments, kill=True)
    with killing.stores() as stores:
        found = versions(stores)
        assert asked(stores) == found
        if action == "restore":
            assert found in (before, after), "all of the old or all of the new"
        for town in before.keys() | after.keys():
            assert found.get(town) in {before.get(town), after.get(town)}
        left = [card.id for card in stores.database.cards() if card.id in ids]
    if action == "remove":
        killing.run(
            "remove", *left, kill=False
        )  # none may be left; the indexes follow all the same
    else:
        killing.run(action, *arguments, kill=False)
    with killing.stores() as stores:
        assert versions(stores) == after
        assert is_current(stores)
        assert [found for found in check(stores) if found.part != "file"] == []
    return killed


def soak(place: StorePlace, worker: StoreProcess, kills: int) -> int:
    """Rounds until so many processes were killed before their end; gives the number of rounds."""
    done, rounds = 0, 0
    killing = Killing(place, worker, SEED)
    killing.run("ingest", str(killing.reports), kill=False)
    with killing.stores() as stores:
        back_up(stores, killing.backup)
    while done < kills:
        assert rounds < 4 * kills, "too few processes were still running when they were killed"
        action = ("ingest", "remove", "restore")[rounds % 3]
        done += one_round(killing, action)
        rounds += 1
        if action == "remove":  # the files are still there and come back
            killing.run("ingest", str(killing.reports), kill=False)
        elif action == "restore":
            killing.now = dict.fromkeys(TOWNS, 1)
            for town in TOWNS:
                killing.write(town)
    return rounds


@pytest.mark.slow
def test_three_kills_lose_and_mix_nothing(place: StorePlace, store_process: StoreProcess) -> None:
    assert soak(place, store_process, 3) >= 3


@pytest.mark.soak
def test_fifty_kills_lose_and_mix_nothing(place: StorePlace, store_process: StoreProcess) -> None:
    assert soak(place, store_process, 50) >= 50
