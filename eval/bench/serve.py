"""What the HTTP service does in a second, beside an empty route, and how it bears a crowd."""

import asyncio

from rich.console import Console
from rich.table import Table

from eval.bench.clients import Ask, Seen, clients, get, post, upload
from eval.bench.scoring import LENGTH, resume
from eval.bench.servers import Server, empty_route, matcher_serve

FEW, SHORT = 8, 10.0
"""Clients at once, and seconds, where requests a second are counted."""

CROWD, LONG = 64, 20.0
"""The same where the service is crowded."""

UPLOADS, SIZE = 2, 20 * 2**20
"""Uploads at once beside the crowd, and bytes of each."""

MANY = 5_000
"""Requests after which the service should hold what it held before."""

LINE = "客服專員，每月彙整客訴，訂定客訴處理 SOP。"


def main(console: Console) -> None:
    """Measure and print."""
    console.print(_rates())
    with matcher_serve(1) as server:
        console.print(asyncio.run(_crowd(server)))
    with matcher_serve(1) as server:
        console.print(asyncio.run(_leaks(server)))


def _rates() -> Table:
    table = Table(title=f"{FEW} clients at once, {LENGTH:,} characters; ratio: to the empty route")
    for column in ("workers", "route", "requests/s", "ratio", "p50 ms", "p95 ms", "p99 ms"):
        table.add_column(column, justify="left" if column == "route" else "right")
    for workers in (1, 2):
        with empty_route(workers) as server:
            base = asyncio.run(_measured(server))
        with matcher_serve(workers) as server:
            scored = asyncio.run(_measured(server))
        for route, seen in (("empty", base), ("POST /v1/score", scored)):
            rate, ratio = f"{seen.rate:.0f}", f"{seen.rate / base.rate:.3f}"
            table.add_row(str(workers), route, rate, ratio, *_times(seen))
    return table


async def _measured(server: Server) -> Seen:
    ask = post(f"{server.url}/v1/score", resume(LENGTH))
    await clients(ask, FEW, SHORT / 5)  # the first requests start what they need
    return await clients(ask, FEW, SHORT)


async def _crowd(server: Server) -> Table:
    """Everything at once, for ``LONG`` seconds."""
    score = f"{server.url}/v1/score"
    asks: dict[str, tuple[Ask, int, float]] = {
        f"POST /v1/score, {CROWD} clients": (post(score, resume(LENGTH)), CROWD, 0.0),
        f"{SIZE >> 20} MiB in chunks, {UPLOADS} clients": (upload(score, SIZE), UPLOADS, 0.0),
        "GET /healthz, every 50 ms": (get(f"{server.url}/healthz"), 1, 0.05),
    }
    every = await asyncio.gather(*(clients(ask, count, LONG, pause) for ask, count, pause in asks.values()))
    table = Table(title=f"one service process and a crowd, {LONG:.0f} s")
    for column in ("", "answers by status", "p50 ms", "p95 ms", "p99 ms"):
        table.add_column(column, justify="right" if "ms" in column else "left")
    for name, seen in zip(asks, every, strict=True):
        said = ", ".join(f"{status}: {count:,}" for status, count in sorted(seen.statuses.items()))
        table.add_row(name, said, *_times(seen))
    return table


async def _leaks(server: Server) -> Table:
    """What the service holds after the first requests, and after ``MANY`` more."""
    table = Table(title="the service and its processes")
    for column in ("requests", "MiB", "descriptors", "threads"):
        table.add_column(column, justify="right")
    done = 0
    for most in (MANY // 10, MANY // 2, MANY // 2):
        await clients(post(f"{server.url}/v1/score", LINE), FEW, 600.0, most=most)
        done += most
        held = server.held()
        table.add_row(f"{done:,}", f"{held.mebibytes:.0f}", str(held.descriptors), str(held.threads))
    return table


def _times(seen: Seen) -> list[str]:
    return [f"{seen.percentile(percent):.1f}" for percent in (50, 95, 99)]
