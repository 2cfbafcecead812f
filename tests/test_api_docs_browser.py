"""``/docs`` in a real browser: shown from this host alone, and a call can be tried out."""

from pathlib import Path

from playwright.sync_api import Page

from tests.services import served, settings_for


def test_a_call_can_be_tried_out(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with served(settings_for(tmp_path)) as server:
        page.goto(f"{server.url}/docs")
        page.locator("#operations-service-version").click()
        page.get_by_role("button", name="Try it out").click()
        page.get_by_role("button", name="Execute").click()
        page.locator(".live-responses-table").get_by_text("icap-matcher").first.wait_for()
        assert page.get_by_text("評一份履歷或職缺").is_visible()
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
