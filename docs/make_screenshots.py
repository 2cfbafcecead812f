"""Takes docs/images/web-*.png, the recruiter's page with the samples: ``python docs/make_screenshots.py``."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from eval.bench.servers import matcher_serve
from matcher.data import data_path
from tests.browser import INSTALL, chromium

IMAGES = Path(__file__).parent / "images"
POSTING = data_path("samples", "postings", "customer_service_planner.txt")
RESUMES = data_path("samples", "resumes")
BREACH = "限女性，35 歲以下，月薪面議。"


def main() -> None:
    """Drop the samples on the page, and look at what comes of them."""
    with matcher_serve(1) as server, chromium() as browser:
        if browser is None:
            raise SystemExit(INSTALL)
        page = browser.new_page(locale="zh-TW", viewport={"width": 1280, "height": 900})
        batch = _batch(page, server.url)
        _keep(page, "web-ranking")
        page.locator(".ranking tbody a").first.click()
        _keep(page, "web-candidate")
        page.goto(f"{batch}/posting")
        _keep(page, "web-posting")


def _batch(page: Page, url: str) -> str:
    """The address of a batch that is done."""
    page.goto(url)
    page.fill("#posting_text", f"{POSTING.read_text(encoding='utf-8')}\n{BREACH}")
    page.set_input_files("#resumes", sorted(RESUMES.glob("*.txt")))
    page.get_by_role("button", name="開始比對").click()
    page.wait_for_selector(".ranking", timeout=120_000)
    return page.url.split("#")[0]


def _keep(page: Page, name: str) -> None:
    """Save what is on the screen, in as many colours as it takes."""
    seen = Image.open(BytesIO(page.screenshot()))
    seen.quantize(256).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
