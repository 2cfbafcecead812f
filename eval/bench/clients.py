"""Clients of a service on this machine: how many answers a second, and how long each one took."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp
import numpy as np

CHUNK = 64 * 1024


@dataclass
class Seen:
    """What some clients saw: how often each status came, 0 where none did, and seconds an answer took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lasted: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.lasted

    def percentile(self, percent: float) -> float:
        """Milliseconds in which so many of a hundred answers had come."""
        return float(np.percentile(self.seconds, percent)) * 1000


Ask = Callable[[aiohttp.ClientSession], Awaitable[int]]


def post(url: str, text: str) -> Ask:
    """Sends a text as JSON, and gives the status that comes back."""

    async def ask(session: aiohttp.ClientSession) -> int:
        async with session.post(url, json={"text": text}) as answer:
            await answer.read()
            return answer.status

    return ask


def get(url: str) -> Ask:
    """Fetches an address, and gives the status that comes back."""

    async def ask(session: aiohttp.ClientSession) -> int:
        async with session.get(url) as answer:
            await answer.read()
            return answer.status

    return ask


def upload(url: str, size: int) -> Ask:
    """Sends ``size`` bytes of a text file, chunk by chunk and without saying how many there will be."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(0, size, CHUNK):
            yield b" " * CHUNK

    async def ask(session: aiohttp.ClientSession) -> int:
        form = aiohttp.FormData()
        form.add_field("file", chunks(), filename="resume.txt", content_type="text/plain")
        async with session.post(url, data=form) as answer:
            await answer.read()
            return answer.status

    return ask


async def clients(ask: Ask, count: int, seconds: float, pause: float = 0.0, most: int | None = None) -> Seen:
    """``count`` clients that ask again as soon as they are answered, or after ``pause`` seconds, until
    ``seconds`` are over or ``most`` answers have come."""
    seen, start = Seen(), time.perf_counter()

    async def one(session: aiohttp.ClientSession) -> None:
        while time.perf_counter() - start < seconds and (most is None or len(seen.seconds) < most):
            asked = time.perf_counter()
            try:
                status = await ask(session)
            except aiohttp.ClientError:
                status = 0
            seen.statuses[status] += 1
            seen.seconds.append(time.perf_counter() - asked)
            await asyncio.sleep(pause)

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(one(session) for _ in range(count)))
    seen.lasted = time.perf_counter() - start
    return seen
