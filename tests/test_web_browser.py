"""The recruiter's page in a real browser: from the dropped file to the workbook, by hand, key and phone."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from matcher.data import data_path
from tests.services import Served, served, settings_for
from tests.web import POSTING, RESUMES

PHONE = {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=alert(1)>\u202egpj"
SAMPLES = sorted(data_path("samples", "resumes").glob("*.txt"))
WAIT = 60_000  # ms in which the few files of a test are scored, on a slow machine
WCAG = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}

# Drops files on an element, as a hand would.
_DROP = """([selector, files]) => {
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/plain" }));
    const drop = new DragEvent("drop", { dataTransfer: data, bubbles: true });
    document.querySelector(selector).dispatchEvent(drop);
}"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service without keys on this machine."""
    with served(settings_for(tmp_path_factory.mktemp("web"))) as one:
        yield one


@pytest.fixture(scope="module")
def batch(browser: Browser, service: Served) -> str:
    """The address of a batch with whatever a folder of résumés may hold, which is done."""
    page = browser.new_page()
    page.goto(service.url)
    page.fill("#posting_text", f"{POSTING}\n限女性，35 歲以下。")
    clerk = RESUMES["clerk.txt"]
    files = {
        "王小明.txt": f"王小明\n手機 0912-345-678\n{RESUMES['planner.txt']}",
        "同一份.txt": f"王小明\n手機 0912-345-678\n{RESUMES['planner.txt']}\n",
        f"{HOSTILE}{'長' * 200}.txt": f"{clerk}\n</main><script>alert(2)</script>\n{'長' * 5_000}",
        "重複.txt": "處理客訴，訂定客服標準作業流程。\n" * 40,
        "cook.txt": RESUMES["cook.txt"],
        "壞掉.pdf": "%PDF-1.4",
    }
    uploads = [
        {"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files.items()
    ]
    page.set_input_files("#resumes", uploads)  # type: ignore[arg-type] # the very shape that it documents
    page.get_by_role("button", name="開始比對").click()
    expect(page.locator(".ranking")).to_be_visible(timeout=WAIT)
    address = page.url.split("#")[0]
    page.close()
    return address


@pytest.fixture
def asked(page: Page, service: Served) -> Iterator[None]:
    """Fails if the page asks anybody but the service."""
    strangers: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((f"{service.url}/", "blob:")):
            strangers.append(request.url)

    page.on("request", note)
    yield
    assert strangers == []


def names(page: Page) -> list[str]:
    """The names in the ranking, as they are seen."""
    return page.locator(".ranking tbody th:visible > a").all_inner_texts()


@pytest.mark.usefixtures("asked")
def test_from_the_dropped_files_to_the_workbook(page: Page, service: Served, tmp_path: Path) -> None:
    page.goto(service.url)
    page.evaluate(_DROP, ["#posting", [["職缺.txt", POSTING]]])
    page.evaluate(_DROP, ["#resumes", [[path.name, RESUMES[path.name]] for path in SAMPLES[:3]]])
    page.evaluate(_DROP, ["#resumes", [["planner.txt", RESUMES["planner.txt"]], ["空的.txt", ""]]])
    expect(page.locator("#posting-chosen")).to_contain_text("職缺.txt")
    expect(page.locator("#resumes-chosen")).to_contain_text("等 5 個檔案")
    page.get_by_role("button", name="開始比對").click()

    expect(page.get_by_role("heading", name="優先聯絡順序")).to_be_visible(timeout=WAIT)
    assert all(name.startswith("應徵者 ") for name in names(page))
    assert len(names(page)) == 4
    page.get_by_role("link", name="未能評分 1").click()
    expect(page.locator(".failures")).to_contain_text("空的.txt")
    page.get_by_role("link", name="熱度圖").click()
    expect(page.locator(".heat")).to_be_visible()
    page.get_by_role("link", name="排名", exact=True).click()

    for box in page.locator(".ranking input[type=checkbox]").all()[:3]:
        box.check()
    page.get_by_role("button", name="並排比較").click()
    expect(page.locator(".side-by-side thead th")).to_have_count(4)
    same = page.locator(".same-for-all").first
    page.get_by_label("只看有差別的項目").check()
    expect(same).to_be_hidden()

    page.get_by_role("link", name="應徵者 ").first.click()
    expect(page.locator(".to-ask li").or_(page.locator(".cards")).first).to_be_visible()
    page.locator(".cards .find").first.click()
    expect(page.locator("mark.lit").first).to_be_in_viewport()
    page.get_by_role("button", name="顯示檔名與個資").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text(".txt")
    page.get_by_role("link", name="← 回排名").click()
    assert names(page)[0] == "planner.txt"

    with page.expect_download() as started:
        page.get_by_role("link", name="Excel").click()
    path = tmp_path / "results.xlsx"
    started.value.save_as(path)
    assert "排名" in openpyxl.load_workbook(path, read_only=True).sheetnames


@pytest.mark.usefixtures("asked")
def test_the_keyboard_is_enough(page: Page, service: Served) -> None:
    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")
                == name
            ):
                expect(page.locator(":focus")).to_have_css("outline-style", "solid")
                return
        raise AssertionError(f"no way to {name}")

    page.goto(service.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到內容")).to_be_focused()
    tab_to("posting_text")
    page.keyboard.insert_text(POSTING)
    tab_to("resumes_text")
    page.keyboard.insert_text(RESUMES["planner.txt"])
    tab_to("開始比對")
    page.keyboard.press("Enter")
    expect(page.locator(".ranking")).to_be_visible(timeout=WAIT)
    tab_to("應徵者 1")
    page.keyboard.press("Enter")
    expect(page.locator(".document")).to_be_visible()
    page.locator(".cards .find").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("mark.lit").first).to_be_in_viewport()
    page.go_back()
    tab_to("刪除這一批")
    page.keyboard.press("Enter")
    tab_to("永久刪除")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="我的批次")).to_be_visible()


