"""Examples: made-up texts, and answers cut down to one part of each kind."""

from typing import Any

RESUME = "王小明\n客服專員，五年經驗。每月彙整客訴，訂定客訴處理 SOP 與滿意度指標。"
POSTING = "客服企劃\n工作內容：規劃客戶服務流程，訂定服務指標，分析客訴並提出改善方案。"

SCORE_TEXT = {"text": RESUME, "kind": "resume"}

JSON_RESUME: dict[str, Any] = {
    "basics": {"name": "王小明", "label": "客服專員", "summary": "五年客服經驗。"},
    "work": [
        {
            "name": "範例公司",
            "position": "客服專員",
            "startDate": "2020-03",
            "highlights": ["每月彙整客訴，訂定客訴處理 SOP 與滿意度指標。"],
        }
    ],
}

JOB_POSTING: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "客服企劃",
    "description": "規劃客戶服務流程，訂定服務指標，分析客訴並提出改善方案。",
}

MATCH_TEXTS: dict[str, Any] = {
    "posting": {"name": "客服企劃", "text": POSTING},
    "resumes": [
        {"name": "A-001", "text": RESUME},
        {"name": "A-002", "text": "陳大文\n行政助理，負責文件歸檔與會議紀錄。"},
    ],
}

_EVIDENCE: dict[str, Any] = {
    "start": 20,
    "end": 41,
    "quote": "訂定客訴處理 SOP 與滿意度指標",
    "score": 0.61,
    "phrase": "訂定客訴處理流程",
    "terms": [{"term": "客訴", "share": 0.34}, {"term": "SOP", "share": 0.27}],
}

REPORT: dict[str, Any] = {
    "schema": "report/1",
    "standard": {"code": "BAS2421-003v4", "name": "客戶服務企劃人員"},
    "kind": "resume",
    "coverage": 0.1905,
    "level": {
        "estimate": None,
        "probability": None,
        "sufficient": False,
        "reasons": ["描述工作的句子太少，無法判斷級別。"],
    },
    "scope": {"probability": 0.93},
    "tasks": [
        {
            "code": "T1.1",
            "name": "分析客戶服務需求",
            "level": 3,
            "coverage": 0.5,
            "weighted": 0.46,
            "knowledge": 0.4,
            "skills": 0.5,
            "indicators": ["P1.1.1", "P1.1.2"],
        }
    ],
    "items": [
        {
            "code": "P1.1.1",
            "kind": "indicator",
            "text": "彙整客訴並分析原因。",
            "status": "stated",
            "probability": 0.93,
            "score": 0.61,
            "evidence": [_EVIDENCE],
        }
    ],
    "conditions": {
        "experience": {
            "required": "2 年以上",
            "status": "met",
            "found": "5 年",
            "evidence": [{"start": 9, "end": 14, "quote": "五年經驗。"}],
        }
    },
    "notes": [],
    "versions": {"matcher": "0.1.0"},
}

FIT: dict[str, Any] = {
    "schema": "fit/1",
    "score": 0.5,
    "indicators": 0.5,
    "knowledge": None,
    "skills": None,
    "expected": 0.47,
    "demands": [
        {
            "code": "P1.1.1",
            "kind": "indicator",
            "text": "彙整客訴並分析原因。",
            "weight": 0.9,
            "asked": "stated",
            "shown": "partial",
            "outcome": "partly",
            "share": 0.5,
            "expected": 0.6,
            "asked_evidence": [_EVIDENCE],
            "shown_evidence": [_EVIDENCE],
        }
    ],
    "notes": ["這份職缺只要求了 1 項，適配的依據很少。"],
}

MATCH: dict[str, Any] = {
    "schema": "match/1",
    "posting": {"name": "客服企劃", "report": {**REPORT, "kind": "posting"}},
    "candidates": [
        {"index": 0, "name": "A-001", "rank": 1, "fit": FIT, "report": REPORT},
        {
            "index": 1,
            "name": "A-002.pdf",
            "error": {"code": "encrypted", "message": "這個 PDF 有密碼保護，請移除密碼後再試。"},
        },
    ],
}

BATCH_TEXTS: dict[str, Any] = {**MATCH_TEXTS, "standard": "BAS2421-003v4"}

BATCH: dict[str, Any] = {
    "schema": "batch/1",
    "id": "5f0c9a7be1d24c6f8a3b2d1e0f9c8b7a",
    "state": "working",
    "standard": "BAS2421-003v4",
    "posting": "客服企劃",
    "masked": True,
    "files": 120,
    "done": 45,
    "failed": 1,
    "skipped": 0,
    "remaining_seconds": 12.5,
    "created": "2026-03-02T01:30:00Z",
    "expires": "2026-04-01T01:30:00Z",
}
_NEW = {**BATCH, "state": "waiting", "done": 0, "failed": 0, "remaining_seconds": None}

FILES: dict[str, Any] = {
    "files": [
        {"index": 0, "name": "A-001.pdf", "state": "done", "error": None},
        {"index": 1, "name": "A-002.pdf", "state": "done", "error": MATCH["candidates"][1]["error"]},
        {"index": 2, "name": "A-003.docx", "state": "waiting", "error": None},
    ],
    "total": 120,
    "next": 3,
}

RESULTS: dict[str, Any] = {
    "schema": "results/1",
    "complete": True,
    "batch": {**BATCH, "state": "done", "files": 2, "done": 2, "remaining_seconds": 0.0},
    "posting": MATCH["posting"],
    "ranks": 1,
    "total": 2,
    "next": None,
    "candidates": MATCH["candidates"],
}

STANDARD_ENTRY: dict[str, Any] = {
    "code": "BAS2421-003v4",
    "name": "客戶服務企劃人員",
    "levels": [3, 4],
    "tasks": 5,
    "items": 42,
    "origin": "shipped",
}

STANDARD_TEXT = {
    "text": "客戶服務企劃人員職能基準\n版本\t職能基準代碼\t職能基準名稱\t狀態\t更新說明\t發展更新日期\n…"
}

ANSWERS: dict[tuple[str, str], Any] = {
    ("score", "200"): REPORT,
    ("match", "200"): MATCH,
    ("makeBatch", "202"): _NEW,
    ("listBatches", "200"): {"batches": [BATCH]},
    ("getBatch", "200"): BATCH,
    ("listBatchFiles", "200"): FILES,
    ("getBatchResults", "200"): RESULTS,
    ("listStandards", "200"): {"standards": [STANDARD_ENTRY]},
    ("addStandard", "200"): STANDARD_ENTRY,
    ("addStandard", "201"): {**STANDARD_ENTRY, "code": "XYZ1234-001v1", "origin": "imported"},
    ("health", "200"): {"status": "ok"},
    ("ready", "200"): {"status": "ok"},
    ("version", "200"): {"name": "icap-matcher", "version": "0.1.0", "api": "v1"},
}
"""Answers by operation and status."""
