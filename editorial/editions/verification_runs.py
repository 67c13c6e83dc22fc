"""Proving the records of all documents batch by batch: in several processes, in constant memory, from any one on."""

import gc
import os
import signal
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context

from django.db import connection, connections

from .models import Document
from .verifying import find_all_problems

# So many records, or a few more, are in memory together in each process.
AT_ONCE = 1000
# With fewer batches, other processes would take longer to begin than to prove.
FEWEST_BATCHES = 8


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents with neighbouring keys."""

    first: int
    last: int
    documents: int


@dataclass(frozen=True, slots=True)
class ProvedBatch:
    batch: Batch
    problems: list[str]


def find_batches(first: int = 0) -> list[Batch]:
    """All documents from this key on, in the order of their keys."""
    batches: list[Batch] = []
    keys: list[int] = []
    records = 0
    documents = Document.objects.filter(pk__gte=first).order_by("pk").values_list("pk", "chain_head__count")
    for key, count in documents.iterator():
        keys.append(key)
        records += count or 0
        if records >= AT_ONCE or len(keys) >= AT_ONCE:
            batches.append(Batch(keys[0], keys[-1], len(keys)))
            keys, records = [], 0
    return [*batches, Batch(keys[0], keys[-1], len(keys))] if keys else batches


def prove_batches(batches: list[Batch], processes: int) -> Generator[ProvedBatch]:
    """What is wrong with each, in their order. Closed early, it proves no more of them.

    It stays in this process inside a transaction, which no other sees, and where there are few.
    """
    if processes <= 1 or len(batches) < FEWEST_BATCHES or not can_fork():
        yield from map(_prove, batches)
        return
    connections.close_all()  # none of them is good in two processes
    pool = ProcessPoolExecutor(processes, get_context("fork"), initializer=_begin)
    try:
        yield from pool.map(_prove, batches)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
    gc.freeze()  # what is loaded stays: nobody has to look through it again


def can_fork() -> bool:
    """Whether another process can read what this one reads."""
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()  # type: ignore[attr-defined]
    return "fork" in get_all_start_methods() and not (in_memory or connection.in_atomic_block)


def count_processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _prove(batch: Batch) -> ProvedBatch:
    documents = Document.objects.filter(pk__gte=batch.first, pk__lte=batch.last).order_by("pk")
    return ProvedBatch(batch, list(find_all_problems(list(documents))))