@pytest.mark.usefixtures("asked")
def test_a_phone_shows_it_all_without_sliding_sideways(page: Page, service: Served) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type] # a dict of the very keys
    page.goto(service.url)
    page.get_by_role("button", name="用範例試試").click()
    expect(page.locator(".ranking")).to_be_visible(timeout=WAIT)
    page.get_by_role("searchbox").fill("01")
    assert names(page) == ["應徵者 01"]
    page.get_by_role("link", name="應徵者 01").click()
    expect(page.locator(".document")).to_be_visible()
    page.get_by_role("link", name="← 回排名").click()
    expect(page.get_by_role("searchbox")).to_have_value("01")
    page.get_by_role("button", name="清除條件").click()
    assert len(names(page)) == len(SAMPLES)
    page.get_by_text("刪除這一批").click()
    page.get_by_role("button", name="永久刪除").click()
    expect(page.get_by_role("heading", name="我的批次")).to_be_visible()


def views(page: Page, batch: str) -> list[str]:
    """The addresses of all views."""
    page.goto(batch)
    links = [link.get_attribute("href") for link in page.locator(".ranking tbody th > a").all()]
    numbers = [str(link).rsplit("/", 1)[1] for link in links[:3]]
    root = batch.split("/batches/")[0]
    return [
        f"{root}/", batch, f"{batch}#heat", f"{batch}#failed", f"{batch}?reveal=1",
        *(f"{root}{link}?reveal=1" for link in links[::3]),
        f"{batch}/compare?{'&'.join(f'with={number}' for number in numbers)}&reveal=1",
        f"{batch}/posting", f"{batch}/standard",
    ]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(page: Page, batch: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type] # one of its words
    page.set_viewport_size({"width": width, "height": 800})
    found: dict[str, list[str]] = {}
    for address in views(page, batch):
        page.goto(address)
        for one in Axe().run(page, options=WCAG).response["violations"]:
            found.setdefault(one["id"], []).extend(
                [address, *(node["html"][:200] for node in one["nodes"][:3])]
            )
    assert found == {}


def test_no_page_is_wider_than_its_window(page: Page, batch: str) -> None:
    for address in views(page, batch):
        page.goto(address)
        for width in (320, 768, 2560):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") == width, address


