"""The recruiter's page: whose it is, that only its own forms count, and that it covers what it should."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import select

from api.app import create_app
from api.feedback import export_feedback
from api.store import Store
from api.store.keys import revoke_key
from api.store.tables import JudgementRow
from api.web.english import english
from eval.sets import load_set
from matcher.errors import MatcherError
from matcher.export.templating import TEMPLATES
from matcher.postings import check
from matcher.privacy import mask
from matcher.settings import Settings
from matcher.standard import Standard
from tests.batches import zipped
from tests.exports import workbook
from tests.services import CODE, LOCAL, RESUME, entered, new_key, settings_for
from tests.web import POSTING, RESUMES, candidates, done, post, sent, token

PERSON = f"王小明\n手機 0912-345-678\n{RESUME}"
HOSTILE = "<script>alert(1)</script>\u202egpj.txt"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser on the machine of a service without keys."""
    with entered(create_app(settings_for(tmp_path_factory.mktemp("web")))) as one:
        yield one


@pytest.fixture(scope="module")
def batch(client: TestClient) -> str:
    """The address of a batch that everybody here looks at."""
    files: dict[str, str | bytes] = {
        "王小明 0912345678.txt": PERSON,
        "planner.txt": RESUMES["planner.txt"],
        "壞掉.pdf": b"%PDF-1.4 x",
    }
    return sent(client, files)


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Settings]]:
    """A browser before a service with keys, and its settings."""
    settings = settings_for(tmp_path_factory.mktemp("keyed"))
    new_key(settings)
    with entered(create_app(settings)) as one:
        yield one, settings


def fresh(client: TestClient) -> TestClient:
    """Another browser for the same application, which is running."""
    return TestClient(client.app, base_url=LOCAL, client=("127.0.0.1", 50_000))


