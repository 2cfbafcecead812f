"""What the operations on batches are, take and answer."""

from api import problems as p
from api import requests, responses
from api.batches.downloads import FORMATS
from api.openapi import examples
from api.openapi.common import CALLED, FILE, SENT, body, operation
from api.openapi.fragments import Fragment, answer, form, problems, query, ref

_TAG = "batches"
_ONE = (*CALLED, p.INVALID, p.NO_BATCH)
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "這個請求的代號，由呼叫端自己取。連線中斷時以同一個代號再送一次，不會變成兩批。",
    "schema": {"type": "string", "pattern": "^[!-~]{1,64}$"},
}
_EVENT: Fragment = {
    "type": "object",
    "properties": {
        "event": {"enum": ["progress", "done", "erased"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
        "id": {"type": "string"},
    },
    "required": ["event", "data"],
}
_LOCATION = {"Location": {"description": "這一批的網址。", "required": True, "schema": {"type": "string"}}}

_WHOSE = "還沒有任何金鑰時送出的、以及金鑰已停用的，屬於 admin 的金鑰：看得到，也能刪除。"


MAKE = operation(
    "makeBatch",
    _TAG,
    "送一批履歷",
    "送履歷（檔案、ZIP 或文字）與一份職缺（可以沒有），立刻得到 202 與這一批的網址；服務在背後一份一份評分。"
    "一批最多 2,000 個檔案（設定 MATCHER_SERVE_BATCH_FILES），表單最多 512 MB（MATCHER_SERVE_BATCH_BODY_BYTES"
    "）。ZIP 裡的每一個檔案各是一個檔案；系統檔、隱藏檔與暫存鎖定檔略過，skipped 是幾個。"
    "讀不了的檔案在結果裡有一列，寫明原因。職缺讀不了則整個請求失敗。\n\n"
    "原檔只留到評分完；結果留 30 天（MATCHER_SERVE_BATCH_DAYS），或到刪除為止。",
    {
        202: {**answer("收下了。", responses.BatchBody), "headers": _LOCATION},
        **problems(*CALLED, *SENT, p.UNREADABLE, p.UNKNOWN_STANDARD, p.IDEMPOTENCY),
    },
    {
        "parameters": [_IDEMPOTENCY],
        **body(
            {
                "application/json": {"schema": ref(requests.BatchTexts), "example": examples.BATCH_TEXTS},
                "multipart/form-data": {
                    "schema": form(
                        requests.BatchFields,
                        {},
                        {"resumes": f"履歷，或裝著許多履歷的 ZIP。{FILE}"},
                        {"posting": f"職缺。{FILE}"},
                    )
                },
            }
        ),
    },
)

LIST = operation(
    "listBatches",
    _TAG,
    "最近的幾批",
    f"這把金鑰的，新的在前。{_WHOSE}",
    {200: answer("批次。", responses.BatchList), **problems(*CALLED, p.INVALID)},
    {"parameters": query(requests.BatchesQuery)},
)

GET = operation(
    "getBatch",
    _TAG,
    "一批到哪裡了",
    "waiting 還沒開始、working 評分中、done 完成；幾個檔案完成、幾份讀不了、大約還要幾秒、保留到什麼時候。"
    f"別把金鑰的是 404。{_WHOSE}",
    {200: answer("這一批。", responses.BatchBody), **problems(*_ONE)},
)

FILES = operation(
    "listBatchFiles",
    _TAG,
    "一批裡的檔案",
    "依送來的順序，一頁一頁；每一個檔案是等候、評分中或完成，讀不了的寫明原因。",
    {200: answer("檔案。", responses.FilesBody), **problems(*_ONE)},
    {"parameters": query(requests.FilesQuery)},
)

EVENTS = operation(
    "watchBatch",
    _TAG,
    "即時進度",
    "Server-sent events：有檔案完成就送 progress，全部完成送 done，這一批被刪除或到期送 erased，然後結束。"
    "progress 與 done 的資料與 getBatch 相同。收到 done 或 erased 後請關閉 EventSource，否則瀏覽器會再連線。",
    {
        200: {"description": "事件。", "content": {"text/event-stream": {"schema": _EVENT}}},
        **problems(*_ONE, p.BUSY),
    },
)

_RESULTS = answer("一頁結果；其他 format 是檔案。", responses.ResultsBody)
_RESULTS["content"] |= {
    one.media_type.split(";")[0]: {"schema": {"type": "string", "format": "binary"}}
    for one in FORMATS.values()
}
_RESULTS["headers"] = {
    "Content-Disposition": {
        "description": "檔案的名稱；format=json 沒有。還沒完成時，檔名裡寫著未完成。",
        "schema": {"type": "string"},
    }
}

RESULTS = operation(
    "getBatchResults",
    _TAG,
    "一批的結果",
    "依名次排列，文字相同的履歷名次相同，duplicate_of 是第一份的 index；讀不了的在最後。評分中也可以看已完成"
    "的部分，這時 complete 是 false，名次還會變。format=json 一頁一頁給，next 是下一頁的 first；其他 format"
    "是整份結果的檔案，與 matcher batch 寫的相同，另有招募人員在頁面上的判斷。",
    {200: _RESULTS, **problems(*_ONE, p.BUSY, p.TIMEOUT)},
    {"parameters": query(requests.ResultsQuery)},
)

ERASE = operation(
    "eraseBatch",
    _TAG,
    "刪除一批",
    "停止評分，並立刻刪除這一批的一切：原檔、文字、結果。不能復原。",
    {204: {"description": "已刪除。"}, **problems(*_ONE)},
)