def test_filters_and_order_stay_when_a_candidate_was_looked_at(page: Page, batch: str) -> None:
    page.goto(batch)
    page.get_by_role("combobox", name="條件").select_option(label="學歷符合")
    page.get_by_role("columnheader", name="級別").get_by_role("button").click()
    before = names(page)
    page.get_by_role("link", name=before[-1], exact=True).click()
    page.go_back()
    expect(page.get_by_role("columnheader", name="級別")).to_have_attribute("aria-sort", "descending")
    assert names(page) == before


def test_a_sixth_cannot_be_chosen_nor_one_alone(page: Page, batch: str) -> None:
    page.goto(batch)
    button = page.get_by_role("button", name="並排比較")
    boxes = page.locator(".ranking input[type=checkbox]")
    expect(button).to_be_disabled()
    boxes.nth(0).check()
    expect(button).to_be_disabled()
    boxes.nth(1).check()
    expect(button).to_be_enabled()
    expect(page.locator("[data-chosen]")).to_have_text("已選 2 位，可選二到五位。")


def test_too_much_is_told_before_it_is_sent(page: Page, service: Served) -> None:
    page.goto(service.url)
    page.evaluate("document.querySelector('form.send').dataset.most = 10")
    page.evaluate(_DROP, ["#resumes", [["長.txt", "客訴" * 20]]])
    page.get_by_role("button", name="開始比對").click()
    expect(page.get_by_role("alert")).to_contain_text("請分幾批送")
    assert page.url == f"{service.url}/"


def test_without_scripts_a_batch_is_made_and_read(browser: Browser, service: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(service.url)
    page.set_input_files("#resumes", SAMPLES[0])
    page.get_by_role("button", name="開始比對").click()
    expect(page.locator(".ranking")).to_be_visible(timeout=WAIT)  # it asks again by itself
    expect(page.locator(".heat")).to_be_visible()
    context.close()


def test_a_finding_in_the_posting_and_its_reason_lead_to_each_other(page: Page, batch: str) -> None:
    page.goto(f"{batch}/posting")
    reason = page.locator(".findings > .item").first
    reason.locator(".find").press("Enter")
    mark = page.locator("mark.worded.lit")
    expect(mark.first).to_be_in_viewport()
    page.keyboard.press("Escape")
    link = page.locator(".text .to-wording").first
    link.press("Enter")
    expect(reason).to_be_in_viewport()
    assert page.evaluate("document.querySelector('.findings > .item').matches(':target')")
    page.locator(".cards:not(.findings) .find").first.press("Enter")
    expect(page.locator("mark.lit").first).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_item_and_a_sentence_are_judged_by_key(browser: Browser, batch: str, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(batch)
    page.locator(".ranking tbody th > a").first.click()
    sentence = page.get_by_role("group", name="我的判斷：這一句").first
    rejecting = sentence.get_by_role("button", name="不成立")
    rejecting.focus()
    page.keyboard.press("Enter")
    expect(rejecting).to_have_attribute("aria-pressed", "true")
    if scripts:
        expect(rejecting).to_be_focused()
    own = page.locator(".cards > .item").first.locator(".judge")
    own.locator("summary").press("Enter")
    own.get_by_label("部分").check()
    own.get_by_label("備註").fill("電話問過")
    page.keyboard.press("Enter")
    expect(own.locator("summary")).to_contain_text("◐ 部分")
    page.reload()
    expect(rejecting).to_have_attribute("aria-pressed", "true")
    expect(own.get_by_label("備註")).to_have_value("電話問過")
    rejecting.press("Space")
    expect(rejecting).to_have_attribute("aria-pressed", "false")
    own.get_by_label("不判斷").check()
    own.get_by_label("備註").fill("")
    own.get_by_role("button", name="記下").click()
    expect(own.locator("summary")).not_to_contain_text("◐ 部分")
    context.close()


def test_english_and_back(page: Page, batch: str) -> None:
    page.goto(batch)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Whom to call first")).to_be_visible()
    expect(page.locator(".count")).to_have_text("4 of 4 shown")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="優先聯絡順序")).to_be_visible()


def test_it_prints_without_what_only_a_screen_needs(page: Page, batch: str) -> None:
    page.goto(batch)
    page.emulate_media(media="print")
    for hidden in (".site", ".filters", ".compare", ".downloads", ".erase"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".ranking")).to_be_visible()
