"""What each operation is, takes and answers: the arguments of its route."""

from api import problems as p
from api import requests, responses
from api.openapi import examples
from api.openapi.common import CALLED, FILE, PUBLIC, SENT, body, operation
from api.openapi.fragments import answer, form, problems, query, ref

_HTML = {"text/html": {"schema": {"type": "string"}}}
_REPORT = answer("報告；format=html 時是網頁。", responses.ReportBody)
_REPORT["content"] |= _HTML

SCORE = operation(
    "score",
    "scoring",
    "評一份履歷或職缺",
    "送文字、檔案、JSON Resume 或 schema.org JobPosting，得到報告：涵蓋職能基準的哪些項目、憑哪些句子、相當於"
    "第幾級。什麼都不留存。\n\n"
    "application/json 的物件最上層有 basics、work 等 JSON Resume 的欄位，或 @type、@graph 時，就當作那份文件"
    "本身；否則要有 text。application/ld+json 一律當作文件本身。文件本身沒有地方寫選項，寫在查詢參數；內容裡"
    "的選項優先於查詢參數。",
    {200: _REPORT, **problems(*CALLED, *SENT, p.UNREADABLE, p.UNKNOWN_STANDARD)},
    {
        "parameters": query(requests.ScoreQuery),
        **body(
            {
                "application/json": {
                    "schema": {"anyOf": [ref(requests.ScoreText), ref("JsonResume"), ref("JobPosting")]},
                    "examples": {
                        "文字": {"value": examples.SCORE_TEXT},
                        "JSON Resume": {"value": examples.JSON_RESUME},
                        "JobPosting": {"value": examples.JOB_POSTING},
                    },
                },
                "application/ld+json": {
                    "schema": ref("JobPosting"),
                    "example": examples.JOB_POSTING,
                },
                "multipart/form-data": {"schema": form(requests.ScoreFields, {"file": FILE}, {})},
            }
        ),
    },
)

MATCH = operation(
    "match",
    "scoring",
    "比對一份職缺與幾份履歷",
    "送一份職缺與 1 到 50 份履歷（上限是設定 MATCHER_SERVE_FILES），得到每份履歷對職缺的適配，由高到低，並附"
    "兩邊的證據。讀不了的履歷也有一列，寫明原因；職缺讀不了則整個請求失敗。文字相同的履歷名次相同，"
    "duplicate_of 是第一份的 index。什麼都不留存。",
    {
        200: answer("適配，由高到低。", responses.MatchBody),
        **problems(*CALLED, *SENT, p.UNREADABLE, p.UNKNOWN_STANDARD),
    },
    body(
        {
            "application/json": {"schema": ref(requests.MatchTexts), "example": examples.MATCH_TEXTS},
            "multipart/form-data": {
                "schema": form(
                    requests.MatchFields, {"posting": f"職缺。{FILE}"}, {"resumes": f"履歷。{FILE}"}
                )
            },
        }
    ),
)

STANDARDS = operation(
    "listStandards",
    "standards",
    "列出職能基準",
    "內建的與匯入的，依代碼排序。",
    {
        200: answer("職能基準。", responses.StandardList),
        **problems(*CALLED, p.INVALID),
    },
)

STANDARD = operation(
    "getStandard",
    "standards",
    "一份職能基準的全部內容",
    "職責、任務、行為指標、知識、技能、態度、建議條件與版本紀錄。",
    {
        200: answer("職能基準。", responses.StandardBody),
        **problems(*CALLED, p.INVALID, p.UNKNOWN_STANDARD),
    },
)

STANDARDS_ADD = operation(
    "addStandard",
    "standards",
    "匯入一份職能基準",
    "送 iCAP 公布的文件（UTF-8、以 Tab 分欄的文字），以後可以在 standard 使用它的代碼。需要 admin 的金鑰。"
    "已有同代碼而內容相同的回應 200，不同的回應 409，不會取代。",
    {
        201: answer("已匯入。", responses.StandardEntry),
        200: answer("已有相同的一份。", responses.StandardEntry),
        **problems(*CALLED, *SENT, p.FORBIDDEN, p.NO_STANDARD, p.CONFLICT),
    },
    body(
        {
            "application/json": {"schema": ref(requests.StandardText), "example": examples.STANDARD_TEXT},
            "multipart/form-data": {"schema": form(requests.NoFields, {"file": "iCAP 公布的文件。"}, {})},
        }
    ),
)
for _status in (200, 201):
    STANDARDS_ADD["responses"][_status]["headers"] = {
        "Location": {"description": "這份職能基準的網址。", "required": True, "schema": {"type": "string"}}
    }

_HEAD = "HEAD 也可以。"

HEALTH = operation(
    "health",
    "service",
    "活著嗎",
    f"不需要金鑰。{_HEAD}",
    {200: answer("活著。", responses.State), **problems(*PUBLIC)},
)

READY = operation(
    "ready",
    "service",
    "可以接受請求嗎",
    "資料庫連得上，讀檔與評分的程序都有回應。不需要金鑰。" + _HEAD,
    {
        200: answer("可以。", responses.State),
        **problems(*PUBLIC, p.NOT_READY, p.STORE),
    },
)

METRICS = operation(
    "metrics",
    "service",
    "Prometheus 指標",
    "請求數、時間、佇列與各種錯誤的次數；沒有文件的內容、名稱或金鑰。需要 admin 的金鑰。",
    {
        200: {"description": "指標。", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **problems(*CALLED, p.FORBIDDEN),
    },
)

VERSION = operation(
    "version",
    "service",
    "版本",
    f"不需要金鑰。{_HEAD}",
    {
        200: answer("版本。", responses.VersionBody),
        **problems(*PUBLIC),
    },
)