def test_pages_may_load_nothing_from_elsewhere_and_run_nothing_inline(client: TestClient, batch: str) -> None:
    for path in ("/", batch, candidates(client, batch)[0], f"{batch}/posting", f"{batch}/standard"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "script-src 'self'; style-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        page = html.fromstring(answer.text)
        assert page.xpath("//style | //@style | //@*[starts-with(name(), 'on')]") == []
        assert page.xpath("//script[not(starts-with(@src, '/'))]") == []
        assert (
            page.xpath(
                "//@src[contains(., '//')] | //@href[contains(., '//')] | //@action[contains(., '//')]"
            )
            == []
        )


def test_assets_are_ours_and_kept_by_browsers(client: TestClient) -> None:
    text = client.get("/").text
    for path in re.findall(r'(?:src|href)="(/assets/[^"]+)"', text):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/assets/zh/0/secret.py").status_code == 404


def test_the_pages_are_no_part_of_the_api(client: TestClient) -> None:
    assert not any(path for path in client.get("/openapi.json").json()["paths"] if "candidates" in path)


@pytest.mark.parametrize(
    "path", ["/batches", "/samples", "/language", "/sign-out", "/sign-in", "{batch}/erase"]
)
@pytest.mark.parametrize("said", [None, "0" * 64, "é"])
def test_a_form_without_the_token_of_this_browser_does_nothing(
    client: TestClient, batch: str, path: str, said: str | None
) -> None:
    data = {"token": said} if said else {"other": "x"}
    files = {"resumes": ("a.txt", RESUME)} if path == "/batches" else None
    answer = client.post(path.format(batch=batch), data=data, files=files, follow_redirects=False)
    assert answer.status_code == 403
    assert "重新整理" in answer.text
    assert client.get(batch).status_code == 200


def test_the_token_of_another_browser_is_none(client: TestClient, batch: str) -> None:
    others = token(fresh(client))
    answer = client.post(f"{batch}/erase", data={"token": others}, follow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{LOCAL}:81"])
def test_a_form_from_another_site_does_nothing(client: TestClient, batch: str, origin: str) -> None:
    data = {"token": token(client)}
    answer = client.post(f"{batch}/erase", data=data, headers={"Origin": origin}, follow_redirects=False)
    assert answer.status_code == 403
    assert client.get(batch).status_code == 200


def test_the_cookie_is_not_for_scripts_nor_for_other_sites(client: TestClient) -> None:
    said = fresh(client).get("/").headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said


def test_a_link_from_another_site_does_not_sign_anybody_out(client: TestClient) -> None:
    answer = fresh(client).get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert "set-cookie" not in answer.headers


def test_a_service_with_keys_shows_nothing_before_signing_in(keyed: tuple[TestClient, Settings]) -> None:
    client = fresh(keyed[0])
    for path in (
        "/",
        f"/standards/{CODE}",
        f"/batches/{'0' * 32}",
        f"/batches/{'0' * 32}/download/csv",
    ):
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    answer = client.post("/samples", data={"token": token(client, "/sign-in")}, follow_redirects=False)
    assert answer.headers["location"] == "/sign-in"


def test_signing_in_gives_another_cookie_without_the_key_and_signing_out_ends_it(
    keyed: tuple[TestClient, Settings],
) -> None:
    client, key = fresh(keyed[0]), new_key(keyed[1])
    client.get("/sign-in")
    before = client.cookies["icap_session"]
    assert post(client, "/sign-in", key=f"{key}x").status_code == 401
    assert post(client, "/sign-in", key=key).status_code == 303
    cookie = client.cookies["icap_session"]
    assert cookie != before
    assert cookie not in key
    assert key.split("_")[-1] not in cookie
    assert "登出" in client.get("/").text
    assert post_home(client, "/sign-out") == 303
    client.cookies.set("icap_session", cookie, domain="127.0.0.1")
    assert client.get("/", follow_redirects=False).headers["location"] == "/sign-in"


def post_home(client: TestClient, path: str) -> int:
    """Send a form of the start page without any fields."""
    return int(client.post(path, data={"token": token(client)}, follow_redirects=False).status_code)


def test_a_revoked_key_ends_its_sessions(keyed: tuple[TestClient, Settings]) -> None:
    client, key = fresh(keyed[0]), new_key(keyed[1])
    post(client, "/sign-in", key=key)
    assert client.get("/").status_code == 200
    with Store(keyed[1].database_url) as store:
        revoke_key(store, key.split("_")[1])
    assert client.get("/", follow_redirects=False).headers["location"] == "/sign-in"


def test_a_batch_is_its_own_keys_alone(keyed: tuple[TestClient, Settings]) -> None:
    first, second = fresh(keyed[0]), fresh(keyed[0])
    post(first, "/sign-in", key=new_key(keyed[1]))
    post(second, "/sign-in", key=new_key(keyed[1]))
    batch = sent(first, {"a.txt": RESUME})
    assert first.get(batch).status_code == 200
    for path in (batch, f"{batch}/progress", f"{batch}/posting", f"{batch}/download/csv"):
        assert second.get(path).status_code == 404
    answer = second.post(f"{batch}/erase", data={"token": token(second)}, follow_redirects=False)
    assert answer.status_code == 404
    assert batch not in second.get("/").text


def test_what_was_made_before_the_first_key_is_the_administrators(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with entered(create_app(settings)) as client:
        batch = sent(client, {"a.txt": RESUME})
        keys = new_key(settings), new_key(settings, "admin")
        while client.get("/", follow_redirects=False).status_code == 200:
            pass
        recruiter, admin = fresh(client), fresh(client)
        for browser, key in zip((recruiter, admin), keys, strict=True):
            post(browser, "/sign-in", key=key)
        assert recruiter.get(batch).status_code == 404
        assert batch not in recruiter.get("/").text
        assert "送出時沒有金鑰" in admin.get("/").text
        assert admin.get(batch).status_code == 200
        assert post_home(admin, f"{batch}/erase") == 303
        assert admin.get(batch).status_code == 404


def test_the_cookie_of_a_page_is_no_key_of_the_api(keyed: tuple[TestClient, Settings]) -> None:
    client = fresh(keyed[0])
    post(client, "/sign-in", key=new_key(keyed[1]))
    assert client.get("/v1/batches").status_code == 401


def test_blind_is_the_default_and_reveals_on_demand(client: TestClient, batch: str) -> None:
    ranking, page = client.get(batch).text, "".join(client.get(one).text for one in candidates(client, batch))
    for text in (ranking, page):
        assert "應徵者 1" in text
        assert "王小明" not in text
        assert "0912" not in text
    assert "王小明 0912345678.txt" in client.get(f"{batch}?reveal=1").text
    revealed = "".join(client.get(f"{one}?reveal=1").text for one in candidates(client, batch))
    assert '<a href="tel:0912345678"><bdi>0912-345-678</bdi></a>' in revealed
    assert "tel:" not in page


def test_progress_calls_files_as_the_ranking_does(client: TestClient) -> None:
    members = {"甲.txt": PERSON.encode(), "乙.txt": RESUME.encode()}
    inner = zipped({"丙.txt": f"{RESUME}一".encode(), "丁.txt": f"{RESUME}二".encode()})
    address = sent(client, {"全部.zip": zipped({**members, "裡面.zip": inner}), "壞掉.pdf": b"%PDF-1.4 x"})
    progress, ranking = client.get(f"{address}/progress").text, client.get(address).text
    for text in (progress, ranking):
        assert [name for name in ("甲", "乙", "丙", "丁", "裡面") if name in text] == []
        assert "壞掉.pdf" in text
    assert re.findall("應徵者 [0-9-]+", progress) == ["應徵者 1", "應徵者 2", "應徵者 3"]
    called = {"應徵者 1", "應徵者 2", "應徵者 3-1", "應徵者 3-2"}
    assert set(re.findall("應徵者 [0-9-]+", ranking)) == called
    assert "裡面.zip" in client.get(f"{address}/progress?reveal=1").text


def test_a_file_that_cannot_be_read_says_why_by_its_name(client: TestClient, batch: str) -> None:
    text = client.get(batch).text
    assert "壞掉.pdf" in text
    assert "PDF" in client.get(f"{batch}/progress").text


@pytest.mark.parametrize("name", ["xlsx", "csv", "html", "jsonl"])
def test_downloads_are_covered_as_the_page_is(
    client: TestClient, batch: str, tmp_path: Path, name: str
) -> None:
    def text(query: str) -> str:
        answer = client.get(f"{batch}/download/{name}{query}")
        kept_as = answer.headers["content-disposition"]
        assert re.search(rf"{quote('客服企劃-排名')}-\d{{8}}\.{name}$", kept_as)
        if name != "xlsx":
            return answer.text
        (tmp_path / "results.xlsx").write_bytes(answer.content)
        book = workbook(tmp_path / "results.xlsx")
        return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row)

    assert "應徵者 1" in text("")
    assert "王小明" not in text("")
    assert "王小明" in text("?reveal=1")


def test_a_batch_that_was_sent_masked_reveals_nothing(client: TestClient) -> None:
    sent_to_api = {"resumes": [{"text": PERSON, "name": "A-001"}], "masked": True}
    made = client.post("/v1/batches", json=sent_to_api).json()
    address = f"/batches/{made['id']}"
    done(client, address)
    text = "".join(client.get(f"{one}?reveal=1").text for one in candidates(client, address))
    assert "0912" not in text
    assert "沒有留存原文" in text


def test_a_zip_is_taken_apart_and_a_pasted_text_is_a_resume(client: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.txt", RESUMES["planner.txt"])
        archive.writestr("乙.txt", RESUMES["clerk.txt"])
    fields = {"token": token(client), "resumes_text": RESUMES["manager.txt"]}
    files = [("resumes", ("all.zip", packed.getvalue()))]
    answer = client.post("/batches", data=fields, files=files, follow_redirects=False)
    done(client, answer.headers["location"])
    text = client.get(f"{answer.headers['location']}?reveal=1").text
    for name in ("甲.txt", "乙.txt", "貼上的履歷.txt"):
        assert name in text


def test_a_form_without_resumes_says_what_is_missing(client: TestClient) -> None:
    files = [("resumes", ("", b""))]
    answer = client.post("/batches", data={"token": token(client), "posting_text": POSTING}, files=files)
    assert answer.status_code == 422
    assert "還沒有履歷" in answer.text
    assert POSTING.splitlines()[0] in answer.text


@pytest.mark.parametrize(
    ("posting", "name"),
    [
        ("職稱：客服／企劃\n工作內容：訂定客服流程", "客服／企劃.txt"),
        ("\n 客服主管/副理 \n訂定客服流程", "客服主管／副理.txt"),
        (f"{'長' * 200}訂定客服流程", f"{'長' * 30}.txt"),
    ],
    ids=["called", "path", "long"],
)
def test_a_pasted_posting_is_called_by_its_first_line(client: TestClient, posting: str, name: str) -> None:
    batch = sent(client, {"a.txt": RESUME}, posting=posting)
    assert f'<a href="{batch}"><bdi>{name}</bdi></a>' in client.get("/").text
    assert f"職缺 <b><bdi>{name}</bdi></b>" in client.get(batch).text


def test_hidden_and_system_files_are_no_candidates(client: TestClient) -> None:
    batch = sent(client, {"a.txt": RESUME, ".DS_Store": b"\0", "~$a.docx": b"x"})
    assert len(candidates(client, batch)) == 1
    assert "略過 2 個系統檔、隱藏檔或暫存鎖定檔" in client.get(batch).text
    answer = client.post("/batches", data={"token": token(client)}, files=[("resumes", ("Thumbs.db", b"x"))])
    assert answer.status_code == 422
    assert "收到的只有系統檔、隱藏檔或暫存鎖定檔，沒有履歷" in answer.text


def test_a_posting_that_cannot_be_read_is_told_from_the_resumes(client: TestClient) -> None:
    files = [("posting", ("徵才.pdf", b"%PDF-1.4 x")), ("resumes", ("a.txt", RESUME.encode()))]
    answer = client.post("/batches", data={"token": token(client)}, files=files)
    assert answer.status_code == 422
    assert "讀不了的是職缺「徵才.pdf」：" in answer.text


def test_a_posting_as_a_file_and_as_a_text_is_refused_by_both_names(client: TestClient) -> None:
    files = [("posting", ("徵才.txt", POSTING.encode())), ("resumes", ("a.txt", RESUME.encode()))]
    fields = {"token": token(client), "posting_text": "職缺名稱：客服主管\n規劃服務流程"}
    answer = client.post("/batches", data=fields, files=files)
    assert answer.status_code == 422
    assert "職缺只能有一份，收到 「徵才.txt」、「客服主管.txt」" in answer.text
    assert "規劃服務流程" in answer.text


def test_hostile_names_and_texts_are_shown_as_text(client: TestClient) -> None:
    text = f"</textarea><script>alert(2)</script>{{{{ 7*7 }}}}\n{RESUMES['clerk.txt']}"
    batch = sent(client, {HOSTILE: text}, posting=f"<b onload=x>{POSTING}")
    pages = [
        f"{batch}?reveal=1",
        *(f"{one}?reveal=1" for one in candidates(client, batch)),
        f"{batch}/posting",
    ]
    for path in pages:
        shown = client.get(path).text
        assert "<script>alert" not in shown
        assert "<b onload" not in shown
        assert "\u202e" not in shown
        assert "49\n" not in shown


@pytest.mark.parametrize("query", ["", "?with=1", "?with=1&with=1", "?with=" + "&with=".join("123456")])
def test_two_to_five_can_be_compared(client: TestClient, batch: str, query: str) -> None:
    answer = client.get(f"{batch}/compare{query}")
    assert answer.status_code == 422
    assert "請選 2 到 5 位" in answer.text


@pytest.mark.parametrize("path", ["/candidates/999999", "/candidates/x", "/compare?with=999998&with=999999"])
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, batch: str, path: str) -> None:
    answer = client.get(batch + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_a_candidate_who_is_not_there_is_told_from_a_batch(client: TestClient, batch: str) -> None:
    assert "這一批沒有這位應徵者" in client.get(f"{batch}/candidates/999999").text
    assert "找不到這一批" in client.get(f"/batches/{'0' * 32}/candidates/1").text


def test_what_is_not_called_after_files_is_called_candidates(client: TestClient, batch: str) -> None:
    blind, revealed = client.get(batch).text, client.get(f"{batch}?reveal=1").text
    for text, other in (
        ("應徵者或警示", "檔名或警示"),
        ('class="name">應徵者</th>', 'class="name">檔案</th>'),
    ):
        assert text in blind
        assert text not in revealed
        assert other in revealed


def test_a_batch_of_failures_opens_on_the_reasons(client: TestClient) -> None:
    text = client.get(sent(client, {"壞掉.pdf": b"%PDF-1.4 x"})).text
    assert text.index('id="failed"') < text.index('id="ranking"')


def test_an_item_that_is_not_shown_stands_beside_its_question(
    client: TestClient, batch: str, bas2421: Standard
) -> None:
    page: html.HtmlElement = html.document_fromstring(client.get(candidates(client, batch)[0]).text)
    asked = [card for card in page.find_class("item") if card.find_class("ask")]
    assert asked
    for card in asked:
        (item,) = (one for one in bas2421.items if one.code == card.get("data-codes"))
        assert item.text in card.findall("p")[0].text_content()


def test_a_judgement_is_kept_beside_the_machines_and_exported(tmp_path: Path, bas2421: Standard) -> None:
    settings = settings_for(tmp_path)
    with entered(create_app(settings)) as client:
        batch = sent(client, {"王小明.txt": PERSON})
        (page,) = candidates(client, batch)
        with Store(settings.database_url) as store, pytest.raises(MatcherError, match="還沒有"):
            export_feedback(store, CODE, tmp_path / "set")
        for item, status in (("P2.3.1", "absent"), ("P1.2.4", "partial"), ("S01", "stated"), ("S02", "")):
            said = {"item": item, "status": status, "note": "<b>電話問過"}
            assert judged(client, page, **said) == f"{page}#judge-{item}"
        assert "&lt;b&gt;電話問過" in client.get(page).text
        assert "我的判斷 4 則" in client.get(batch).text
        judged(client, page, item="S02", status="", note="")
        with Store(settings.database_url) as store:
            assert export_feedback(store, CODE, tmp_path / "set") == 1
        (document,) = load_set(tmp_path / "set", bas2421)
        assert "0912" not in document.text
        labels = {code: label for code, label in document.labels.items() if label is not None}
        assert labels == {"P2.3.1": 0, "P1.2.4": 1, "S01": 2}
        client.post(f"{batch}/erase", data={"token": token(client)})
        with Store(settings.database_url) as store, store.reading() as session:
            assert session.scalars(select(JudgementRow)).all() == []


def test_a_sentence_is_judged_by_itself_and_exported(tmp_path: Path, bas2421: Standard) -> None:
    settings = settings_for(tmp_path)
    with entered(create_app(settings)) as client:
        (page,) = candidates(client, sent(client, {"王小明.txt": PERSON}))
        item, start, end = _SENTENCE.findall(client.get(page).text)[0]
        place = f"{item} {start} {end}"
        assert judged(client, page, sentence=f"{place} rejected") == f"{page}#said-{item}-{start}"
        # Pressed again, the same button takes it back.
        assert f'value="{place} " class="rejected" aria-pressed="true"' in client.get(page).text
        with Store(settings.database_url) as store:
            assert export_feedback(store, CODE, tmp_path / "set") == 1
        labels = json.loads((tmp_path / "set" / "labels.jsonl").read_text(encoding="utf-8"))
        said = {"item": item, "start": int(start), "end": int(end), "verdict": "rejected"}
        assert labels["evidence"] == [said]
        (document,) = load_set(tmp_path / "set", bas2421)
        assert set(document.labels.values()) == {None}
        judged(client, page, sentence=f"{place} ")
        assert 'aria-pressed="true"' not in client.get(page).text


_SENTENCE = re.compile(r'name="sentence" value="(\S+) (\d+) (\d+) rejected"')


def test_a_duplicate_leads_to_the_first_of_its_text_to_be_judged(client: TestClient) -> None:
    first, second = candidates(client, sent(client, {"a.txt": RESUME, "b.txt": RESUME}))
    text = client.get(second).text
    assert f'與 <a href="{first}"><bdi>應徵者 1</bdi></a> 相同，請在那裡判斷' in text
    assert "我的判斷" not in text
    text = client.get(first).text
    assert "我的判斷" in text
    assert "請在那裡判斷" not in text


def test_what_was_judged_before_stays_in_the_store(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with entered(create_app(settings)) as client:
        (page,) = candidates(client, sent(client, {"甲.txt": RESUME}))
        for status, note in (("stated", "初看"), ("stated", "初看"), ("absent", "問過"), ("", "")):
            judged(client, page, item="S01", status=status, note=note)
        text = client.get(page).text
        assert text.index("先前 ○ 未見 問過") < text.index("先前 ● 明確 初看")
        assert '<b class="absent">○ 未見</b></summary>' not in text
        with Store(settings.database_url) as store, store.reading() as session:
            kept = [(row.status, row.note) for row in session.scalars(select(JudgementRow))]
        assert kept == [("stated", "初看"), ("absent", "問過"), ("", "")]


@pytest.mark.parametrize("name", ["xlsx", "csv", "html", "jsonl"])
def test_downloads_have_judgements_and_cover_their_notes(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    batch = sent(client, {"王小明.txt": PERSON})
    (page,) = candidates(client, batch)
    judged(client, page, item="S01", status="partial", note="手機 0912-345-678 問過")

    def text(query: str) -> str:
        answer = client.get(f"{batch}/download/{name}{query}")
        if name != "xlsx":
            return answer.text
        (tmp_path / "results.xlsx").write_bytes(answer.content)
        return "\n".join(
            str(cell) for row in workbook(tmp_path / "results.xlsx")["人工判斷"].values for cell in row
        )

    assert "問過" in text("")
    assert "0912-345-678" not in text("")
    assert "0912-345-678 問過" in text("?reveal=1")


def test_the_api_gives_judgements_with_the_notes_of_a_masked_batch_covered(client: TestClient) -> None:
    sent_to_api = {"resumes": [{"text": PERSON, "name": "A-001"}, {"text": "行政助理", "name": "A-002"}]}
    made = client.post("/v1/batches", json=sent_to_api).json()
    address = f"/batches/{made['id']}"
    done(client, address)
    page = candidates(client, address)[0]
    results = f"/v1/batches/{made['id']}/results"
    assert all("judgements" not in one for one in client.get(results).json()["candidates"])
    judged(client, page, item="S01", status="partial", note="手機 0912-345-678 問過")
    first, second = client.get(results).json()["candidates"]
    (said,) = first["judgements"]
    assert (said["item"], said["verdict"], said["start"]) == ("S01", "partial", None)
    assert "問過" in said["note"]
    assert "0912" not in said["note"]
    assert "judgements" not in second
    assert "問過" in client.get(f"{results}?format=csv").text


def judged(client: TestClient, page: str, **said: str) -> str:
    """Send a judgement; where the answer leads."""
    data = {"token": token(client), **said}
    return str(client.post(f"{page}/judge", data=data, follow_redirects=False).headers["location"])


@pytest.mark.parametrize(
    "sentence", ["S01 0 99999 confirmed", "X99 0 1 confirmed", "S01", f"S01 {'9' * 5_000} 1", ""]
)
def test_no_sentence_but_those_that_were_found_can_be_judged(
    client: TestClient, batch: str, sentence: str
) -> None:
    data = {"token": token(client), "sentence": sentence}
    answer = client.post(f"{candidates(client, batch)[0]}/judge", data=data, follow_redirects=False)
    assert answer.status_code == 404


@pytest.mark.parametrize(("path", "item"), [("", "X99"), ("9", "S01")])
def test_what_is_not_there_cannot_be_judged(client: TestClient, batch: str, path: str, item: str) -> None:
    page = candidates(client, batch)[0]
    data = {"token": token(client), "item": item, "status": "stated"}
    assert client.post(f"{page}{path * 5}/judge", data=data, follow_redirects=False).status_code == 404


def test_erased_is_gone(client: TestClient) -> None:
    batch = sent(client, {"a.txt": RESUME})
    client.get(batch)
    answer = client.post(f"{batch}/erase", data={"token": token(client)}, follow_redirects=False)
    assert "這一批已永久刪除" in client.get(answer.headers["location"]).text
    assert "已永久刪除" not in client.get("/").text
    assert client.get(batch).status_code == 404
    assert batch not in client.get("/").text


def test_the_posting_says_what_it_asks_leaves_out_and_should_not_say(client: TestClient) -> None:
    asking = f"{POSTING}\n限女性，35 歲以下。"
    batch = sent(client, {"a.txt": RESUME}, posting=asking)
    assert f"職缺要求與用字：{len(check(asking))} 處" in client.get(batch).text
    text = client.get(f"{batch}/posting").text
    assert text.index('id="wording"') < text.index('id="asks"')
    for said in ("限女性", "35 歲以下", "就業服務法第 5 條第 1 項", "沒有寫", "性別不拘"):
        assert said in text


def test_findings_are_marked_in_the_text_and_linked_with_their_reasons(client: TestClient) -> None:
    asking = f"{POSTING}\n限女性，未婚女性優先，五官端正，規劃客戶服務流程，35 歲以下。薪資面議。"
    batch = sent(client, {"a.txt": RESUME}, posting=asking)
    page: html.HtmlElement = html.document_fromstring(client.get(f"{batch}/posting").text)
    (text,) = page.find_class("text")
    findings = {one.get("id"): one for one in page.find_class("findings")[0].findall("li")}
    found = check(asking)
    assert len(findings) == len(found)
    for number, one in enumerate(found, 1):
        (link,) = (link for link in text.iter("a") if link.get("href") == f"#wording-{number}")
        assert link.text_content() == f"※{number} {one.ground}"
        item = findings[f"wording-{number}"]
        for said in (one.ground, one.quote, one.why, one.better):
            assert said in item.text_content()
        assert [back.get("href") for back in item.iter("a")] == [f"#{link.get('id')}"]
        marks = [mark for mark in text.iter("mark") if f"※{number}" in mark.get("data-codes").split()]
        assert "".join(mark.text for mark in marks) == one.quote
        assert all(one.weight in mark.get("class").split() for mark in marks)
    # Evidence is marked as ever, and the text is whole.
    assert any(mark.get("data-codes").startswith("P") for mark in text.iter("mark"))
    for link in text.findall("a"):
        link.drop_tree()
    assert text.text_content() == mask(asking)


def test_on_the_english_page_findings_are_in_english(client: TestClient) -> None:
    batch = sent(client, {"a.txt": RESUME}, posting=f"{POSTING}\n限女性，35 歲以下。")
    other = fresh(client)
    other.post("/language", data={"token": token(other), "language": "en", "back": "/"})
    text = other.get(f"{batch}/posting").text
    assert "Nobody may be turned away for age." in text
    assert "Employment Service Act, article 5, paragraph 1" in text
    assert "雇主不能因為" not in text


def test_the_standard_counts_who_shows_what(client: TestClient, batch: str) -> None:
    text = client.get(f"{batch}/standard").text
    assert "最少人寫到" in text
    assert "／2 位" in text
    assert "最少人寫到" not in client.get(f"/standards/{CODE}").text


def test_english_is_a_switch_that_stays(client: TestClient, batch: str) -> None:
    other = fresh(client)
    answer = other.post(
        "/language", data={"token": token(other), "language": "en", "back": batch}, follow_redirects=False
    )
    assert answer.headers["location"] == batch
    assert "Whom to call first" in other.get(batch).text
    assert 'lang="en"' in other.get("/").text


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "/\nx", ""])
def test_the_switch_leads_nowhere_else(client: TestClient, back: str) -> None:
    data = {"token": token(client), "language": "zh", "back": back}
    answer = client.post("/language", data=data, follow_redirects=False)
    assert answer.headers["location"] == "/"


_OWN = TEMPLATES.parents[2] / "api" / "web"
_SAID = [
    *sorted((_OWN / "templates").glob("*.html")),
    *(_OWN / "static").glob("*.js"),
    *(TEMPLATES / name for name in ("candidate.html", "failures.html", "heading.html", "heat_map.html")),
    *(TEMPLATES / name for name in ("parts.html", "posting.html", "ranking.html", "report.js")),
]


@pytest.mark.parametrize("path", _SAID, ids=lambda path: path.name)
def test_nothing_is_left_in_chinese_on_english_pages(path: Path) -> None:
    left = english(path.read_text(encoding="utf-8")).replace("客訴 34%, 流程 21%", "")
    assert re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", left) == []
