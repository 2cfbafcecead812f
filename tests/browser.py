"""A real browser for tests of pages: Debian's Chromium, headless, with whatever it complains of."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

INSTALL = "apt-get install chromium"

# Without these Chromium looks for its maker's hosts at every start.
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run",
)  # fmt: skip


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """The browser while the block lasts; None where there is none."""
    program = shutil.which("chromium")
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        yield opened
        opened.close()


# Of a module, not of the session: while it is open its event loop runs in this thread, and no other may.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser. Tests are skipped where there is none."""
    with chromium() as opened:
        if opened is None:
            pytest.skip(INSTALL)
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, 1280 by 800. The test fails if a script does, or if anything at all is complained
    of, as a breach of the content security policy is."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    context = browser.new_context(locale="zh-TW", viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    opened.on("console", said)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []
