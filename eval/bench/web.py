"""How quick the recruiter's page is with a batch of hundreds, by the browser's own clock."""

import statistics
import time
from collections.abc import Callable

import httpx2 as httpx
from playwright.sync_api import Browser, Page
from rich.console import Console
from rich.table import Table

from eval.bench.scoring import LENGTH, resume
from eval.bench.servers import matcher_serve
from eval.bench.times import times_table
from matcher.data import data_path
from tests.browser import INSTALL, chromium

CANDIDATES, ROUNDS = 300, 5

_PAINTED = """() => new Promise(done => new PerformanceObserver(list => {
    for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""
_NEXT_PAINT = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
_FILTER = f"""async () => {{
    const search = document.querySelector("main input[type=search]"), start = performance.now();
    search.value = "250";
    search.dispatchEvent(new Event("input", {{ bubbles: true }}));
    await {_NEXT_PAINT};
    return performance.now() - start;
}}"""


def main(console: Console) -> None:
    """Measure and print."""
    with chromium() as browser:
        if browser is None:
            console.print(f"no browser here; {INSTALL}")
        else:
            console.print(_times(browser))


def _times(browser: Browser) -> Table:
    with matcher_serve(1) as server:
        address = f"{server.url}/batches/{_batch(server.url)}"
        page = browser.new_page(locale="zh-TW")
        rows = [
            ("the start page: first contentful paint", _median(lambda: _painted(page, server.url))),
            (
                f"ranking of {CANDIDATES}: first contentful paint",
                _median(lambda: _painted(page, address)),
            ),
            (
                "  a word is searched in it, until it is painted",
                _median(lambda: page.evaluate(_FILTER)),
            ),
            (
                "one candidate: first contentful paint",
                _median(lambda: _painted(page, f"{address}/candidates/1")),
            ),
        ]
    return times_table("the browser's own times, medians", rows)


def _batch(url: str) -> str:
    """The ID of a batch that is done."""
    text = resume(LENGTH)
    posting = data_path("samples", "postings", "customer_service_planner.txt").read_text(encoding="utf-8")
    resumes = [{"name": f"{one:03}.txt", "text": f"應徵者 {one} 號\n{text}"} for one in range(CANDIDATES)]
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        answer = client.post("/v1/batches", json={"posting": {"text": posting}, "resumes": resumes})
        made = str(answer.raise_for_status().json()["id"])
        while client.get(f"/v1/batches/{made}").json()["state"] != "done":
            time.sleep(0.5)
    return made


def _painted(page: Page, address: str) -> float:
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise RuntimeError(f"{address} cannot be opened")
    return float(page.evaluate(_PAINTED))


def _median(once: Callable[[], float]) -> float:
    once()
    return statistics.median(once() for _ in range(ROUNDS))
