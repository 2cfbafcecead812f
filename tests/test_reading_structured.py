"""JSON Resume and schema.org JobPosting are read by their fields."""

import json
from typing import Any

import pytest

from matcher.reading.document import Document
from matcher.reading.errors import ReadingError
from matcher.reading.read import read_document
from tests.corpus.content import PARAGRAPHS
from tests.corpus.made import json_resume

POSTING: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "客服企劃專員",
    "description": "<p>規劃客服流程</p><ul><li>編列年度預算</li><li>追蹤服務指標</li></ul>",
    "qualifications": ["大學以上", "兩年經驗"],
    "hiringOrganization": {"@type": "Organization", "name": "某家電集團"},
    "jobLocation": {"address": {"addressRegion": "台北市", "addressLocality": "內湖區"}},
    "baseSalary": {"currency": "TWD", "value": {"minValue": 40000, "maxValue": 50000, "unitText": "MONTH"}},
}


def read(value: object) -> Document:
    return read_document(json.dumps(value, ensure_ascii=False).encode(), "a.json")


def test_json_resume_is_read_by_its_fields() -> None:
    document = read_document(json_resume(), "resume.json")
    assert document.kind == "resume"
    assert document.media_type == "application/json"
    assert document.text.split("\n") == [
        "王小明 客戶服務企劃",
        "【自我介紹】",
        PARAGRAPHS[1],
        "【工作經歷】",
        "某家電集團客戶服務部　客服企劃資深專員　2020-04 – 2024-06",
        *(f"• {paragraph}" for paragraph in PARAGRAPHS[4:8]),
        "【專業技能】",
        "資料分析：SQL、Power BI",
    ]


@pytest.mark.parametrize(
    ("resume", "fault"),
    [
        ({"work": "很多"}, "$.work 要是清單 […]，收到 文字"),
        ({"work": [{"name": "甲"}, 7]}, "$.work[1] 要是物件 {…}，收到 數字"),
        ({"work": [{"highlights": ["好", {"x": 1}]}]}, "$.work[0].highlights[1] 要是文字，收到 物件"),
        ({"basics": {"name": ["王"]}}, "$.basics.name 要是文字，收到 清單"),
        ({"skills": [{"keywords": "SQL"}]}, "$.skills[0].keywords 要是清單 […]，收到 文字"),
    ],
)
def test_a_fault_is_named_by_its_path(resume: object, fault: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(resume)
    assert caught.value.code == "malformed"
    assert str(caught.value) == f"JSON Resume 格式有誤：{fault}。"


def test_faults_do_not_repeat_what_the_file_says() -> None:
    with pytest.raises(ReadingError) as caught:
        read({"basics": {"name": {"value": "A123456789"}}})
    assert "A123456789" not in str(caught.value)


def test_generous_where_generators_are() -> None:
    document = read(
        {
            "basics": {"name": "王", "phone": None},
            "work": None,
            "education": [{"startDate": 2015}],
            "x-theme": 1,
        }
    )
    assert document.text == "王\n【學歷】\n2015 – 至今"


def test_posting_is_read_by_its_fields() -> None:
    document = read(POSTING)
    assert document.kind == "posting"
    assert document.text.split("\n") == [
        "客服企劃專員",
        "【公司】",
        "某家電集團",
        "【工作內容】",
        "規劃客服流程",
        "編列年度預算",
        "追蹤服務指標",
        "【條件要求】",
        "大學以上、兩年經驗",
        "【工作地點】",
        "台北市內湖區",
        "【薪資】",
        "40000 ~ 50000 MONTH TWD",
    ]


def test_posting_is_found_in_a_graph() -> None:
    document = read({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, POSTING]})
    assert document.text.startswith("客服企劃專員")


def test_fault_in_a_graph_is_named_by_its_path() -> None:
    with pytest.raises(ReadingError, match=r"\$\.@graph\[1\]\.description 是必填欄位，收到 空缺"):
        read({"@graph": [{"@type": "WebSite"}, {"@type": ["JobPosting"], "title": "專員"}]})


def test_escaped_markup_in_a_description_is_undone() -> None:
    escaped = {**POSTING, "description": "&lt;p&gt;規劃流程&lt;/p&gt;&lt;p&gt;追蹤指標&lt;/p&gt;"}
    assert "規劃流程\n追蹤指標" in read(escaped).text


def test_a_second_posting_is_mentioned() -> None:
    document = read([POSTING, {**POSTING, "title": "另一份"}])
    assert "另一份" not in document.text
    assert [notice.code for notice in document.warnings] == ["more_postings"]


def page(script: str) -> bytes:
    return (
        "<!DOCTYPE html><html><head><title>職缺</title>"
        f'<script type="application/ld+json">{script}</script></head>'
        "<body><nav>首頁</nav><p>網頁上的文字</p></body></html>"
    ).encode()


def test_posting_inside_a_page_is_read_by_its_fields() -> None:
    document = read_document(page(json.dumps(POSTING, ensure_ascii=False)), "a.html")
    assert (document.kind, document.media_type) == ("posting", "text/html")
    assert document.text.startswith("客服企劃專員\n【公司】")


@pytest.mark.parametrize(
    "script", ["{壞了", '{"@type": "JobPosting", "title": "沒有內容"}', '{"@type": "WebSite"}']
)
def test_page_with_a_bad_posting_is_read_as_it_looks(script: str) -> None:
    document = read_document(page(script), "a.html")
    assert (document.kind, document.text) == (None, "網頁上的文字")


@pytest.mark.parametrize("value", [{"a": 1}, [1, 2], {"@type": "Person", "name": "王"}])
def test_other_json_is_unsupported(value: object) -> None:
    with pytest.raises(ReadingError, match="既不是 JSON Resume") as caught:
        read(value)
    assert caught.value.code == "unsupported"
